"""Reads prose.yml and traditional.csv: how reports in words speak of indicators."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from etl.catalogue.files import CatalogueError, mapping_of, rows

if TYPE_CHECKING:
    from collections.abc import Container, Sequence
    from pathlib import Path

    from etl.catalogue import Catalogue

Words = tuple[tuple[str, ...], ...]  # all of them, each in one of its spellings


@dataclass(frozen=True, slots=True)
class Cue:
    """Words that together speak of an indicator.

    ``near`` stand in a figure's clause, ``around`` in its sentence or the heading above.
    """

    indicator: str
    breakdown: str
    near: Words
    around: Words = ()


@dataclass(frozen=True, slots=True)
class Prose:
    """What prose.yml and traditional.csv say."""

    cues: tuple[Cue, ...]
    lists: dict[str, tuple[str, ...]]  # planned, changed, each …
    unless: dict[str, tuple[str, ...]]  # indicator → patterns of what never speaks of it
    counts_no: dict[str, tuple[str, ...]]  # unit → measures that it counts in sheets only
    simplified: dict[int, str]


LISTS = (
    "planned", "ahead", "changed", "left_behind", "each", "added", "ours", "others", "names",
    "suffixes", "vague",
)  # fmt: skip


def read_prose(folders: Sequence[Path], catalogue: Catalogue) -> Prose:
    """Return the cues of all folders, in the order of the files."""
    cues: list[Cue] = []
    lists: dict[str, tuple[str, ...]] = dict.fromkeys(LISTS, ())
    unless: dict[str, tuple[str, ...]] = {}
    counts_no: dict[str, tuple[str, ...]] = {}
    for folder in folders:
        path = folder / "prose.yml"
        said = mapping_of(path)
        for name in LISTS:
            lists[name] += tuple(map(str, said.get(name, ())))
        for indicator, written in (said.get("cues") or {}).items():
            _check(path, indicator, catalogue.indicators)
            cues += [_cue(indicator, str(line)) for line in written]
        for indicator, words in (said.get("unless") or {}).items():
            _check(path, indicator, catalogue.indicators)
            unless[indicator] = (*unless.get(indicator, ()), *map(str, words))
        for unit, measures in (said.get("counts_no") or {}).items():
            _check(path, unit, catalogue.units)
            counts_no[unit] = (*counts_no.get(unit, ()), *map(str, measures))
    signs = rows(folders, "traditional.csv", ["traditional"])
    simplified = {ord(sign.text("traditional")): sign.text("simplified") for sign in signs}
    return Prose(tuple(cues), lists, unless, counts_no, simplified)


def _check(path: Path, name: str, known: Container[str]) -> None:
    if name not in known:
        raise CatalogueError(
            f"{path} {name}",
            "不在目录里；请改正，或先加入",
            "is not in the catalogue; correct it or add it",
        )


def _cue(indicator: str, line: str) -> Cue:
    """Read 投资|投入 基础设施 @驻军|官兵 = form:村基础设施."""
    words, _, breakdown = line.partition(" = ")
    near = [word for word in words.split() if not word.startswith("@")]
    around = [word[1:] for word in words.split() if word.startswith("@")]
    return Cue(indicator, breakdown.strip(), _spellings(near), _spellings(around))


def _spellings(words: list[str]) -> Words:
    return tuple(tuple(word.split("|")) for word in words)
