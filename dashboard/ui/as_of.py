"""As of: any page as an earlier vintage had it, or as it was frozen for a meeting.

``asof`` in the address is the vintage's name, or the number of the meeting issue (2024年第2期).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from dashboard import store
from dashboard.charts import named
from dashboard.ui.address import keep, settle, widget_key

if TYPE_CHECKING:
    from pathlib import Path

    from dashboard.locale import Words
    from dashboard.queries.choices import Vintage

KEY = "asof"


def settle_vintage(vintages: Path, in_force: Path) -> Path | None:
    """Return the database that the address asks for, the one in force where it asks for none.

    None for a vintage that is not there, or no more. Choices go from page to page with the reader.
    """
    name = keep(KEY, settle(KEY, "", str, lambda _: True), "", str)
    issue = store.meeting_issue(vintages, name)
    st.session_state["meeting_issue"] = issue
    if issue:
        return store.named(vintages, issue.vintage)
    return store.named(vintages, name) if name else in_force


def shown_as(vintage: Vintage) -> Vintage:
    """Return the vintage with the meeting issue by which the address names it."""
    issue: store.MeetingIssue | None = st.session_state.get("meeting_issue")
    return vintage.shown_as(issue)


def earlier() -> bool:
    """Return whether this session shows another vintage than the one in force."""
    return bool(st.session_state.get("database") != st.session_state.get("in_force"))


def banner(shown: Vintage, say: Words) -> None:
    """Say above the page that it is an earlier vintage or a meeting issue, with the way back."""
    key = "asof.issue_banner" if shown.issue else "asof.banner"
    with st.container(key="as_of", horizontal=True, vertical_alignment="center"):
        st.warning(say(key, **named(shown, say)), icon=":material/history:")
        back(say)


def refused(key: str, say: Words) -> None:
    """Say why the vintage of the address cannot be shown."""
    name = str(st.session_state[widget_key(KEY)])
    st.warning(say(f"asof.{key}", vintage=name), icon=":material/history:")
    back(say)


def back(say: Words) -> None:
    """Offer the vintage in force."""
    st.button(say("asof.back"), on_click=_forget, key="asof_back")


def _forget() -> None:
    st.session_state[widget_key(KEY)] = ""
