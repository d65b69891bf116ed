"""The table below a ranking: gaps to the first and to the average, shares, growth; a row opens."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pandas as pd
import streamlit as st

from dashboard.charts import mark_of, with_sign
from dashboard.locale.numbers import growth, number, shown, unit_after
from dashboard.locale.sentences import climbed
from dashboard.locale.sentences_changes import effect_text
from dashboard.ui.links import link

if TYPE_CHECKING:
    from dashboard.queries.standing import Standing, Standings
    from dashboard.ui.view import View

COLUMNS = ("place", "area", "value", "to_first", "to_average", "share", "growth", "climbed")


def standing(view: View, found: Standings, indicator: str, period: str) -> None:
    """Show where each county stands; a row clicked offers the pages about that county."""
    say, entry = view.words, view.labels.indicators[indicator]
    if found.average is not None:
        average = number(shown(found.average, entry), entry.decimals) + unit_after(entry, say)
        said = "standing.whole" if entry.area_aggregation == "ratio" else "standing.average"
        average = average if found.exact else say("change.about", change=average)
        n = sum(s.row.place is not None for s in found.rows)
        st.caption(say(said, average=average, n=n))
    table = pd.DataFrame(
        [_cells(view, s, indicator, exact=found.exact) for s in found.rows],
        columns=[say(f"standing.columns.{c}") for c in COLUMNS],
    )
    event: Any = st.dataframe(
        table,
        hide_index=True,
        on_select="rerun",
        selection_mode="single-row",
        key=f"standing_{indicator}",
        alt=say("standing.alt"),
    )
    for position in event.selection["rows"]:
        if position < len(found.rows):
            _open(view, found.rows[position].row.ref_area, indicator, period)


def _cells(view: View, s: Standing, indicator: str, *, exact: bool) -> tuple[str, ...]:
    labels, say = view.labels, view.words
    entry, row = labels.indicators[indicator], s.row

    def gap(size: float | None, *, told: bool) -> str:
        return "" if size is None else effect_text(size, entry, labels, exact=told)

    change = growth(row.change, entry, say) if row.place is not None else ""
    return (
        str(row.place or ""),
        labels.area(row.ref_area),
        with_sign(labels.value(row, indicator), mark_of(row, conflict=row.conflict)),
        gap(s.to_first, told=s.exact),
        gap(s.to_average, told=exact and row.qualifier == "exact"),
        "" if s.share is None else f"{number(s.share, 1)}%",
        say("standing.small", growth=change) if s.small_base else change,
        climbed(row.climbed, say),
    )


def _open(view: View, area: str, indicator: str, period: str) -> None:
    """Offer one county's file, what moved there, and its course."""
    name = view.labels.area(area)
    with st.container(horizontal=True):
        link(view, "county", view.words("standing.county", area=name), area=area)
        link(
            view, "changes", view.words("standing.changes", area=name), area=area,
            indicator=indicator, period=period, against="year",
        )  # fmt: skip
        link(
            view, "trends", view.words("standing.trend", area=name), areas=area,
            indicators=indicator,
        )  # fmt: skip
