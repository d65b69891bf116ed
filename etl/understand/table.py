"""One table's cells: every value cell ends as a fact, is set aside, or has a fault."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from itertools import compress
from math import isfinite
from operator import not_
from typing import TYPE_CHECKING, Any, cast

from etl.records import PRIOR
from etl.understand.axes import STUBS, Column, columns
from etl.understand.cell import NO_FIGURE, Figure, figure
from etl.understand.coded import coded, together
from etl.understand.daybook import Daybook
from etl.understand.facts import Facts
from etl.understand.growth import check_growth
from etl.understand.headers import (
    complete_years,
    header_faults,
    inherit_of_which,
    promote_subtotals,
)
from etl.understand.meaning import Aside, Fault, Meaning, fault
from etl.understand.named_areas import related
from etl.understand.number import read_number
from etl.understand.per_head import Counted, multiplied
from etl.understand.places import Placed, Places
from etl.understand.prior import current_of, earlier
from etl.understand.reading import NOTHING, Reading, read_path
from etl.understand.remarked import remarked
from etl.understand.row_status import approvals, unread
from etl.understand.said_of_time import said_of_time
from etl.understand.sheet import Sheet, is_number, picked
from etl.understand.stock_totals import settle_stock_totals
from etl.understand.stubs import Stubs
from etl.understand.sums import wrong_period_totals
from etl.understand.targets import TARGETS, is_table_of_targets
from etl.understand.text import normalise
from etl.understand.total_rows import total_rows
from etl.understand.unread import SEVERAL
from etl.understand.vocabulary import breakdown_key

if TYPE_CHECKING:
    from collections.abc import Iterator

    from etl.records import Value
    from etl.understand.blocks import Block
    from etl.understand.context import Context
    from etl.understand.resolve import Resolver
    from etl.understand.row_readings import Rows

Address = tuple[int, int]
Outcome = Meaning | Fault | Aside
Group = tuple[Reading, Reading, list[int]]  # a row's reading, its section's, the rows


class Table:
    """Resolves the value cells of one block into facts, faults and cells set aside."""

    def __init__(self, sheet: Sheet, block: Block, context: Context, resolver: Resolver) -> None:
        self.sheet, self.block, self.context, self.resolver = sheet, block, context, resolver
        self.vocabulary = sheet.vocabulary
        self.catalogue = sheet.vocabulary.catalogue
        self.pins = sheet.vocabulary.pins
        self.columns = columns(sheet, block)
        resolver.times.said = said_of_time(sheet, block, self.columns, context)
        self.values = [c for c in self.columns if c.role == "value"]
        done = sheet.vocabulary.words["done_header"]
        resolver.all_targets = is_table_of_targets(self.values, context, done)
        resolver.derived_title = self._derived_title()
        self.stubs = Stubs(sheet, block, self.columns)
        self.faults: dict[Fault, list[Address]] = defaultdict(list)
        self.aside: dict[str, list[Address]] = defaultdict(list)
        self.warnings: dict[Fault, list[Address]] = defaultdict(list)
        self.facts = Facts()
        self.priors = Facts()  # of earlier, 上年 and 上季: checks, until nobody reported it then
        self.unread = Facts()  # whose figure could not be read, though all else is known
        inherit_of_which(self.values)
        promote_subtotals(self.values)
        complete_years(self.values, context)
        self.headers = header_faults(sheet, block, self.values, context)
        self.sections = self._sections()
        self.refused = unread(sheet, block, self.columns)  # rows that are not read, and why
        self.approvals = approvals(sheet, block, self.stubs.by_role["status"])
        rejected = {row for row, level in self.approvals.items() if isinstance(level, Fault)}
        self.places = Places(sheet, block, context, self.values, self.sections, rejected)
        self.usual = 1 if self.pins.approval is None else self.pins.approval
        self.spread = self._spread()
        self.rows: list[int] = block.body  # those whose cells are accounted for here
        self.is_ledger = any(column.role == "event" for column in self.columns)
        self.heeded: set[Address] = set()  # remarks that were understood
        self.awkward: dict[int, set[int]] = defaultdict(set)  # column → rows
        grid = sheet.grid
        for row, index in (*grid.percent, *grid.scaled, *grid.struck, *grid.errors, *self.spread):
            self.awkward[index].add(row)

    def _derived_title(self) -> str:
        """What a title says of figures that are no amounts, where no column is there for them."""
        if any(column.reading.aside for column in self.values):
            return ""
        levels = (level for level in self.context.levels if level.name in ("title", "sheet"))
        return next(filter(None, (level.derived for level in levels)), "")

    def _sections(self) -> dict[int, Reading]:
        """The reading of each row's section; kinds that other sections name must not be missing."""
        known = {
            row: read_path([label], self.vocabulary) for row, label in self.block.sections.items()
        }
        if self.stubs.by_role["period"]:
            known = {row: NOTHING if _is_empty(said) else said for row, said in known.items()}
        if not any(reading.areas for reading in known.values()):
            return known
        missing = replace(NOTHING, rest="?")
        return {
            row: reading if (reading := known.get(row, missing)).areas else missing
            for row in self.block.body
        }

    # -- cells --------------------------------------------------------------------------------

    def read_ledger(self, *, persons: bool = False) -> None:
        """Resolve the totals of a table whose rows are events or persons, not figures."""
        self.is_ledger = True
        if persons:
            self.rows = total_rows(self.sheet, self.block)
        Daybook(self, persons=persons).read()

    def read(self) -> None:
        """Resolve every value cell of the table."""
        for column in self.values if self.refused else ():
            for row in self.filled(sorted(self.refused), column.index):
                self.faults[self.refused[row]].append((row, column.index))
        groups: dict[int, list[Group]] = {}
        for column in self.values:
            rows = self.stubs.rows(column.index)
            placed = self.places.of(rows, column.index)
            if id(rows) not in groups:
                groups[id(rows)] = self._groups(rows)
            self._read_column(column, rows, groups[id(rows)], placed)
            if column.reading.aside == "prior" and (now := current_of(column, self.values)):
                self._read_prior(column, now, groups[id(rows)], placed)
        self._tell_unused()
        settle_stock_totals(self)
        for cell, cause in wrong_period_totals(self):
            self.warnings[cause].append(cell)
        self._see_outside()
        check_growth(self)

    def _see_outside(self) -> None:
        """Warn of areas outside the one that the title names: another city's old form, perhaps."""
        scope = self.context.area
        named = self.facts.areas().values
        outside = {a for a in named if scope and not related(a, scope, self.catalogue)}
        if outside:
            names = "、".join(map(self.places.name, sorted(outside)))
            cause = fault("area_outside", areas=names, title=self.places.name(str(scope)))
            cells = (self.facts.cell(i) for i, a in enumerate(self.facts.area) if a in outside)
            self.warnings[cause] += cells

    def _groups(self, rows: Rows) -> list[Group]:
        """The rows of the body that say the same, under sections that say the same."""
        body, alike = self.block.body, rows.readings
        if self.sections:
            under = [self.sections.get(row, NOTHING) for row in body]
            alike = together([alike, coded(map(id, under), len(body))], len(body))
        else:
            under = [NOTHING] * len(body)
        found = []
        for at in alike.rows():
            read = [body[one] for one in at]
            if self.refused:
                read = [row for row in read if row not in self.refused]
            reading = rows.readings.values[rows.readings.numbers[at[0]]]
            if read:
                found.append((reading, under[at[0]], read))
        return sorted(found, key=lambda group: group[2][0]) if self.refused else found

    def _read_column(self, column: Column, rows: Rows, groups: list[Group], placed: Placed) -> None:
        at = column.index
        for reading, section, body in groups:
            outcome = self.outcome(column, reading, section)
            if type(outcome) is not Meaning:
                for row in self.filled(body, at):
                    self.put(outcome, rows.faults.get(row), (row, at))
                continue
            left = self._read_plain(body, at, outcome, placed.plain) if outcome.plain else body
            for row in self.filled(left, at):
                if cause := rows.faults.get(row):
                    self.faults[cause].append((row, at))
                else:
                    self._read_cell(row, at, outcome, placed.areas[row])

    def _read_prior(self, column: Column, now: Column, groups: list[Group], placed: Placed) -> None:
        """Read a 上年 or 上季 column by the meaning of the column of now that it stands beside."""
        for reading, section, body in groups:
            outcome = self.outcome(now, reading, section)
            if not isinstance(outcome, Meaning):
                continue
            meaning = earlier(column, outcome, self.vocabulary.words["derived"])
            if meaning is None:
                continue
            for row in self.filled(body, column.index):
                area, cell = placed.areas[row], (row, column.index)
                read = self.figure_at(self.sheet.rows[row][column.index], cell, meaning)
                known = isinstance(read, Figure) and read.value is not None
                if known and isinstance(area, str):
                    self.priors.add(meaning, area, cast("Figure", read), cell, PRIOR)

    def _tell_unused(self) -> None:
        """Tell of figures of earlier that are neither loaded nor a check: 去年四季度, 上年结转."""
        used = {self.priors.cell(at) for at in range(len(self.priors))}
        left = [cell for cell in self.aside["prior"] if cell not in used]
        if idle := [cell for cell in left if self.sheet.is_figure(*cell)]:
            self.warnings[fault("prior_unused")] += idle

    def area_of(self, cell: Address) -> str | None:
        """The area that a cell speaks of: a figure's, or that of the row of a remark."""
        row, at = cell
        known = self.places.columns
        column = at if at in known else next(iter(known), None)
        if column is None or (column != at and known[column]):
            return None
        area = self.places.of(self.stubs.rows(column), column).areas.get(row)
        return area if isinstance(area, str) else None

    def filled(self, body: list[int], column: int) -> Iterator[int]:
        """The rows whose cell holds something, or an error, or no result."""
        cells, missing = self.sheet.stored(column), self.sheet.missing
        for row in body:
            value = cells[row]
            if (value is not None and value != "") or (missing and (row, column) in missing):
                yield row

    def _read_plain(
        self, body: list[int], at: int, meaning: Meaning, plain: dict[int, str]
    ) -> list[int]:
        """Take the plain numbers of a column at one go; return the rows that are left."""
        cells: Any = picked(self.sheet.stored(at), body)
        sure = [type(value) is float for value in cells]
        if len(plain) < len(self.block.body):
            sure = [one and row in plain for one, row in zip(sure, body, strict=True)]
        if awkward := self.awkward.get(at):
            sure = [one and row not in awkward for one, row in zip(sure, body, strict=True)]
        stored = list(compress(cells, sure))
        if not isfinite(sum(stored)):  # a script wrote NaN or 1e999
            sure = [one and isfinite(value) for one, value in zip(sure, cells, strict=True)]
            stored = list(compress(cells, sure))
        if meaning.whole and not all(map(float.is_integer, stored)):  # 2.3 场 is looked at again
            sure = [one and value.is_integer() for one, value in zip(sure, cells, strict=True)]
            stored = list(compress(cells, sure))
        taken = list(compress(body, sure))
        levels: list[Any] = [self.usual] * len(taken)
        if self.approvals:
            levels = [self.approvals.get(row, self.usual) for row in taken]
        areas = list(map(plain.__getitem__, taken))
        self.facts.add_plain(meaning, areas, stored, taken, at, levels)
        return list(compress(body, map(not_, sure)))

    def _read_cell(self, row: int, at: int, meaning: Meaning, area: str | Fault) -> None:
        """Read one cell whose meaning is settled."""
        approval = self.approvals.get(row, self.usual)
        if isinstance(approval, Fault):
            self.faults[approval].append((row, at))
            return
        if isinstance(area, Fault):
            self.faults[area].append((row, at))
            return
        recode = self.catalogue.recodes.get(area)
        if recode and meaning.start >= recode.valid_from:
            area = recode.to_area
        value = self.sheet.rows[row][at]
        read = self.figure_at(value, (row, at), meaning)
        if isinstance(read, Fault):
            self.faults[read].append((row, at))
            self.unread.add(meaning, area, NO_FIGURE, (row, at), approval)
            return
        self.facts.add(meaning, area, read, (row, at), approval)
        if not isinstance(value, str):
            return
        brackets = "(" in normalise(value)
        if brackets or "其中" in value:
            self._add_parts(value, (row, at), meaning, area, approval)
        if self.vocabulary.units.is_per_head(read.unit_printed):
            whole = f"{read.value:.15g}"
            self.warnings[fault("amount_multiplied", text=value, whole=whole)].append((row, at))
        elif brackets and not read_number(value):
            parted = remarked(value, self.vocabulary)
            if parted and parted.remark:
                self.warnings[fault("remark_in_cell", text=parted.remark)].append((row, at))

    def outcome(self, column: Column, row: Reading, section: Reading) -> Outcome:
        """Settle what the cells of a column mean in rows of one reading, under one section."""
        aside = row.aside or column.reading.aside
        if aside and (row.aside or aside not in TARGETS):
            return Aside("plan" if aside in TARGETS else aside)
        if column.reading.total and not column.reading.areas and self._sums_periods(column):
            return Aside("total")
        if row.total and not self._says_more(column.index):
            return Aside("total")
        if header_fault := self.headers.get(column.index):
            denied = self.resolver.times.said.title_denied  # one contradiction is one question
            lacks = header_fault.rule == "missing_period_header"
            return fault("periods_disagree") if denied and lacks else header_fault
        if self._is_left_of_areas(column.index):
            return fault("missing_area_label")
        if section.rest == "?" or self.context.part_missing:
            return fault("missing_section")
        return self.resolver.meaning(column.reading, row, section)

    def _sums_periods(self, column: Column) -> bool:
        """A 合计 column beside columns of single periods adds those up."""
        others = [c for c in self.values if c is not column and not c.reading.aside]
        if any(c.reading.areas for c in others):
            return False
        same = [c for c in others if c.reading.indicator == column.reading.indicator]
        return any(c.reading.periods for c in same) and not column.reading.periods

    def _is_left_of_areas(self, column: int) -> bool:
        """Figures before the 县区 of their table, whose title's city is not theirs."""
        placed = self._has_area_axis(column) or self.sections or self.places.columns[column]
        return not placed and bool(self.stubs.by_role["area"])

    def _has_area_axis(self, column: int) -> bool:
        return self.stubs.nearest("area", column) is not None

    def _says_more(self, column: int) -> bool:
        """Whether a 合计 row is no mere sum of the rows beside it: of areas, or without any."""
        alone = all(row.total for row in self.stubs.rows(column).readings.values)
        return alone or self._has_area_axis(column) or self._adds_parts(column)

    def _adds_parts(self, column: int) -> bool:
        """Whether a 合计 row below 部队, 烈属 … says more than they do: they are not everybody."""
        axes = {role for role in STUBS if self.stubs.nearest(role, column) is not None}
        if axes != {"breakdown"}:
            return False
        parts = {part for row in self.stubs.rows(column).readings.values for part in row.candidates}
        return not all(self.catalogue.breakdowns[part].exhaustive for part in parts)

    def unit_beside(self, row: int) -> tuple[str, ...]:
        """The unit that a remark gives to its row: 29.2 | 单位：万元 below a column of 元."""
        for column in self.columns:
            label = self.sheet.label(row, column.index) if column.role == "note" else None
            if label and label.units and label.text.startswith(self.vocabulary.words["unit_start"]):
                self.heeded.add((row, column.index))
                return label.units
        return ()

    def put(self, outcome: Outcome, row_fault: Fault | None, address: Address) -> None:
        """Set a cell without a meaning aside, or name its fault."""
        if isinstance(outcome, Aside):
            value = self.sheet.value(*address)
            # 12/300 below 万元/人次 would be lost without a word
            if isinstance(value, str) and SEVERAL.fullmatch(normalise(value)):
                self.faults[fault("not_a_number", text=value[:60])].append(address)
            else:
                self.aside[outcome.reason].append(address)
        elif row_fault:
            self.faults[row_fault].append(address)
        elif isinstance(outcome, Fault):
            self.faults[outcome].append(address)

    def figure_at(self, value: Value, address: Address, meaning: Meaning) -> Figure | Fault:
        """Read the number of a cell whose meaning is settled."""
        grid = self.sheet.grid
        if address in grid.errors:
            return fault("error_cell", text=grid.errors[address])
        if value is None or value == "":
            return fault("formula_without_result")
        if address in self.spread:
            return fault("merged_value")
        if address in grid.struck:
            return fault("struck_out")
        if address in grid.scaled and meaning.dimension == "money" and meaning.factor == 1:
            return fault("format_against_unit")
        sure = is_number(value) and (abs(value) > 1 or value == 0)  # type: ignore[arg-type, operator]
        percent = address in grid.percent
        read = figure(value, meaning, self.vocabulary, percent=percent, sure=sure)
        if isinstance(read, Fault) and isinstance(value, str):
            cells = self.sheet.rows[address[0]]
            counts = (Counted(cells[c.index], c) for c in self.values if c.index != address[1])
            own = multiplied(value, counts, meaning, self.vocabulary)
            return own or self._but_remark(value, meaning) or read
        return read

    def _but_remark(self, text: str, meaning: Meaning) -> Figure | Fault | None:
        """The figure in front of a remark that leaves it as it is: 2场（线上1场）."""
        parted = remarked(text, self.vocabulary)
        if parted is None:
            return None
        read = figure(parted.figure, meaning, self.vocabulary, percent=False, sure=False)
        return read if isinstance(read, Fault) else read._replace(printed=text.strip())

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

    def _add_parts(
        self, text: str, address: Address, meaning: Meaning, area: str, approval: int
    ) -> None:
        """Load the 其中 in a cell's brackets, 12(其中女兵3), where its word is a breakdown."""
        number = read_number(text)
        for word, printed in number.parts if number else ():
            keys = [
                key
                for key in self.vocabulary.breakdowns.get(word, ())
                if self.vocabulary.applies(key, meaning.indicator)
            ]
            part = self.figure_at(printed, address, meaning)
            if meaning.breakdown != "_T" or len(keys) != 1 or isinstance(part, Fault):
                self.warnings[fault("part_not_loaded", word=word)].append(address)
                continue
            own = replace(meaning, breakdown=breakdown_key(keys))
            self.facts.add(own, area, part._replace(printed=normalise(text)), address, approval)


def _is_empty(section: Reading) -> bool:
    """Whether a line among periods is one that was not filled in: 二季度 without a figure."""
    parts = all(p.first_month and not p.year for p in section.periods)
    return bool(section.periods) and parts and replace(section, periods=()) == NOTHING
