"""Reads the smaller files: units, breakdowns, statuses, rules, roles and masks."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from etl.catalogue.aliases import with_aliases
from etl.catalogue.answers import KINDS
from etl.catalogue.files import CatalogueError, Entry, entries, mapping_of, rows
from etl.catalogue.model import Ask, Breakdown, Indicator, Mask, Rule, Status, Unit

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path


def read_units(folders: Sequence[Path]) -> dict[str, Unit]:
    """Every spelling of a unit, and the unit that it means."""
    units: dict[str, Unit] = {}
    known = {entry.text("unit"): entry for entry in rows(folders, "units.csv", ["unit"])}
    for entry in with_aliases(folders, "unit", known).values():
        unit = Unit(
            unit=entry.text("unit"),
            name_en=entry.text("name_en"),
            unit_measure=entry.text("unit_measure"),
            factor=entry.number("factor"),
            dimension=entry.choice("dimension", ("money", "count", "area", "rate")),
            also=entry.words("also"),
            whole=entry.flag("whole", "false"),
            one_en=entry.optional("one_en") or "",
        )
        for word in (unit.unit, *entry.words("aliases")):
            if word in units:
                raise entry.error(
                    f"“{word}”已是“{units[word].unit}”的写法；请去掉一处",
                    f"{word} already stands for {units[word].unit}; remove one",
                )
            units[word] = unit
    return units


def read_breakdowns(
    folders: Sequence[Path], indicators: dict[str, Indicator]
) -> dict[tuple[str, str], Breakdown]:
    """The parts of every dimension, by dimension and code."""
    dimensions = {
        entry.text("dimension"): entry for entry in rows(folders, "dimensions.csv", ["dimension"])
    }
    known = {
        f"{entry.text('dimension')}:{entry.text('code')}": entry
        for entry in rows(folders, "breakdowns.csv", ["dimension", "code"])
    }
    found = with_aliases(folders, "breakdown", known).values()
    breakdowns = {}
    for entry in found:
        dimension = entry.choice("dimension", tuple(dimensions))
        of, code = dimensions[dimension], entry.text("code")
        breakdowns[dimension, code] = Breakdown(
            *(dimension, code, code, entry.text("name_en"), of.text("name"), of.text("name_en")),
            parent=entry.optional("parent"),
            exhaustive=entry.flag("exhaustive"),
            indicators=entry.words("indicators"),
            aliases=entry.words("aliases"),
            planned=of.flag("planned", "false"),
        )
    for entry in found:
        _check_breakdown(breakdowns[entry.text("dimension"), entry.text("code")], entry, breakdowns)
        entry.check_known(entry.words("indicators"), indicators)
    return breakdowns


def _check_breakdown(
    breakdown: Breakdown, entry: Entry, known: dict[tuple[str, str], Breakdown]
) -> None:
    if breakdown.parent and (breakdown.dimension, breakdown.parent) not in known:
        raise entry.error(
            f"{breakdown.dimension} 中没有上级 {breakdown.parent}；请先加它的一行",
            f"unknown parent {breakdown.parent} in {breakdown.dimension}; add its row",
        )


def read_statuses(folders: Sequence[Path]) -> tuple[Status, ...]:
    """The statuses of an observation, with the marks that mean them."""
    return tuple(_status(entry) for entry in rows(folders, "obs_status.csv", ["obs_status"]))


def _status(entry: Entry) -> Status:
    return Status(
        obs_status=entry.text("obs_status"),
        name=entry.text("name"),
        name_en=entry.text("name_en"),
        symbol=entry.text("symbol", ""),
        marks=entry.words("marks"),
    )


def read_rules(folders: Sequence[Path]) -> dict[str, Rule]:
    """The kinds of issue, by name."""
    found = entries(folders, "rules.yml", ("severity", "zh", "en", "question", "ask"))
    return {rule: _rule(rule, entry) for rule, entry in found.items()}


def _rule(rule: str, entry: Entry) -> Rule:
    severity = entry.choice("severity", ("error", "warning", "note"))
    question = entry.both("question") if "question" in entry.fields else ("", "")
    ask = _ask(entry.inner("ask")) if "ask" in entry.fields else None
    return Rule(rule, severity, entry.text("zh"), entry.text("en"), *question, ask)


def _ask(entry: Entry) -> Ask:
    entry.check_fields(("kind", "about", "holds"))
    holds = entry.choice("holds", ("form", "title", "sheet"))
    return Ask(entry.choice("kind", tuple(KINDS)), entry.text("about", ""), holds)


def read_choices(folders: Sequence[Path]) -> dict[str, dict[str, tuple[str, str]]]:
    """What questions offer: kind → answer → how it reads in Chinese and English."""
    found: dict[str, dict[str, tuple[str, str]]] = {}
    for folder in folders:
        for kind, choices in mapping_of(folder / "choices.yml").items():
            entry = Entry(f"{folder / 'choices.yml'} {kind}", choices)
            said = {str(value): entry.both(value) for value in choices}
            found[kind] = {**found.get(kind, {}), **said}
    return found


def read_roles(folders: Sequence[Path]) -> dict[str, tuple[str, ...]]:
    """What the words around the figures do: role → words. A later folder adds to the lists."""
    found: dict[str, tuple[str, ...]] = {}
    for folder in folders:
        for role, words in mapping_of(folder / "words.yml").items():
            if not isinstance(words, list):
                raise CatalogueError(
                    f"words.yml {role}",
                    "请写成词的列表：[合计, 总计]",
                    "write a list of words: [合计, 总计]",
                )
            found[role] = (*found.get(role, ()), *map(str, words))
    return found


def read_masks(folders: Sequence[Path], words: dict[str, tuple[str, ...]]) -> tuple[Mask, ...]:
    """What is hidden wherever it stands; ``{role}`` in a pattern are that role's words."""
    found = entries(folders, "masks.yml", ("pattern", "shown", "headers", "spare_figures"))
    return tuple(_mask(mask, entry, words) for mask, entry in found.items())


def _mask(mask: str, entry: Entry, words: dict[str, tuple[str, ...]]) -> Mask:
    pattern = entry.text("pattern")
    for role in [role for role in words if f"{{{role}}}" in pattern]:
        longest_first = sorted(map(re.escape, words[role]), key=len, reverse=True)
        pattern = pattern.replace(f"{{{role}}}", "|".join(longest_first))
    try:
        compiled = re.compile(pattern)
    except re.error as error:
        raise entry.error(
            f"pattern 不是正则表达式：{error}", f"pattern is no regular expression: {error}"
        ) from None
    headers = entry.words("headers")
    entry.check_known(headers, words)
    return Mask(mask, compiled, entry.text("shown"), headers, entry.flag("spare_figures", "false"))
