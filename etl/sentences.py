"""An issue in words: the sentences of rules.yml with their blanks filled, in both languages."""

from __future__ import annotations

from dataclasses import dataclass
from string import Formatter
from typing import TYPE_CHECKING, Any

from etl.asked import asked
from etl.periods import spoken_code

if TYPE_CHECKING:
    from etl.catalogue import Catalogue
    from etl.records import Issue


class Counting(Formatter):
    """Fills ``{count:cell|cells}`` with the word that goes with a number: 1 cell, 2 cells."""

    def format_field(self, value: object, format_spec: str) -> str:
        """Choose the singular for one; format anything else as usual."""
        one, several, many = format_spec.partition("|")
        if not several:
            return format(value, format_spec)
        return one if str(value) == "1" else many


COUNTING = Counting()
LONGEST = 200  # characters of a blank
LISTS = ("owed", "owed_en")  # of our own words, with an end of their own


class RefusedError(Exception):
    """What somebody asked for and cannot have: why, and what to do, in both languages."""

    def __init__(self, zh: str, en: str) -> None:
        self.zh, self.en = zh, en
        super().__init__(f"{zh} {en}")


@dataclass(frozen=True, slots=True)
class Sentences:
    """What an issue says to people: how grave it is, what is wrong, what to do, what is asked."""

    severity: str
    message: str
    message_en: str
    question: str
    question_en: str


@dataclass(frozen=True, slots=True)
class Told(Sentences):
    """An issue as it stands in the table issue, with its place."""

    rule: str
    source_file: str
    sheet: str
    cell: str
    printed: str
    source_id: str
    question_id: str  # of a question that a person can settle, else ''


def told(issue: Issue, catalogue: Catalogue) -> Told:
    """Return an issue as the table issue has it."""
    said = sentences(issue, catalogue)
    return Told(
        said.severity, said.message, said.message_en, said.question, said.question_en,
        issue.rule, issue.source_file, issue.sheet, issue.cell, issue.printed, issue.source_id,
        asked(issue, catalogue).question_id,
    )  # fmt: skip


def sentences(issue: Issue, catalogue: Catalogue) -> Sentences:
    """Fill the blanks of an issue's rule; codes of indicators and areas become their names."""
    rule = catalogue.rules[issue.rule]
    words = _words(issue.words, catalogue)
    return Sentences(
        rule.severity,
        *(_filled(text, words) for text in (rule.zh, rule.en, rule.question_zh, rule.question_en)),
    )


def with_unit(printed: str, unit: str, catalogue: Catalogue) -> tuple[str, str]:
    """A printed figure with its unit, 8人, and in English where the catalogue knows the unit."""
    said = printed if unit in printed else printed + unit
    known = catalogue.units.get(unit)
    if known is None or known.unit == known.name_en:
        return said, said
    return said, known.counted_en(printed.replace(unit, "").strip())


def _filled(text: str, words: dict[str, Any]) -> str:
    return COUNTING.vformat(text, (), words) if "|" in text else text.format_map(words)


def _words(words: dict[str, Any], catalogue: Catalogue) -> dict[str, Any]:
    """Give indicator, area and period their names, and beside them ``…_en`` in English."""
    found = {n: value if n in LISTS else _stripped(value) for n, value in words.items()}
    if "period" in words and "period_en" not in words:
        found["period"], found["period_en"] = spoken_code(str(words["period"]))
    for name, known in (("indicator", catalogue.indicators), ("area", catalogue.areas)):
        code = str(words.get(name))
        if code in known:
            found[name], found[f"{name}_en"] = known[code].name, known[code].name_en
    return found


def _stripped(value: object) -> object:
    """Words of a sheet stay on one line and of readable length; escape codes colour no terminal."""
    if not isinstance(value, str):
        return value
    line = " ".join(value.split())
    line = line if len(line) <= LONGEST else f"{line[: LONGEST - 1]}…"
    return line if line.isprintable() else "".join(filter(str.isprintable, line))
