"""Links from a finding to the page that explains it, with the choices that it was made with."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

if TYPE_CHECKING:
    from dashboard.ui.view import View


def link(view: View, page: str, label: str, **address: str) -> None:
    """Offer another page with some choices; whoever opens it in a new tab keeps the others too."""
    frame = {"dataset": view.dataset, "freq": view.freq, "lang": view.words.language}
    st.page_link(
        st.session_state["pages"][page],
        label=label,
        icon=":material/arrow_forward:",
        query_params=frame | address,
    )
