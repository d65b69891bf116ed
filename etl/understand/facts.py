"""The facts of a sheet by columns: nearly all are plain numbers, which need no object each."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pyarrow as pa

from etl.read.address import letters
from etl.records import OBSERVATION
from etl.understand.cell import SURE_DIGITS, Figure, plain_figure, tens

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable, Sequence

    from numpy.typing import NDArray

    from etl.understand.resolve import Meaning

HALF = np.array([0.5 * 10.0**-places for places in range(SURE_DIGITS + 1)])
SURE_SIZE = 1e10  # from here on, and below a ten-thousandth, arrow writes numbers as 1e+10


class Facts:
    """What value cells say: meaning, area, number, place and level of approval, a list each."""

    def __init__(self) -> None:
        self.meanings: list[Meaning] = []  # distinct ones
        self.meaning: list[int] = []  # a place in meanings
        self.area: list[str] = []
        self.stored: list[float] = []  # as the sheet stores it; 0 where a figure says more
        self.row: list[int] = []
        self.column: list[int] = []
        self.approval: list[int] = []
        self.figures: dict[int, Figure] = {}  # of cells that are not plain numbers, by position
        self._place: dict[int, int] = {}

    def __len__(self) -> int:
        return len(self.meaning)

    def add(
        self, meaning: Meaning, area: str, figure: Figure, cell: tuple[int, int], approval: int
    ) -> None:
        """Add a cell that was read one by one."""
        self.figures[len(self)] = figure
        self.add_plain(meaning, [area], [0.0], [cell[0]], cell[1], [approval])

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
        place = self._place.setdefault(id(meaning), len(self.meanings))
        if place == len(self.meanings):
            self.meanings.append(meaning)
        self.meaning += [place] * len(rows)
        self.area += areas
        self.stored += stored
        self.row += rows
        self.column += [column] * len(rows)
        self.approval += approvals

    def extend(self, others: Facts) -> None:
        """Add all facts of another table."""
        first = len(self)
        for meaning in others.meanings:
            self._place.setdefault(id(meaning), len(self.meanings))
            self.meanings += [meaning] * (self._place[id(meaning)] == len(self.meanings))
        places = [self._place[id(meaning)] for meaning in others.meanings]
        self.meaning += [places[own] for own in others.meaning]
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
        for column in (self.meaning, self.row, self.column, self.approval):
            _pick(column, kept)
        _pick(self.area, kept)
        _pick(self.stored, kept)

    def said(self, at: int) -> Meaning:
        """Return what the fact at a position means."""
        return self.meanings[self.meaning[at]]

    def figure(self, at: int) -> Figure:
        """Return the number of the fact at a position, in the base unit."""
        return self.figures.get(at) or plain_figure(self.stored[at], self.said(at))

    def cell(self, at: int) -> tuple[int, int]:
        """Return where the fact at a position stands."""
        return self.row[at], self.column[at]

    def observations(self, same: dict[str, object]) -> pa.Table:
        """Return the facts as rows of ``OBSERVATION``; ``same`` holds what all of them share."""
        if not self.meaning:
            return OBSERVATION.empty_table()
        meaning = np.array(self.meaning, np.int64)
        columns = {
            **{name: _repeated(value, len(self)) for name, value in same.items()},
            **_spread(self.meanings, meaning),
            **self._numbers(meaning),
            "ref_area": pa.array(self.area, pa.string()),
            "cell": _addresses(self.row, self.column),
            "approval": pa.array(self.approval),
        }
        return pa.Table.from_arrays(
            [_as(columns[field.name], field.type) for field in OBSERVATION], schema=OBSERVATION
        )

    def _numbers(self, meaning: NDArray[np.int64]) -> dict[str, Any]:
        """Values, roundings, bounds and texts: all at once, then the cells that are not plain."""
        factors = np.array([m.factor for m in self.meanings] or [1.0])
        stored, factor = np.array(self.stored, np.float64), factors[meaning]
        value, half, text, unsure = plain_figures(stored, factor)
        figures = {at: plain_figure(self.stored[at], self.said(at)) for at in unsure.tolist()}
        figures.update(self.figures)
        at = np.fromiter(figures, np.int64, len(figures))
        held = np.ones(len(self), np.bool_)
        held[at] = False
        awkward = list(figures.values())

        def numbers(plain: NDArray[np.float64], own: Callable[[Figure], float | None]) -> pa.Array:
            return _patched(pa.array(plain), held, [own(f) for f in awkward], at)

        def words(plain: str, own: Callable[[Figure], str]) -> pa.Array:
            return _patched(_repeated(plain, len(self)), held, [own(f) for f in awkward], at)

        units = pa.array([m.unit_printed for m in self.meanings], pa.string()).take(
            pa.array(meaning)
        )
        return {
            "obs_value": numbers(value, lambda f: f.value),
            "rounding": numbers(half, lambda f: f.rounding),
            "low": numbers(value, lambda f: f.low),
            "high": numbers(value, lambda f: f.high),
            "printed": _patched(text, held, [f.printed for f in awkward], at),
            "unit_printed": _patched(units, held, [f.unit_printed for f in awkward], at),
            "obs_status": words("A", lambda f: f.status),
            "qualifier": words("exact", lambda f: f.qualifier),
        }


def _pick(column: list[Any], kept: list[int]) -> None:
    column[:] = [column[at] for at in kept]


def plain_figures(
    stored: NDArray[np.float64], factor: NDArray[np.float64]
) -> tuple[NDArray[np.float64], NDArray[np.float64], pa.Array, NDArray[np.int64]]:
    """Read stored numbers as ``plain_figure`` does: values, roundings, texts.

    Last, the positions of those that must be read one by one: very large, very small, or with more
    digits than the printed unit has in base units.
    """
    text = pa.array(stored).cast(pa.string())
    length = pa.compute.binary_length(text).to_numpy()
    point = pa.compute.find_substring(text, ".").to_numpy()
    places = np.where(point < 0, 0, length - point - 1)
    size = np.abs(stored)
    powers = np.array([tens(float(f)) for f in np.unique(factor)])
    power = powers[np.searchsorted(np.unique(factor), factor)]
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
    texts = {
        "indicator": [m.indicator for m in meanings],
        "breakdown": [m.breakdown for m in meanings],
        "time_period": [m.time_period for m in meanings],
    }
    inferred = pa.array([m.inferred for m in meanings], pa.bool_())
    return {
        **{name: pa.array(values, pa.date32()).take(take) for name, values in days.items()},
        **{name: pa.array(values, pa.string()).take(take) for name, values in texts.items()},
        "period_inferred": inferred.take(take),
    }


def _patched(
    plain: pa.Array, held: NDArray[np.bool_], own: list[Any], at: NDArray[np.int64]
) -> pa.Array:
    """Put cells of their own among the plain ones, in the order of their positions."""
    order = np.argsort(at)
    mine = pa.array([own[place] for place in order], plain.type)
    return pa.compute.replace_with_mask(plain, pa.array(~held), mine)


def _repeated(value: object, times: int) -> pa.Array:
    return pa.array([value]).take(pa.repeat(0, times))


def _as(column: pa.Array, kind: pa.DataType) -> pa.Array:
    if pa.types.is_dictionary(kind):
        return column.cast(pa.string()).dictionary_encode()
    return column.cast(kind)


def _addresses(rows: Sequence[int], columns: Sequence[int]) -> pa.Array:
    """A1, B7 … from rows and columns that count from 0."""
    names = pa.array([letters(column) for column in range(max(columns, default=0) + 1)])
    numbers = pa.array(np.array(rows, np.int64) + 1).cast(pa.string())
    return pa.compute.binary_join_element_wise(
        names.take(pa.array(columns, pa.int64())), numbers, ""
    )
