"""What the overview shows beside its tiles: the largest changes, the open issues."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from dashboard.locale.sentences import change_line
from dashboard.queries import choices, counties
from dashboard.queries import issues as queries
from dashboard.ui.asking import ask
from dashboard.ui.links import link

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dashboard.queries.counties import Ranked
    from dashboard.queries.values import Change, Measure, Value
    from dashboard.ui.view import View

CHANGES, QUARTERS = 5, 12


def tile_points(
    view: View, indicators: tuple[str, ...], area: str, period: str, measure: Measure
) -> list[tuple[Value, ...]]:
    """Return each indicator's values up to the period, in the order asked for."""
    periods = ask(choices.periods, view.dataset, view.freq)
    upto = periods[: periods.index(period) + 1][-QUARTERS:]
    histories = [
        view.trend(code, (area,), upto[0], upto[-1], view.measure_of(code, measure))
        for code in indicators
    ]
    return [history for history in histories if history]


def changes(view: View, area: str, period: str, measure: Measure) -> None:
    """List the indicators that moved most on last year, and the area that moved most with each."""
    st.subheader(view.words("overview.changes"), anchor=False)
    lines = changed(view, area, period, measure)
    if not lines:
        st.markdown(view.words("overview.no_changes"))
        return
    for value, line in lines:
        with st.container(horizontal=True, vertical_alignment="center", gap="small"):
            st.markdown(f"- {line}", width="content")
            link(
                view, "changes", view.words("changes.explain"), indicator=value.indicator,
                area=area, period=period, measure=view.measure_of(value.indicator, measure),
                against="year",
            )  # fmt: skip
    st.caption(view.words("overview.changes_hint"))


def changed(view: View, area: str, period: str, measure: Measure) -> list[tuple[Value, str]]:
    """Say what moved most on last year, a line an indicator."""
    codes = ask(choices.available_indicators, view.dataset, view.freq)
    values = [
        value
        for code in codes
        for value in view.trend(code, (area,), period, period, view.measure_of(code, measure))
    ]
    return [
        (v, change_line(v, change, _mostly(view, v, change, area, period, measure), view.labels))
        for v, change in largest_changes(values, CHANGES)
    ]


def largest_changes(values: Sequence[Value], limit: int) -> list[tuple[Value, Change]]:
    """Return the values that grew or fell most, in per cent; what did not move is left out."""
    moved = [
        (v, v.change)
        for v in values
        if v.change and v.change.growth is not None and v.change.difference
    ]
    return sorted(moved, key=lambda pair: -abs(pair[1].growth or 0.0))[:limit]


def _mostly(
    view: View, value: Value, change: Change, area: str, period: str, measure: Measure
) -> Ranked | None:
    """Return the child whose change goes furthest the way of the whole."""
    if view.labels.indicators[value.indicator].area_aggregation != "sum":
        return None
    of = view.measure_of(value.indicator, measure)
    rows = ask(counties.ranking, view.dataset, value.indicator, area, period, of)
    sign = 1 if change.difference > 0 else -1
    same_way = [r for r in rows if r.change and r.change.difference * sign > 0]
    return max(same_way, key=lambda r: r.change.difference * sign if r.change else 0, default=None)


def issues(view: View) -> None:
    """Count the open errors and warnings of all areas and years, with the way to them."""
    say = view.words
    st.subheader(say("overview.issues"), anchor=False)
    chosen = queries.Chosen(view.dataset)
    n = ask(queries.counts, chosen)
    if not n["error"] + n["warning"]:
        st.markdown(say("overview.no_issues"))
        return
    st.markdown(say("overview.issue_counts", errors=n["error"], warnings=n["warning"]))
    st.page_link(
        st.session_state["pages"]["data"],
        label=say("overview.all_issues", n=sum(n.values())),
        icon=":material/arrow_forward:",
        query_params={"part": "issues", "dataset": view.dataset, "lang": say.language},
    )
