"""Ledgers, a row an event or a person: their printed totals load, their rows only check those."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple, cast

from etl.understand.meaning import Fault, Meaning, fault
from etl.understand.period import find_periods
from etl.understand.reading import NOTHING
from etl.understand.sums import as_printed, slack
from etl.understand.text import normalise
from etl.understand.total_rows import settled_totals, total_rows
from etl.understand.vocabulary import breakdown_key

if TYPE_CHECKING:
    from etl.records import Value
    from etl.understand.axes import Column
    from etl.understand.cell import Figure
    from etl.understand.table import Outcome, Table
    from etl.understand.total_rows import Total

SERIAL_DAYS = range(36526, 73051)  # 2000 to 2099, as a workbook stores days
FIRST_DAY = dt.date(1899, 12, 30)


class Added(NamedTuple):
    """What the rows of a column add up to in the base unit, and the cells that did not."""

    value: float
    rounding: float
    doubtful: list[tuple[int, int]]  # cells that hold no exact number of the unit


class Daybook:
    """Reads the totals of a table whose rows are events or persons."""

    def __init__(self, table: Table, *, persons: bool) -> None:
        self.table, self.sheet, self.block = table, table.sheet, table.block
        self.persons = persons
        self.vocabulary = table.vocabulary
        added = total_rows(self.sheet, self.block)
        self.events = [row for row in self.block.body if row not in added]
        self.totals = settled_totals(table)
        kept = [total.row for total in self.totals]
        self.idle = [row for row in added if row not in kept]
        # an amount merged over several events is theirs together
        table.spread = {cell for cell in table.spread if cell[0] in added}

    def read(self) -> None:
        """Resolve every value cell: a total is a fact, the others are its parts."""
        for column in self.table.values:
            if self.totals:
                self._read_column(column)
            else:
                self._refuse(column, self.idle if self.persons else self.block.body)
        for column in self.table.values if self.totals else ():
            self.table.aside["subtotal"] += self._cells(self.idle, column)

    def _read_column(self, column: Column) -> None:
        table, at = self.table, column.index
        parts = self._cells(self.events, column)
        for total in self.totals:
            if self._cells([total.row], column):
                self._read_total(column, total, (total.row, at))
                continue
            own = self._cells(total.rows, column)
            if own and not self.persons and self._refuse(column, total.rows):
                parts = [cell for cell in parts if cell not in own]
        if not self.persons:
            table.aside["event"] += parts

    def _read_total(self, column: Column, total: Total, cell: tuple[int, int]) -> None:
        table = self.table
        outcome = self._meaning(column, table.unit_beside(total.row))
        area = table.places.settled(table.places.columns[column.index], total.area)
        if not isinstance(outcome, Meaning):
            table.put(outcome, None, cell)
            return
        read = table.figure_at(self.sheet.value(*cell), cell, outcome)
        for wrong in (area, read):
            if isinstance(wrong, Fault):
                table.faults[wrong].append(cell)
                return
        area, read = cast("str", area), cast("Figure", read)
        if differs := self._differs(column, total, outcome, read, area):
            table.faults[differs].append(cell)
            return
        table.facts.add(outcome, area, read, cell, table.usual)
        table.warnings[fault("ledger_total")].append(cell)
        self._see_days(total.rows, outcome)

    def _meaning(self, column: Column, units: tuple[str, ...] = ()) -> Outcome:
        """What a total in this column means: of the part that the title names, 困难退役军人."""
        outcome = self.table.outcome(column, replace(NOTHING, units=units), NOTHING)
        if not isinstance(outcome, Meaning):
            return outcome
        said = {} if outcome.breakdown == "_T" else dict(
            pair.split(":", 1) for pair in outcome.breakdown.split(";")
        )  # fmt: skip
        for dimension, part in self._title_parts(outcome.indicator):
            if said.setdefault(dimension, part) != part:
                return fault("two_breakdowns", one=said[dimension], other=part)
        return replace(outcome, breakdown=breakdown_key(said.items()))

    def _title_parts(self, indicator: str) -> list[tuple[str, str]]:
        """The parts of an indicator that the titles name; a list of some is not the whole."""
        cells = [(row, column) for row in self.block.titles for column in self.sheet.filled(row)]
        labels = [label.text for cell in cells if (label := self.sheet.label(*cell))]
        texts = [text for text in labels if ":" not in text]
        texts += [normalise(self.sheet.grid.sheet), normalise(self.sheet.grid.file)]
        found = []
        for word in sorted(self.vocabulary.breakdowns, key=len, reverse=True):
            keys = self._breakdowns(word, indicator)
            if len(word) > 1 and len(keys) == 1 and any(word in text for text in texts):
                texts = [text.replace(word, " ") for text in texts]
                found.append(keys[0])
        return found

    def _breakdowns(self, word: str, indicator: str) -> list[tuple[str, str]]:
        known = self.vocabulary
        return [
            key
            for key in known.breakdowns[word]
            if known.applies(key, indicator) and key not in known.moments
        ]

    def _refuse(self, column: Column, rows: list[int]) -> bool:
        """Say what a column without a total adds up to, for whoever writes the total."""
        cells, outcome = self._cells(rows, column), self._meaning(column)
        if not isinstance(outcome, Meaning) or not cells:
            if cells and not self.totals:
                self.table.faults[fault("ledger")] += cells
            return False
        events = [row for row in self.events if row in rows or self.persons]
        added = self._added(column, events, outcome)
        cause = fault("ledger")
        if not added.doubtful:
            cause = fault("ledger_without_total", indicator=outcome.indicator,
                          added=_said(added.value, outcome))  # fmt: skip
        self.table.faults[cause] += cells
        return True

    def _differs(
        self, column: Column, total: Total, meaning: Meaning, read: Figure, area: str
    ) -> Fault | None:
        """Compare a printed total with its rows, within the rounding of all of them."""
        own = self._meaning(column)
        if not isinstance(own, Meaning) or meaning.dimension == "rate":
            return None
        added = self._added(column, total.rows, own)
        if read.qualifier != "exact" or read.value is None:
            return None
        gap = read.value - added.value
        allowed = slack(meaning, (read.rounding, added.rounding))
        if abs(gap) <= allowed or (gap > 0 and added.doubtful):
            if added.doubtful:
                self.table.warnings[fault("ledger_not_checked")] += added.doubtful
            return None
        return fault(
            "ledger_total_differs", area=area, indicator=meaning.indicator,
            total=_said(read.value, meaning), added=_said(added.value, meaning),
            gap=_said(gap, meaning),
        )  # fmt: skip

    def _added(self, column: Column, rows: list[int], meaning: Meaning) -> Added:
        """Add up a column's rows in the units of its header; marks add nothing."""
        found = Added(0.0, 0.0, [])
        for cell in self._cells(rows, column):
            read = self.table.figure_at(self.sheet.value(*cell), cell, meaning)
            if isinstance(read, Fault) or read.qualifier != "exact":
                found.doubtful.append(cell)
                continue
            value, rounding = found.value + (read.value or 0), found.rounding + (read.rounding or 0)
            found = found._replace(value=value, rounding=rounding)
        return found

    def _cells(self, rows: list[int], column: Column) -> list[tuple[int, int]]:
        return [(row, column.index) for row in self.table.filled(rows, column.index)]

    def _see_days(self, rows: list[int], meaning: Meaning) -> None:
        """Warn of events on days outside the period of their total."""
        for column in self.table.columns:
            if column.role != "event" or meaning.kind != "flow":
                continue
            for row in self.table.filled(rows, column.index):
                day = _day(self.sheet.value(row, column.index))
                if day and not meaning.start <= day <= meaning.end:
                    cause = fault("event_outside_period", period=meaning.time_period)
                    self.table.warnings[cause].append((row, column.index))


def _day(value: Value) -> dt.date | None:
    """The day of an event: a date, 2024.1.30, or a day's number that lost its format."""
    if isinstance(value, dt.datetime):
        return value.date()
    if isinstance(value, dt.date):
        return value
    if isinstance(value, int | float) and SERIAL_DAYS.start <= value < SERIAL_DAYS.stop:
        return FIRST_DAY + dt.timedelta(days=int(value))
    periods = find_periods(normalise(value))[0] if isinstance(value, str) else ()
    return next((period.day for period in periods if period.day), None)


def _said(value: float, meaning: Meaning) -> str:
    """A value of the base unit as its column prints it: 29.2万元."""
    return as_printed(value, meaning) + meaning.unit_printed
