"""Loads the catalogue: indicators, areas, breakdowns, units, statuses, rules, expectations."""

from __future__ import annotations

import unicodedata
from collections import defaultdict
from typing import TYPE_CHECKING

from etl.catalogue.files import CatalogueError, Entry, content_hash, entries, listed, rows
from etl.catalogue.model import (
    Area,
    Breakdown,
    Catalogue,
    Indicator,
    Recode,
    Relation,
    Reporting,
    Rule,
    Status,
    Unit,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path

__all__ = [
    "Area",
    "Breakdown",
    "Catalogue",
    "CatalogueError",
    "Indicator",
    "Recode",
    "Relation",
    "Reporting",
    "Rule",
    "Status",
    "Unit",
    "load_catalogue",
]

LEVELS = ("country", "province", "prefecture", "county", "local")
INDICATOR_FIELDS = (
    *("name", "definition", "unit_measure", "display_unit", "decimals", "kind"),
    *("area_aggregation", "numerator", "denominator", "direction", "aspect", "access"),
    *("seasonal", "aliases"),
)


def load_catalogue(folders: Sequence[Path]) -> Catalogue:
    """The catalogue of all folders that exist; what a later one says overrides by key."""
    folders = [folder for folder in folders if folder.is_dir()]
    units = _units(folders)
    indicators = _indicators(folders, units)
    areas = _areas(folders)
    members = _members(areas.values())
    return Catalogue(
        indicators=indicators,
        areas=areas,
        recodes=_recodes(folders, areas),
        breakdowns=_breakdowns(folders, indicators),
        units=units,
        statuses=tuple(_status(entry) for entry in rows(folders, "obs_status.csv", ["obs_status"])),
        rules=_rules(folders),
        relations=_relations(folders, indicators),
        reporting=_reporting(folders, indicators, areas, members),
        members=members,
        hash=content_hash(folders),
    )


def _units(folders: Sequence[Path]) -> dict[str, Unit]:
    units: dict[str, Unit] = {}
    for entry in rows(folders, "units.csv", ["unit"]):
        unit = Unit(
            unit=entry.text("unit"),
            name_en=entry.text("name_en"),
            unit_measure=entry.text("unit_measure"),
            factor=entry.number("factor"),
            dimension=entry.choice("dimension", ("money", "count", "area", "rate")),
        )
        for word in (unit.unit, *entry.words("aliases")):
            if word in units:
                raise entry.error(f"{word} already stands for {units[word].unit}; remove one")
            units[word] = unit
    return units


def _indicators(folders: Sequence[Path], units: dict[str, Unit]) -> dict[str, Indicator]:
    aspects = {
        key: (entry.text("zh"), entry.text("en"))
        for key, entry in entries(folders, "aspects.yml", ("zh", "en")).items()
    }
    found = entries(folders, "indicators.yml", INDICATOR_FIELDS)
    indicators = {
        code: _indicator(code, position, entry, aspects)
        for position, (code, entry) in enumerate(found.items(), start=1)
    }
    taken: dict[str, str] = {}
    for code, entry in found.items():
        _check_unit(indicators[code], entry, units)
        _check_ratio(indicators[code], entry, indicators)
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
        aliases=entry.words("aliases"),
    )


def _check_unit(indicator: Indicator, entry: Entry, units: dict[str, Unit]) -> None:
    unit = units.get(indicator.display_unit)
    if unit is None:
        raise entry.error(f"unknown display_unit {indicator.display_unit}; add it to units.csv")
    base = [known for known in units.values() if known.unit_measure == indicator.unit_measure]
    if not base:
        raise entry.error(f"unknown unit_measure {indicator.unit_measure}; add it to units.csv")
    if base[0].dimension != unit.dimension or (
        unit.dimension != "count" and unit.unit_measure != indicator.unit_measure
    ):
        raise entry.error(f"{unit.unit} does not measure {indicator.unit_measure}; change one")


def _check_ratio(indicator: Indicator, entry: Entry, known: dict[str, Indicator]) -> None:
    parts = (indicator.numerator, indicator.denominator)
    if (indicator.area_aggregation == "ratio") != all(parts):
        raise entry.error("a ratio names numerator and denominator, and nothing else does")
    for code in parts:
        if code and code not in known:
            raise entry.error(f"unknown indicator {code}; correct it or add it")


def _check_aliases(indicator: Indicator, entry: Entry, taken: dict[str, str]) -> None:
    for alias in (indicator.name, *indicator.aliases):
        label = "".join(unicodedata.normalize("NFKC", alias.partition(" = ")[0]).split())
        owner = taken.setdefault(label, indicator.indicator)
        if owner != indicator.indicator:
            raise entry.error(f"alias {label} also belongs to {owner}; remove it from one")


def _areas(folders: Sequence[Path]) -> dict[str, Area]:
    found = {
        entry.text("ref_area"): entry for entry in rows(folders, "ref_areas.csv", ["ref_area"])
    }
    areas = {code: _area(code, entry) for code, entry in found.items()}
    for code, area in areas.items():
        if area.parent is not None and area.parent not in areas:
            raise found[code].error(f"unknown parent {area.parent}; add its row")
    for pattern in rows(folders, "local_areas.csv", ["level", "suffix"]):
        areas = {**_local_areas(areas, pattern), **areas}
    return dict(sorted(areas.items()))


def _area(code: str, entry: Entry) -> Area:
    return Area(
        ref_area=code,
        name=entry.text("name"),
        short_name=entry.text("short_name"),
        name_en=entry.text("name_en"),
        level=entry.choice("level", LEVELS),
        parent=entry.optional("parent"),
        in_total=entry.flag("in_total"),
        aliases=entry.words("aliases"),
        valid_from=entry.date("valid_from"),
        valid_to=entry.date("valid_to"),
    )


def _local_areas(areas: dict[str, Area], pattern: Entry) -> dict[str, Area]:
    """The same local area under every area of a level: 市本级, 620700-00 under 620700."""
    level, suffix = pattern.choice("level", LEVELS), pattern.text("suffix")
    name, name_en = pattern.text("name"), pattern.text("name_en")
    in_total, aliases = pattern.flag("in_total"), pattern.words("aliases")
    return {
        f"{parent}-{suffix}": Area(
            f"{parent}-{suffix}",
            *(name, name, name_en, "local", parent, in_total, aliases),
            *(None, None, True),
        )
        for parent, area in areas.items()
        if area.level == level
    }


def _members(areas: Iterable[Area]) -> dict[str, tuple[str, ...]]:
    members: dict[str, list[str]] = defaultdict(list)
    for area in areas:
        if area.parent and not area.generic:
            members[area.parent].append(area.ref_area)
    return {parent: tuple(codes) for parent, codes in members.items()}


def _recodes(folders: Sequence[Path], areas: dict[str, Area]) -> dict[str, Recode]:
    recodes = {}
    for entry in rows(folders, "recodes.csv", ["from_area"]):
        old, new, day = entry.text("from_area"), entry.text("to_area"), entry.date("valid_from")
        if new not in areas or day is None:
            raise entry.error("needs a known to_area and the day from which it is valid")
        recodes[old] = Recode(old, new, day, entry.text("why"))
    return recodes


def _breakdowns(
    folders: Sequence[Path], indicators: dict[str, Indicator]
) -> dict[tuple[str, str], Breakdown]:
    dimensions = {
        entry.text("dimension"): (entry.text("name"), entry.text("name_en"))
        for entry in rows(folders, "dimensions.csv", ["dimension"])
    }
    found = rows(folders, "breakdowns.csv", ["dimension", "code"])
    breakdowns = {}
    for entry in found:
        dimension = entry.choice("dimension", tuple(dimensions))
        code = entry.text("code")
        breakdowns[dimension, code] = Breakdown(
            *(dimension, code, code, entry.text("name_en"), *dimensions[dimension]),
            parent=entry.optional("parent"),
            exhaustive=entry.flag("exhaustive"),
            indicators=entry.words("indicators"),
            aliases=entry.words("aliases"),
        )
    for entry in found:
        _check_breakdown(breakdowns[entry.text("dimension"), entry.text("code")], entry, breakdowns)
        _check_known(entry, entry.words("indicators"), indicators)
    return breakdowns


def _check_breakdown(
    breakdown: Breakdown, entry: Entry, known: dict[tuple[str, str], Breakdown]
) -> None:
    if breakdown.parent and (breakdown.dimension, breakdown.parent) not in known:
        raise entry.error(
            f"unknown parent {breakdown.parent} in {breakdown.dimension}; add its row"
        )


def _check_known(entry: Entry, codes: Iterable[str | None], known: Iterable[str]) -> None:
    for code in codes:
        if code is not None and code not in known:
            raise entry.error(f"{code} is not in the catalogue; correct it or add it")


def _status(entry: Entry) -> Status:
    return Status(
        obs_status=entry.text("obs_status"),
        name=entry.text("name"),
        name_en=entry.text("name_en"),
        symbol=entry.text("symbol", ""),
        marks=entry.words("marks"),
    )


def _rules(folders: Sequence[Path]) -> dict[str, Rule]:
    found = entries(folders, "rules.yml", ("severity", "zh", "en", "question"))
    return {rule: _rule(rule, entry) for rule, entry in found.items()}


def _rule(rule: str, entry: Entry) -> Rule:
    severity = entry.choice("severity", ("error", "warning", "note"))
    question = entry.both("question") if "question" in entry.fields else ("", "")
    return Rule(rule, severity, entry.text("zh"), entry.text("en"), *question)


def _relations(folders: Sequence[Path], indicators: dict[str, Indicator]) -> tuple[Relation, ...]:
    found = entries(folders, "relations.yml", ("kind", "left", "right", "hint"))
    return tuple(_relation(name, entry, indicators) for name, entry in found.items())


def _relation(name: str, entry: Entry, indicators: dict[str, Indicator]) -> Relation:
    kind = entry.choice("kind", ("about_equal", "at_most", "contains", "parts"))
    left, right = entry.optional("left"), entry.optional("right")
    _check_known(entry, (left, right), indicators)
    if (kind in ("about_equal", "at_most")) != bool(left and right):
        raise entry.error("about_equal and at_most name left and right, the others neither")
    return Relation(name, kind, left, right, *entry.both("hint"))


def _reporting(
    folders: Sequence[Path],
    indicators: dict[str, Indicator],
    areas: dict[str, Area],
    members: dict[str, tuple[str, ...]],
) -> tuple[Reporting, ...]:
    fields = ("dataset", "areas", "children_of", "indicators", "freq", "due_days", "from", "to")
    found = []
    for entry in listed(folders, "reporting.yml", fields):
        who = entry.words("areas") or members.get(entry.text("children_of"), ())
        every = entry.fields.get("indicators") == "all"
        what = tuple(indicators) if every else entry.words("indicators")
        first = entry.date("from")
        _check_known(entry, who, areas)
        _check_known(entry, what, indicators)
        if first is None or not who or not what:
            raise entry.error("names no areas, no indicators or no day from which it holds")
        freq = entry.choice("freq", ("M", "Q", "S", "A"))
        due = int(entry.number("due_days"))
        found.append(
            Reporting(entry.text("dataset"), who, what, freq, due, first, entry.date("to"))
        )
    return tuple(found)
