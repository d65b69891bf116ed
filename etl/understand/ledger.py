"""Every cell of a sheet accounted for: labels, observations, checks, issues and notes."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from etl.asked import sheet_key
from etl.read.address import address
from etl.records import FATES, Grid, Issue, Source
from etl.understand.axes import columns
from etl.understand.blocks import Block, blocks
from etl.understand.causes import Causes
from etl.understand.cell import NO_FIGURE
from etl.understand.coded import coded, numbered
from etl.understand.context import Context, SheetNames, contexts
from etl.understand.continued import Head, carry_on, goes_on, head_of, with_head
from etl.understand.facts import Facts, Told, observations
from etl.understand.form import form_of
from etl.understand.lines import figures_in_lines
from etl.understand.mask import TELEPHONE, is_personal_number
from etl.understand.meaning import Fault, fault
from etl.understand.notes import marked, may_change
from etl.understand.other_forms import other_form
from etl.understand.pins import pin_kinds, pinned
from etl.understand.register import persons
from etl.understand.reported_on import reported_on
from etl.understand.resolve import Resolver
from etl.understand.rows import kinds
from etl.understand.sheet import Sheet, with_gaps
from etl.understand.sums import as_printed, slack
from etl.understand.table import Address, Table
from etl.understand.total_rows import total_rows
from etl.understand.unread import in_headers, in_stubs

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable, Sequence

    import pyarrow as pa

    from etl.understand.vocabulary import Vocabulary


WIDEST = 1 << 20  # more columns than any sheet has: a cell's number is its row times this


@dataclass(slots=True)
class Understood:
    """What one sheet says, and what became of its cells (``FATES``: they add up to all)."""

    told: Told
    issues: list[Issue]
    fates: Counter[str]
    earlier: Told  # what 上年 columns say
    unread: Told  # of which only the figure could not be read
    head: Head | None  # for a sheet that goes on with its last table

    @property
    def observations(self) -> pa.Table:
        """What the sheet tells as rows of ``OBSERVATION``."""
        return observations([self.told])

    @property
    def priors(self) -> pa.Table:
        """What it tells of earlier periods."""
        return observations([self.earlier])


def understand(
    grid: Grid,
    source: Source,
    vocabulary: Vocabulary,
    names: SheetNames | None = None,
    before: Head | None = None,
) -> Understood:
    """Read one sheet of ``source``: its facts as a table of ``OBSERVATION``, and its issues.

    ``names`` says what the names of all sheets of the file have in common, ``before`` what stands
    above the last table of the sheet before.
    """
    before = before if before and goes_on(grid, vocabulary) else None
    sheet, types, tables, keys = _laid_out(grid, source, vocabulary, before)
    day = reported_on(sheet, types)
    ledger = Ledger(sheet, source, day)
    arounds = contexts(sheet, tables, names or SheetNames())
    for block, around in zip(tables, arounds, strict=True):
        ledger.placed.update(block.header)
        ledger.idle.update(in_headers(sheet, block))
        if block.body:
            ledger.read(block, around, day)
    last = max((block.body[-1] for block in tables if block.body), default=len(types))
    outside = [row for row, kind in enumerate(types) if kind != "data" or row > last]
    ledger.placed.update(row for row in outside if types[row] in ("frame", "footer"))
    footers = [row for row in outside if types[row] == "footer" or row > last]
    ledger.heed_remarks((row, column) for row in footers for column in sheet.filled(row))
    ledger.heed_marks(footers)
    ledger.tell_lines(figures_in_lines(sheet, tables, footers))
    ledger.settle()
    return Understood(
        ledger.told(ledger.facts),
        Causes(sheet, source, keys, ledger.area_of).issues(ledger.faults, ledger.warnings),
        ledger.fates(),
        ledger.told(ledger.priors),
        ledger.told(ledger.unread),
        head_of(sheet, tables),
    )


def _laid_out(
    grid: Grid, source: Source, vocabulary: Vocabulary, before: Head | None
) -> tuple[Sheet, list[str], list[Block], dict[str, str]]:
    """A sheet, what its rows are, its tables, and the keys that answers to it are kept under.

    What is pinned is found by these keys, and may then change how the rows are read.
    """
    sheet, types, tables = _tables(grid, vocabulary, before)
    form = form_of(sheet, tables)
    own = sheet_key(source.source_id, grid.sheet)
    keys = {"form": form.key, "sheet": own, "title": form.key if form.titled else own}
    vocabulary = pinned(vocabulary, grid, (form.key, own))
    if vocabulary is not sheet.vocabulary:
        sheet, types, tables = _tables(grid, vocabulary, before)
    return sheet, types, tables, keys


def _tables(
    grid: Grid, vocabulary: Vocabulary, before: Head | None
) -> tuple[Sheet, list[str], list[Block]]:
    """A sheet, what its rows are and its tables, the first below what the sheet before says."""
    sheet = Sheet(grid, vocabulary)
    types = pin_kinds(kinds(sheet), vocabulary.pins)
    if before:
        sheet = Sheet(with_head(grid, before), vocabulary, height=len(grid.rows))
    tables = blocks(sheet, types)
    if before:
        carry_on(sheet, tables, before)
    return sheet, types, tables


class Ledger:
    """Collects the tables of a sheet, sees that keys agree, and that no cell is lost."""

    def __init__(self, sheet: Sheet, source: Source, day: dt.date | None) -> None:
        self.sheet, self.source = sheet, source
        self.catalogue = sheet.vocabulary.catalogue
        self.pins = sheet.vocabulary.pins
        self.reported_on = day or source.received_on
        self.basis = "printed" if day else "file"
        self.facts, self.priors, self.unread = Facts(), Facts(), Facts()
        self.faults: dict[Fault, list[Address]] = defaultdict(list)
        self.warnings: dict[Fault, list[Address]] = defaultdict(list)
        self.checks: set[Address] = set()
        self.n_notes = 0
        self.placed: set[int] = set()  # rows of headers, frames and bodies
        self.missing = set(sheet.missing)  # errors and formulas without a result, not yet named
        self.idle: set[Address] = set()  # figures in columns and rows of labels
        self.tables: list[Table] = []

    def read(self, block: Block, around: Context, day: dt.date | None) -> None:
        """Read one table: another form, a list of persons, a ledger, or figures."""
        if kind := other_form(self.sheet, block):
            self.refuse(block, fault(kind))
            return
        people = persons(self.sheet, block)
        totals = total_rows(self.sheet, block) if people else []
        if people:
            self.take_register([row for row in block.body if row not in totals], people)
        if totals or not people:
            table = Table(self.sheet, block, around, Resolver(self.sheet.vocabulary, around, day))
            if people or table.is_ledger:
                table.read_ledger(persons=bool(people))
            else:
                table.read()
            self.take(table)

    def take(self, table: Table) -> None:
        """Add one table's outcome."""
        self.tables.append(table)
        self.facts.extend(table.facts)
        self.priors.extend(table.priors)
        self.unread.extend(table.unread)
        for mine, theirs in ((self.faults, table.faults), (self.warnings, table.warnings)):
            for cause, cells in theirs.items():
                mine[cause] += cells
        for cells in table.aside.values():
            self.checks.update(cells)
        if not table.is_ledger:
            self.idle.update(in_stubs(table))
        body = table.rows
        self.placed.update(body)
        for column in table.columns:
            if column.role == "value" and self.missing:
                self.missing.difference_update((row, column.index) for row in body)
            elif column.role == "note":
                self.n_notes += sum(self._holds(row, column.index) for row in body)
                self.heed_remarks({(row, column.index) for row in body} - table.heeded)

    def take_register(self, body: Sequence[int], people: list[Address]) -> None:
        """Count a list of persons; its cells say nothing of an area."""
        self.placed.update(body)
        cells = {(row, column) for row in body for column in range(self.sheet.width)}
        self.n_notes += sum(self._holds(*cell) for cell in cells)
        self.missing -= cells
        self.warnings[fault("person_register", persons=len(people))] += people

    def refuse(self, block: Block, cause: Fault) -> None:
        """Name what stands in the columns of figures of a table that is no statistics."""
        self.placed.update(block.body)
        values = [c.index for c in columns(self.sheet, block) if c.role == "value"]
        cells = {(row, column) for row in block.body for column in values}
        if held := [cell for cell in cells if self._holds(*cell)]:
            self.faults[cause] += held
        self.missing -= cells

    def tell_lines(self, cells: Iterable[Address]) -> None:
        """Name lines of words that state a figure which no table holds."""
        for cell in cells:
            cause = fault("figure_in_line", text=str(self.sheet.value(*cell))[:60])
            self.faults[cause].append(cell)

    def heed_remarks(self, cells: Iterable[Address]) -> None:
        """Warn of a remark that may change a figure: 实际应为12万元, 以上为1-6月累计数."""
        for cell in cells:
            value = self.sheet.value(*cell)
            if isinstance(value, str) and self._may_change(value):
                self.warnings[fault("remark_qualifies", text=value[:100])].append(cell)

    def heed_marks(self, rows: Iterable[int]) -> None:
        """Doubt figures that wear a mark, 3*; refuse them where its note changes what they are."""
        notes = [str(self.sheet.value(row, at)) for row in rows for at in self.sheet.filled(row)]
        wrong = set()
        for at, mark, note in marked(self.sheet, self.facts, notes):
            if changes := self._may_change(note):
                wrong.add(at)
            cause = fault(
                "mark_changes" if changes else "mark_explained", mark=mark, text=note[:100]
            )
            (self.faults if changes else self.warnings)[cause].append(self.facts.cell(at))
        self.refuse_facts(wrong)

    def _may_change(self, note: str) -> bool:
        words = self.sheet.vocabulary.words["qualifies"]
        return may_change(note, words, self.facts.meanings)

    def _holds(self, row: int, column: int) -> bool:
        return self.sheet.rows[row][column] not in (None, "") or (row, column) in self.missing

    def set_aside(self, rows: Iterable[int]) -> None:
        """Leave out the rows that a layout says are none of the table's."""
        for row in rows:
            self.placed.add(row)
            cells = ((row, column) for column in range(self.sheet.width))
            self.checks.update(cell for cell in cells if self.sheet.is_figure(*cell))

    def settle(self) -> None:
        """Judge all tables together, and name what none of them took."""
        self.set_aside(row - 1 for row, kind in self.pins.kinds.items() if kind == "ignored")
        self.refuse_long_numbers()
        self.refuse_below_zero()
        self.settle_priors()
        self.settle_totals()
        self.settle_duplicates()
        self.find_unread()

    def refuse_long_numbers(self) -> None:
        """Name cells that hold an identity card's or account's number where a figure should be."""
        facts, masks = self.facts, self.catalogue.masks
        awkward = [at for at, figure in facts.figures.items() if (figure.value or 0) >= TELEPHONE]
        long = np.flatnonzero(np.array(facts.stored) >= TELEPHONE).tolist()
        stored = {at: self.sheet.value(*facts.cell(at)) for at in (*awkward, *long)}
        wrong = {
            at
            for at, value in stored.items()
            if is_personal_number(value, masks, money=facts.said(at).dimension == "money")
        }
        if wrong:
            self.faults[fault("personal_number")] += [facts.cell(at) for at in sorted(wrong)]
            self.refuse_facts(wrong)

    def refuse_below_zero(self) -> None:
        """Name counts and sums below zero: a change that no word around calls one."""
        facts, wrong = self.facts, set[int]()
        below = list(np.flatnonzero(np.array(facts.stored) < 0).tolist())
        below += [at for at, figure in facts.figures.items() if (figure.value or 0) < 0]
        for at in below:
            indicator = facts.said(at).indicator
            if self.catalogue.indicators[indicator].kind != "rate":
                self.faults[fault("below_zero", indicator=indicator)].append(facts.cell(at))
                wrong.add(at)
        self.refuse_facts(wrong)

    def refuse_facts(self, wrong: set[int]) -> None:
        """Forget facts whose figures cannot stand; that something was reported is kept."""
        facts = self.facts
        for at in sorted(wrong):
            place = facts.cell(at)
            self.unread.add(facts.said(at), facts.area[at], NO_FIGURE, place, facts.approval[at])
        facts.drop(wrong)

    def settle_priors(self) -> None:
        """Of last year's figures, forget totals beside their parts, and what may name a person."""
        priors, known, masks = self.priors, self.catalogue.areas, self.catalogue.masks
        parents = {known[area].parent for area in set(priors.area)}
        personal = {
            at
            for at in range(len(priors))
            if is_personal_number(self.sheet.value(*priors.cell(at)), masks)
        }
        priors.drop(personal | {at for at, area in enumerate(priors.area) if area in parents})

    # -- totals and duplicates ----------------------------------------------------------------

    def settle_totals(self) -> None:
        """A parent beside its parts is a check on them, not a report of its own."""
        facts, known = self.facts, self.catalogue.areas
        named = facts.areas().values
        parents = {known[area].parent for area in named}.intersection(named)
        if not parents:
            return
        parts: dict[tuple[object, str | None], list[int]] = defaultdict(list)
        for at, area in enumerate(facts.area):
            parts[facts.said(at).key, known[area].parent].append(at)
        expected: Counter[str | None] = Counter()
        for (_, parent), members in parts.items():
            expected[parent] = max(expected[parent], len({facts.area[at] for at in members}))
        totals = set()
        for at, area in enumerate(facts.area):
            meaning = facts.said(at)
            indicator = self.catalogue.indicators[meaning.indicator]
            members = parts.get((meaning.key, area), []) if area in parents else []
            if not members or indicator.kind == "rate":
                continue  # a city's rate beside its counties' is no sum of theirs
            totals.add(at)
            self.checks.add(facts.cell(at))
            if indicator.area_aggregation == "sum":
                self._check_total(at, members, expected[area])
        facts.drop(totals)

    def _check_total(self, total: int, members: list[int], expected: int) -> None:
        """Compare a printed total with its parts, within the rounding of all of them."""
        facts, whole = self.facts, self.facts.figure(total)
        figures = list({facts.area[at]: facts.figure(at) for at in members}.values())
        exact = all(f.qualifier == "exact" and f.value is not None for f in (whole, *figures))
        if not exact:
            return
        meaning, area = facts.said(total), facts.area[total]
        added = sum(f.value or 0 for f in figures)
        gap = (whole.value or 0) - added
        goes_on = len(self.sheet.rows) > self.sheet.height  # parts stand in the sheet before
        complete = len(figures) == expected and not goes_on
        allowed = slack(meaning, (figure.rounding for figure in (whole, *figures)))
        if abs(gap) <= allowed:
            return
        if gap < 0 or (complete and not self._lacks_parts(total, members)):
            cause = fault(
                "total_differs", area=area, indicator=meaning.indicator, total=whole.printed,
                parts=as_printed(added, meaning), gap=as_printed(gap, meaning),
            )  # fmt: skip
            self.warnings[cause].append(facts.cell(total))

    def _lacks_parts(self, total: int, members: list[int]) -> bool:
        """Whether a figure beside the parts was refused: the total may well hold it."""
        row, column = self.facts.cell(total)
        down = all(self.facts.column[at] == column for at in members)
        refused = (cell for cells in self.faults.values() for cell in cells)
        return any((cell[1] == column) if down else (cell[0] == row) for cell in refused)

    def settle_duplicates(self) -> None:
        """One key with different values: all of them become issues; equal values are legal."""
        facts, areas = self.facts, self.facts.areas()
        keys = coded((meaning.key for meaning in facts.meanings), len(facts.meanings))
        places = keys.numbers[np.array(facts.meaning)] * len(areas.values) + areas.numbers
        reports = numbered(places, len(keys.values) * len(areas.values))
        if len(reports.values) == len(facts):
            return
        clashing: set[int] = set()
        for same in reports.rows():
            if len(same) > 1 and len({facts.figure(at).value for at in same}) > 1:
                clashing.update(self._unsettled(same))
        self.refuse_facts(clashing)

    def _unsettled(self, clash: list[int]) -> list[int]:
        """Those facts of one key that do not hold: all, with an issue, unless an answer chose."""
        facts = self.facts
        meaning, area = facts.said(clash[0]), facts.area[clash[0]]
        key = "|".join((meaning.indicator, area, meaning.breakdown, meaning.time_period))
        cells = {address(*facts.cell(at)): at for at in clash}
        chosen = cells.get(self.pins.cells.get(key, ""))
        if chosen is not None:
            self.checks.update(facts.cell(at) for at in clash if at != chosen)
            return [at for at in clash if at != chosen]
        cause = fault(
            "same_key_different_values",
            area=area, indicator=meaning.indicator, period=meaning.time_period,
            key=key, among=tuple(cells),
        )  # fmt: skip
        self.faults[cause] += [facts.cell(at) for at in clash]
        return clash

    # -- what is left -------------------------------------------------------------------------

    def find_unread(self) -> None:
        """Numbers that no table took: a sheet without a body, a stub that is none."""
        outside = (row for row in range(self.sheet.height) if row not in self.placed)
        cells = [(row, column) for row in outside for column in range(self.sheet.width)]
        unread = {cell for cell in cells if self.sheet.is_figure(*cell)} | self.idle | self.missing
        if unread:
            self.faults[fault("unread_cells")] += sorted(unread)

    def fates(self) -> Counter[str]:
        """Count what became of the cells; the sum is the number of cells that hold something."""
        rows, facts = self.sheet.rows[: self.sheet.height], self.facts
        held = sum(map(len, rows))
        held -= sum(row.count(None) + row.count("") for row in with_gaps(rows))
        held += sum(self.sheet.value(*cell) in (None, "") for cell in self.sheet.missing)
        wrong = {cell for cells in self.faults.values() for cell in cells}
        placed = np.array(facts.row) * WIDEST + np.array(facts.column)
        observed = placed
        if wrong:
            observed = placed[~np.isin(placed, [row * WIDEST + column for row, column in wrong])]
        found = Counter(dict.fromkeys(FATES, 0))
        found["issue"] = len(wrong)
        found["observation"] = int(np.count_nonzero(np.diff(np.sort(observed), prepend=-1)))
        found["check"] = len(self.checks - wrong)
        found["note"] = self.n_notes
        found["label"] = held - sum(found.values())
        return found

    def area_of(self, cells: Sequence[Address]) -> str | None:
        """The one area that all of some cells speak of."""
        first = self._area_of(cells[0])
        return first if all(self._area_of(cell) == first for cell in cells) else None

    def _area_of(self, cell: Address) -> str | None:
        return next(filter(None, (table.area_of(cell) for table in self.tables)), None)

    def told(self, facts: Facts) -> Told:
        """Facts of this sheet with what all of them share."""
        return Told(
            facts,
            {
                "dataset": self.source.dataset,
                "source_id": self.source.source_id,
                "source_file": self.source.source_file,
                "sheet": self.sheet.grid.sheet,
                "reported_on_basis": self.basis,
            },
            self.reported_on,
        )
