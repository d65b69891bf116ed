"""One table's cells: every value cell ends as a fact, is set aside, or has a fault."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from typing import TYPE_CHECKING

from etl.understand import areas
from etl.understand.axes import NOTHING, Column, Reading, columns, read_path
from etl.understand.cell import Figure, figure, plain_figure, scaled
from etl.understand.headers import compares_years, header_faults, inherit_of_which
from etl.understand.resolve import Aside, Fault, Meaning, Resolver, fault
from etl.understand.rows import Block, Sheet, is_number
from etl.understand.stubs import Rows, Stubs
from etl.understand.vocabulary import breakdown_key

if TYPE_CHECKING:
    from collections.abc import Iterator

    from etl.records import Value
    from etl.understand.context import Context

Address = tuple[int, int]
Outcome = Meaning | Fault | Aside


# One value cell that became a fact: meaning, area, figure, row, column, level of approval.
Fact = tuple[Meaning, str, Figure, int, int, int]


class Table:
    """Resolves the value cells of one block into facts, faults and cells set aside."""

    def __init__(self, sheet: Sheet, block: Block, context: Context, resolver: Resolver) -> None:
        self.sheet, self.block, self.context, self.resolver = sheet, block, context, resolver
        self.vocabulary = sheet.vocabulary
        self.catalogue = sheet.vocabulary.catalogue
        self.pins = sheet.vocabulary.pins
        self.columns = columns(sheet, block)
        resolver.years_compared = compares_years(sheet, block, self.columns)
        self.values = [c for c in self.columns if c.role == "value"]
        self.stubs = Stubs(sheet, block, self.columns)
        self.faults: dict[Fault, list[Address]] = defaultdict(list)
        self.aside: dict[str, list[Address]] = defaultdict(list)
        self.warnings: dict[Fault, list[Address]] = defaultdict(list)
        self.facts: list[Fact] = []
        inherit_of_which(self.values)
        self.headers = header_faults(sheet, block, self.values)
        self.sections = self._sections()
        self.column_area = dict(
            zip((c.index for c in self.values), self._column_areas(), strict=True)
        )
        self.approvals = self._approvals()
        self.awkward = {*sheet.grid.percent, *sheet.grid.errors, *self._spread()}

    def _column_areas(self) -> list[str | Fault | None]:
        labels = [c.reading.areas or (areas.TOTAL if c.reading.total else ()) for c in self.values]
        if not any(label and label != areas.TOTAL for label in labels):
            return [None] * len(labels)
        return areas.settle(labels, self.context.area, self.catalogue, self.pins.areas)

    def _sections(self) -> dict[int, Reading]:
        """The reading of each row's section; kinds that other sections name must not be missing."""
        known = {
            row: read_path([label], self.vocabulary) for row, label in self.block.sections.items()
        }
        if not any(reading.areas for reading in known.values()):
            return known
        missing = replace(NOTHING, rest="?")
        return {
            row: reading if (reading := known.get(row, missing)).areas else missing
            for row in self.block.body
        }

    def _approvals(self) -> dict[int, int | str]:
        """What a status column says of its row: a level of approval, or that it was rejected."""
        columns_ = self.stubs.by_role["status"]
        words = self.vocabulary.words
        found: dict[int, int | str] = {}
        for row in self.block.body if columns_ else ():
            label = self.sheet.label(row, columns_[0])
            text = label.text if label else ""
            if text in words["rejected"]:
                found[row] = text
            elif text in words["approved"]:
                found[row] = 2
            elif text in words["draft"]:
                found[row] = 0
        return found

    def _row_areas(self, rows: Rows) -> dict[int, str | Fault | None]:
        """The area of each row by its stub, else by its section."""
        body, scope = self.block.body, self.context.area
        own = areas.settle(rows.areas, scope, self.catalogue, self.pins.areas)
        if not self.sections:
            return dict(zip(body, own, strict=True))
        named = [self.sections.get(row, NOTHING).areas for row in body]
        outer = areas.settle(named, scope, self.catalogue, self.pins.areas)
        return {
            row: theirs if mine is None else mine
            for row, mine, theirs in zip(body, own, outer, strict=True)
        }

    # -- cells --------------------------------------------------------------------------------

    def read(self) -> None:
        """Resolve every value cell of the table."""
        placed: dict[int, dict[int, str | Fault | None]] = {}
        for column in self.values:
            rows = self.stubs.rows(column.index)
            if id(rows) not in placed:
                placed[id(rows)] = self._row_areas(rows)
            self._read_column(column, rows, placed[id(rows)])

    def _read_column(
        self, column: Column, rows: Rows, row_areas: dict[int, str | Fault | None]
    ) -> None:
        outcomes: dict[tuple[int, int], Outcome] = {}
        column_area, at = self.column_area[column.index], column.index
        sections, faults, approvals = self.sections, rows.faults, self.approvals
        usual = 1 if self.pins.approval is None else self.pins.approval
        recodes, readings, read_cell = self.catalogue.recodes, rows.readings, self._read_cell
        for row in self._cells(at):
            reading = readings[row]
            section = sections.get(row, NOTHING) if sections else NOTHING
            key = (id(reading), id(section))
            outcome = outcomes.get(key)
            if outcome is None:
                outcome = outcomes[key] = self._outcome(column, reading, section)
            if type(outcome) is not Meaning or row in faults:
                self._put(outcome, faults.get(row), (row, at))
                continue
            area = row_areas[row]
            if column_area is not None or type(area) is not str or area in recodes:
                area = self._area(column_area, area, outcome)
            approval = approvals.get(row, usual) if approvals else usual
            if type(area) is not str or type(approval) is not int:
                self._refuse(area, approval, (row, at))
                continue
            read_cell(row, at, outcome, area, approval)

    def _read_cell(self, row: int, at: int, meaning: Meaning, area: str, approval: int) -> None:
        """Read one cell whose meaning is settled; a plain number takes the short way."""
        value = self.sheet.rows[row][at]
        kind = type(value)
        if (kind is float or kind is int) and meaning.plain and (row, at) not in self.awkward:
            found = plain_figure(value, meaning)  # type: ignore[arg-type]
            self.facts.append((meaning, area, found, row, at, approval))
            return
        read = self._figure(value, (row, at), meaning)
        if isinstance(read, Fault):
            self.faults[read].append((row, at))
            return
        self.facts.append((meaning, area, read, row, at, approval))
        if kind is str:
            self._add_parts((row, at), meaning, area, approval)

    def _cells(self, column: int) -> Iterator[int]:
        """The rows of a column's cells that hold something, or an error, or no result."""
        rows, missing = self.sheet.rows, self.sheet.missing
        for row in self.block.body:
            value = rows[row][column]
            if (value is not None and value != "") or (missing and (row, column) in missing):
                yield row

    def _outcome(self, column: Column, row: Reading, section: Reading) -> Outcome:
        if aside := column.reading.aside or row.aside:
            return Aside(aside)
        if column.reading.total and not column.reading.areas and self._sums_periods(column):
            return Aside("total")
        if row.total and not self._has_area_axis(column.index):
            return Aside("total")
        if header_fault := self.headers.get(column.index):
            return header_fault
        if section.rest == "?":
            return fault("missing_section")
        return self.resolver.meaning(column.reading, row, section)

    def _sums_periods(self, column: Column) -> bool:
        """A 合计 column beside columns of single periods adds those up."""
        others = [c for c in self.values if c is not column and not c.reading.aside]
        if any(c.reading.areas for c in others):
            return False
        same = [c for c in others if c.reading.indicator == column.reading.indicator]
        return any(c.reading.periods for c in same) and not column.reading.periods

    def _has_area_axis(self, column: int) -> bool:
        return self.stubs.nearest("area", column) is not None

    def _area(
        self, column: str | Fault | None, row: str | Fault | None, meaning: Meaning
    ) -> str | Fault:
        if isinstance(column, Fault):
            return column
        if isinstance(row, Fault):
            return row
        if column and row and column != row:
            return fault("two_areas", one=self._name(column), other=self._name(row))
        area = column or row
        if area is None:
            if self.context.area_conflict:
                one, other = self.context.area_conflict
                return fault("areas_disagree", one=self._name(one), other=self._name(other))
            if self.context.area_unclear:
                return fault("unclear_context_area")
            area = self.context.area
        if area is None:
            return fault("missing_area")
        recode = self.catalogue.recodes.get(area)
        return recode.to_area if recode and meaning.start >= recode.valid_from else area

    def _name(self, code: str) -> str:
        return self.catalogue.areas[code].name

    def _put(self, outcome: Outcome, row_fault: Fault | None, address: Address) -> None:
        if isinstance(outcome, Aside):
            self.aside[outcome.reason].append(address)
        elif row_fault:
            self.faults[row_fault].append(address)
        elif isinstance(outcome, Fault):
            self.faults[outcome].append(address)

    def _refuse(self, area: str | Fault, approval: int | str, address: Address) -> None:
        if isinstance(approval, str):
            self.faults[fault("rejected_row", word=approval)].append(address)
        elif isinstance(area, Fault):
            self.faults[area].append(address)

    def _figure(self, value: Value, address: Address, meaning: Meaning) -> Figure | Fault:
        grid = self.sheet.grid
        if address in grid.errors:
            return fault("error_cell", text=grid.errors[address])
        if value is None or value == "":
            return fault("formula_without_result")
        if address in self.awkward and address not in grid.percent:
            return fault("merged_value")
        sure = is_number(value) and (abs(value) > 1 or value == 0)  # type: ignore[arg-type, operator]
        percent = address in grid.percent
        return figure(value, meaning, self.vocabulary, percent=percent, sure=sure)

    def _spread(self) -> set[Address]:
        """Numbers merged over several rows or columns of values: they belong to no single one."""
        body, values = set(self.block.body), {c.index for c in self.values}
        return {
            (top, left)
            for top, left, bottom, right in self.sheet.grid.merges
            if left in values
            and top in body
            and (any(r in body for r in range(top + 1, bottom + 1)) or right > left)
        }

    def _add_parts(self, address: Address, meaning: Meaning, area: str, approval: int) -> None:
        """Load the 其中 in a cell's brackets, 12(其中女兵3), where its word is a breakdown."""
        label = self.sheet.label(*address)
        if label is None or label.number is None:
            return
        for word, count in label.number.parts:
            keys = [
                key
                for key in self.vocabulary.breakdowns.get(word, ())
                if self.vocabulary.applies(key, meaning.indicator)
            ]
            if meaning.breakdown != "_T" or len(keys) != 1:
                self.warnings[fault("part_not_loaded", word=word)].append(address)
                continue
            amount, half = scaled(count, meaning.factor, 0)
            part = Figure(amount, half, label.text, meaning.unit_printed, low=amount, high=amount)
            whole = replace(meaning, breakdown=breakdown_key(keys))
            self.facts.append((whole, area, part, *address, approval))
