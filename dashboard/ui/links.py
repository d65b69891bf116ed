"""Links from a finding to the page that explains it, with the choices that it was made with."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

if TYPE_CHECKING:
    from dashboard.charts import Point
    from dashboard.ui.view import View


def link(view: View, page: str, label: str, **address: str) -> None:
    """Offer another page with some choices; whoever opens it in a new tab keeps the others too."""
    st.page_link(
        st.session_state["pages"][page],
        label=label,
        icon=":material/arrow_forward:",
        query_params=_frame(view) | address,
    )


def open_county(view: View, point: Point) -> None:
    """Turn to the file of a county that was clicked, on a map or in a ranking."""
    address = _frame(view) | {"area": point.category}
    st.switch_page(st.session_state["pages"]["county"], query_params=address)


def _frame(view: View) -> dict[str, str]:
    return {"dataset": view.dataset, "freq": view.freq, "lang": view.words.language}
