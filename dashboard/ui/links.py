"""Links from a finding to the page that explains it, with the choices that it was made with."""

from __future__ import annotations

import streamlit as st


def link(page: str, label: str, **address: str) -> None:
    """Offer another page of the navigation; choices that are not named stay as they are.

    Where a page is shown without its frame there is no navigation and no link.
    """
    pages = st.session_state.get("pages", {})
    if page in pages:
        st.page_link(pages[page], label=label, icon=":material/arrow_forward:",
                     query_params=address)  # fmt: skip
