"""The facts of a sheet by columns: nearly all are plain numbers, which need no object each."""

from __future__ import annotations

from array import array
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
import pyarrow as pa

from etl.read.address import letters
from etl.records import NO_REPORTS, OBSERVATION
from etl.understand.cell import SURE_DIGITS, Figure, plain_figure, tens
from etl.understand.coded import Coded, coded

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from etl.understand.meaning import Meaning

HALF = np.array([0.5 * 10.0**-places for places in range(SURE_DIGITS + 1)])
NOWHERE = np.zeros(0, np.int64)
SURE_SIZE = 1e10  # from here on, and below a ten-thousandth, arrow writes numbers as 1e+10


class Facts:
    """What value cells say: meaning, area, number, place and level of approval, a column each."""

    def __init__(self) -> None:
        self.meanings: list[Meaning] = []  # distinct ones
        self.meaning = array("q")  # a place in meanings
        self.area: list[str] = []
        self.stored = array("d")  # as the sheet stores it; 0 where a figure says more
        self.row = array("q")
        self.column = array("q")
        self.approval = array("b")
        self.figures: dict[int, Figure] = {}  # of cells that are not plain numbers, by position
        self._place: dict[int, int] = {}
        self._areas: Coded[str] | None = None

    def __len__(self) -> int:
        return len(self.meaning)

    def add(
        self, meaning: Meaning, area: str, figure: Figure, cell: tuple[int, int], approval: int
    ) -> None:
        """Add a cell that was read one by one."""
        self.figures[len(self)] = figure
        self.meaning.append(self._placed(meaning))
        self.area.append(area)
        self.stored.append(0.0)
        self.row.append(cell[0])
        self.column.append(cell[1])
        self.approval.append(approval)
        self._areas = None

    def add_plain(
        self,
        meaning: Meaning,
        areas: list[str],
        stored: list[float],
        rows: list[int],
        column: int,
        approvals: list[int],
    ) -> None:
        """Add cells of one column that mean the same and hold plain numbers."""
        self.meaning += array("q", [self._placed(meaning)]) * len(rows)
        self.area += areas
        self.stored += array("d", stored)
        self.row += array("q", rows)
        self.column += array("q", [column]) * len(rows)
        self.approval += array("b", approvals)
        self._areas = None

    def _placed(self, meaning: Meaning) -> int:
        """The place of a meaning among the distinct ones."""
        place = self._place.setdefault(id(meaning), len(self.meanings))
        if place == len(self.meanings):
            self.meanings.append(meaning)
        return place

    def extend(self, others: Facts) -> None:
        """Add all facts of another table."""
        first = len(self)
        self._areas = None if first else others._areas
        places = [self._placed(meaning) for meaning in others.meanings]
        self.meaning += array("q", [places[own] for own in others.meaning])
        self.area += others.area
        self.stored += others.stored
        self.row += others.row
        self.column += others.column
        self.approval += others.approval
        self.figures.update((first + at, figure) for at, figure in others.figures.items())

    def drop(self, unwanted: set[int]) -> None:
        """Forget the facts at some positions."""
        if not unwanted:
            return
        kept = [at for at in range(len(self)) if at not in unwanted]
        self.figures = {new: self.figures[at] for new, at in enumerate(kept) if at in self.figures}
        columns: list[Any] = [self.meaning, self.stored, self.row, self.column, self.approval]
        for column in (self.area, *columns):
            held = [column[at] for at in kept]
            del column[:]
            column.extend(held)
        self._areas = None

    def areas(self) -> Coded[str]:
        """Return the areas by their numbers."""
        if self._areas is None:
            self._areas = coded(self.area, len(self))
        return self._areas

    def said(self, at: int) -> Meaning:
        """Return what the fact at a position means."""
        return self.meanings[self.meaning[at]]

    def figure(self, at: int) -> Figure:
        """Return the number of the fact at a position, in the base unit."""
        return self.figures.get(at) or plain_figure(self.stored[at], self.said(at))

    def cell(self, at: int) -> tuple[int, int]:
        """Return where the fact at a position stands."""
        return self.row[at], self.column[at]

    def numbers(self, meaning: NDArray[np.int64]) -> dict[str, Any]:
        """Values, roundings, bounds and texts: all at once, then the cells that are not plain."""
        factors = np.array([m.factor for m in self.meanings])
        value, half, text, unsure = plain_figures(np.array(self.stored), factors[meaning])
        figures = {at: plain_figure(self.stored[at], self.said(at)) for at in unsure.tolist()}
        figures.update(self.figures)
        at = np.fromiter(figures, np.int64, len(figures))
        awkward = list(figures.values())
        everywhere, unbounded = np.zeros(len(self), np.int8), np.full(len(self), np.nan)

        def words(plain: list[str], places: NDArray[Any], own: list[str]) -> pa.Array:
            return _words(plain, places, own, at)

        return {
            "obs_value": _values(value, [f.value for f in awkward], at),
            "rounding": _values(half, [f.rounding for f in awkward], at),
            "low": _values(unbounded, [f.low for f in awkward], at),
            "high": _values(unbounded, [f.high for f in awkward], at),
            "printed": _texts(text, [f.printed for f in awkward], at),
            "unit_printed": words(
                [m.unit_printed for m in self.meanings], meaning, [f.unit_printed for f in awkward]
            ),
            "obs_status": words(["A"], everywhere, [f.status for f in awkward]),
            "qualifier": words(["exact"], everywhere, [f.qualifier for f in awkward]),
        }


class Told(NamedTuple):
    """The facts of a sheet, the words that all of them share, and the day of their report."""

    facts: Facts
    same: dict[str, str]  # a column of OBSERVATION → its word
    reported_on: dt.date


def observations(sheets: Sequence[Told]) -> pa.Table:
    """Return what the sheets of a file tell as rows of ``OBSERVATION``, in one piece."""
    sheets = [sheet for sheet in sheets if len(sheet.facts)]
    if not sheets:
        return NO_REPORTS
    facts = sheets[0].facts if len(sheets) == 1 else Facts()
    for sheet in sheets if len(sheets) > 1 else ():
        facts.extend(sheet.facts)
    meaning, areas = np.array(facts.meaning), facts.areas()
    sheet_of = np.repeat(np.arange(len(sheets)), [len(sheet.facts) for sheet in sheets])
    days = pa.array([sheet.reported_on for sheet in sheets], pa.date32())
    columns = {
        **{name: _words([s.same[name] for s in sheets], sheet_of) for name in sheets[0].same},
        "reported_on": days.take(pa.array(sheet_of)),
        **_spread(facts.meanings, meaning),
        **facts.numbers(meaning),
        "ref_area": _words(areas.values, areas.numbers),
        "cell": _addresses(np.array(facts.row), np.array(facts.column)),
        "approval": pa.array(np.array(facts.approval)),
    }
    arrays = [columns[field.name].cast(field.type) for field in OBSERVATION]
    return pa.Table.from_arrays(arrays, schema=OBSERVATION)


def plain_figures(
    stored: NDArray[np.float64], factor: NDArray[np.float64]
) -> tuple[NDArray[np.float64], NDArray[np.float64], pa.Array, NDArray[np.int64]]:
    """Read stored numbers as ``plain_figure`` does: values, roundings, texts.

    Last, the positions of those that must be read one by one: very large, very small, or with more
    digits than the printed unit has in base units.
    """
    stored = stored + 0.0  # -0.0 is seen as 0
    whole = bool(np.all((np.rint(stored) == stored) & (np.abs(stored) < SURE_SIZE)))
    text = pa.array(stored.astype(np.int64) if whole else stored).cast(pa.string())
    length = pa.compute.binary_length(text).to_numpy()
    point = pa.compute.find_substring(text, ".").to_numpy()
    places = np.where(point < 0, 0, length - point - 1)
    size = np.abs(stored)
    factors = np.unique(factor)
    power = np.array([tens(f) for f in factors.tolist()])[np.searchsorted(factors, factor)]
    one_by_one = (length > SURE_DIGITS) | (size >= SURE_SIZE) | ((size < 1e-4) & (size > 0))
    one_by_one |= (factor != 1) & (places > power)
    with np.errstate(over="ignore"):  # those are read one by one
        value = np.where(factor == 1, stored, np.rint(stored * factor)) + 0.0
    half = HALF[np.minimum(places, SURE_DIGITS)] * factor
    return value, half, text, np.flatnonzero(one_by_one)


def _spread(meanings: Sequence[Meaning], meaning: NDArray[np.int64]) -> dict[str, pa.Array]:
    """What meanings say, once each, spread over the facts."""
    take = pa.array(meaning)
    days: dict[str, list[dt.date]] = {
        "period_start": [m.start for m in meanings],
        "period_end": [m.end for m in meanings],
    }
    words = {
        "indicator": [m.indicator for m in meanings],
        "breakdown": [m.breakdown for m in meanings],
        "time_period": [m.time_period for m in meanings],
    }
    inferred = pa.array([m.inferred for m in meanings], pa.bool_())
    return {
        **{name: pa.array(values, pa.date32()).take(take) for name, values in days.items()},
        **{name: _words(values, meaning) for name, values in words.items()},
        "period_inferred": inferred.take(take),
    }


def _words(
    words: Sequence[str],
    places: NDArray[Any],
    own: Sequence[str] = (),
    at: NDArray[np.int64] = NOWHERE,
) -> pa.Array:
    """A column that repeats its words: the one at each row's place, or its own at some rows."""
    code = {word: number for number, word in enumerate(dict.fromkeys((*words, *own)))}
    codes = np.zeros(len(places), np.int32)
    if len(code) > 1:
        codes = np.array([code[word] for word in words], np.int32)[places]
    codes[at] = [code[word] for word in own]
    return pa.DictionaryArray.from_arrays(codes, pa.array(list(code), pa.string()))


def _values(
    plain: NDArray[np.float64], own: Sequence[float | None], at: NDArray[np.int64]
) -> pa.Array:
    """A column of numbers, with those of their own at some rows; none where it is not a number."""
    values = plain.copy()
    values[at] = [np.nan if value is None else value for value in own]
    return pa.array(values, from_pandas=True)


def _texts(plain: pa.Array, own: Sequence[str], at: NDArray[np.int64]) -> pa.Array:
    """A column of texts, with those of their own at some rows."""
    held, order = np.zeros(len(plain), np.bool_), np.argsort(at)
    held[at] = True
    mine = pa.array([own[place] for place in order], pa.string())
    return pa.compute.replace_with_mask(plain, pa.array(held), mine)


def _addresses(rows: NDArray[np.int64], columns: NDArray[np.int64]) -> pa.Array:
    """A1, B7 … from rows and columns that count from 0; each number is written once."""
    names = pa.array([letters(column) for column in range(columns.max(initial=0) + 1)])
    numbers = pa.array(np.arange(1, rows.max(initial=0) + 2)).cast(pa.string())
    return pa.compute.binary_join_element_wise(
        names.take(pa.array(columns)), numbers.take(pa.array(rows)), ""
    )
