"""The words that the stages of the loader hand to each other."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from typing import Any

import pyarrow as pa

Value = str | int | float | bool | dt.date | dt.datetime | dt.time | dt.timedelta | None


@dataclass(frozen=True, slots=True)
class Grid:
    """One sheet as it stands: cells by row and column, both counted from 0.

    ``rows`` is rectangular, starts at A1 and holds stored values (``None`` where a cell is empty,
    and in all but the first cell of a merged range). ``merges`` are (first row, first column,
    last row, last column), both ends included, cut to the size of ``rows``.
    """

    file: str
    sheet: str
    rows: list[list[Value]]
    merges: list[tuple[int, int, int, int]] = field(default_factory=list)
    percent: frozenset[tuple[int, int]] = frozenset()  # shown as %: 0.5125 is seen as 51.25%
    scaled: frozenset[tuple[int, int]] = frozenset()  # 301234 that its format shows as 30.1234
    struck: frozenset[tuple[int, int]] = frozenset()  # with a line through them
    errors: dict[tuple[int, int], str] = field(default_factory=dict)  # (row, column) → '#REF!'
    uncached: frozenset[tuple[int, int]] = frozenset()  # formulas whose result was never stored
    hidden_rows: frozenset[int] = frozenset()
    hidden_columns: frozenset[int] = frozenset()
    hidden: bool = False
    comments: dict[tuple[int, int], str] = field(default_factory=dict)
    # (row, column) of dates whose format leaves out year, month or day → what is seen: '1-6' is
    # stored as 6 January of the year it was typed in, '2024年6月' as the first of that month
    shown: dict[tuple[int, int], str] = field(default_factory=dict)
    # of a csv, how many cells each line had: a comma inside 1,234 makes a line longer
    lengths: list[int] = field(default_factory=list)
    covered: frozenset[tuple[int, int]] = frozenset()  # held a number that a merge hides; empty now
    pictures: int = 0
    refusal: tuple[str, dict[str, Any]] | None = None  # a rule and its words: nothing was read


@dataclass(frozen=True, slots=True)
class Source:
    """One accepted file. ``source_id`` is the SHA-256 of its bytes, in hex."""

    source_id: str
    source_file: str  # the name that it was sent under, without folders
    dataset: str  # reported, published, demonstration
    received_on: dt.date  # the file's own date, fixed when it was first accepted


@dataclass(frozen=True, slots=True)
class SourceCount:
    """A source with what became of its non-empty cells; the counts add up to ``n_cells``."""

    source: Source
    n_sheets: int
    n_cells: int
    n_labels: int
    n_observations: int
    n_checks: int
    n_issues: int
    n_notes: int


@dataclass(frozen=True, slots=True)
class Issue:
    """Something that a person should know about a cell, a sheet or a file.

    ``rule`` names an entry of ``data/catalogue/rules.yml``, which has the severity and the
    sentences in both languages; ``words`` fill the blanks of those sentences. ``cell`` is an
    address, a range with one cause, several joined by commas, or '' for the whole sheet.
    """

    rule: str
    sheet: str = ""
    cell: str = ""
    printed: str = ""
    words: dict[str, Any] = field(default_factory=dict)
    source_file: str = ""
    source_id: str = ""
    dataset: str = ""
    indicator: str | None = None
    ref_area: str | None = None
    period_start: dt.date | None = None
    period_end: dt.date | None = None
    form: str = ""  # f-… or s-…: what an answer to its question holds for


PRIOR = -1  # a figure of an earlier period, from the 上年 or 上季 column of a later sheet
CORRECTED = 3  # the level of approval of a correction: above all others

# Texts that repeat down a column are stored once: half the memory, and sorted as numbers. Of the
# words of the contract there are a handful, of those of a catalogue some thousands.
WORD = pa.dictionary(pa.int32(), pa.string())
KNOWN_WORD = pa.dictionary(pa.int16(), pa.string())
FIXED_WORD = pa.dictionary(pa.int8(), pa.string())

# What understand hands on and publish takes: one row a reported value. publish adds
# observation_id, in_force and reason. Meanings and units: docs/contract.md.
OBSERVATION = pa.schema(
    [
        ("dataset", KNOWN_WORD),
        ("indicator", KNOWN_WORD),
        ("ref_area", WORD),
        ("breakdown", KNOWN_WORD),
        ("period_start", pa.date32()),
        ("period_end", pa.date32()),
        ("time_period", WORD),
        ("period_inferred", pa.bool_()),
        ("obs_value", pa.float64()),
        ("rounding", pa.float64()),
        ("obs_status", FIXED_WORD),
        ("qualifier", FIXED_WORD),
        ("low", pa.float64()),
        ("high", pa.float64()),
        ("printed", pa.string()),
        ("unit_printed", KNOWN_WORD),
        ("source_id", WORD),
        ("source_file", WORD),
        ("sheet", WORD),
        ("cell", pa.string()),
        ("reported_on", pa.date32()),
        ("reported_on_basis", FIXED_WORD),  # printed, file, load
        ("approval", pa.int8()),  # -1 prior, 0 draft, 1 reported, 2 approved, 3 corrected
    ]
)

NO_REPORTS = pa.Table.from_batches([], OBSERVATION)

# What became of a sheet's non-empty cells; the counts add up to the cells of the file.
FATES = ("label", "observation", "check", "issue", "note")
