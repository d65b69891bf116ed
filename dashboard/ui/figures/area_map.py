"""Draws a map from filled lines: Plotly's own maps ask the internet for their ground."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from dashboard.charts.area_map import BLANK, HATCHED
from dashboard.exports.svg.map_labels import ground_of, placed
from dashboard.ui.figures.marks import MUTED, bare_layout, hover

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from dashboard.boundaries.read import Ring
    from dashboard.charts import Chart, Series
    from dashboard.exports.svg.map_labels import Placed
    from dashboard.locale import Words

WIDE, LOWEST, HIGHEST = 520, 280, 600  # pixels: half of a wide screen less its margins
NARROW = 0.7  # of that, for which the words are chosen: a phone, or half of a smaller screen
LEGEND, SIZE = 90, 11
POINTER = 30  # pixels from a spot at which a pointer finds it: they lie as far apart
INK, WHITE, CLEAR = "#1F2328", "#FFFFFF", "rgba(0,0,0,0)"


def area_map(chart: Chart, words: Words) -> dict[str, Any]:
    """Draw a trace a class, words upon it, and unseen spots that a pointer finds."""
    ground = ground_of(chart)
    high = ground.height - ground.low
    scale = min(WIDE / (ground.width or 1.0), HIGHEST / (high or 1.0))
    areas = placed(chart, scale * NARROW, SIZE)
    data = [_class(series, areas) for series in chart.series]
    if ground.lines:
        data.append(_lines(ground.lines))
    data += [*_words(areas), *(_spots(area, words) for area in areas)]
    bare = {"visible": False, "fixedrange": True}
    layout = bare_layout(round(max(LOWEST, high * scale)) + LEGEND) | {
        "xaxis": bare | {"range": [0, ground.width], "constrain": "domain"},
        "yaxis": bare
        | {"range": [ground.low, ground.height], "scaleanchor": "x", "constrain": "domain"}
        | {"constraintoward": "top"},  # what a narrow screen leaves over lies below: style.css
        "hoverdistance": POINTER,
        "legend": {
            "orientation": "h", "y": 1.02, "yanchor": "bottom", "x": 0, "itemclick": False,
            "itemdoubleclick": False,
        },
    }  # fmt: skip
    return {"data": data, "layout": layout}


def _class(series: Series, areas: Sequence[Placed]) -> dict[str, Any]:
    """Fill all areas of a class at once; a class without any still stands in the legend."""
    rings = [ring for a in areas if a.filling == series.colour for ring in a.region.rings]
    shaded = series.colour not in (HATCHED, BLANK)
    trace = _path(rings) | {
        "name": series.name,
        "fill": "toself",
        "fillcolor": series.colour if shaded else CLEAR,
        "line": {"color": WHITE if shaded else MUTED, "width": 1},
        "showlegend": True,
    }
    if series.colour == HATCHED:
        trace["fillpattern"] = {"shape": "/", "fgcolor": MUTED, "bgcolor": CLEAR, "size": 7}
    return trace


def _lines(lines: Iterable[Ring]) -> dict[str, Any]:
    return _path(lines) | {"line": {"color": MUTED, "width": 1.5}, "showlegend": False}


def _path(rings: Iterable[Ring]) -> dict[str, Any]:
    """Return rings one after another, a pause between them."""
    points = [p for ring in rings for p in (*ring, (None, None))][:-1] or [(None, None)]
    return {
        "type": "scatter", "mode": "lines", "hoverinfo": "skip",
        "x": [x for x, _ in points], "y": [y for _, y in points],
    }  # fmt: skip


def _words(areas: Sequence[Placed]) -> list[dict[str, Any]]:
    """Write on shades in ink or white; where there is no shade, in the theme's own colour."""
    found = []
    for shaded, dark, colour in ((True, True, WHITE), (True, False, INK), (False, False, None)):
        there = [a for a in areas if a.lines and (a.shaded, a.on_dark) == (shaded, dark)]
        font = {"size": SIZE} | ({"color": colour} if colour else {})
        trace = {
            "type": "scatter", "mode": "text", "hoverinfo": "skip", "showlegend": False,
            "x": [a.region.centre[0] for a in there], "y": [a.region.centre[1] for a in there],
            "text": ["<br>".join(a.lines) for a in there], "textfont": font,
        }  # fmt: skip
        if there:
            found.append(trace)
    return found


def _spots(area: Placed, words: Words) -> dict[str, Any]:
    """Cover an area with spots that cannot be seen: a click on one is a click on its county."""
    unseen = {"marker": {"opacity": 0}}
    spots = area.region.spots
    return {
        "type": "scatter", "mode": "markers", "showlegend": False, "name": area.point.area,
        "x": [x for x, _ in spots], "y": [y for _, y in spots],
        "customdata": [area.region.ref_area] * len(spots),
        "hovertext": f"{hover((area.point,), words)[0]}<br>{words('counties.click')}",
        "hoverinfo": "text",
        "marker": {"size": 2, "opacity": 0}, "selected": unseen, "unselected": unseen,
    }  # fmt: skip
