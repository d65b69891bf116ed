"""The presentation: large type, one question a screen, no controls; the address names the screen.

``present=1`` in the address is the presentation, ``screen`` one of SCREENS. Pickers are not drawn
then (address.py) and stand as the address says.
"""

from __future__ import annotations

from html import escape
from pathlib import Path
from typing import TYPE_CHECKING

import streamlit as st

from dashboard.locale.periods import period_name
from dashboard.locale.sentences import ranking_title
from dashboard.queries import counties
from dashboard.ui.address import PRESENT, SCREEN, asked_for
from dashboard.ui.asking import ask
from dashboard.ui.blocks import tiles
from dashboard.ui.overview import changed
from dashboard.ui.pickers import children_of
from dashboard.ui.progress import lamp_legend, progress_table
from dashboard.ui.ranked import ranked

if TYPE_CHECKING:
    from dashboard.ui.review import Review
    from dashboard.ui.view import View

SCREENS = ("tiles", "progress", "ranking", "changes", "exceptions")
STYLE = Path(__file__).with_name("presenting.css")
MOST_TILES, MOST_LINES = 6, 6


def start_button(view: View) -> None:
    """Offer to begin the presentation of what the page shows."""
    st.button(
        view.words("present.start"),
        icon=":material/slideshow:",
        on_click=_show,
        args=(SCREENS[0],),
        key="present",
    )


def _show(screen: str) -> None:
    st.query_params[PRESENT] = "1"
    st.query_params[SCREEN] = screen


def _leave() -> None:
    for key in (PRESENT, SCREEN):
        st.query_params.pop(key, None)


def present(view: View, review: Review) -> None:
    """Show the screen that the address names."""
    st.html(STYLE)
    screens = [s for s in SCREENS if _has(s, view, review)]
    asked_for(PRESENT)
    screen = st.query_params.get(SCREEN, screens[0])
    if screen in screens:
        asked_for(SCREEN)
    else:
        screen = screens[0]
    with st.container(key="screen"):
        SHOW[screen](view, review)
    _steps(view, screens, screens.index(screen))


def _has(screen: str, view: View, review: Review) -> bool:
    below = bool(children_of(review.area))
    return {"progress": bool(review.progress), "ranking": below}.get(screen, True)


def _heading(text: str) -> None:
    st.html(f'<h2 class="question">{escape(text)}</h2>')


def _tiles(view: View, review: Review) -> None:
    if review.date_line:
        st.html(f'<p class="date">{escape(review.date_line)}</p>')
    st.html(f'<p class="headline">{escape(review.sentence)}</p>')
    tiles(view, review.histories[:MOST_TILES], review.bullets)


def _progress(view: View, review: Review) -> None:
    when = period_name(review.period, view.words, "ytd")
    _heading(view.words("present.progress", period=when))
    st.html(progress_table(view, review.progress, review.area))
    st.html(f'<p class="date">{escape(lamp_legend(view))}</p>')


def _ranking(view: View, review: Review) -> None:
    indicator = review.histories[0][-1].indicator
    measure = view.measure_of(indicator, review.measure)
    rows = ask(counties.ranking, view.dataset, indicator, review.area, review.period, measure)
    when = period_name(review.period, view.words, measure)
    if rows:
        _heading(ranking_title(rows, indicator, when, view.labels))
        st.html(ranked(view, rows, indicator))


def _changes(view: View, review: Review) -> None:
    when = period_name(review.period, view.words, review.measure)
    _heading(view.words("present.changes", period=when))
    lines = [line for _, line in changed(view, review.area, review.period, review.measure)]
    _list(lines or [view.words("overview.no_changes")])


def _exceptions(view: View, review: Review) -> None:
    _heading(view.words("present.exceptions"))
    lines = [f"{line.sign} {line.text}" for line in review.exceptional]
    _list(lines[:MOST_LINES] or [view.words("exceptions.none")])
    if len(lines) > MOST_LINES:
        more = view.words("exceptions.more", n=len(lines) - MOST_LINES)
        st.html(f'<p class="date">{escape(more)}</p>')


SHOW = {
    "tiles": _tiles,
    "progress": _progress,
    "ranking": _ranking,
    "changes": _changes,
    "exceptions": _exceptions,
}


def _list(lines: list[str]) -> None:
    st.html(f'<ul class="lines">{"".join(f"<li>{escape(line)}</li>" for line in lines)}</ul>')


def _steps(view: View, screens: list[str], at: int) -> None:
    """Show where one is, and the ways on, back and out: click, arrow keys, Esc."""
    say = view.words
    with st.container(horizontal=True, vertical_alignment="center", key="steps"):
        for key, to in (("back", at - 1), ("next", at + 1)):
            st.button(
                say(f"present.{key}"),
                key=f"present_{key}",
                on_click=_show,
                args=(screens[to % len(screens)],),
                disabled=not 0 <= to < len(screens),
                shortcut={"back": "Left", "next": "Right"}[key],
                type="tertiary",
            )
        st.html(f'<p class="place">{at + 1} / {len(screens)}</p>')
        st.button(
            say("present.leave"), key="present_leave", on_click=_leave, shortcut="Esc",
            type="tertiary",
        )  # fmt: skip
