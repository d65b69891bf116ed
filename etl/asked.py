"""What an issue asks: a question has the same id whenever and wherever it is asked again."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping

    from etl.catalogue import Catalogue
    from etl.records import Issue


FINDING = "finding"  # what a question is about that no word names: cells that do not agree


class Asked(NamedTuple):
    """The question of an issue as the table issue has it; all '' where nobody is asked."""

    question_id: str = ""
    asks: str = ""  # a kind of question: word, area, unit …
    form: str = ""
    about: str = ""
    choices: tuple[str, ...] = ()  # what the sheets themselves offer


def question_id(form: str, kind: str, about: str) -> str:
    """The name of a question: the same whenever it is asked again."""
    return hashlib.sha256("\n".join((form, kind, about)).encode()).hexdigest()[:8]


def sheet_key(source_id: str, sheet: str) -> str:
    """The key of one sheet of one file, as it was sent."""
    return f"s-{hashlib.sha256(f'{source_id} {sheet}'.encode()).hexdigest()[:12]}"


def report_key(row: Mapping[str, Any]) -> str:
    """A report by its place, as an answer names it."""
    return f"{row['source_id']}|{row['cell']}|{row['sheet']}"


def asked(issue: Issue, catalogue: Catalogue) -> Asked:
    """Return what an issue asks."""
    ask = catalogue.rules[issue.rule].ask
    if ask is None or not issue.form:
        return Asked()
    about = _finding(issue) if ask.about == FINDING else str(issue.words.get(ask.about, ""))
    among = tuple(issue.words.get("among", ()))
    form = "" if ask.kind == "report" else issue.form
    return Asked(question_id(form, ask.kind, about), ask.kind, form, about, among)


def _finding(issue: Issue) -> str:
    """What does not agree, by its rule and all its cells: total_differs C9; leap C5 ≠ …."""
    others = str(issue.words.get("other", ""))
    return f"{issue.rule} {issue.cell}" + (f" ≠ {others}" if others else "")
