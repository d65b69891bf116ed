"""The parts of the data page, and which of them is chosen."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from dashboard.ui.address import choose

if TYPE_CHECKING:
    from dashboard.locale import Words

PARTS = ("upload", "questions", "issues", "gaps", "changes", "loaded")


def pick_part(say: Words) -> str:
    """Pick one part of the page; ``part`` in the address."""
    return choose(
        "part",
        PARTS,
        PARTS[0],
        lambda key: st.segmented_control(
            say("data.part"),
            PARTS,
            key=key,
            required=True,
            label_visibility="collapsed",
            format_func=lambda part: say(f"data.parts.{part}"),
        ),
    )
