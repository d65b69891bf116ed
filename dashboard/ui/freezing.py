"""Freezing: a vintage is kept under the number of a meeting; a mistaken number is taken back."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from dashboard import store
from dashboard.ui import changing

if TYPE_CHECKING:
    from dashboard.locale import Words


def meeting_issues() -> dict[str, store.MeetingIssue]:
    """Return the meeting issues of this office by number, the one frozen last at the front."""
    found = store.meeting_issues(changing.place().vintages)
    return dict(reversed(found.items()))


def frozen_as() -> dict[str, list[str]]:
    """Return the numbers that each vintage was frozen under."""
    numbers: dict[str, list[str]] = {}
    for issue in meeting_issues().values():
        numbers.setdefault(issue.vintage, []).append(issue.number)
    return numbers


def freezing(vintages: list[str], say: Words) -> None:
    """Offer to freeze one of some vintages, and to take a number back; told on the next run."""
    if number := st.session_state.pop("frozen", None):
        st.toast(say("data.frozen.done", number=number), icon=":material/ac_unit:")
    with st.popover(say("data.frozen.do"), icon=":material/ac_unit:", key="freeze"):
        st.markdown(say("data.frozen.hint"))
        with st.form("freeze_form", border=False, enter_to_submit=False):
            vintage = st.selectbox(say("data.frozen.vintage"), vintages, key="freeze_vintage")
            number, title = (
                st.text_input(
                    say(f"data.frozen.{part}"),
                    placeholder=say(f"data.frozen.{part}_hint"),
                    max_chars=length,
                    key=f"freeze_{part}",
                )
                for part, length in (("number", 40), ("title", 80))
            )
            meant = st.form_submit_button(say("data.frozen.confirm"), key="freeze_do")
    if meant:
        if changing.freeze(vintage, number, title):
            st.session_state["frozen"] = number
        st.rerun()
    if numbers := list(meeting_issues()):
        _undo(numbers, say)


def _undo(numbers: list[str], say: Words) -> None:
    with st.popover(say("data.frozen.undo"), icon=":material/undo:", key="unfreeze"):
        st.markdown(say("data.frozen.undo_hint"))
        number = st.selectbox(
            say("data.frozen.undo_which"), numbers, index=None, key="unfreeze_which",
            placeholder=say("picker.choose"),
        )  # fmt: skip
        if st.button(say("data.frozen.undo_do"), disabled=number is None, key="unfreeze_do"):
            changing.unfreeze(str(number))
            st.rerun()
