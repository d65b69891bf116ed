"""Every cell of a sheet accounted for: labels, observations, checks, issues and notes."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass, field
from itertools import groupby
from typing import TYPE_CHECKING

import pyarrow as pa

from etl.read.address import letters
from etl.records import FATES, OBSERVATION, Grid, Issue, Source
from etl.understand.context import Context, SheetNames, context, reported_on
from etl.understand.form import form_of, sheet_key
from etl.understand.pins import pin_kinds, pinned
from etl.understand.resolve import Fault, Resolver, fault
from etl.understand.rows import Sheet, blocks, is_number, kinds
from etl.understand.table import Address, Fact, Table

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable, Sequence

    from etl.understand.vocabulary import Vocabulary


@dataclass(slots=True)
class Understood:
    """What one sheet says, and what became of its cells (``FATES``: they add up to all)."""

    observations: pa.Table
    issues: list[Issue]
    fates: Counter[str] = field(default_factory=Counter)


def understand(
    grid: Grid, source: Source, vocabulary: Vocabulary, names: SheetNames | None = None
) -> Understood:
    """Read one sheet of ``source``: its facts as a table of ``OBSERVATION``, and its issues.

    ``names`` says what the names of all sheets of the file have in common.
    """
    sheet = Sheet(grid, vocabulary)
    types = kinds(sheet)
    tables = blocks(sheet, types)
    form = form_of(sheet, tables)
    own = sheet_key(source.source_id, grid.sheet)
    vocabulary = pinned(vocabulary, grid, (form.key, own))
    if vocabulary is not sheet.vocabulary:
        sheet = Sheet(grid, vocabulary)
        types = pin_kinds(kinds(sheet), vocabulary.pins)
        tables = blocks(sheet, types)
    day = reported_on(sheet, types)
    ledger = Ledger(sheet, source, day)
    outer: Context | None = None
    for block in tables:
        around = context(sheet, block, outer, names or SheetNames())
        outer = outer or around
        ledger.placed.update(block.header)
        if block.body:
            table = Table(sheet, block, around, Resolver(vocabulary, around, day))
            table.read()
            ledger.take(table)
    ledger.placed.update(row for row, kind in enumerate(types) if kind == "frame")
    ledger.set_aside(row - 1 for row, kind in vocabulary.pins.kinds.items() if kind == "ignored")
    ledger.settle_totals()
    ledger.settle_duplicates()
    ledger.find_unread()
    return Understood(ledger.observations(), ledger.issues(), ledger.fates())


class Ledger:
    """Collects the tables of a sheet, sees that keys agree, and that no cell is lost."""

    def __init__(self, sheet: Sheet, source: Source, day: dt.date | None) -> None:
        self.sheet, self.source = sheet, source
        self.catalogue = sheet.vocabulary.catalogue
        self.reported_on = day or source.received_on
        self.basis = "printed" if day else "file"
        self.facts: list[Fact] = []
        self.faults: dict[Fault, list[Address]] = defaultdict(list)
        self.warnings: dict[Fault, list[Address]] = defaultdict(list)
        self.checks: set[Address] = set()
        self.n_notes = 0
        self.placed: set[int] = set()  # rows of headers, frames and bodies
        self.missing = set(sheet.missing)  # errors and formulas without a result, not yet named
        self.doubtful: list[Address] = []  # cells of bodies in columns that could not be typed

    def take(self, table: Table) -> None:
        """Add one table's outcome."""
        self.facts += table.facts
        for mine, theirs in ((self.faults, table.faults), (self.warnings, table.warnings)):
            for cause, cells in theirs.items():
                mine[cause] += cells
        for cells in table.aside.values():
            self.checks.update(cells)
        body = table.block.body
        self.placed.update(body)
        for column in table.columns:
            cells = [(row, column.index) for row in body]
            if column.role == "value":
                self.missing.difference_update(cells if self.missing else ())
            elif column.role == "note":
                self.n_notes += sum(self._holds(*cell) for cell in cells)
            elif column.role == "text":
                self.doubtful += cells

    def _holds(self, row: int, column: int) -> bool:
        return self.sheet.rows[row][column] not in (None, "") or (row, column) in self.missing

    def set_aside(self, rows: Iterable[int]) -> None:
        """Leave out the rows that a layout says are none of the table's."""
        for row in rows:
            self.placed.add(row)
            self.checks.update((row, c) for c in range(self.sheet.width) if self._is_figure(row, c))

    # -- totals and duplicates ----------------------------------------------------------------

    def settle_totals(self) -> None:
        """A parent beside its parts is a check on them, not a report of its own."""
        known = self.catalogue.areas
        named = {fact[1] for fact in self.facts}
        parents = named & {known[area].parent for area in named}
        if not parents:
            return
        parts: dict[tuple[object, str | None], list[Fact]] = defaultdict(list)
        for fact in self.facts:
            parts[fact[0].key, known[fact[1]].parent].append(fact)
        expected: Counter[str | None] = Counter()
        for (_, parent), members in parts.items():
            expected[parent] = max(expected[parent], len({fact[1] for fact in members}))
        kept = []
        for fact in self.facts:
            meaning, area = fact[0], fact[1]
            indicator = self.catalogue.indicators[meaning.indicator]
            members = parts.get((meaning.key, area), []) if area in parents else []
            if not members or indicator.kind == "rate":
                kept.append(fact)  # a city's rate beside its counties' is no sum of theirs
                continue
            self.checks.add((fact[3], fact[4]))
            if indicator.area_aggregation == "sum":
                self._check_total(fact, members, expected[area])
        self.facts = kept

    def _check_total(self, total: Fact, members: list[Fact], expected: int) -> None:
        """Compare a printed total with its parts, within the rounding of all of them."""
        meaning, area, whole = total[:3]
        figures = list({fact[1]: fact[2] for fact in members}.values())
        exact = all(f.qualifier == "exact" and f.value is not None for f in (whole, *figures))
        if not exact:
            return
        added = sum(f.value or 0 for f in figures)
        gap = (whole.value or 0) - added
        slack = (whole.rounding or 0) + sum(f.rounding or 0 for f in figures)
        complete = len(figures) == expected
        if abs(gap) > slack * 1.000001 and (complete or gap < 0):
            cause = fault(
                "total_differs", area=area, indicator=meaning.indicator, total=whole.printed,
                parts=_plain(added / meaning.factor), gap=_plain(gap / meaning.factor),
            )  # fmt: skip
            self.warnings[cause].append((total[3], total[4]))

    def settle_duplicates(self) -> None:
        """One key with different values: all of them become issues; equal values are legal."""
        keys: dict[object, int] = {}
        number = {id(fact[0]): 0 for fact in self.facts}
        for fact in self.facts:
            number[id(fact[0])] = number[id(fact[0])] or keys.setdefault(fact[0].key, len(keys) + 1)
        places = [(number[id(fact[0])], fact[1]) for fact in self.facts]
        if len(set(places)) == len(places):
            return
        found: dict[tuple[int, str], list[Fact]] = defaultdict(list)
        for place, fact in zip(places, self.facts, strict=True):
            found[place].append(fact)
        clashes = {
            place for place, facts in found.items() if len({fact[2].value for fact in facts}) > 1
        }
        for place in clashes:
            meaning, area = found[place][0][:2]
            cause = fault(
                "same_key_different_values",
                area=area, indicator=meaning.indicator, period=meaning.time_period,
            )  # fmt: skip
            self.faults[cause] += [(fact[3], fact[4]) for fact in found[place]]
        self.facts = [
            fact for place, fact in zip(places, self.facts, strict=True) if place not in clashes
        ]

    # -- what is left -------------------------------------------------------------------------

    def find_unread(self) -> None:
        """Numbers that no table took: a sheet without a body, a stub that is none."""
        outside = (row for row in range(len(self.sheet.rows)) if row not in self.placed)
        cells = [(row, column) for row in outside for column in range(self.sheet.width)]
        unread = {cell for cell in [*cells, *self.doubtful] if self._is_figure(*cell)}
        unread |= self.missing
        if unread:
            self.faults[fault("unread_cells")] += sorted(unread)

    def _is_figure(self, row: int, column: int) -> bool:
        value = self.sheet.value(row, column)
        if isinstance(value, str):
            label = self.sheet.vocabulary.label(value) if value else None
            return bool(label and label.number is not None)
        return is_number(value)

    def fates(self) -> Counter[str]:
        """Count what became of the cells; the sum is the number of cells that hold something."""
        held = sum(len(row) - row.count(None) - row.count("") for row in self.sheet.rows) + sum(
            self.sheet.value(*cell) in (None, "") for cell in self.sheet.missing
        )
        wrong = {cell for cells in self.faults.values() for cell in cells}
        observed = {(fact[3], fact[4]) for fact in self.facts} - wrong
        found = Counter(dict.fromkeys(FATES, 0))
        found["issue"] = len(wrong)
        found["observation"] = len(observed)
        found["check"] = len(self.checks - wrong)
        found["note"] = self.n_notes
        found["label"] = held - sum(found.values())
        return found

    def issues(self) -> list[Issue]:
        """One issue a cause, naming all its cells."""
        found = []
        for cause, cells in [*self.faults.items(), *self.warnings.items()]:
            ordered = sorted(set(cells))
            row, column = ordered[0]
            values = self.sheet.rows[row]
            value = values[column] if column < len(values) else None
            found.append(
                Issue(
                    cause.rule, self.sheet.grid.sheet, ranges(ordered), _printed(value),
                    {**dict(cause.words), "count": len(ordered)},
                    self.source.source_file, self.source.source_id, self.source.dataset,
                )
            )  # fmt: skip
        return found

    def observations(self) -> pa.Table:
        """The facts as rows of ``OBSERVATION``; what a meaning says is stored once and spread."""
        numbers: dict[int, int] = {}
        which = [numbers.setdefault(id(fact[0]), len(numbers)) for fact in self.facts]
        distinct = list({id(fact[0]): fact[0] for fact in self.facts}.values())
        take = pa.array(which, pa.int32())
        _, areas, figures, rows, columns, approvals = (
            zip(*self.facts, strict=True) if self.facts else ((),) * 6
        )
        values, halves, printed, units, statuses, qualifiers, lows, highs = (
            zip(*figures, strict=True) if figures else ((),) * 8
        )
        spread: dict[str, Sequence[object]] = {
            "indicator": [m.indicator for m in distinct],
            "breakdown": [m.breakdown for m in distinct],
            "period_start": [m.start for m in distinct],
            "period_end": [m.end for m in distinct],
            "time_period": [m.time_period for m in distinct],
            "period_inferred": [m.inferred for m in distinct],
        }
        cells = [f"{letters(column)}{row + 1}" for row, column in zip(rows, columns, strict=True)]
        own: dict[str, Sequence[object]] = {
            "ref_area": areas, "obs_value": values, "rounding": halves, "obs_status": statuses,
            "qualifier": qualifiers, "low": lows, "high": highs, "printed": printed,
            "unit_printed": units, "cell": cells, "approval": approvals,
        }  # fmt: skip
        same = {
            "dataset": self.source.dataset, "source_id": self.source.source_id,
            "source_file": self.source.source_file, "sheet": self.sheet.grid.sheet,
            "reported_on": self.reported_on, "reported_on_basis": self.basis,
        }  # fmt: skip
        arrays = []
        for name, kind in zip(OBSERVATION.names, OBSERVATION.types, strict=True):
            if name in spread:
                arrays.append(pa.array(spread[name], kind).take(take))
            elif name in own:
                arrays.append(pa.array(own[name], kind))
            else:
                arrays.append(pa.array([same[name]], kind).take(pa.repeat(0, len(self.facts))))
        return pa.Table.from_arrays(arrays, schema=OBSERVATION)


def ranges(cells: Iterable[Address]) -> str:
    """Return addresses, those below each other as ranges: 'C5:C12,E7'."""
    columns: dict[int, list[int]] = defaultdict(list)
    for row, column in cells:
        columns[column].append(row)
    found = []
    for column, rows in sorted(columns.items()):
        for _, run in groupby(enumerate(rows), lambda pair: pair[1] - pair[0]):
            stretch = [f"{letters(column)}{row + 1}" for _, row in run]
            found.append(":".join(dict.fromkeys((stretch[0], stretch[-1]))))
    return ",".join(found)


def _printed(value: object) -> str:
    if isinstance(value, float):
        return format(value, ".15g")
    return "" if value is None else str(value)[:200]


def _plain(value: float) -> str:
    return format(round(value, 6) + 0.0, ".15g")
