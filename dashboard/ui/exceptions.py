"""What a leader should not miss: who is late, what lags, what contradicts itself; with links."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import streamlit as st

from dashboard.locale.sentences_exceptions import first_sentence, lagging_line, overdue_line
from dashboard.queries import issues as issue_queries
from dashboard.queries import overview
from dashboard.queries import progress as progress_queries
from dashboard.ui.asking import ask
from dashboard.ui.issue_list import plain
from dashboard.ui.links import link

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dashboard.ui.progress import By
    from dashboard.ui.view import View

MOST = 8  # lines of a two-minute page; the rest is counted


class Exceptional(NamedTuple):
    """One line, and the page and its choices that show what it speaks of."""

    sign: str
    text: str
    page: str
    choices: dict[str, str]


def exceptional(view: View, area: str, period: str, found: By) -> list[Exceptional]:
    """Return what stands out in a period: overdue reports, red lamps, contradictions and falls."""
    return [
        *_overdue(view, area, period),
        *_lagging(view, found),
        *_open(view, area, period),
    ]


def _overdue(view: View, area: str, period: str) -> list[Exceptional]:
    late = ask(overview.overdue_areas, view.dataset, area, period)
    if not late:
        return []
    text = overdue_line(late, period, view.labels)
    return [Exceptional("✕", text, "data", {"part": "gaps", "area": area})]


def _lagging(view: View, found: By) -> list[Exceptional]:
    """Return the red lamps, the farthest behind first."""
    red = [p for areas in found.values() for p in areas.values() if p.lamp == "red"]
    rule = ask(progress_queries.policy)
    sign = view.words(f"lamp.{rule.rule}.red").partition(" ")[0] if rule else ""
    return [  # a county's file has its targets; a ranking has none
        Exceptional(sign, lagging_line(p, view.labels), "county", {"area": p.ref_area})
        for p in sorted(red, key=lambda p: p.gap or 0.0)
    ]


def _open(view: View, area: str, period: str) -> list[Exceptional]:
    """Return the open issues of the year so far that name the area or one below it."""
    say = view.words
    return [
        Exceptional(
            say(f"exceptions.sign.{issue.severity}"),
            first_sentence(say.pick(issue.message, issue.message_en)),
            "data",
            {"part": "issues", "rule": issue.rule, "office": issue.ref_area or ""},
        )
        for issue in ask(issue_queries.of_year, view.dataset, area, period)
    ]


def exceptions(view: View, lines: Sequence[Exceptional]) -> None:
    """List what stands out, each line a link to the page that shows it."""
    say = view.words
    st.subheader(say("exceptions.title"), anchor=False)
    if not lines:
        st.markdown(say("exceptions.none"))
        return
    with st.container(key="exceptions", gap="xxsmall"):
        for line in lines[:MOST]:
            chosen = {key: value for key, value in line.choices.items() if value}
            link(view, line.page, f"{line.sign} {plain(line.text)}", **chosen)
    if len(lines) > MOST:
        st.caption(say("exceptions.more", n=len(lines) - MOST))
