"""What every page of a session shares: the dataset shown, the language, the names of things."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

import streamlit as st

from dashboard.charts import Provenance, footer_of, provenance_of
from dashboard.decks import Choice, Setting, make
from dashboard.locale.labels import Labels, read_labels
from dashboard.queries import choices, lineage
from dashboard.queries.trend import trend
from dashboard.queries.values import TOTAL
from dashboard.ui.as_of import earlier, shown_as
from dashboard.ui.asking import Ask, ask, later

if TYPE_CHECKING:
    from dashboard.charts import Chart
    from dashboard.decks import Asked
    from dashboard.locale import Words
    from dashboard.queries.comparison import Against
    from dashboard.queries.values import Measure, Value


@dataclass(frozen=True, eq=False)
class View:
    """The frame's choices, which pages read and do not change; one that is another is not equal."""

    dataset: str
    freq: str
    labels: Labels
    vintage: choices.Vintage
    earlier: bool = False  # than the vintage in force

    @property
    def words(self) -> Words:
        """Return the words of the reader's language."""
        return self.labels.words

    def measure_of(self, indicator: str, measure: Measure) -> Measure:
        """Return the measure asked for; of what is counted on a day there is its value only."""
        return "value" if indicator in ask(choices.on_a_day) else measure

    def provenance(
        self,
        indicator: str,
        areas: tuple[str, ...],
        first: str,
        last: str,
        breakdown: str = TOTAL,
    ) -> Provenance:
        """Say where the figures of an indicator come from, from one period to another."""
        return self.origin(self.files(indicator, areas, first, last, breakdown))

    def trend(
        self,
        indicator: str,
        areas: tuple[str, ...],
        first: str,
        last: str,
        measure: Measure = "value",
        breakdown: str = TOTAL,
        against: Against = "year",
    ) -> tuple[Value, ...]:
        """Return values over time; of all periods at once, so that others are known."""
        periods = ask(choices.periods, self.dataset, self.freq)
        found = ask(
            trend, self.dataset, (indicator,), areas, periods[0], periods[-1], measure,
            breakdown, against,
        )  # fmt: skip
        return tuple(v for v in found if first <= v.time_period <= last)

    def files(
        self, indicator: str, areas: tuple[str, ...], first: str, last: str, breakdown: str
    ) -> tuple[str, ...]:
        """Return the files behind an indicator; of all years at once, so that others are known."""
        found = ask(lineage.files, self.dataset, (indicator,), areas, breakdown)
        return lineage.between(found, first, last)

    def origin(self, files: tuple[str, ...]) -> Provenance:
        """Say that figures come from some files, and which vintage holds them."""
        return provenance_of(files, self.dataset, self.vintage, self.words, self.footer)

    def chart(self, asked: Asked) -> Chart | None:
        """Answer a question as a report does; on a page it says all its choices itself."""
        choice = Choice(self.dataset, "", "", self.words.language)
        folders = st.session_state["place"].folders
        setting = Setting(later(), choice, self.labels, self.vintage, folders, self.footer)
        return make(setting, asked)

    @property
    def footer(self) -> str:
        """Return which vintage this is, and whether a later one is in force."""
        return footer_of(self.vintage, self.words, earlier=self.earlier)


def current_view() -> View:
    """Return the view that the frame around the page has set."""
    view: View = st.session_state["view"]
    return view


def view_or_words() -> tuple[Words, View | None]:
    """Return the reader's words, and the view, None where nothing was loaded yet."""
    return st.session_state["words"], st.session_state.get("view")


def make_view(dataset: str, freq: str, language: str) -> View:
    """Put together what pages share; readers who see the same share one view."""
    vintage = shown_as(ask(choices.vintage, dataset))
    return _view(later(), dataset, freq, language, vintage, earlier())


@lru_cache(maxsize=64)
def _view(
    asked: Ask, dataset: str, freq: str, language: str, vintage: choices.Vintage, before: bool
) -> View:
    labels = asked(read_labels, "en" if language == "en" else "zh")
    return View(dataset, freq, labels, vintage, before)
