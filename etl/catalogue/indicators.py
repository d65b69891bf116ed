"""Reads indicators.yml with aspects.yml: what is counted, and the words that offices use for it."""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING

from etl.catalogue.aliases import with_aliases
from etl.catalogue.files import Entry, entries
from etl.catalogue.model import DefinitionChange, Indicator, Unit

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

INDICATORS = "indicators.yml"
PER = (1, 10_000)
FIELDS = (
    *("name", "definition", "unit_measure", "display_unit", "decimals", "kind"),
    *("area_aggregation", "numerator", "denominator", "direction", "aspect", "access"),
    *("seasonal", "headline", "breaks", "per", "aliases"),
)


def read_indicators(folders: Sequence[Path], units: dict[str, Unit]) -> dict[str, Indicator]:
    """The indicators in the catalogue's order; no alias belongs to two of them."""
    aspects = {
        key: (entry.text("zh"), entry.text("en"))
        for key, entry in entries(folders, "aspects.yml", ("zh", "en")).items()
    }
    found = with_aliases(folders, "indicator", entries(folders, INDICATORS, FIELDS))
    indicators = {
        code: _indicator(code, position, entry, aspects)
        for position, (code, entry) in enumerate(found.items(), start=1)
    }
    taken: dict[str, str] = {}
    for code, entry in found.items():
        _check_unit(indicators[code], entry, units)
        _check_ratio(indicators[code], entry, indicators)
        entry.check_known([of for of, _ in indicators[code].per], indicators)
        _check_aliases(indicators[code], entry, taken)
    return indicators


def _indicator(
    code: str, position: int, entry: Entry, aspects: dict[str, tuple[str, str]]
) -> Indicator:
    name, name_en = entry.both("name")
    definition, definition_en = entry.both("definition")
    aspect = entry.choice("aspect", tuple(aspects))
    return Indicator(
        indicator=code,
        position=position,
        name=name,
        name_en=name_en,
        definition=definition,
        definition_en=definition_en,
        unit_measure=entry.text("unit_measure"),
        display_unit=entry.text("display_unit"),
        decimals=int(entry.number("decimals", "0")),
        kind=entry.choice("kind", ("flow", "stock", "rate", "plan")),
        area_aggregation=entry.choice("area_aggregation", ("sum", "none", "ratio")),
        numerator=entry.optional("numerator"),
        denominator=entry.optional("denominator"),
        direction=entry.choice("direction", ("up", "down", "none")),
        aspect=aspect,
        aspect_name=aspects[aspect][0],
        aspect_name_en=aspects[aspect][1],
        access=entry.choice("access", ("open", "restricted"), "open"),
        seasonal=entry.flag("seasonal", "false"),
        headline=int(entry.number("headline")) if entry.optional("headline") else None,
        breaks=_breaks(entry),
        aliases=entry.words("aliases"),
        per=_per(entry),
    )


def _per(entry: Entry) -> tuple[tuple[str, int], ...]:
    """``per: {veterans_registered: 10000}``: shown per 10,000 of them, or per 1."""
    per = entry.inner("per")
    wrong = [of for of, many in per.fields.items() if many not in PER]
    if wrong:
        raise per.error(
            f"{wrong[0]} 按每 1 或每 10000 计；请写其中之一",
            f"{wrong[0]} is shown per 1 or per 10000; write one of them",
        )
    return tuple((str(of), int(many)) for of, many in per.fields.items())


def _breaks(entry: Entry) -> tuple[DefinitionChange, ...]:
    """``breaks: [{from: 2023-01-01, zh: …, en: …}]``, the earliest first."""
    found = []
    for number, fields in enumerate(entry.fields.get("breaks") or (), start=1):
        one = Entry(f"{entry.where} break {number}", fields)
        one.check_fields(("from", "zh", "en"))
        starts_on = one.date("from")
        if starts_on is None:
            raise one.error(
                "缺少 from；请写新口径的第一天",
                "from is missing; write the first day of the new definition",
            )
        found.append(DefinitionChange(starts_on, one.text("zh"), one.text("en")))
    return tuple(sorted(found, key=lambda change: change.starts_on))


def _check_unit(indicator: Indicator, entry: Entry, units: dict[str, Unit]) -> None:
    unit = units.get(indicator.display_unit)
    if unit is None:
        raise entry.error(
            f"没有 display_unit“{indicator.display_unit}”；请先写入 units.csv",
            f"unknown display_unit {indicator.display_unit}; add it to units.csv",
        )
    base = [known for known in units.values() if known.unit_measure == indicator.unit_measure]
    if not base:
        raise entry.error(
            f"没有 unit_measure“{indicator.unit_measure}”；请先写入 units.csv",
            f"unknown unit_measure {indicator.unit_measure}; add it to units.csv",
        )
    if base[0].dimension != unit.dimension or (
        unit.dimension != "count" and unit.unit_measure != indicator.unit_measure
    ):
        raise entry.error(
            f"“{unit.unit}”不是 {indicator.unit_measure} 的单位；请改其中之一",
            f"{unit.unit} does not measure {indicator.unit_measure}; change one",
        )


def _check_ratio(indicator: Indicator, entry: Entry, known: dict[str, Indicator]) -> None:
    parts = (indicator.numerator, indicator.denominator)
    if (indicator.area_aggregation == "ratio") != all(parts):
        raise entry.error(
            "只有比率才写 numerator 和 denominator，而且两个都要写",
            "a ratio names numerator and denominator, and nothing else does",
        )
    for code in parts:
        if code and code not in known:
            raise entry.error(
                f"没有指标 {code}；请改正，或先加入",
                f"unknown indicator {code}; correct it or add it",
            )


def _check_aliases(indicator: Indicator, entry: Entry, taken: dict[str, str]) -> None:
    for alias in (indicator.name, *indicator.aliases):
        label = "".join(unicodedata.normalize("NFKC", alias.partition(" = ")[0]).split())
        owner = taken.setdefault(label, indicator.indicator)
        if owner != indicator.indicator:
            raise entry.error(
                f"别名“{label}”也属于 {owner}；请从一处去掉",
                f"alias {label} also belongs to {owner}; remove it from one",
            )
