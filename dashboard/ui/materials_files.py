"""The files of a document, and what has changed since a meeting for which it was made."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

import streamlit as st

from dashboard import exports
from dashboard.door import safe_name
from dashboard.locale import words
from dashboard.ui.asking import Ask, later
from dashboard.ui.data_changes import changed
from dashboard.ui.downloads import download
from dashboard.ui.materials_pdf import pdf_button

if TYPE_CHECKING:
    from dashboard.exports import ReleasedDeck
    from dashboard.ui.materials_template import Form
    from dashboard.ui.view import View


def files(view: View, deck: ReleasedDeck, form: Form) -> None:
    """Offer the document, its PDF, and its figures as a workbook; made when somebody asks."""
    say, name, make = view.words, file_name(deck), partial(form.write, deck)
    with st.container(horizontal=True, vertical_alignment="center", key="materials_files"):
        download(say(f"download.{form.suffix}"), make, name, form.suffix)
        if any(slide.charts for slide in deck.slides):
            download(say("download.xlsx"), partial(_book, later(), deck), name, "xlsx")
        pdf_button(make, f".{form.suffix}", name, (deck, form), say)


def _book(ask: Ask, deck: ReleasedDeck) -> bytes:
    """Write the figures of a document, a sheet a chart."""
    every = (chart for slide in deck.slides for chart in slide.charts)
    drawn = [chart for chart in every if isinstance(chart, exports.Released)]
    origins = exports.origins_of(ask, [p for chart in drawn for p in chart.points], "value")
    titled = [(chart.title, chart) for chart in drawn]
    return exports.write_book(titled, origins, words(deck.choice.lang))


def changed_since(view: View) -> None:
    """List, once somebody opens the list, what has changed since a meeting's data were frozen."""
    in_force = st.session_state["in_force"].parent.name
    if not view.vintage.issue or view.vintage.vintage == in_force:
        return
    label = view.words("materials.changed", issue=view.vintage.issue)
    with st.expander(label, key="changed_since", on_change="rerun") as opened:
        if opened.open:
            changed(view, view.vintage.vintage, in_force)


def file_name(deck: ReleasedDeck) -> str:
    """Return what a file is called: 张掖市双拥工作汇报_2024年二季度_2024年第2期."""
    own = (part for part in (deck.subtitle, deck.issue) if part and part not in deck.title)
    name = "_".join((deck.title, *own))
    return safe_name(f"{name}.x").removesuffix(".x")
