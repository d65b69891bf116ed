"""Issues as a person reads them: how grave, where, what is wrong and what to do."""

from __future__ import annotations

import re
from html import escape
from typing import TYPE_CHECKING, Protocol

import streamlit as st

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dashboard.locale import Words

SPECIAL = re.compile(r"([\\`*_{}\[\]()<>#+\-.!|~$:])")
MOST = 200  # lines at once; a file with more has one cause, and a download


class Told(Protocol):
    """What any issue says, found just now or published."""

    @property
    def severity(self) -> str: ...  # noqa: D102
    @property
    def message(self) -> str: ...  # noqa: D102
    @property
    def message_en(self) -> str: ...  # noqa: D102
    @property
    def question(self) -> str: ...  # noqa: D102
    @property
    def question_en(self) -> str: ...  # noqa: D102
    @property
    def question_id(self) -> str: ...  # noqa: D102
    @property
    def source_file(self) -> str: ...  # noqa: D102
    @property
    def sheet(self) -> str: ...  # noqa: D102
    @property
    def cell(self) -> str: ...  # noqa: D102
    @property
    def printed(self) -> str: ...  # noqa: D102


def plain(text: str) -> str:
    """Keep outside words from becoming Markdown: a link, a picture, a formula."""
    return SPECIAL.sub(r"\\\1", text)


def place(issue: Told) -> str:
    """Return where an issue is: file › sheet › cell."""
    return " › ".join(part for part in (issue.source_file, issue.sheet, issue.cell) if part)


def issue_lines(issues: Sequence[Told], say: Words) -> None:
    """Show issues below each other; their words come from sheets and are text."""
    shown = "".join(f"<li>{line(issue, say)}</li>" for issue in issues[:MOST])
    st.html(f'<ul class="issues">{shown}</ul>')
    if len(issues) > MOST:
        st.caption(say("data.issues.more", n=len(issues) - MOST))


def line(issue: Told, say: Words) -> str:
    """Return one issue as HTML; an answer is asked for only where a form takes it."""
    severity = say(f"data.issues.severities.{issue.severity}")
    printed = say("data.issues.printed", printed=issue.printed) if issue.printed else ""
    question = say.pick(issue.question, issue.question_en)
    key = "data.issues.question" if issue.question_id else "data.issues.to_check"
    asked = say(key, question=question) if question else ""
    where = "　".join(part for part in (place(issue), printed) if part)
    message = say.pick(issue.message, issue.message_en)
    return (
        f'<p class="where"><b class="{issue.severity}">{escape(severity)}</b> '
        f"{escape(where)}</p><p>{escape(message)}</p>"
        + (f'<p class="asked">{escape(asked)}</p>' if asked else "")
    )
