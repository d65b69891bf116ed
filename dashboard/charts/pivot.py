"""Pivot: a table with any of indicator, breakdown, area and period down, the others across."""

from __future__ import annotations

from dataclasses import replace
from itertools import product
from typing import TYPE_CHECKING

from dashboard.charts.chart import Chart, Point, Series, mark_of
from dashboard.charts.notes import figures, mark_notes
from dashboard.charts.pivot_sums import added, divided, places
from dashboard.locale.numbers import shown, unit
from dashboard.locale.periods import period_name
from dashboard.queries.pivot import CHOSEN, DIMS
from dashboard.queries.values import TOTAL

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dashboard.charts.chart import Provenance
    from dashboard.locale.labels import Labels
    from dashboard.queries.pivot import Cell, Dim, Pivot
    from dashboard.queries.values import Measure

Codes = tuple[str, ...]  # a code for each dimension of an axis


def pivot(
    found: Pivot,
    down: Sequence[Dim],
    title: str,
    labels: Labels,
    provenance: Provenance,
    measure: Measure = "value",
) -> Chart:
    """Describe a table of values: the dimensions ``down`` make its rows, the others its columns.

    A dimension with one member only is said by the title. Lines without any value are left out.
    """
    across = [dim for dim in DIMS if dim not in down]
    rows, columns = (_lines(found, axis) for axis in (down, across))
    units = {unit(labels.indicators[key[0]], labels.words) for key in found.cells}
    one = units.pop() if len(units) == 1 else ""
    names = _Names(found, labels, measure, with_unit=not one)
    keys = [[_cell(down, row, across, column) for column in columns] for row in rows]
    lines = _points(found, keys, ["|".join(column) for column in columns], names)
    series = tuple(
        Series(names.line(down, row), line) for row, line in zip(rows, lines, strict=True)
    )
    points = [point for line in lines for point in line]
    words = labels.words
    return Chart(
        kind="pivot",
        title=title,
        unit=one,
        unit_line=words("unit_line", unit=one or words("pivot.units")),
        decimals=max((labels.indicators[key[0]].decimals for key in found.cells), default=0),
        categories=tuple(("|".join(column), names.line(across, column)) for column in columns),
        series=series,
        notes=(
            *mark_notes(points, "pivot", words),
            words("pivot.totals"),
            *_not_added(found, labels),
        ),
        alt=words("pivot.alt", title=title, rows=len(rows), columns=len(columns)),
        provenance=provenance,
        rows=tuple(names.headings(down, row) for row in rows),
        columns=tuple(names.headings(across, column) for column in columns),
        total_rows=tuple(n for n, row in enumerate(rows) if found.totals.keys() & {*row}),
        stub=tuple(words(f"explore.columns.{dim}") for dim in names.dims(down)),
        reported=figures(
            (value for key, value in found.cells.items() if not found.totals.keys() & {*key}),
            words,
        ),
    )


def _not_added(found: Pivot, labels: Labels) -> tuple[str, ...]:
    """Name the indicators whose total is empty: a garrison that three counties visit is one."""
    if not found.totals.keys() & {*found.members["area"]}:
        return ()
    summed = {indicator for indicator, _, area, _ in found.cells if area in found.totals}
    known = [key[0] for key, value in found.cells.items() if value.obs_value is not None]
    lacking = [code for code in dict.fromkeys(known) if code not in summed]
    names = labels.words.listed([labels.indicator(code) for code in lacking])
    return (labels.words("pivot.not_added", names=names),) if lacking else ()


def _lines(found: Pivot, axis: Sequence[Dim]) -> list[Codes]:
    """Return the lines of an axis in which there is any value, in the order of their codes."""
    places = [DIMS.index(dim) for dim in axis]
    there = {tuple(key[place] for place in places) for key in found.cells}
    return [line for line in product(*(found.members[dim] for dim in axis)) if line in there]


def _cell(down: Sequence[Dim], row: Codes, across: Sequence[Dim], column: Codes) -> Cell:
    codes = dict(zip((*down, *across), (*row, *column), strict=True))
    return codes["indicator"], codes["breakdown"], codes["area"], codes["period"]


def _points(
    found: Pivot, keys: Sequence[Sequence[Cell]], categories: Sequence[str], names: _Names
) -> list[tuple[Point, ...]]:
    """Describe the cells line by line, each with the places of those that it is reckoned from."""
    at = {key: (n, k) for n, line in enumerate(keys) for k, key in enumerate(line)}
    return [
        tuple(
            replace(
                _point(found, key, category, names),
                sum_of=places(at, added(found, key)),
                ratio_of=places(at, divided(found, key)),
            )
            for key, category in zip(line, categories, strict=True)
        )
        for line in keys
    ]


def _point(found: Pivot, key: Cell, category: str, names: _Names) -> Point:
    """Describe a cell; a sum over some of the areas says over how many."""
    labels = names.labels
    indicator, breakdown, area, period = key
    value = found.cells.get(key)
    nothing = labels.words("pivot.nothing")
    empty = Point(
        category=category,
        value=None,
        text=nothing,
        short=nothing,
        mark="gap",
        indicator=labels.indicator(indicator, breakdown),
        area=names.area(area),
        period=names.period(period),
    )
    if value is None:
        return empty
    short = labels.short_value(value, indicator)
    if value.obs_value is not None and value.n_reported < value.n_expected:
        short = labels.words("pivot.partly", value=short, n=value.n_reported, of=value.n_expected)
    number = value.obs_value
    measure: Measure = "value" if period in found.totals else names.measure
    return replace(
        empty,
        value=None if number is None else shown(number, labels.indicators[indicator]),
        text=labels.value(value, indicator),
        short=short,
        mark=mark_of(value, conflict=value.conflict),
        coverage=labels.coverage(value, measure),
        series_id=value.series_id,
        measure=measure,
    )


class _Names:
    """What the codes of a pivot are called; totals say that they are."""

    def __init__(self, found: Pivot, labels: Labels, measure: Measure, *, with_unit: bool) -> None:
        self.found, self.labels, self.measure = found, labels, measure
        self.with_unit = with_unit
        divided = {indicator for indicator, part, *_ in found.cells if part != TOTAL}
        self.undivided = {indicator for indicator, *_ in found.cells} - divided

    def line(self, axis: Sequence[Dim], line: Codes) -> str:
        """Name a line by the dimensions in which lines differ; by the first where none does."""
        codes = dict(zip(axis, line, strict=True))
        named = (self._name(dim, codes[dim]) for dim in self.dims(axis))
        return self.labels.words("pivot.join").join(named)

    def headings(self, axis: Sequence[Dim], line: Codes) -> tuple[str, ...]:
        """Return the same names one by one; 合计 only beside the parts of its indicator."""
        codes = dict(zip(axis, line, strict=True))
        alone = codes.get("breakdown") == TOTAL and codes.get("indicator") in self.undivided
        return tuple(
            "" if alone and dim == "breakdown" else self._name(dim, codes[dim])
            for dim in self.dims(axis)
        )

    def dims(self, axis: Sequence[Dim]) -> list[Dim]:
        """Return the dimensions of an axis that name its lines."""
        return [d for d in axis if len(self.found.members[d]) > 1] or list(axis[:1])

    def _name(self, dim: Dim, code: str) -> str:
        if dim == "indicator":
            return self._indicator(code)
        if dim == "breakdown":
            return self.labels.breakdown(code)
        return self.area(code) if dim == "area" else self.period(code)

    def _indicator(self, code: str) -> str:
        name = self.labels.indicator(code)
        if not self.with_unit:
            return name
        after = unit(self.labels.indicators[code], self.labels.words)
        return self.labels.words("pivot.in_unit", name=name, unit=after)

    def area(self, code: str) -> str:
        """Name an area: 张掖市（合计） with all its parts, 张掖市（所选） with some."""
        name = self.labels.area(code.removesuffix(CHOSEN))
        return self._total(code, name, "whole") if code in self.found.totals else name

    def period(self, code: str) -> str:
        """Name a period; a year behind its quarters is one."""
        measure = self.measure if code not in self.found.totals else "value"
        name = period_name(code.removesuffix(CHOSEN), self.labels.words, measure)
        return self._total(code, name, "year") if code in self.found.totals else name

    def _total(self, code: str, name: str, whole: str) -> str:
        key = "some" if code.endswith(CHOSEN) else whole
        return self.labels.words(f"pivot.{key}", name=name)
