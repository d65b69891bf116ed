"""From a point of a chart to the pages that say more of that period."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from dashboard.locale.periods import period_name
from dashboard.ui.links import link
from dashboard.ui.pickers import children_of

if TYPE_CHECKING:
    from dashboard.queries.values import Measure, Value
    from dashboard.ui.view import View


def leads(view: View, value: Value, measure: Measure) -> None:
    """Link to what moved in a value's period, and to the counties' ranking in it."""
    say = view.words
    parent = value.ref_area if children_of(value.ref_area) else _parent(view, value.ref_area)
    address = {
        "indicator": value.indicator,
        "breakdown": value.breakdown,
        "period": value.time_period,
        "measure": measure,
    }
    when = period_name(value.time_period, say, measure)
    with st.container(horizontal=True, vertical_alignment="center"):
        st.markdown(say("trend.clicked", area=view.labels.area(value.ref_area), period=when))
        moved, ranked = (say(f"trend.leads.{page}") for page in ("changes", "counties"))
        link(view, "changes", moved, area=value.ref_area, against="year", **address)
        if parent:
            link(view, "counties", ranked, area=parent, **address)


def _parent(view: View, area: str) -> str | None:
    known = view.labels.areas.get(area)
    return known.parent if known else None
