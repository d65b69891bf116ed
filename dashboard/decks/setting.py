"""Setting: what all questions of a deck share, and how each reads its own choices."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, cast

from dashboard.charts import Provenance, provenance_of
from dashboard.locale.labels import read_labels
from dashboard.queries import areas, choices, lineage
from dashboard.queries.periods import first_of_year, freq_of, is_period, shifted
from dashboard.queries.values import TOTAL

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from pathlib import Path

    from dashboard.decks.deck import Choice
    from dashboard.locale import Language, Words
    from dashboard.locale.labels import Labels
    from dashboard.queries.ask import Ask
    from dashboard.queries.choices import Vintage
    from dashboard.queries.values import Measure

RELATIVE = re.compile(r"0|[+-]\d{1,3}")  # periods from the deck's: -3 is three before it
YEARS = re.compile(r"year(-\d{1,2})")  # the first period of a year: of that two before, year-2
CHILDREN = "children"  # instead of codes of areas: those that make up the area


def told_from(said: str) -> bool:
    """Whether a period is told from the deck's: -3, 0, year-2."""
    return bool(RELATIVE.fullmatch(said) or YEARS.fullmatch(said))


@dataclass(frozen=True)
class Setting:
    """Whom to ask, for whom and when, in which words; ``folders`` are those of the catalogue."""

    ask: Ask
    choice: Choice
    labels: Labels
    vintage: Vintage
    folders: tuple[Path, ...] = ()
    footer: str = ""

    @property
    def words(self) -> Words:
        """Return the words of the document's language."""
        return self.labels.words

    def origin(self, files: Iterable[str] = ()) -> Provenance:
        """Say that figures come from some files, and which vintage holds them."""
        return provenance_of(
            tuple(files), self.choice.dataset, self.vintage, self.words, self.footer
        )


def settle(
    ask: Ask,
    choice: Choice,
    folders: tuple[Path, ...] = (),
    vintage: Vintage | None = None,
    footer: str = "",
) -> Setting:
    """Return the setting of a choice."""
    labels = ask(read_labels, cast("Language", choice.lang))
    shown = vintage or ask(choices.vintage, choice.dataset)
    return Setting(ask, choice, labels, shown, folders, footer)


class Wanted:
    """A question's choices, read; what is left out is the deck's, or the question's own default.

    Codes that the vintage does not know are passed over, as an address that asks for them is.
    """

    def __init__(self, setting: Setting, said: Mapping[str, str]) -> None:
        self.setting, self.said = setting, said
        self.ask, self.labels, self.words = setting.ask, setting.labels, setting.words
        self.dataset = setting.choice.dataset

    def one(self, key: str, options: Sequence[str]) -> str:
        """Return which of some options is chosen, the first by default."""
        said = self.said.get(key, options[0])
        return said if said in options else options[0]

    def many(self, key: str) -> tuple[str, ...]:
        """Return the codes that stand under a key, with commas between them."""
        return tuple(dict.fromkeys(code for code in self.said.get(key, "").split(",") if code))

    @property
    def area(self) -> str:
        """Return the one area that is asked for."""
        return self.said.get("area", self.setting.choice.area)

    @property
    def areas(self) -> tuple[str, ...]:
        """Return the areas that are asked for; ``children`` are those that make up the area."""
        if self.said.get("areas") == CHILDREN:
            return self.children
        return self.many("areas") or (self.area,)

    @property
    def children(self) -> tuple[str, ...]:
        """Return the areas that make up the area."""
        return self.ask(areas.children, self.area)

    @property
    def period(self) -> str:
        """Return the one period that is asked for."""
        return self._period("period", "0")

    @property
    def freq(self) -> str:
        """Return how often what is asked for is reported: Q."""
        said = (self.said.get(key, "0") for key in ("period", "last"))
        absolute = (period for period in said if is_period(period))
        return freq_of(next(absolute, self.setting.choice.period))

    def span(self, back: int = 11) -> tuple[str, str]:
        """Return the first and the last period; by default ``back`` periods up to the deck's."""
        first, last = self._period("first", f"-{back}"), self._period("last", "0")
        return min(first, last), max(first, last)

    def _period(self, key: str, default: str) -> str:
        said = self.said.get(key, default)
        if is_period(said):
            return said
        if YEARS.fullmatch(said):
            return first_of_year(self.setting.choice.period, int(said.removeprefix("year")))
        return shifted(
            self.setting.choice.period, int(said if RELATIVE.fullmatch(said) else default)
        )

    @property
    def measure(self) -> Measure:
        """Return whether the period's own value is asked for, or the year's up to its end."""
        return cast("Measure", self.one("measure", ("value", "ytd")))

    def measure_of(self, indicator: str) -> Measure:
        """Return the measure asked for; of what is counted on a day there is its value only."""
        return "value" if indicator in self.ask(choices.on_a_day) else self.measure

    def known(self, codes: Iterable[str]) -> tuple[str, ...]:
        """Return those of some indicators that have values."""
        having = self.ask(choices.available_indicators, self.dataset, self.freq)
        return tuple(code for code in codes if code in having)

    @property
    def indicators(self) -> tuple[str, ...]:
        """Return the indicators asked for that have values."""
        return self.known(self.many("indicators"))

    @property
    def indicator(self) -> str:
        """Return the one indicator that is asked for, "" where it has no values."""
        return next(iter(self.known((self.said.get("indicator", ""),))), "")

    def breakdown(self, indicator: str) -> str:
        """Return the part asked for, or the indicator's first where it does not have that one."""
        having = self.ask(choices.breakdowns, self.dataset, indicator, self.freq)
        said = self.said.get("breakdown", TOTAL)
        return said if said in having or not having else having[0]

    def origin(
        self,
        indicators: tuple[str, ...],
        areas: tuple[str, ...],
        first: str,
        last: str,
        breakdown: str = TOTAL,
    ) -> Provenance:
        """Say where the figures of some indicators come from, from one period to another."""
        return self.setting.origin(self._files(indicators, areas, first, last, breakdown))

    def origin_of(
        self, keys: Iterable[tuple[str, str]], areas: tuple[str, ...], first: str, last: str
    ) -> Provenance:
        """Say the same of several figures, each an indicator and a breakdown of its own."""
        files = {
            file: None
            for code, breakdown in keys
            for file in self._files((code,), areas, first, last, breakdown)
        }
        return self.setting.origin(files)

    def _files(
        self,
        indicators: tuple[str, ...],
        areas: tuple[str, ...],
        first: str,
        last: str,
        breakdown: str = TOTAL,
    ) -> tuple[str, ...]:
        """Return the files behind some indicators, from one period to another."""
        if len(areas) > 1:
            found = self.ask(lineage.files, self.dataset, indicators, areas, breakdown)
            return lineage.between(found, first, last)
        made_of = self.ask(lineage.operands)
        codes = {*indicators, *(part for code in indicators for part in made_of.get(code, ()))}
        every = self.ask(lineage.of_area, self.dataset, areas[0])
        return lineage.between(
            [file for code, part, file in every if code in codes and breakdown in (TOTAL, part)],
            first, last,
        )  # fmt: skip
