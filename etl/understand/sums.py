"""Printed totals over months and quarters: 4月, 5月, 6月 and a 合计 that must be their sum."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from etl.understand.meaning import Fault, fault

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from etl.understand.axes import Column
    from etl.understand.cell import Figure
    from etl.understand.meaning import Meaning
    from etl.understand.table import Address, Table


def wrong_period_totals(table: Table) -> Iterator[tuple[Address, Fault]]:
    """The cells of 合计 that are not the sum of the periods beside or above them, and why."""
    totals = table.aside.get("total", [])
    if not totals:
        return
    places = {table.facts.cell(at): at for at in range(len(table.facts))}
    columns = {column.index: column for column in table.values}
    for cell in totals:
        column = columns[cell[1]]
        cells = _across(table, cell, column) if column.reading.total else _above(table, cell)
        known = [places[part] for part in cells if part in places]
        if cause := _difference(table, cell, known, complete=len(known) == len(cells)):
            yield cell, cause


def slack(meaning: Meaning, roundings: Iterable[float | None]) -> float:
    """By how much a sum of printed figures may be off; 场 and 人 are counted and never rounded."""
    if meaning.whole and meaning.factor == 1:
        return 0
    return sum(rounding or 0 for rounding in roundings) * 1.000001


def as_printed(amount: float, meaning: Meaning) -> str:
    """An amount of the base unit in the unit that its figures are printed in: 29.2 of 万元."""
    return format(round(amount / meaning.factor, 6) + 0.0, ".15g")


def _across(table: Table, total: Address, column: Column) -> list[Address]:
    """The cells of single periods in the row of a 合计 column, below the same group."""
    return [
        (total[0], other.index)
        for other in table.values
        if other.reading.indicator == column.reading.indicator
        and not (other.reading.total or other.reading.aside)
    ]


def _above(table: Table, total: Address) -> list[Address]:
    """The cells above a 合计 row, up to another one or to another section."""
    row, column = total
    sections, aside = table.block.sections, set(table.aside["total"])
    found: list[Address] = []
    for above in reversed([r for r in table.block.body if r < row]):
        if (above, column) in aside or sections.get(above) is not sections.get(row):
            break
        found.append((above, column))
    return found


def _difference(table: Table, cell: Address, parts: list[int], *, complete: bool) -> Fault | None:
    """What the sum and the total are, where they differ by more than all of them are rounded."""
    facts = table.facts
    meanings = [facts.said(at) for at in parts]
    if len(parts) < 2 or not _one_after_another(table, parts):
        return None
    read = table.figure_at(table.sheet.value(*cell), cell, meanings[0])
    if isinstance(read, Fault):
        return None
    figures = [facts.figure(at) for at in parts]
    if not all(_is_exact(figure) for figure in (read, *figures)):
        return None
    added = sum(figure.value or 0 for figure in figures)
    gap = (read.value or 0) - added
    allowed = slack(meanings[0], (figure.rounding for figure in (read, *figures)))
    if abs(gap) <= allowed or not (complete or gap < 0):
        return None
    return fault(
        "total_differs_periods", indicator=meanings[0].indicator, total=read.printed,
        parts=as_printed(added, meanings[0]), gap=as_printed(gap, meanings[0]),
    )  # fmt: skip


def _one_after_another(table: Table, parts: list[int]) -> bool:
    """Whether figures are flows of one thing in one area and one unit, over months apart."""
    facts = table.facts
    meanings = sorted((facts.said(at) for at in parts), key=lambda meaning: meaning.start)
    same = {(m.indicator, m.breakdown, m.factor, m.kind) for m in meanings}
    apart = all(one.end < other.start for one, other in pairwise(meanings))
    areas = {facts.area[at] for at in parts}
    return len(same) == len(areas) == 1 and meanings[0].kind == "flow" and apart


def _is_exact(figure: Figure) -> bool:
    return figure.qualifier == "exact" and figure.value is not None
