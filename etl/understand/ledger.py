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
from etl.understand.resolve import Fault, Meaning, Resolver, fault
from etl.understand.rows import Sheet, blocks, is_number, kinds
from etl.understand.table import Address, Facts, Table

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable

    from etl.understand.cell import Figure
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
    day = reported_on(sheet, types)
    ledger = Ledger(sheet, source, day)
    frames = (row for row, kind in enumerate(types) if kind == "frame")
    ledger.labels.update((row, column) for row in frames for column in sheet.filled(row))
    outer: Context | None = None
    for block in blocks(sheet, types):
        around = context(sheet, block, outer, names or SheetNames())
        outer = outer or around
        if not block.body:
            continue
        table = Table(sheet, block, around, Resolver(vocabulary, around, day))
        table.read()
        ledger.take(table)
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
        self.meaning: list[Meaning] = []
        self.area: list[str] = []
        self.figure: list[Figure] = []
        self.at: list[Address] = []
        self.approval: list[int] = []
        self.faults: dict[Fault, list[Address]] = defaultdict(list)
        self.warnings: dict[Fault, list[Address]] = defaultdict(list)
        self.checks: list[Address] = []
        self.notes: set[Address] = set()
        self.labels: set[Address] = set()

    def take(self, table: Table) -> None:
        """Add one table's outcome."""
        facts: Facts = table.facts
        self.meaning += facts.meaning
        self.area += facts.area
        self.figure += facts.figure
        self.at += facts.at
        self.approval += facts.approval
        for mine, theirs in ((self.faults, table.faults), (self.warnings, table.warnings)):
            for cause, cells in theirs.items():
                mine[cause] += cells
        for cells in table.aside.values():
            self.checks += cells
        for column in table.columns:
            if column.role in ("value", "text"):
                continue
            cells = [(row, column.index) for row in table.block.body]
            (self.notes if column.role == "note" else self.labels).update(cells)
        self.labels.update((row, c) for row in table.block.header for c in range(self.sheet.width))

    # -- totals and duplicates ----------------------------------------------------------------

    def settle_totals(self) -> None:
        """A parent beside its parts is a check on them, not a report of its own."""
        parts: dict[tuple[object, str], list[int]] = defaultdict(list)
        for i, (meaning, area) in enumerate(zip(self.meaning, self.area, strict=True)):
            parent = self.catalogue.areas[area].parent
            if parent is not None:
                parts[meaning.key, parent].append(i)
        expected: Counter[str] = Counter()
        for (_, parent), members in parts.items():
            expected[parent] = max(expected[parent], len({self.area[i] for i in members}))
        dropped: set[int] = set()
        for i, (meaning, area) in enumerate(zip(self.meaning, self.area, strict=True)):
            members = parts.get((meaning.key, area), [])
            indicator = self.catalogue.indicators[meaning.indicator]
            if not members or indicator.kind == "rate":
                continue  # a city's rate beside its counties' is no sum of theirs
            dropped.add(i)
            if indicator.area_aggregation == "sum":
                self._check_total(i, members, expected[area])
        self._drop(dropped, self.checks)

    def _check_total(self, total: int, members: list[int], expected: int) -> None:
        """Compare a printed total with its parts, within the rounding of all of them."""
        whole = self.figure[total]
        figures = list({self.area[i]: self.figure[i] for i in members}.values())
        exact = all(f.qualifier == "exact" and f.value is not None for f in (whole, *figures))
        if not exact:
            return
        added = sum(f.value or 0 for f in figures)
        gap = (whole.value or 0) - added
        slack = (whole.rounding or 0) + sum(f.rounding or 0 for f in figures)
        complete = len(figures) == expected
        if abs(gap) > slack * 1.000001 and (complete or gap < 0):
            cause = fault(
                "total_differs",
                area=self.area[total], indicator=self.meaning[total].indicator,
                total=whole.printed, parts=_plain(added / self.meaning[total].factor),
                gap=_plain(gap / self.meaning[total].factor),
            )  # fmt: skip
            self.warnings[cause].append(self.at[total])

    def settle_duplicates(self) -> None:
        """One key with different values: all of them become issues; equal values are legal."""
        first: dict[tuple[object, str], int] = {}
        clashes: dict[tuple[object, str], set[int]] = defaultdict(set)
        for i, (meaning, area) in enumerate(zip(self.meaning, self.area, strict=True)):
            key = (meaning.key, area)
            j = first.setdefault(key, i)
            if j != i and self.figure[i].value != self.figure[j].value:
                clashes[key] |= {i, j}
        for (_, area), members in clashes.items():
            meaning = self.meaning[min(members)]
            cause = fault(
                "same_key_different_values",
                area=area, indicator=meaning.indicator, period=meaning.time_period,
            )  # fmt: skip
            self.faults[cause] += [self.at[i] for i in sorted(members)]
        self._drop({i for members in clashes.values() for i in members}, None)

    def _drop(self, positions: set[int], into: list[Address] | None) -> None:
        if not positions:
            return
        if into is not None:
            into += [self.at[i] for i in sorted(positions)]
        kept = [i for i in range(len(self.at)) if i not in positions]
        self.meaning = [self.meaning[i] for i in kept]
        self.area = [self.area[i] for i in kept]
        self.figure = [self.figure[i] for i in kept]
        self.at = [self.at[i] for i in kept]
        self.approval = [self.approval[i] for i in kept]

    # -- what is left -------------------------------------------------------------------------

    def find_unread(self) -> None:
        """Numbers that no table took: a sheet without a body, a stub that is none."""
        seen = {*self.at, *self.checks, *self.labels, *self.notes}
        for cells in self.faults.values():
            seen.update(cells)
        unread = [
            (row, column)
            for row, values in enumerate(self.sheet.rows)
            for column, value in enumerate(values)
            if (row, column) not in seen and self._is_figure(value)
        ]
        unread += sorted(self.sheet.missing - seen)
        if unread:
            self.faults[fault("unread_cells")] += unread

    def _is_figure(self, value: object) -> bool:
        if isinstance(value, str):
            label = self.sheet.vocabulary.label(value) if value else None
            return bool(label and label.number is not None)
        return is_number(value)  # type: ignore[arg-type]

    def fates(self) -> Counter[str]:
        """Count what became of the cells; the sum is the number of cells that hold something."""
        held = {
            (row, column)
            for row, values in enumerate(self.sheet.rows)
            for column, value in enumerate(values)
            if value is not None and value != ""
        }
        held |= self.sheet.missing
        found = Counter(dict.fromkeys(FATES, 0))
        wrong = {cell for cells in self.faults.values() for cell in cells}
        found["issue"] = len(wrong)
        found["observation"] = len(set(self.at) - wrong)
        found["check"] = len(set(self.checks))
        found["note"] = len(self.notes & held)
        found["label"] = len(held) - sum(found.values())
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
        """The facts as rows of ``OBSERVATION``."""
        n = len(self.at)
        index: dict[int, int] = {}
        distinct: list[Meaning] = []
        which = []
        for meaning in self.meaning:
            if id(meaning) not in index:
                index[id(meaning)] = len(distinct)
                distinct.append(meaning)
            which.append(index[id(meaning)])
        take = pa.array(which, pa.int32())
        column_letters = {column: letters(column) for _, column in self.at}
        shared: dict[str, list[object]] = {
            "indicator": [m.indicator for m in distinct],
            "breakdown": [m.breakdown for m in distinct],
            "period_start": [m.start for m in distinct],
            "period_end": [m.end for m in distinct],
            "time_period": [m.time_period for m in distinct],
            "period_inferred": [m.inferred for m in distinct],
        }
        own: dict[str, list[object]] = {
            "ref_area": list(self.area),
            "obs_value": [f.value for f in self.figure],
            "rounding": [f.rounding for f in self.figure],
            "obs_status": [f.status for f in self.figure],
            "qualifier": [f.qualifier for f in self.figure],
            "low": [f.low for f in self.figure],
            "high": [f.high for f in self.figure],
            "printed": [f.printed for f in self.figure],
            "unit_printed": [f.unit_printed for f in self.figure],
            "cell": [f"{column_letters[column]}{row + 1}" for row, column in self.at],
            "approval": list(self.approval),
        }
        same = {
            "dataset": self.source.dataset, "source_id": self.source.source_id,
            "source_file": self.source.source_file, "sheet": self.sheet.grid.sheet,
            "reported_on": self.reported_on, "reported_on_basis": self.basis,
        }  # fmt: skip
        arrays = []
        for name, kind in zip(OBSERVATION.names, OBSERVATION.types, strict=True):
            if name in shared:
                arrays.append(pa.array(shared[name], kind).take(take))
            elif name in own:
                arrays.append(pa.array(own[name], kind))
            else:
                arrays.append(pa.repeat(pa.scalar(same[name], kind), n))
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
