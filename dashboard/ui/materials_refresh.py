"""Refresh: a deck that people have edited takes the figures of another period, and says how."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

import streamlit as st

from dashboard.decks import RecipeError
from dashboard.door import safe_name
from dashboard.exports import pptx
from dashboard.exports.refreshing import refreshed
from dashboard.locale.periods import period_name
from dashboard.queries import choices
from dashboard.queries.periods import freq_of
from dashboard.ui import changing
from dashboard.ui.asking import Ask, ask, later
from dashboard.ui.downloads import download

if TYPE_CHECKING:
    from pathlib import Path

    from dashboard.queries.choices import Vintage
    from dashboard.ui.view import View


@st.fragment
def refreshing(view: View) -> None:
    """Take a deck and a period; offer the new one with a report of what became of each part."""
    say = view.words
    with st.expander(say("materials.refresh"), key="refresh", on_change="rerun") as opened:
        if not opened.open:
            return
        st.markdown(say("materials.refresh_hint"))
        with st.container(key="upload"):
            file = st.file_uploader(say("materials.refresh_file"), type="pptx", key="old_deck")
        if file is None:
            return
        try:
            record = pptx.record_of(file.getvalue())
        except pptx.UnrecordedError:
            st.error(say("refresh.unrecorded", file=file.name))
        except pptx.UnreadableError:
            st.error(say("refresh.unreadable", file=file.name))
        else:
            _offer(view, file.name, file.getvalue(), record)


def _offer(view: View, name: str, old: bytes, record: pptx.Record) -> None:
    say, choice = view.words, record.choice
    if choice.dataset not in ask(choices.datasets):
        st.error(say("empty.no_values"))
        return
    if choice.area not in ask(choices.available_areas, choice.dataset):
        st.error(say("export.no_area", area=choice.area, dataset=choice.dataset))
        return
    periods = ask(choices.periods, choice.dataset, freq_of(choice.period))[::-1]
    period = st.selectbox(
        say("picker.period"), periods, key="refresh_period", width=180,
        format_func=lambda p: period_name(p, say),
    )  # fmt: skip
    try:
        made = _made(later(), old, choice.dataset, period, changing.place().folders, view.vintage)
    except RecipeError as wrong:
        st.error(say(f"deck.recipe.{wrong.reason}", **wrong.blanks))
        return
    called = f"{_stem(name)}_{period_name(period, say)}"
    download(say("download.pptx"), lambda: made.data, called, "pptx")
    st.text("\n".join(pptx.told(made, say)))


@lru_cache(maxsize=4)
def _made(
    ask: Ask, old: bytes, dataset: str, period: str, folders: tuple[Path, ...], vintage: Vintage
) -> pptx.Refreshed:
    return refreshed(ask, old, pptx.record_of(old), dataset, period, folders, vintage)


def _stem(name: str) -> str:
    return safe_name(name).rpartition(".")[0]
