"""What people can settle: the questions behind the issues of a vintage, and what they offer."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import duckdb

from etl.asked import question_id
from etl.catalogue.answers import in_force, read_answers
from etl.files import known
from etl.vintages import DATABASE

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from pathlib import Path

    from etl.catalogue import Catalogue, Indicator
    from etl.catalogue.answers import Answer


@dataclass(frozen=True, slots=True)
class Choice:
    """One answer that a question offers."""

    value: str
    zh: str
    en: str


@dataclass(frozen=True, slots=True)
class Place:
    """Where a question comes from."""

    source_file: str
    sheet: str
    cell: str
    message: str
    message_en: str


@dataclass(frozen=True, slots=True)
class Question:
    """Something that a person can settle; one answer may settle several issues.

    ``free``: an answer may also be typed. ``given`` is an answer that the next load will use.
    """

    question_id: str
    kind: str
    form: str
    about: str
    zh: str
    en: str
    hint: str
    hint_en: str
    choices: tuple[Choice, ...]
    free: bool
    places: tuple[Place, ...]
    given: str


# Reports that contradict each other, as choices: their place, and how that reads.
REPORTS = """
select concat_ws('|', source_id, cell, sheet),
       concat(source_file, ' › ', sheet, ' › ', cell, ': ', printed, ' ', unit_printed)
from observation
where cell in (select split_part(unnest($1), '|', 2))
  and concat_ws('|', source_id, cell, sheet) in (select unnest($1))
"""
FREE = ("word", "name", "area", "indicator", "period", "header", "row")


def open_questions(vintage: Path, folders: Sequence[Path]) -> list[Question]:
    """Return the questions of a vintage, those about most places first.

    ``folders`` are the catalogue's, in which answers wait for the next load.
    """
    catalogue, _ = known(tuple(folders))
    answers = {
        question_id(answer.form, answer.question, answer.about): answer.answer
        for answer in in_force(read_answers(folders))
    }
    with duckdb.connect(vintage / DATABASE, read_only=True) as con:
        rows = con.execute(
            """select question_id, any_value(asks), any_value(form), any_value(about),
                      any_value(question), any_value(question_en), any_value(rule),
                      coalesce(any_value(indicator)::text, ''), max(choices),
                      list((source_file, sheet, cell, message, message_en) order by issue_id)
               from issue where question_id <> '' group by question_id
               order by count(*) desc, min(issue_id)"""
        ).fetchall()
        named = [place for row in rows if row[1] in ("report", "wrong") for place in row[8]]
        reports = dict(con.execute(REPORTS, [named]).fetchall()) if named else {}
    return [
        Question(
            name, kind, form, about, zh, en, *catalogue.choices["hint"][kind],
            tuple(
                _choices(kind, code if kind == "scale" else about, rule, among, catalogue, reports)
            ),
            kind in FREE,
            tuple(Place(*place) for place in places), answers.get(name, ""),
        )
        for name, kind, form, about, zh, en, rule, code, among, places in rows
    ]  # fmt: skip


def _choices(
    kind: str,
    about: str,
    rule: str,
    among: Sequence[str],
    catalogue: Catalogue,
    reports: dict[str, str],
) -> Iterator[Choice]:
    """What a question offers: what its sheets say, what the catalogue knows, fixed words."""
    if kind in ("name", "area"):
        yield from (_area(code, catalogue) for code in among)
    elif kind in ("cell", "report", "wrong"):
        shown = sorted((reports.get(place, place), place) for place in among)
        yield from (Choice(place, said, said) for said, place in shown)
    elif kind in ("unit", "scale"):
        yield from _units(about, catalogue)
    elif kind == "breakdown" or rule == "unknown_word":
        yield from _breakdowns(about if kind == "breakdown" else "", catalogue)
    elif kind == "indicator" or rule == "unknown_indicator":
        yield from _indicators(about, catalogue)
    yield from (Choice(v, *said) for v, said in _fixed(kind, about, catalogue).items())


def _fixed(kind: str, about: str, catalogue: Catalogue) -> dict[str, tuple[str, str]]:
    return catalogue.choices.get({"word": "role", "code": about}.get(kind, kind), {})


def called(row: Answer, catalogue: Catalogue) -> tuple[str, str]:
    """What an answer is called in both languages: a fixed choice by its words, else itself."""
    fixed = _fixed(row.question, row.about, catalogue)
    return fixed.get(row.answer, (row.answer, row.answer))


def _area(code: str, catalogue: Catalogue) -> Choice:
    area = catalogue.areas[code]
    above = catalogue.areas[area.parent] if area.parent else None
    return Choice(
        code,
        (above.name if above else "") + area.name,
        area.name_en + (f", {above.name_en}" if above else ""),
    )


def _units(indicator: str, catalogue: Catalogue) -> Iterator[Choice]:
    known = catalogue.units[catalogue.indicators[indicator].display_unit]
    alike = (u for u in catalogue.units.values() if u.dimension == known.dimension)
    for unit in dict.fromkeys(alike):
        if unit.unit_measure == known.unit_measure:
            yield Choice(unit.unit, unit.unit, unit.name_en)


def _breakdowns(about: str, catalogue: Catalogue) -> Iterator[Choice]:
    indicator = about.partition("|")[0]
    for (dimension, code), one in catalogue.breakdowns.items():
        if not indicator or not one.indicators or indicator in one.indicators:
            zh = f"{one.dimension_name}：{one.name}"
            en = f"{one.dimension_name_en}: {one.name_en}"
            yield Choice(f"breakdown={dimension}:{code}", zh, en)


def _indicators(word: str, catalogue: Catalogue) -> Iterator[Choice]:
    """All indicators, those first whose names or aliases share most pairs of signs with a word."""
    pairs = _pairs(word)

    def unlike(one: Indicator) -> float:
        others = map(_pairs, (one.name, *one.aliases))
        return -max(len(pairs & other) / (len(pairs | other) or 1) for other in others)

    for one in sorted(catalogue.indicators.values(), key=unlike):
        yield Choice(f"indicator={one.indicator}", one.name, one.name_en)


def _pairs(word: str) -> set[str]:
    return {word[at : at + 2] for at in range(len(word) - 1)}


def sheets_of(places: Iterable[Place]) -> str:
    """The sheets of a question, for people: 表.xlsx › 一季度; 表2.xlsx."""
    named = (" › ".join(filter(None, (p.source_file, p.sheet))) for p in places)
    return "; ".join(dict.fromkeys(named))
