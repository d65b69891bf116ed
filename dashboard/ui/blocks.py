"""Blocks of a page: a chart with its table and files, tiles, a notice."""

from __future__ import annotations

import time
from html import escape
from typing import TYPE_CHECKING, Any, Literal

import pandas as pd
import streamlit as st

from dashboard import charts, exports
from dashboard.charts import Chart, Point, point_of, sparkline
from dashboard.locale.numbers import growth
from dashboard.locale.sentences import over_areas
from dashboard.ui.basket import add_button
from dashboard.ui.downloads import download, downloads
from dashboard.ui.figures import CONFIG, Drawn, clicked, figure, panel
from dashboard.ui.sources import sources

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from dashboard.decks import Asked
    from dashboard.queries.values import Measure, Value
    from dashboard.ui.view import View

OnSelect = Literal["ignore", "rerun"]
DRAWN_FIRST = 0.05  # seconds: what a browser takes for a chart; no processor waits
PANEL_WIDTH, WIDE_PANEL, FEW = 310, 430, 3  # pixels: four on a wide screen, one on a phone


def notice(view: View, key: str) -> None:
    """Say that there is nothing to show, and what to do about it."""
    with st.container(border=True, key=f"notice_{key}"):
        st.markdown(f"#### {view.words(f'empty.{key}')}")
        hint = view.words.sentences.get(f"empty.{key}_hint")
        if hint:
            st.markdown(hint)


@st.fragment
def chart_block(
    view: View,
    chart: Chart,
    name: str,
    asked: Asked,
    measure: Measure = "value",
    rests_on: Sequence[Point] = (),
    leads: Callable[[Point], None] | None = None,
) -> None:
    """Show a chart with title, unit, notes and source, and below it its table, files and cells.

    ``asked`` is the question that it answers, by which a report makes it again.
    ``rests_on`` are the numbers that it was worked out from, where it does not show them itself.
    ``leads`` draws below it what a click on a point leads to, or turns to another page.

    A click in it draws all of it anew, and nothing else of the page. Each fragment copies all that
    stands around it: with one a table, a list and a button they were a quarter of what pages cost.
    """
    with st.container(key=f"chart_{name}"):
        st.subheader(chart.title, anchor=False)
        st.caption(_under_title(chart))
        picked = _draw(view, chart, f"plot_{name}", "rerun" if leads else "ignore")
        if leads and picked:
            leads(picked[0])
        if chart.notes:
            st.caption("　".join(chart.notes))
        st.caption(chart.provenance.source)
        with st.container(horizontal=True):
            downloads(view, chart, name, measure, rests_on)
            add_button(view, asked, name)
        _table(view, chart, name)
        sources(view, rests_on or chart.points, name, measure)


def first_of_several() -> None:
    """Let the browser draw the chart that was asked for before others come.

    What arrives together is drawn together: on Counties the bars waited for map and heat map,
    twice as long as they take alone.
    """
    time.sleep(DRAWN_FIRST)


def _draw(view: View, chart: Chart, key: str, on_select: OnSelect = "ignore") -> list[Point]:
    """Draw a chart, or its panels side by side as many as there is room for; return the clicked."""
    parts = charts.panels(chart)
    if len(parts) == 1:
        return _plot(view, parts[0], key, "stretch", on_select)
    width = PANEL_WIDTH if len(parts) > FEW else WIDE_PANEL
    with st.container(horizontal=True):
        return [
            point
            for n, part in enumerate(parts)
            for point in _plot(view, part, f"{key}_{n}", width, on_select)
        ]


def _plot(
    view: View, chart: Chart, key: str, width: int | Literal["stretch"], on_select: OnSelect
) -> list[Point]:
    spec = figure(chart, view.words) if width == "stretch" else panel(chart, view.words)
    event: Any = st.plotly_chart(
        Drawn(spec),
        config=CONFIG,
        alt=chart.alt,
        key=key,
        width=width,
        on_select=on_select,
        selection_mode="points",
    )
    return clicked(chart, event.selection["points"]) if on_select == "rerun" else []


def csv_button(label: str, make: Callable[[], bytes], name: str, called: str) -> None:
    """Offer a CSV that is made when somebody asks for it."""
    download(label, make, name, "csv", called)


def listing(
    title: str,
    header: Sequence[str],
    rows: Sequence[Sequence[str]],
    label: str,
    name: str,
    released: Callable[[], Sequence[Sequence[str]]] | None = None,
) -> None:
    """Show rows as a table, and offer them as a file; ``released`` where they tell figures."""
    st.dataframe(pd.DataFrame(rows, columns=list(header)), hide_index=True, alt=title)
    csv_button(
        label, lambda: exports.rows_to_csv(header, released() if released else rows), name, title
    )


def _under_title(chart: Chart) -> str:
    badge = f":orange-badge[{chart.provenance.badge}] " if chart.provenance.badge else ""
    return badge + chart.unit_line


def _table(view: View, chart: Chart, name: str) -> None:
    with st.expander(view.words("table.open"), key=f"table_{name}", on_change="rerun") as opened:
        if opened.open:
            st.dataframe(table(chart, view), hide_index=True, alt=chart.title)


def table(chart: Chart, view: View) -> pd.DataFrame:
    """Return the points of a chart as a person reads them, one row each."""
    say = view.words
    columns = ("indicator", "area", "period", "shown", "change", "mark")
    rows = [
        (p.indicator, p.area, p.period, p.text, p.change, _remark(p, view)) for p in chart.points
    ]
    return pd.DataFrame(rows, columns=[say(f"table.{c}") for c in columns])


def _remark(point: Point, view: View) -> str:
    mark = view.words(f"mark.{point.mark}") if point.mark != "gap" else ""
    return view.words("join.clauses").join(part for part in (point.coverage, mark) if part)


def tiles(view: View, histories: Sequence[Sequence[Value]], progress: Mapping[str, str]) -> None:
    """Show a tile an indicator: value, change on last year, spark line, progress, coverage, mark.

    ``progress`` has the drawing of those that have a target.

    Plain HTML with inline SVG, so that the figures are there before Plotly's four megabytes.
    """
    drawn = (_tile(view, h, progress.get(h[-1].indicator, "")) for h in histories)
    st.html(f'<div class="tiles">{"".join(drawn)}</div>')


def _tile(view: View, history: Sequence[Value], progress: str) -> str:
    value = history[-1]
    labels, say = view.labels, view.words
    indicator = labels.indicators[value.indicator]
    figure, _, after = labels.value(value, value.indicator, gap="\n").partition("\n")
    change = growth(value.change, indicator, say) + over_areas(value, say)
    remark = _remark(point_of(value, labels), view)
    return (
        f'<section class="tile"><h3>{escape(labels.indicator(value.indicator))}</h3>'
        f'<p class="figure">{escape(figure)} <span class="unit">{escape(after)}</span></p>'
        f'<p class="change {_verdict(value, indicator.direction)}">'
        f"{escape(say('change.on_year'))} {escape(change)}</p>"
        f'<img class="spark" alt="" src="{sparkline([v.obs_value for v in history])}">'
        f'{progress}<p class="coverage">{escape(remark)}</p></section>'
    )


def _verdict(value: Value, direction: str) -> str:
    """Return whether a change is for the better; the sign says the same without colour."""
    if value.change is None or direction == "none" or value.change.difference == 0:
        return "neutral"
    return "better" if (value.change.difference > 0) == (direction == "up") else "worse"
