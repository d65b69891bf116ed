"""The reports in force as columns of numbers: millions are compared without a word of them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from etl.arrivals import ranked

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from etl.catalogue import Catalogue

    Codes = NDArray[np.int32]
    Numbers = NDArray[np.int64]
    Amounts = NDArray[np.float64]
    Flags = NDArray[np.bool_]

WORDS = ("dataset", "indicator", "ref_area", "breakdown")
DAYS = ("period_start", "period_end")
COLUMNS = (*WORDS, *DAYS, "obs_value", "rounding", "qualifier")
TOTAL = "_T"


@dataclass(frozen=True, slots=True)
class Reports:
    """One report a key, sorted by series, then by first and last day.

    The words are numbers in the order of their spelling, days are numbers too. ``series`` is the
    number of dataset, indicator, area and breakdown together. ``low`` and ``high`` enclose what a
    value can mean: an exact one give or take its printed rounding, another one its bounds
    (infinite where there is none on that side).
    """

    table: pa.Table  # of all reports; report n is its row at[n]
    at: Numbers
    words: dict[str, list[str]]  # each column's words, by number
    dataset: Codes
    indicator: Codes
    ref_area: Codes
    breakdown: Codes
    series: Numbers
    start: Codes
    end: Codes
    value: Amounts
    low: Amounts
    high: Amounts

    def __len__(self) -> int:
        return len(self.value)

    def number(self, column: str, word: str) -> int:
        """The number of a word, -1 where nobody reported it."""
        return self.words[column].index(word) if word in self.words[column] else -1

    def subjects(self) -> list[tuple[int, int]]:
        """First report, and the one after the last, of each indicator of a dataset.

        What is found within them is looked for in one after the other: it stays in a cache.
        """
        return runs(self.dataset * len(self.words["indicator"]) + self.indicator)

    def of(self, indicator: str, breakdown: str | None = None) -> Numbers:
        """The reports of an indicator: of all breakdowns, or of one."""
        own = self.indicator == self.number("indicator", indicator)
        if breakdown is not None:
            own &= self.breakdown == self.number("breakdown", breakdown)
        return np.flatnonzero(own)

    def told(self, numbers: Sequence[int], columns: Sequence[str]) -> pa.Table:
        """What the table says of reports, in the order asked for."""
        return self.table.select(columns).take(pa.array(self.at[np.array(numbers, np.int64)]))

    def have(self, series: Numbers) -> Flags:
        """Whether anything was reported of each series."""
        at = np.minimum(np.searchsorted(self.series, series), len(self) - 1)
        there: Flags = self.series[at] == series
        return there

    def are(self, kinds: Sequence[str], catalogue: Catalogue) -> Flags:
        """Whether each report's indicator is of one of ``kinds``: flow, stock, rate, plan."""
        known = [catalogue.indicators[code].kind in kinds for code in self.words["indicator"]]
        flags: Flags = np.array(known, np.bool_).take(self.indicator)
        return flags


def reports_in_force(settled: pa.Table, catalogue: Catalogue) -> Reports:
    """The reports in force that say how much; of those that tie, the first."""
    valid = pc.and_(settled["in_force"], pc.is_valid(settled["obs_value"])).to_numpy()
    table = settled.select(COLUMNS).filter(pa.array(valid)) if not valid.all() else settled
    numbers, words = {}, {}
    series = np.zeros(len(table), np.int64)
    for name in WORDS:
        numbers[name], known = ranked(table[name])
        words[name] = known.to_pylist()
        series *= len(known) or 1
        series += numbers[name]
    start, end = (_days(table[name]) for name in DAYS)
    value = table["obs_value"].to_numpy()
    at = np.flatnonzero(valid)
    low, high = _exact(table, value, _whole(words["indicator"], catalogue)[numbers["indicator"]])
    inexact = np.flatnonzero(pc.not_equal(table["qualifier"], "exact").to_numpy())
    for bound, name, none in ((low, "low", -np.inf), (high, "high", np.inf)):
        bound[inexact] = _or(settled[name].take(pa.array(at[inexact])), none)
    first = np.r_[True, (np.diff(series) != 0) | (np.diff(start) != 0) | (np.diff(end) != 0)]
    keep = first[: len(table)] & ((low > -np.inf) | (high < np.inf))
    columns = (at, *numbers.values(), series, start, end, value, low, high)
    if not keep.all():
        columns = tuple(column[keep] for column in columns)
    return Reports(settled, columns[0], words, *columns[1:])


def _days(column: pa.ChunkedArray) -> Codes:
    days: Codes = column.cast(pa.int32()).to_numpy()
    return days


def _whole(indicators: list[str], catalogue: Catalogue) -> Flags:
    """Which indicators count whole things: 26 persons are 26, not 26 give or take a half."""
    units = (catalogue.units[catalogue.indicators[code].display_unit] for code in indicators)
    return np.array([unit.dimension == "count" for unit in units], np.bool_)


def _exact(table: pa.Table, value: Amounts, whole: Flags) -> tuple[Amounts, Amounts]:
    """What each value can mean that is exact as it is printed, from and to."""
    half = table["rounding"].to_numpy()
    half = np.where((whole & (half <= 0.5)) | np.isnan(half), 0.0, half)
    return value - half, value + half


def _or(column: pa.ChunkedArray, otherwise: float) -> Amounts:
    amounts: Amounts = pc.fill_null(column, otherwise).to_numpy()
    return amounts


def runs(numbers: Numbers | Codes) -> list[tuple[int, int]]:
    """First row and the row after the last, of each number of a sorted column."""
    at = starts(numbers).tolist()
    return list(zip(at, [*at, len(numbers)][1:], strict=True))


def starts(numbers: Numbers | Codes) -> Numbers:
    """The first row of each number of a sorted column."""
    return np.flatnonzero(np.r_[True, numbers[1:] != numbers[:-1]][: len(numbers)])
