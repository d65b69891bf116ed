"""Names of indicators, areas and statuses in the language of the reader."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import TYPE_CHECKING, Protocol

from dashboard.locale import words
from dashboard.locale.numbers import figure, in_language, unit_after
from dashboard.locale.outside import printable
from dashboard.queries import choices
from dashboard.queries.values import TOTAL

if TYPE_CHECKING:
    import duckdb

    from dashboard.locale import Language, Words
    from dashboard.queries.choices import Area, Indicator
    from dashboard.queries.per_head import Denominator
    from dashboard.queries.values import Measure

PER_HEAD_DECIMALS = 2


class Reported(Protocol):
    """What any value has that may be shown, or be missing for a reason."""

    @property
    def obs_value(self) -> float | None: ...  # noqa: D102
    @property
    def obs_status(self) -> str: ...  # noqa: D102
    @property
    def qualifier(self) -> str: ...  # noqa: D102
    @property
    def reason(self) -> str: ...  # noqa: D102
    @property
    def n_reported(self) -> int: ...  # noqa: D102
    @property
    def n_expected(self) -> int: ...  # noqa: D102


@dataclass(frozen=True)
class Labels:
    """The catalogue as a reader sees it."""

    words: Words
    indicators: dict[str, Indicator]
    areas: dict[str, Area]
    statuses: dict[str, tuple[str, str]]
    breakdowns: dict[str, tuple[str, str]] = field(default_factory=dict)

    def indicator(self, code: str, breakdown: str = TOTAL) -> str:
        """Return the name of an indicator, with the part that is shown: 慰问金发放额（春节）."""
        name = self.words.pick(self.indicators[code].name, self.indicators[code].name_en)
        name = name[:1].upper() + name[1:]
        if breakdown == TOTAL:
            return name
        return self.words("breakdown.of", indicator=name, breakdown=self.breakdown(breakdown))

    def breakdown(self, code: str) -> str:
        """Return what a breakdown is called: festival:春节;recipient:部队 → 春节·部队."""
        if code == TOTAL:
            return self.words("breakdown.total")
        parts = [(part, part.partition(":")[2]) for part in code.split(";")]
        names = [self.words.pick(*self.breakdowns.get(part, (word, ""))) for part, word in parts]
        return self.words("breakdown.join").join(names)

    def area(self, code: str) -> str:
        """Return the name of an area, with its parent's where two areas share it."""
        area = self.areas.get(code)
        if area is None:
            return code
        name = self.words.pick(area.name, area.name_en)
        parent = self.areas.get(area.parent or "")
        if self._bearers[area.name] == 1 or parent is None:
            return name
        return self.words.pick(f"{parent.name}{name}", f"{name}, {parent.name_en}")

    @cached_property
    def _bearers(self) -> Counter[str]:
        """Return how many areas bear each name."""
        return Counter(area.name for area in self.areas.values())

    def short_area(self, code: str) -> str:
        """Return the name that fits under an axis: 甘州."""
        area = self.areas.get(code)
        return self.words.pick(area.short_name, area.name_en) if area else code

    def divided(self, code: str, by: Denominator) -> Labels:
        """Return the same names, but of an indicator that is divided by a count: 元/人."""
        entry, of = self.indicators[code], self.indicators[by.indicator]
        say = self.words
        quotient = entry._replace(
            name=say("per_head.name", indicator=entry.name, of=of.name),
            name_en=say("per_head.name", indicator=entry.name_en, of=of.name_en),
            display_unit=say(f"per_head.unit.{by.per}", unit=by.unit, of_unit=by.of_unit),
            display_unit_en=say(f"per_head.unit.{by.per}", unit=by.unit_en, of_unit=by.of_unit_en),
            factor=1,
            decimals=PER_HEAD_DECIMALS,
        )
        return replace(self, indicators={**self.indicators, code: quotient})

    def value(self, value: Reported, indicator: str, *, unit: bool = True, gap: str = "") -> str:
        """Return a value with its unit (``gap`` between them), or why there is none."""
        if value.obs_value is None:
            return self.missing(value)
        entry = self.indicators[indicator]
        after = gap + unit_after(entry, self.words).lstrip(" " if gap else "") if unit else ""
        return figure(value.obs_value, value.qualifier, entry, self.words, after)

    def short_value(self, value: Reported, indicator: str) -> str:
        """Return a value without its unit, or a word for why there is none: 未报."""
        if value.obs_value is None:
            return self.words.either(f"status_short.{value.reason}", "status_short.")
        return self.value(value, indicator, unit=False)

    def missing(self, value: Reported) -> str:
        """Say why there is no value; a count without a number says that there is some."""
        if value.qualifier == "non_numeric":
            return self.words("qualifier.non_numeric")
        if value.reason:
            return self.words.either(f"status_reason.{value.reason}", "status_reason.")
        if value.obs_status in "OM_D" and value.obs_status in self.statuses:
            return self.words.pick(*self.statuses[value.obs_status])
        return self.words("status_reason.")

    def coverage(self, value: Reported, measure: Measure = "value") -> str:
        """Say how many leaf areas stand behind a value; nothing for a single one."""
        n, of = value.n_reported, value.n_expected
        return self.came(n, of, measure) if of > 1 else ""

    def came(self, n: int, of: int, measure: Measure) -> str:
        """Say how many of the areas due reported: 应报7个，已报6个.

        Of a year to date those count in which no part of it lacks: others may have reported.
        """
        lacks = measure == "ytd" and n < of
        return self.words("coverage.so_far" if lacks else "coverage.tile", n=n, of=of)


def read_labels(con: duckdb.DuckDBPyConnection, language: Language) -> Labels:
    """Return the catalogue of a vintage in a language."""
    say = words(language)
    indicators = {
        code: in_language(i._replace(name=printable(i.name), name_en=printable(i.name_en)), say)
        for code, i in choices.indicators(con).items()
    }
    areas = {code: _printable(area) for code, area in choices.areas(con).items()}
    names = {
        part: (printable(name), printable(name_en))
        for part, (name, name_en) in choices.breakdown_names(con).items()
    }
    return Labels(say, indicators, areas, choices.statuses(con), names)


def _printable(area: Area) -> Area:
    return area._replace(
        name=printable(area.name),
        short_name=printable(area.short_name),
        name_en=printable(area.name_en),
    )
