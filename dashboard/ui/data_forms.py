"""Blank forms: a workbook for some areas and a period, to send out and to load as it comes back."""

from __future__ import annotations

import datetime as dt
from functools import partial
from typing import TYPE_CHECKING

import streamlit as st

from dashboard import door
from dashboard.locale.periods import period_name
from dashboard.queries.choices import every_area
from dashboard.ui import changing
from dashboard.ui.asking import ask
from dashboard.ui.data_upload import XLSX
from dashboard.ui.pickers import default_area

if TYPE_CHECKING:
    from dashboard.ui.view import View


def blank_forms(view: View) -> None:
    """Offer a blank workbook; last year's figures stand in it in grey."""
    say = view.words
    with st.expander(say("data.forms.title"), icon=":material/draft:", key="forms"):
        st.caption(say("data.forms.hint"))
        names = ask(every_area)
        areas = st.multiselect(
            say("data.forms.areas"),
            list(names),
            default=[default_area(view)] if view.freq else [],
            format_func=lambda code: say.pick(*names[code]),
            placeholder=say("picker.choose"),
            key="form_areas",
            select_all=False,
        )
        today = dt.datetime.now().astimezone().date()
        codes = _periods(today.year)
        period = st.selectbox(
            say("picker.period"),
            codes,
            index=codes.index(f"{today.year}-Q{(today.month + 2) // 3}"),
            format_func=lambda code: period_name(code, say),
            key="form_period",
            width=220,
        )
        st.download_button(
            say("data.forms.download"),
            partial(_form, changing.place(), tuple(areas), period, view.dataset),
            say("data.forms.file", period=period_name(period, say)) + ".xlsx",
            XLSX,
            disabled=not areas,
            key="form",
            on_click="ignore",
            icon=":material/download:",
        )


def _periods(year: int) -> list[str]:
    """The periods of this year, the next and the last one, by quarter, half, year and month."""
    parts = (*(f"-Q{n}" for n in range(1, 5)), "-S1", "-S2", "")
    months = (f"-M{n:02}" for n in range(1, 13))
    return [f"{y}{part}" for part in (*parts, *months) for y in (year, year + 1, year - 1)]


def _form(place: door.Place, areas: tuple[str, ...], period: str, dataset: str) -> bytes:
    return door.template(place, areas, period, dataset)[1]
