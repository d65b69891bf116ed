"""The pivot of the explore page: a table of at most some thousand cells, each one clickable."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

import pandas as pd
import streamlit as st

from dashboard import charts
from dashboard.locale.sentences_explore import subject
from dashboard.queries import lineage
from dashboard.queries import pivot as queries
from dashboard.queries.pivot import DIMS, MOST, Dim
from dashboard.ui.address import choose_many
from dashboard.ui.asking import ask
from dashboard.ui.basket import add_button, question
from dashboard.ui.downloads import OF_A_CHART, SHEETS, downloads
from dashboard.ui.sources import cells

if TYPE_CHECKING:
    from dashboard.charts import Chart, Point
    from dashboard.decks import Asked
    from dashboard.ui.explore import Wanted
    from dashboard.ui.view import View

ON_A_SLIDE = (16, 12)  # rows and columns that can still be read
HEIGHT = 560  # pixels


def pivot(view: View, wanted: Wanted) -> None:
    """Show the values wanted as a table with totals; a click on one shows its cells."""
    say, chosen = view.words, wanted.chosen
    down = _pick_down(view)
    n = ask(queries.size, chosen)
    if n > MOST:
        st.info(say("pivot.too_large", n=n, most=MOST))
        return
    found = ask(queries.pivot, chosen)
    if not found.cells:
        st.info(say("pivot.empty"))
        return
    files = ask(lineage.files, view.dataset, chosen.indicators, chosen.areas)
    origin = view.origin(lineage.between(files, chosen.first, chosen.last))
    title = say("explore.comma").join(subject(view.labels, wanted))
    chart = charts.pivot(found, down, title, view.labels, origin, chosen.measure)
    st.subheader(chart.title, anchor=False)
    st.caption(chart.unit_line)
    point = _table(chart)
    st.caption("　".join(chart.notes))
    st.caption(chart.provenance.source)
    fits = len(chart.series) <= ON_A_SLIDE[0] and len(chart.categories) <= ON_A_SLIDE[1]
    kinds = OF_A_CHART if fits else SHEETS
    with st.container(horizontal=True):
        with st.container(width="content"):
            st.fragment(downloads)(view, chart, "explore_pivot", chosen.measure, kinds=kinds)
        if fits:
            with st.container(width="content"):
                st.fragment(add_button)(view, _asked(wanted, down), "explore_pivot")
    if point is not None:
        _explained(view, point, wanted)


def _asked(wanted: Wanted, down: tuple[Dim, ...]) -> Asked:
    chosen = wanted.chosen
    return question(
        "pivot", aspect=wanted.aspect, indicators=wanted.indicators, areas=wanted.areas,
        reach=wanted.reach, parts=chosen.breakdowns, first=chosen.first, last=chosen.last,
        measure=chosen.measure, down=down,
    )  # fmt: skip


def _pick_down(view: View) -> tuple[Dim, ...]:
    """Pick what makes the rows; the rest makes the columns."""
    say = view.words
    picked = choose_many(
        "down",
        DIMS,
        ("indicator", "area"),
        lambda key: st.multiselect(
            say("pivot.down"),
            DIMS,
            key=key,
            format_func=lambda dim: say(f"explore.columns.{dim}"),
            help=say("pivot.down_help"),
            select_all=False,
        ),
    )
    return cast("tuple[Dim, ...]", picked or DIMS[:1])


def _table(chart: Chart) -> Point | None:
    """Show the table; return the cell that was clicked."""
    names = chart.heads
    rows = [[charts.in_cell(point) for point in series.points] for series in chart.series]
    event: Any = st.dataframe(
        pd.DataFrame(rows, columns=names, index=[series.name for series in chart.series]),
        height=min(HEIGHT, 38 + 35 * len(rows)),
        column_config={name: st.column_config.TextColumn(alignment="right") for name in names},
        on_select="rerun",
        selection_mode="single-cell",
        key="explore_pivot",
        alt=chart.alt,
    )
    clicked = event.selection["cells"]
    if not clicked or clicked[0][1] not in names or clicked[0][0] >= len(rows):
        return None
    row, column = int(clicked[0][0]), names.index(clicked[0][1])
    return chart.series[row].points[column]


def _explained(view: View, point: Point, wanted: Wanted) -> None:
    """Show from which cells a number comes; a sum of those chosen says that it is one."""
    say = view.words
    st.markdown(
        "#### "
        + say("explore.picked", indicator=point.indicator, area=point.area, period=point.period)
    )
    st.markdown(point.text)
    if point.series_id:
        cells(view, point.series_id, wanted.chosen.measure, "pivot")
    elif point.value is not None:
        st.caption(say("pivot.added"))
