"""Switches of Trends: what is shown, in which shape, in how many panels."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

import streamlit as st

from dashboard.queries.per_head import denominators
from dashboard.ui.address import alone, choose
from dashboard.ui.asking import ask
from dashboard.ui.pickers import pick_switch

if TYPE_CHECKING:
    from dashboard.charts.chart import Axes
    from dashboard.charts.trend import Facet, Shape
    from dashboard.locale.sentences_trend import Shown
    from dashboard.queries.per_head import Denominator
    from dashboard.ui.view import View


def pick_shape(view: View) -> Shape:
    """Pick lines, bars, or the like periods of each year side by side."""
    years = ("years",) if view.freq != "A" else ()
    return cast("Shape", pick_switch(view, "shape", ("lines", "bars", *years)))


def pick_shown(view: View) -> Shown:
    """Pick values or how they changed: on the year or the period before, or the year to date's."""
    parts = ("previous", "to_date") if view.freq != "A" else ()
    return cast("Shown", pick_switch(view, "shown", ("level", "growth", *parts)))


def pick_seasonal(view: View) -> bool:
    """Pick whether indicators that have seasons show their change on the period before."""
    return pick_switch(view, "seasonal", ("hidden", "shown")) == "shown"


def pick_facet(view: View, n_indicators: int, n_areas: int) -> Facet:
    """Pick one chart, or small ones side by side; nothing to pick where there is one line."""
    by_area = ("area",) if n_areas > 1 else ()
    by_indicator = ("indicator",) if n_indicators > 1 else ()
    if not by_area and not by_indicator:
        return cast("Facet", alone("facet", "none"))
    return cast("Facet", pick_switch(view, "facet", ("none", *by_area, *by_indicator)))


def pick_axes(view: View) -> Axes:
    """Pick whether small charts share their axis, and so compare, or each fills its own."""
    return cast("Axes", pick_switch(view, "axes", ("shared", "free")))


def pick_per(view: View, indicators: tuple[str, ...]) -> str:
    """Pick by what to divide (``veterans_registered``), "" for nothing; only what is declared."""
    found = [d.indicator for code in indicators for d in denominators_of(view, code)]
    if not found:
        return alone("per", "")
    return choose(
        "per",
        ("", *dict.fromkeys(found)),
        "",
        lambda key: st.selectbox(
            view.words("picker.per"),
            ("", *dict.fromkeys(found)),
            key=key,
            format_func=lambda code: per_name(view, code),
            width=240,
        ),
    )


def per_name(view: View, code: str) -> str:
    """Return how a division is called: 按建档立卡退役军人数平均."""
    if not code:
        return view.words("per_head.none")
    return view.words("per_head.label", of=view.labels.indicator(code))


def denominators_of(view: View, indicator: str) -> tuple[Denominator, ...]:
    """Return by what an indicator may be divided."""
    return ask(denominators, view.dataset).get(indicator, ())
