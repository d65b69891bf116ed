"""The map of Counties: an area's parts by class; a click on one opens it."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

import streamlit as st

from dashboard import charts
from dashboard.boundaries import BoundaryError, ground, map_rules
from dashboard.queries import choices
from dashboard.queries.trend import trend
from dashboard.ui.asking import ask
from dashboard.ui.blocks import chart_block
from dashboard.ui.links import open_county
from dashboard.ui.pickers import children_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dashboard.charts import Provenance
    from dashboard.decks import Asked
    from dashboard.queries.counties import Ranked
    from dashboard.queries.values import Measure, Value
    from dashboard.ui.view import View


def county_map(
    view: View,
    rows: Sequence[Ranked],
    indicator: str,
    parent: str,
    period: str,
    measure: Measure,
    origin: Provenance,
    classes: str,
    asked: Asked,
) -> None:
    """Draw the map, or say why there is none; the ranking beside it says the same in a list.

    ``classes`` are ``own``, cut by the period's values, or ``fixed``, the same for all periods.
    """
    folders = st.session_state["place"].folders
    try:
        rules, shown = map_rules(folders), tuple(row.ref_area for row in rows)
        known = ground(folders, parent, children_of(parent), sorted(shown))
    except BoundaryError as error:
        st.warning(view.words(f"map.failed.{error.reason}", **error.parts))
        return
    if known is None:
        st.info(view.words("map.none"))
        return
    breakdown = rows[0].breakdown
    over = _all_periods(view, indicator, parent, measure, breakdown) if classes == "fixed" else ()
    chart = charts.area_map(
        rows, indicator, period, view.labels, origin, known, rules, measure, over
    )
    st.html(f"<style>:root {{ --map: {(known.height - known.low) / known.width:.3f} }}</style>")
    chart_block(
        view,
        chart,
        f"map_{indicator}",
        asked,
        measure,
        leads=partial(open_county, view),
    )


def _all_periods(
    view: View, indicator: str, parent: str, measure: Measure, breakdown: str
) -> tuple[Value, ...]:
    """Return the values of all periods that there are, whichever is shown: their classes stay."""
    periods = ask(choices.periods, view.dataset, view.freq)
    return ask(
        trend, view.dataset, (indicator,), children_of(parent), periods[0], periods[-1], measure,
        breakdown,
    )  # fmt: skip
