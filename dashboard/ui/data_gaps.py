"""Who reported: a matrix of counties and periods, or of indicators and counties, and a list."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

import streamlit as st

from dashboard.locale.periods import period_name, tick
from dashboard.queries import choices
from dashboard.queries import gaps as queries
from dashboard.ui.address import choose
from dashboard.ui.asking import ask
from dashboard.ui.blocks import listing, notice
from dashboard.ui.matrix import Matrix, matrix
from dashboard.ui.pickers import QUARTERS_SHOWN, children_of, choices_row, pick_parent

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dashboard.queries.gaps import Expected
    from dashboard.ui.view import View

    Everything = Sequence[Expected]

COLUMNS = ("area", "indicator", "period", "state", "due", "delivered")


def gaps(view: View) -> None:
    """Show who reported what, and what to ask for."""
    with choices_row():
        parent = pick_parent(view)
        below = children_of(parent) if parent else ask(choices.available_areas, view.dataset)
        areas = tuple(area for area in below if area in view.labels.areas)
        periods = ask(queries.periods, view.dataset, view.freq, areas)[-QUARTERS_SHOWN:]
        if not periods:
            notice(view, "no_children")
            return
        drawn, shown = _choose(view, parent or areas[0], areas, periods)
    st.subheader(drawn.title, anchor=False)
    matrix(view.words, drawn)
    st.caption(_legend(view, shown, counted=drawn.counted))
    _list(view, [e for e in shown if e.state in ("overdue", "missing", "unread", "late")])


def _choose(
    view: View, parent: str, areas: tuple[str, ...], periods: tuple[str, ...]
) -> tuple[Matrix, list[Expected]]:
    """Let a person choose how to look, and return the matrix with what stands in it."""
    having = ask(queries.indicators, view.dataset, view.freq)
    everything = queries.all_expected(ask, view.dataset, having, areas, periods[0], periods[-1])
    draw = _by_periods if _pick_by(view) == "periods" else _by_indicators
    return draw(view, view.labels.area(parent), areas, periods, everything)


def _by_periods(
    view: View, area: str, areas: tuple[str, ...], periods: tuple[str, ...], everything: Everything
) -> tuple[Matrix, list[Expected]]:
    """A row a county, a column a period; of all indicators together or of one."""
    indicator = _pick_indicator(view, tuple(dict.fromkeys(e.indicator for e in everything)))
    shown = [e for e in everything if indicator in ("", e.indicator)]
    title = (
        view.words("data.gaps.title_one", area=area, indicator=view.labels.indicator(indicator))
        if indicator
        else view.words("data.gaps.title_all", area=area)
    )
    return Matrix(
        title,
        {a: view.labels.area(a) for a in areas},
        {p: tick(p, view.words, with_year=True) for p in periods},
        [(e.ref_area, e.time_period, e.state) for e in shown],
        counted=not indicator,
    ), shown


def _by_indicators(
    view: View, area: str, areas: tuple[str, ...], periods: tuple[str, ...], everything: Everything
) -> tuple[Matrix, list[Expected]]:
    """A row an indicator, a column a county, in one period."""
    period = _pick_due_period(view, periods, everything)
    shown = [e for e in everything if e.time_period == period]
    return Matrix(
        view.words(
            "data.gaps.title_period",
            area=area,
            period=period_name(period, view.words),
        ),
        {e.indicator: view.labels.indicator(e.indicator) for e in shown},
        {a: view.labels.short_area(a) for a in areas},
        [(e.indicator, e.ref_area, e.state) for e in shown],
    ), shown


# ── choices ─────────────────────────────────────────────────────────────────────────────────────


def _pick_by(view: View) -> str:
    options = ("periods", "indicators")
    return choose(
        "by",
        options,
        options[0],
        lambda key: st.segmented_control(
            view.words("data.gaps.by"),
            options,
            key=key,
            required=True,
            format_func=lambda by: view.words(f"data.gaps.bys.{by}"),
        ),
    )


def _pick_indicator(view: View, codes: tuple[str, ...]) -> str:
    """Pick one indicator, or '' for all of them."""
    return choose(
        "of",
        ("", *codes),
        "",
        lambda key: st.selectbox(
            view.words("data.gaps.indicator"),
            ("", *codes),
            key=key,
            format_func=lambda i: view.labels.indicator(i) if i else view.words("data.gaps.all"),
            width=320,
        ),
    )


def _pick_due_period(view: View, periods: tuple[str, ...], everything: Everything) -> str:
    """Pick a period, newest first; the last one for which something is due is the default."""
    due = [e.time_period for e in everything if e.state != "not_due"]
    return choose(
        "due",
        periods[::-1],
        max(due, default=periods[-1]),
        lambda key: st.selectbox(
            view.words("picker.period"),
            periods[::-1],
            key=key,
            format_func=lambda p: period_name(p, view.words),
            width=180,
        ),
    )


# ── below the matrix ────────────────────────────────────────────────────────────────────────────


def _legend(view: View, shown: Sequence[Expected], *, counted: bool) -> str:
    """Say what the signs mean that are there, how often each, and when a report is late."""
    say = view.words
    found = Counter(e.state for e in shown)
    parts = [
        say("data.gaps.sign", sign=say(f"data.gaps.signs.{s}"), state=say(f"data.gaps.states.{s}"),
            n=found[s])
        for s in queries.STATES
        if found[s]
    ]  # fmt: skip
    lines = ["　".join(parts), say("data.gaps.late_rule")]
    return "  \n".join([say("data.gaps.count_legend"), *lines] if counted else lines)


def _list(view: View, wanting: list[Expected]) -> None:
    """List what is missing or late, to send to the offices."""
    say = view.words
    st.subheader(say("data.gaps.list"), anchor=False)
    if not wanting:
        st.markdown(say("data.gaps.none"))
        return
    header = [say(f"data.gaps.columns.{c}") for c in COLUMNS]
    rows = [
        (
            view.labels.area(e.ref_area),
            view.labels.indicator(e.indicator),
            period_name(e.time_period, say),
            say(f"data.gaps.states.{e.state}"),
            e.due,
            e.delivered,
        )
        for e in sorted(wanting, key=lambda e: e.time_period, reverse=True)
    ]
    listing(say("data.gaps.list"), header, rows, say("data.gaps.download"), "gaps")
