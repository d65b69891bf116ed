"""A chart as rows and columns of a sheet: what heads them and what stands in each cell."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from dashboard.charts import panels

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from dashboard.charts import Chart, Point, Series
    from dashboard.locale import Words

    Cell = Point | str | None
    Heading = tuple[str, ...]  # level by level, the outermost first

TABLES = ("lines", "bars", "stacked", "heat_map", "pivot")

# What a list of points says of each, beside its value: words of `table`.
FIELDS: dict[str, Callable[[Point], str]] = {
    "indicator": lambda p: p.indicator,
    "area": lambda p: p.area,
    "period": lambda p: p.period,
    "change": lambda p: p.change,
    "coverage": lambda p: p.coverage,
}
STUB = ("indicator", "area", "period")


class Grid(NamedTuple):
    """``stub`` heads the columns of ``rows``; ``places`` has the cells by the chart's own places.

    A cell is a value, a text, or nothing.
    """

    stub: tuple[str, ...]
    rows: tuple[Heading, ...]
    columns: tuple[Heading, ...]
    cells: tuple[tuple[Cell, ...], ...]


def grid_of(chart: Chart, words: Words) -> Grid:
    """Return tables and what is shown over time as they are, other charts a point a row."""
    if chart.rows and chart.columns:
        cells = tuple(tuple(_known(p, words) for p in s.points) for s in chart.series)
        return Grid(chart.stub, chart.rows, _levels(chart.columns), cells)
    if chart.kind in TABLES:
        return _crossed(chart, words)
    if chart.kind == "tiles":
        return _tiles(chart, words)
    return _listed(chart, words)


def _known(point: Point, words: Words) -> Point | None:
    """Return a point of a pivot; nothing where nobody expects one."""
    return None if point.text == words("pivot.nothing") else point


def _levels(columns: Sequence[Heading]) -> tuple[Heading, ...]:
    """Return headings without the levels that say nothing of any column."""
    levels = [level for level in zip(*columns, strict=True) if any(level)]
    return tuple(zip(*levels, strict=True))


def _crossed(chart: Chart, words: Words) -> Grid:
    """Return a row a series and a column a category; units of their own stand in the stub."""
    by_place = [{p.category: p for p in s.points} for s in chart.series]
    keys = [key for key, _ in chart.categories]
    columns = [(heading,) for heading in _headings(chart)]
    cells = tuple(tuple(line.get(key) for key in keys) for line in by_place)
    units = [s.panel.unit if s.panel else chart.unit for s in chart.series]
    if len(set(units)) > 1:
        rows = tuple((_row_name(s), unit) for s, unit in zip(chart.series, units, strict=True))
        return Grid(("", words("table.unit")), rows, tuple(columns), cells)
    return Grid(("",), tuple((_row_name(s),) for s in chart.series), tuple(columns), cells)


def _row_name(series: Series) -> str:
    """Return a row's name: the panel says which of several indicators or areas it is."""
    panel = series.panel.title if series.panel else ""
    return (
        panel
        if not series.name or series.name in panel
        else "　".join(filter(None, (panel, series.name)))
    )


def _headings(chart: Chart) -> list[str]:
    """Return the periods in full where each column over time is one: 一季 may be of any year."""
    found = [{p.period for p in chart.points if p.category == key} for key, _ in chart.categories]
    names = {period for periods in found for period in periods}
    if chart.kind == "pivot" or len(names) < len(found) or any(len(of) != 1 for of in found):
        return chart.heads
    return [periods.pop() for periods in found]


def _tiles(chart: Chart, words: Words) -> Grid:
    """Return a row a tile: its value and unit, its change, how far it is, who reported."""
    rows: list[tuple[Cell, ...]] = []
    for series in chart.series:
        value, *progress = series.points
        done = "　".join(dict.fromkeys(text for p in progress for text in (p.text, p.short)))
        unit = series.panel.unit if series.panel else chart.unit
        rows.append((value, unit, value.change, done, value.coverage))
    heads = ("table.value", "table.unit", "table.change", "tiles.progress", "table.coverage")
    return Grid(
        (words("table.indicator"),),
        tuple((series.name,) for series in chart.series),
        tuple((words(head),) for head in heads),
        tuple(rows),
    )


def _listed(chart: Chart, words: Words) -> Grid:
    """Return a row a point: what differs from row to row, its value, and what is said of it."""
    points = [p for part in panels(chart) for p in part.points]
    said = {name: [of(p) for p in points] for name, of in FIELDS.items()}
    stub = [name for name in STUB if len(set(said[name])) > 1] or ["indicator"]
    beside = [name for name in FIELDS if name not in STUB and any(said[name])]
    rows = tuple(zip(*(said[name] for name in stub), strict=True))
    texts = zip(*(said[name] for name in beside), strict=True) if beside else ((),) * len(points)
    cells: list[tuple[Cell, ...]] = [(p, *of) for p, of in zip(points, texts, strict=True)]
    heads = [words(f"table.{name}") for name in ("value", *beside)]
    return Grid(
        tuple(words(f"table.{name}") for name in stub),
        rows,
        tuple((head,) for head in heads),
        tuple(cells),
    )
