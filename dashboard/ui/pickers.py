"""Pickers, each bound to its key in the address.

Keys: ``lang``, ``dataset``, ``freq``, ``area``, ``areas``, ``indicator``, ``indicators``,
``tiles`` (the overview's indicators), ``breakdown``, ``period``, ``first``, ``last``, ``measure``,
``shape``, ``shown``, ``seasonal``, ``facet``, ``axes``, ``topic``, ``per`` (what to divide by),
``classes`` (of the map), ``from`` and ``to`` (years); ``against``, ``now`` and ``base`` in
dashboard/ui/windows.py. Values are codes of the catalogue; several are joined by commas; unknown
ones fall back to the default.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

import streamlit as st

from dashboard.locale.periods import period_name
from dashboard.queries import choices, overview
from dashboard.queries.areas import children
from dashboard.queries.values import TOTAL
from dashboard.ui.address import alone, choose, choose_many
from dashboard.ui.asking import ask

if TYPE_CHECKING:
    from collections.abc import Collection

    from streamlit.delta_generator import DeltaGenerator

    from dashboard.queries.values import Measure
    from dashboard.ui.view import View

QUARTERS_SHOWN = 12


def choices_row() -> DeltaGenerator:
    """Return the row that holds a page's pickers; on a phone they stand below each other."""
    return st.container(horizontal=True, vertical_alignment="bottom", key="choices")


def pick_indicator(view: View) -> str:
    """Pick one indicator that has values; the default is what a leader sees first."""
    codes = ask(choices.available_indicators, view.dataset, view.freq)
    return choose(
        "indicator",
        codes,
        first_indicator(view),
        lambda key: st.selectbox(
            view.words("picker.indicator"),
            codes,
            key=key,
            format_func=view.labels.indicator,
            width=305,
        ),
    )


def pick_indicators(
    view: View,
    default: tuple[str, ...],
    name: str = "indicators",
    none: str = "picker.choose",
) -> tuple[str, ...]:
    """Pick any indicators that have values; ``name`` is their key in the address.

    ``none`` is the sentence that stands where nothing is picked.
    """
    codes = ask(choices.available_indicators, view.dataset, view.freq)
    return choose_many(
        name,
        codes,
        default,
        lambda key: st.multiselect(
            view.words("picker.indicators"),
            codes,
            key=key,
            format_func=view.labels.indicator,
            placeholder=view.words(none),
            select_all=False,
        ),
    )


def pick_breakdown(view: View, indicators: tuple[str, ...]) -> str:
    """Pick the total or a part of it: 春节, 部队; nothing to pick where there are totals only."""
    having = [breakdowns_of(view, indicator) for indicator in indicators]
    found = dict.fromkeys(code for codes in having for code in codes)
    codes = tuple(sorted(found, key=lambda code: code != TOTAL))
    if not codes or codes == (TOTAL,):
        return alone("breakdown", TOTAL)
    return choose(
        "breakdown",
        codes,
        codes[0],
        lambda key: st.selectbox(
            view.words("picker.breakdown"),
            codes,
            key=key,
            format_func=view.labels.breakdown,
            width=200,
        ),
    )


def breakdowns_of(view: View, indicator: str) -> tuple[str, ...]:
    """Return the breakdowns by which an indicator has values, the total first."""
    return ask(choices.breakdowns, view.dataset, indicator, view.freq)


def last_period(view: View, indicator: str, breakdown: str) -> str | None:
    """Return the last period with a value of an indicator."""
    return ask(choices.last_period, view.dataset, indicator, view.freq, breakdown)


def default_area(view: View) -> str:
    """Return the area with the most reporting children, else the one with the most values."""
    having = ask(choices.available_areas, view.dataset)
    parents = (area for area in ask(choices.parents, view.dataset) if area in having)
    return next(parents, ask(choices.fullest_area, view.dataset))


def pick_area(view: View) -> str:
    """Pick one area that has values."""
    return _pick_one_area(view, ask(choices.available_areas, view.dataset))


def pick_parent(view: View) -> str | None:
    """Pick one area whose children report; None where there is none."""
    parents = ask(choices.parents, view.dataset)
    return _pick_one_area(view, parents) if parents else None


def pick_county(view: View) -> str:
    """Pick one area that has values; the default is a county, the first below the usual area."""
    codes = ask(choices.available_areas, view.dataset)
    below = (area for area in children_of(default_area(view)) if area in codes)
    counties = (area for area in below if view.labels.areas[area].level == "county")
    return _pick_one_area(view, codes, next(counties, default_area(view)))


def _pick_one_area(view: View, codes: tuple[str, ...], default: str = "") -> str:
    default = default or default_area(view)
    return choose(
        "area",
        codes,
        default if default in codes else codes[0],
        lambda key: st.selectbox(
            view.words("picker.area"), codes, key=key, format_func=view.labels.area, width=220
        ),
    )


def pick_areas(view: View) -> tuple[str, ...]:
    """Pick any areas: a city and its counties side by side."""
    codes = ask(choices.available_areas, view.dataset)
    return choose_many(
        "areas",
        codes,
        (default_area(view),),
        lambda key: st.multiselect(
            view.words("picker.areas"),
            codes,
            key=key,
            format_func=view.labels.area,
            placeholder=view.words("picker.choose"),
            select_all=False,
        ),
    )


def pick_period(view: View, area: str, measure: Measure, until: str | None = None) -> str:
    """Pick one period, newest first; the default is the area's latest, not after ``until``."""
    periods = ask(choices.periods, view.dataset, view.freq)[::-1]
    latest = ask(overview.latest_period, view.dataset, area, view.freq) or periods[0]
    return choose(
        "period",
        periods,
        min(latest, until or latest),
        lambda key: st.selectbox(
            view.words("picker.period"),
            periods,
            key=key,
            format_func=lambda p: period_name(p, view.words, measure),
            width=180,
        ),
    )


def pick_period_range(view: View) -> tuple[str, str]:
    """Pick the first and the last period; turned round where they are the wrong way about."""
    periods = ask(choices.periods, view.dataset, view.freq)
    first = _pick_bound(view, "first", periods, periods[max(0, len(periods) - QUARTERS_SHOWN)])
    last = _pick_bound(view, "last", periods, periods[-1])
    return min(first, last), max(first, last)


def _pick_bound(view: View, bound: str, periods: tuple[str, ...], default: str) -> str:
    return choose(
        bound,
        periods,
        default,
        lambda key: st.selectbox(
            view.words(f"picker.{bound}"),
            periods,
            key=key,
            format_func=lambda p: period_name(p, view.words),
            width=150,
        ),
    )


def pick_measure(view: View, indicators: Collection[str] = ()) -> Measure:
    """Pick the period's own value or the year's up to its end; the same for whole years.

    Nor is there a choice where all ``indicators`` are counted on a day: stocks do not add up.
    """
    on_a_day = ask(choices.on_a_day)
    if view.freq == "A" or (indicators and on_a_day.issuperset(indicators)):
        return cast("Measure", alone("measure", "value"))
    return cast("Measure", pick_switch(view, "measure", ("value", "ytd")))


def pick_switch(view: View, key: str, options: tuple[str, ...]) -> str:
    """Pick one of a few options that stand beside each other."""
    return choose(
        key,
        options,
        options[0],
        lambda widget: st.segmented_control(
            view.words(f"picker.{key}"),
            options,
            key=widget,
            required=True,
            format_func=lambda option: view.words(f"{key}.{option}"),
        ),
    )


def children_of(area: str) -> tuple[str, ...]:
    """Return the areas that make up an area."""
    return ask(children, area)


def first_indicator(view: View) -> str:
    """Return the indicator to show before any choice was made: the overview's first."""
    area = default_area(view)
    codes = ask(choices.available_indicators, view.dataset, view.freq)
    latest = ask(overview.latest_period, view.dataset, area, view.freq)
    shown = ask(overview.first_indicators, view.dataset, area, latest) if latest else ()
    return shown[0] if shown else codes[0]


def heat_map_periods(view: View, period: str) -> tuple[str, str]:
    """Return the first and last period of a heat map that ends with the ranking's."""
    periods = ask(choices.periods, view.dataset, view.freq)
    end = periods.index(period)
    return periods[max(0, end + 1 - QUARTERS_SHOWN)], periods[end]
