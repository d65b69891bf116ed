"""What stands in the cells of a table: a chart as a head and rows of texts, figures and shades."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from dashboard.charts import in_cell
from dashboard.exports.pptx.table import shade

if TYPE_CHECKING:
    from dashboard.charts import Chart, Point
    from dashboard.locale import Words


@dataclass(frozen=True, slots=True)
class Cell:
    """A text, whether it is a figure, and its shade in a heat map."""

    text: str
    figure: bool = False
    step: int | None = None


Row = tuple[Cell, ...]


def grid(chart: Chart, words: Words) -> tuple[Row, list[Row]]:
    """Return the head and the rows of a chart: a line a series, or a point where it is a list."""
    if chart.kind in LISTS:
        return LISTS[chart.kind](chart, words)
    head = [Cell(_corner(chart, words)), *map(Cell, chart.heads)]
    known = [p.value for p in chart.points if p.value is not None]
    span = (min(known), max(known)) if chart.kind == "heat_map" and known else None
    rows = []
    for series in chart.series:
        points = {p.category: p for p in series.points}
        cells = (_cell(points.get(key), span) for key, _ in chart.categories)
        rows.append((Cell(series.name), *cells))
    return tuple(head), rows


def _cell(point: Point | None, span: tuple[float, float] | None) -> Cell:
    """Return what stands at a point; ``span`` is the lowest and highest of what is shaded."""
    if point is None:
        return Cell("")
    step = shade(point.value, *span) if span else None
    return Cell(in_cell(point), point.value is not None, step)


def _areas(chart: Chart, words: Words) -> tuple[Row, list[Row]]:
    """List the areas of a map."""
    head = tuple(Cell(words(f"table.{key}")) for key in ("area", "value", "change"))
    return head, [
        (Cell(p.area), Cell(in_cell(p), p.value is not None), Cell(p.change, bool(p.change)))
        for p in chart.points
    ]


def _tiles(chart: Chart, words: Words) -> tuple[Row, list[Row]]:
    """List main figures: with unit, change on the year before, and what is done of the target."""
    keys = ("table.indicator", "table.value", "table.change", "tiles.progress", "table.coverage")
    rows: list[Row] = []
    for series in chart.series:
        value, *progress = series.points
        done = "　".join(f"{p.text}　{p.short}" if p.short != p.text else p.text for p in progress)
        rows.append(
            (
                Cell(series.name),
                Cell(value.text + _mark(value), value.value is not None),
                Cell(value.change, bool(value.change)),
                Cell(done),
                Cell(value.coverage),
            )
        )
    return tuple(Cell(words(key)) for key in keys), rows


def _mark(point: Point) -> str:
    """Return the sign that a cell has behind its figure."""
    return in_cell(point).removeprefix(point.short)


LISTS = {"map": _areas, "tiles": _tiles}  # kinds whose points are no grid of their categories


def _corner(chart: Chart, words: Words) -> str:
    """Say what the lines of a table are where all are of one kind: areas, indicators."""
    lines = [series.points for series in chart.series if series.points]
    for of, key in (("area", "table.area"), ("indicator", "table.indicator")):
        named = [{getattr(p, of) for p in points} for points in lines]
        if all(len(names) == 1 for names in named) and len(set.union(*named)) == len(lines):
            return words(key)
    return ""
