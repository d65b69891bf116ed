"""Picks what is compared: a period with its year before, or two windows of whole months.

Keys in the address: ``against`` (``year`` or ``windows``), ``now`` and ``base``, each a window as
2019-04..2023-03.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from dashboard.locale.periods import window_name
from dashboard.queries import choices, overview
from dashboard.queries.months import Window, is_finer, read_window, window_of, year_earlier
from dashboard.ui.address import keep, settle, tell_unknown, widget_key
from dashboard.ui.asking import ask
from dashboard.ui.pickers import last_period, pick_measure, pick_period, pick_switch

if TYPE_CHECKING:
    from dashboard.ui.view import View

WINDOWS, ENDS = ("now", "base"), ("first", "last")


def pick_windows(view: View, area: str, indicator: str, breakdown: str) -> tuple[Window, Window]:
    """Pick the window of now and that of before."""
    _refuse_days()
    if pick_switch(view, "against", ("year", "windows")) == "year":
        measure = pick_measure(view)
        period = pick_period(view, area, measure, last_period(view, indicator, breakdown))
        now = window_of(period, measure)
        return now, year_earlier(now)
    months = _months(view)
    latest = ask(overview.latest_period, view.dataset, area, view.freq)
    last = window_of(latest).last if latest else months[-1]
    now = Window(max(months[0], last - 11), last)
    base = Window(*(max(months[0], month) for month in year_earlier(now)))
    return _pick_window(view, "now", months, now), _pick_window(view, "base", months, base)


def _refuse_days() -> None:
    """Say of a link that asks for days that only whole months can be compared."""
    for key in WINDOWS:
        if is_finer(st.query_params.get(key, "")):
            tell_unknown(key, st.query_params.pop(key), "changes.finer")


def _months(view: View) -> range:
    """Return the months of all periods with values."""
    periods = ask(choices.periods, view.dataset, view.freq)
    return range(window_of(periods[0]).first, window_of(periods[-1]).last + 1)


def _pick_window(view: View, key: str, months: range, default: Window) -> Window:
    """Pick the first and the last month; turned round where they are the wrong way about."""
    window = settle(
        key, default, read_window, lambda w: months[0] <= w.first and w.last <= months[-1]
    )
    for end, month in zip(ENDS, window, strict=True):
        st.session_state[widget_key(f"{key}_{end}")] = month
        st.selectbox(
            view.words(f"picker.{key}_{end}"),
            months,
            key=widget_key(f"{key}_{end}"),
            format_func=lambda m: window_name(Window(m, m), view.words),
            on_change=_moved,
            args=(key,),
            width=138,  # four of them beside the switch on a small laptop
        )
    return keep(key, window, default, str)


def _moved(key: str) -> None:
    ends = sorted(st.session_state[widget_key(f"{key}_{end}")] for end in ENDS)
    st.session_state[widget_key(key)] = Window(*ends)
