"""Printed growth beside this year's and last year's figures: what it should be, within rounding."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from etl.understand.cell import decimals, shown
from etl.understand.meaning import fault
from etl.understand.prior import current_of
from etl.understand.text import normalise

if TYPE_CHECKING:
    from collections.abc import Iterator

    from etl.understand.axes import Column
    from etl.understand.meaning import Meaning
    from etl.understand.table import Address, Table

RATE = re.compile("%|[幅速率]")  # in a header: a rate, and no difference
RANK = re.compile("排[名位序]|[名位]次")
CHANGE = re.compile(
    r"(?P<word>增长|上升|增加|下降|减少)?(?P<number>[-+−]?\d+(?:\.\d+)?)(?P<unit>%)?"
)


class Printed(NamedTuple):
    """A number as a cell shows it, and half a unit of its last digit."""

    value: float
    half: float


def check_growth(table: Table) -> None:
    """Warn of printed rates and differences that the figures beside them contradict."""
    for growth, now, prior in _triples(table):
        wrong: list[tuple[Address, str, str]] = []
        meant = _meanings(table, now)
        for row in table.filled(table.block.body, growth.index):
            cell = (row, growth.index)
            if said := _contradiction(table, cell, (now, prior, growth), meant.get(row)):
                wrong.append((cell, *said))
        if wrong:
            _, printed, right = wrong[0]
            table.warnings[fault("growth_differs", printed=printed, right=right)] += [
                cell for cell, _, _ in wrong
            ]


def _triples(table: Table) -> Iterator[tuple[Column, Column, Column]]:
    """Growth columns whose two figures stand left of them: 本期 | 上年同期 | 同比."""
    words = table.vocabulary.words["growth"]
    for growth in table.values:
        text = "".join(label.text for label in growth.path)
        ranked = RANK.search(text)  # 同比排名 is a place among the counties
        if growth.reading.aside != "derived" or ranked or not any(word in text for word in words):
            continue
        left = [c for c in table.values if c.index < growth.index]
        before = [c for c in left if c.reading.aside != "derived"]  # 增减额 may stand between
        if not before or before[-1].reading.aside != "prior":
            continue
        now = current_of(before[-1], table.values)
        if now is not None and len(before) > 1 and before[-2] is now:
            yield growth, now, before[-1]


def _contradiction(
    table: Table, cell: Address, triple: tuple[Column, Column, Column], meaning: Meaning | None
) -> tuple[str, str] | None:
    """What a cell prints and what its row gives, where no reading of the cell agrees."""
    now, prior, growth = triple
    if meaning and meaning.dimension == "rate":
        return None
    whole = meaning is not None and meaning.dimension == "count" and meaning.factor == 1
    new, old = (_number(table, (cell[0], c.index), whole=whole) for c in (now, prior))
    if new is None or old is None or old.value <= 0:
        return None
    header = "".join(label.text for label in growth.path)
    rate = (new.value / old.value - 1) * 100
    slack = 100 * (new.half / old.value + abs(new.value) * old.half / old.value**2)
    allowed = [Printed(rate, slack)]
    if not RATE.search(header):
        allowed.append(Printed(new.value - old.value, new.half + old.half))
    if any(word in header for word in table.vocabulary.words["falls"]):
        allowed += [Printed(-right.value, right.half) for right in allowed]
    readings = list(_readings(table, cell, explicit="%" in header))
    agree = (
        abs(read.value - right.value) <= (read.half + right.half) * 1.000001 + 1e-9
        for read in readings
        for right in allowed
    )
    if not readings or any(agree):
        return None
    value = table.sheet.value(*cell)
    said = value.strip() if isinstance(value, str) else shown(readings[0].value)
    return said, f"{rate:.2f}%"


def _meanings(table: Table, column: Column) -> dict[int, Meaning]:
    """What the facts of a column mean, by row."""
    facts = table.facts
    return {
        row: facts.said(at) for at, row in enumerate(facts.row) if facts.column[at] == column.index
    }


def _number(table: Table, cell: Address, *, whole: bool) -> Printed | None:
    value = table.sheet.value(*cell)
    label = table.sheet.label(*cell)
    if isinstance(value, str) and label and label.number and label.number.qualifier == "exact":
        number = label.number
        return Printed(number.value or 0.0, 0.0 if whole else number.rounding)
    if cell in table.sheet.grid.percent or not isinstance(value, float):
        return None
    return Printed(value, 0.0 if whole else 0.5 * 10.0 ** -decimals(shown(value)))


def _readings(table: Table, cell: Address, *, explicit: bool) -> Iterator[Printed]:
    """What a growth cell may say, in per cent: 12.5, 0.125 as 12.5%, 下降3.2%; nothing for 持平."""
    value = table.sheet.value(*cell)
    if isinstance(value, float):
        half = 0.5 * 10.0 ** -decimals(shown(value))
        if cell in table.sheet.grid.percent:
            yield Printed(value * 100, half * 100)
            return
        yield Printed(value, half)
        if not explicit:
            yield Printed(value * 100, half * 100)
        return
    match = CHANGE.fullmatch(normalise(value)) if isinstance(value, str) else None
    if match:
        number = match["number"].replace("−", "-")
        falls = match["word"] in ("下降", "减少")
        yield Printed(float(number) * (-1 if falls else 1), 0.5 * 10.0 ** -decimals(number))
