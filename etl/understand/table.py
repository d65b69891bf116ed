"""One table's cells: every value cell ends as a fact, is set aside, or has a fault."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from etl.understand import areas
from etl.understand.axes import (
    ASIDE,
    NOTHING,
    Column,
    Reading,
    Stubs,
    columns,
    header_cells,
    is_open,
    read_path,
)
from etl.understand.cell import Figure, decimals, figure, scaled, shown
from etl.understand.period import ambiguous_code
from etl.understand.resolve import Aside, Fault, Meaning, Resolver, fault
from etl.understand.rows import Block, Sheet, is_number
from etl.understand.text import normalise
from etl.understand.vocabulary import breakdown_key

if TYPE_CHECKING:
    from collections.abc import Iterator

    from etl.records import Value
    from etl.understand.context import Context

Address = tuple[int, int]
Outcome = Meaning | Fault | Aside


@dataclass(slots=True)
class Facts:
    """Value cells that became facts, a list a column: position i is one fact."""

    meaning: list[Meaning] = field(default_factory=list)
    area: list[str] = field(default_factory=list)
    figure: list[Figure] = field(default_factory=list)
    at: list[Address] = field(default_factory=list)
    approval: list[int] = field(default_factory=list)


class Table:
    """Resolves the value cells of one block into facts, faults and cells set aside."""

    def __init__(self, sheet: Sheet, block: Block, context: Context, resolver: Resolver) -> None:
        self.sheet, self.block, self.context, self.resolver = sheet, block, context, resolver
        self.vocabulary = sheet.vocabulary
        self.catalogue = sheet.vocabulary.catalogue
        self.columns = columns(sheet, block)
        self.values = [c for c in self.columns if c.role == "value"]
        self.stubs = Stubs(sheet, block, self.columns)
        self.faults: dict[Fault, list[Address]] = defaultdict(list)
        self.aside: dict[str, list[Address]] = defaultdict(list)
        self.warnings: dict[Fault, list[Address]] = defaultdict(list)
        self.facts = Facts()
        self._rows: dict[object, Reading] = {}
        self._interned: dict[Reading, Reading] = {}
        self._inherit_of_which()
        self.headers = self._header_faults()
        self.sections = self._sections()
        self.column_area = dict(
            zip((c.index for c in self.values), self._column_areas(), strict=True)
        )
        self.approvals = self._approvals()
        self.awkward = {*sheet.grid.percent, *sheet.grid.errors, *self._spread()}

    # -- columns ------------------------------------------------------------------------------

    def _inherit_of_which(self) -> None:
        """其中 takes indicator, period and unit from the column at its left."""
        leader: Column | None = None
        for column in self.values:
            reading = column.reading
            if not reading.of_which:
                leader = column
            elif leader and not reading.indicator:
                column.reading = replace(
                    reading,
                    indicator=leader.reading.indicator,
                    breakdowns=leader.reading.breakdowns,
                    periods=reading.periods or leader.reading.periods,
                    units=reading.units or leader.reading.units,
                    rest=column.path[-1].rest,
                )

    def _header_faults(self) -> dict[int, Fault]:
        """An axis is exclusive: where neighbours carry a kind of label, none falls back."""
        facts = [c for c in self.values if c.reading.aside not in ASIDE]
        indicator = any(c.reading.indicator for c in facts)
        dated = any(p.year or p.first_month for c in facts for p in c.reading.periods)
        placed = any(c.reading.areas for c in facts)
        broken = any(c.reading.candidates for c in facts)
        found: dict[int, Fault] = {}
        for column in facts:
            reading = column.reading
            explicit = any(p.year or p.first_month or p.day or p.relative for p in reading.periods)
            blank = not column.path or self._is_blank_leaf(column, facts)
            if is_open(self.sheet, self.block, column.index):
                found[column.index] = fault("unclear_group")
                continue
            bare = not reading.indicator and not reading.total
            if blank and self.block.header:
                found[column.index] = fault("missing_header")
            elif reading.rest and not reading.indicator:
                found[column.index] = fault("unknown_indicator", word=reading.rest)
            elif indicator and bare:
                found[column.index] = fault("missing_header")
            elif dated and not explicit and not reading.total:
                found[column.index] = fault("missing_period_header")
            elif (
                placed
                and not reading.areas
                and not reading.total
                or broken
                and not indicator
                and not reading.candidates
                and not reading.total
            ):
                found[column.index] = fault("missing_header")
        return found

    def _is_blank_leaf(self, column: Column, facts: list[Column]) -> bool:
        """A column whose lowest header cell is empty, where that must be an omission.

        So it is where another column has more labels below the one that they share, and where the
        sheet merges its short headers downwards but not this one.
        """
        mine = header_cells(self.sheet, self.block, column.index)
        others = [other.index for other in facts if other is not column]
        if mine and any(
            mine[-1] in header_cells(self.sheet, self.block, other)[:-1] for other in others
        ):
            return True
        last = self.block.header[-1] if self.block.header else 0
        if not mine or mine[-1][0] == last or self._is_merged_down(last, column.index):
            return False
        return any(self._is_merged_down(last, other) for other in others)

    def _is_merged_down(self, row: int, column: int) -> bool:
        return self.sheet.origin.get((row, column), (row, column))[0] != row

    def _column_areas(self) -> list[str | Fault | None]:
        labels = [self._axis_label(c.reading) for c in self.values]
        if not any(label and label != areas.TOTAL for label in labels):
            return [None] * len(labels)
        return areas.settle(labels, self.context.area, self.catalogue)

    @staticmethod
    def _axis_label(reading: Reading) -> tuple[str, ...]:
        return reading.areas or (areas.TOTAL if reading.total else ())

    # -- rows ---------------------------------------------------------------------------------

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

    def _row(self, row: int, column: int) -> Reading:
        """The stub's reading of a row, shared by all rows that say the same."""
        stubs = [self.stubs.nearest(role, column) for role in self.stubs.by_role]
        key = (
            tuple(stubs),
            tuple(self._stub_value(row, stub) for stub in stubs if stub is not None),
            self.stubs.group(row),
        )
        if key not in self._rows:
            self._rows[key] = self.stubs.reading(row, column)
        return self._rows[key]

    def _stub_value(self, row: int, stub: int) -> Value:
        return self.sheet.value(*self.sheet.origin.get((row, stub), (row, stub)))

    def _row_faults(self, readings: dict[int, Reading], column: int) -> dict[int, Fault]:
        """Rows without a label of a kind that the stub carries."""
        nearest = self.stubs.nearest
        area, indicator = nearest("area", column), nearest("indicator", column)
        period, broken = nearest("period", column), nearest("breakdown", column)
        found: dict[int, Fault] = {}
        for row, reading in readings.items():
            if reading.aside:
                continue
            if area is not None and not reading.areas and not reading.total:
                label = self.sheet.label(row, area)
                found[row] = (
                    fault("unknown_area", word=label.text)
                    if label and label.text
                    else fault("missing_area_label")
                )
            elif indicator is not None and not reading.indicator:
                label = self.sheet.label(row, indicator)
                found[row] = (
                    fault("unknown_indicator", word=label.text)
                    if label and label.text
                    else fault("missing_indicator_label")
                )
            elif period is not None and not reading.periods:
                found[row] = self._unread_period(row, period)
            elif broken is not None and not reading.candidates and not reading.total:
                found[row] = fault("missing_breakdown_label")
        return found

    def _unread_period(self, row: int, stub: int) -> Fault:
        """Why a period column's cell gives none: empty, or a code with two readings (202402)."""
        value = self._stub_value(row, stub)
        text = shown(value) if is_number(value) else normalise(str(value or ""))  # type: ignore[arg-type]
        if ambiguous_code(text):
            return fault("ambiguous_period", text=text)
        return fault("missing_period_label")

    def _row_areas(self, readings: dict[int, Reading]) -> dict[int, str | Fault | None]:
        labels = [self._axis_label(reading) for reading in readings.values()]
        section_areas = [
            self.sections[row].areas if row in self.sections else () for row in readings
        ]
        own = areas.settle(labels, self.context.area, self.catalogue)
        outer = areas.settle(section_areas, self.context.area, self.catalogue)
        return {
            row: mine if mine is not None else theirs
            for row, mine, theirs in zip(readings, own, outer, strict=True)
        }

    # -- cells --------------------------------------------------------------------------------

    def read(self) -> None:
        """Resolve every value cell of the table."""
        shared: dict[tuple[int | None, ...], tuple[dict[int, Reading], ...]] = {}
        for column in self.values:
            stubs = tuple(self.stubs.nearest(role, column.index) for role in self.stubs.by_role)
            if stubs not in shared:
                readings = {row: self._row(row, column.index) for row in self.block.body}
                shared[stubs] = (
                    {row: self._bare(reading) for row, reading in readings.items()},
                    self._row_faults(readings, column.index),  # type: ignore[assignment]
                    self._row_areas(readings),  # type: ignore[assignment]
                )
            self._read_column(column, *shared[stubs])  # type: ignore[arg-type]

    def _bare(self, reading: Reading) -> Reading:
        """The reading without its area, one object for all rows that differ in it alone."""
        bare = replace(reading, areas=(), total=reading.total and not reading.areas)
        return self._interned.setdefault(bare, bare)

    def _read_column(
        self,
        column: Column,
        readings: dict[int, Reading],
        row_faults: dict[int, Fault],
        row_areas: dict[int, str | Fault | None],
    ) -> None:
        outcomes: dict[tuple[int, int], Outcome] = {}
        column_area, at = self.column_area[column.index], column.index
        for row in self._cells(at):
            reading, section = readings[row], self.sections.get(row, NOTHING)
            key = (id(reading), id(section))
            outcome = outcomes.get(key)
            if outcome is None:
                outcome = outcomes[key] = self._outcome(column, reading, section)
            if type(outcome) is not Meaning or row in row_faults:
                self._put(outcome, row_faults.get(row), (row, at))
                continue
            area = self._area(column_area, row_areas[row], outcome)
            approval = self.approvals.get(row, 1) if self.approvals else 1
            if type(area) is not str or type(approval) is not int:
                self._refuse(area, approval, (row, at))
                continue
            self._read_cell(row, at, outcome, area, approval)

    def _read_cell(self, row: int, at: int, meaning: Meaning, area: str, approval: int) -> None:
        """Read one cell whose meaning is settled; a plain number takes the short way."""
        value = self.sheet.rows[row][at]
        kind = type(value)
        plain = (kind is float or kind is int) and meaning.dimension != "rate"
        if plain and not meaning.unit_fault and (row, at) not in self.awkward:
            printed = shown(value)  # type: ignore[arg-type]
            amount, half = scaled(value, meaning.factor, decimals(printed))  # type: ignore[arg-type]
            found = Figure(
                amount, half, printed, meaning.unit_printed, "A", "exact", amount, amount
            )
            self._add(meaning, area, found, (row, at), approval)
            return
        read = self._figure(value, (row, at), meaning)
        if isinstance(read, Fault):
            self.faults[read].append((row, at))
            return
        self._add(meaning, area, read, (row, at), approval)
        if kind is str:
            self._add_parts((row, at), meaning, area, approval)

    def _cells(self, column: int) -> Iterator[int]:
        """The rows of a column's cells that hold something, or an error, or no result."""
        grid = self.sheet.grid
        for row in self.block.body:
            value = self.sheet.rows[row][column]
            held = value is not None and value != ""
            if held or (row, column) in grid.errors or (row, column) in grid.uncached:
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
            self._add(
                replace(meaning, breakdown=breakdown_key(keys)), area, part, address, approval
            )

    def _add(
        self, meaning: Meaning, area: str, found: Figure, address: Address, approval: int
    ) -> None:
        self.facts.meaning.append(meaning)
        self.facts.area.append(area)
        self.facts.figure.append(found)
        self.facts.at.append(address)
        self.facts.approval.append(approval)
