"""Rows that add up others in a ledger or a list: which rows, and of which area."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, NamedTuple

from etl.understand import areas

if TYPE_CHECKING:
    from collections.abc import Mapping

    from etl.understand.blocks import Block
    from etl.understand.meaning import Fault
    from etl.understand.sheet import Sheet
    from etl.understand.table import Table


class Total(NamedTuple):
    """A row that adds up all that a ledger holds of an area."""

    row: int
    whole: bool  # 合计, not 小计
    area: str | Fault | None  # None: the one that the title names
    rows: list[int]


def total_rows(sheet: Sheet, block: Block) -> list[int]:
    """The rows of a ledger that add up others."""
    return [row for row in block.body if _total(sheet, row)]


class Said(NamedTuple):
    """What a total's words say: 合计 or 小计, of an area (甘州区小计) or a kind (部队小计)."""

    whole: bool
    areas: tuple[str, ...] = ()
    of_kind: bool = False


def _total(sheet: Sheet, row: int) -> Said | None:
    """What a row's label says if it is a total's."""
    vocabulary = sheet.vocabulary
    for column in sheet.filled(row):
        value = sheet.value(row, column)
        if not isinstance(value, str):
            continue
        text = vocabulary.label(value).text.rstrip(":")
        for word in vocabulary.words["ledger_total"]:
            if text.endswith((word, f"({word})")):
                head = text.removesuffix(")").removesuffix(word).rstrip("(")
                named = vocabulary.areas.get(head, ())
                whole = not named and word not in vocabulary.words["subtotal"]
                return Said(whole, named, bool(head and not named))
    return None


def settled_totals(table: Table) -> list[Total]:
    """The one total of each area that its words and rows make sure of.

    A 合计 adds up all rows, a 小计 those since the last; a lone 小计 adds up all. 部队小计 is no
    area's total, nor is the 小计 of some of an area's rows.
    """
    said = {row: what for row in table.block.body if (what := _total(table.sheet, row))}
    events = [row for row in table.block.body if row not in said]
    place = _places(table, said)
    found: dict[str | Fault | None, list[Total]] = defaultdict(list)
    since: list[int] = []
    for row in table.block.body:
        if row not in said:
            since.append(row)
            continue
        whole = said[row].whole or len(said) == 1
        rows, since = events if whole else since, []
        named = {place[r] for r in rows} - {None}
        area = place[row] or (named.pop() if len(named) == 1 else None)
        all_of_it = all(r in rows for r in events if place[r] == area)
        if not said[row].of_kind and (whole or (area and all_of_it)):
            found[area or table.context.area].append(Total(row, whole, area, rows))
    return [total for same in found.values() for total in _surest(same)]


def _surest(same: list[Total]) -> list[Total]:
    """Of several totals of one area its only 合计."""
    wholes = [total for total in same if total.whole]
    return same if len(same) == 1 else wholes if len(wholes) == 1 else []


def _places(table: Table, said: Mapping[int, Said]) -> dict[int, str | Fault | None]:
    """The area that each row's stub names, or the words of a total: 甘州区小计."""
    stub = table.stubs.by_role["area"][:1]
    labels = []
    for row in table.block.body:
        label = table.sheet.label(row, stub[0]) if stub and row not in said else None
        labels.append(said[row].areas if row in said else label.areas if label else ())
    settled = areas.settle(labels, table.context.area, table.catalogue, table.pins.areas)
    return dict(zip(table.block.body, settled, strict=True))
