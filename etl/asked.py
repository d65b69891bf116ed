"""What an issue asks: a question has the same id whenever and wherever it is asked again."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from etl.catalogue import Catalogue
    from etl.records import Issue


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


def asked(issue: Issue, catalogue: Catalogue) -> Asked:
    """Return what an issue asks."""
    ask = catalogue.rules[issue.rule].ask
    if ask is None or not issue.form:
        return Asked()
    about = str(issue.words.get(ask.about, ""))
    among = tuple(issue.words.get("among", ()))
    form = "" if ask.kind == "report" else issue.form
    return Asked(question_id(form, ask.kind, about), ask.kind, form, about, among)
