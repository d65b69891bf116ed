"""Keeps what people answer in answers.csv of the last catalogue folder; nothing is ever erased."""

from __future__ import annotations

import csv
import datetime as dt
import re
from typing import TYPE_CHECKING

from filelock import FileLock

from etl.asked import question_id
from etl.catalogue import CatalogueError
from etl.catalogue.answers import COLUMNS, FILE, Answer, in_force, read_answers
from etl.catalogue.pins import Pin, parse_pin
from etl.files import known
from etl.questions import sheets_of
from etl.sentences import RefusedError
from etl.understand.pins import period_of
from etl.understand.text import normalise

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from etl.questions import Question
    from etl.understand import Vocabulary
    from etl.understand.vocabulary import Label

NUMBER = re.compile(r"#\d+")
FORMULA = ("=", "+", "-", "@", "'")  # a cell that begins so would be a formula where it is opened


# ── answering ───────────────────────────────────────────────────────────────────────────────────


def answer(question: Question, value: str, who: str, folders: Sequence[Path]) -> Answer:
    """Keep an answer; the next load uses it. ``value`` is a choice's, or words where it is free.

    Writes one row to ``answers.csv`` in the last of ``folders`` and returns it. Raises RefusedError
    when the value does not answer the question.
    """
    said = settle(question, value.strip(), known(tuple(folders))[1])
    seen_in = sheets_of(question.places)[:200]
    return _keep(
        Answer(question.form, question.kind, question.about, said, who, _now(), seen_in, ""),
        folders[-1],
    )


def undo(name: str, who: str, folders: Sequence[Path]) -> Answer:
    """Take back the answer to a question, by its id; what was said stays in the file."""
    rows = {id_of(row): row for row in given(folders)}
    if name not in rows:
        raise RefusedError(
            f"没有编号为 {name} 的答复。现有答复见 python -m etl answers。",
            f"No answer is in force for {name}; python -m etl answers lists them.",
        )
    row = rows[name]
    taken_back = Answer(row.form, row.question, row.about, "", who, _now(), row.seen_in, "")
    return _keep(taken_back, folders[-1])


def given(folders: Sequence[Path]) -> list[Answer]:
    """The answers in force, the latest last."""
    return sorted(in_force(read_answers(folders)), key=lambda row: row.when)


def id_of(row: Answer) -> str:
    """The id of the question that a row answers."""
    return question_id(row.form, row.question, row.about)


def _keep(row: Answer, local: Path) -> Answer:
    local.mkdir(parents=True, exist_ok=True)
    path = local / FILE
    with FileLock(local / f".{FILE}.lock"):
        new = not path.exists()
        with path.open("a", encoding="utf-8-sig" if new else "utf-8", newline="") as file:
            writer = csv.writer(file)
            if new:
                writer.writerow(COLUMNS)
            writer.writerow([_plain(getattr(row, name)) for name in COLUMNS])
    return row


def _plain(text: str) -> str:
    """A text that a spreadsheet program shows and does not calculate."""
    return f"'{text}" if text.startswith(FORMULA) else text


def _now() -> str:
    return dt.datetime.now().astimezone().isoformat(timespec="seconds")


# ── what an answer says ─────────────────────────────────────────────────────────────────────────


def settle(question: Question, value: str, vocabulary: Vocabulary) -> str:
    """Return an answer as it is kept: a choice by value, words or number (#2), words by meaning."""
    if NUMBER.fullmatch(value) and 0 < int(value[1:]) <= len(question.choices):
        return question.choices[int(value[1:]) - 1].value
    if value in {choice.value for choice in question.choices}:
        return value
    meant = {choice.value for choice in question.choices if value in (choice.zh, choice.en)}
    if len(meant) == 1:  # two cells may show the same
        return meant.pop()
    if not question.free or not value:
        first = question.choices[:12]
        zh, en = "、".join(choice.zh for choice in first), ", ".join(choice.en for choice in first)
        raise RefusedError(f"请从这些里选：{zh}。", f"Choose one of: {en}.")
    said = READERS[question.kind](value, vocabulary)
    offered = [choice.zh for choice in question.choices if question.kind in ("name", "area")]
    if offered and said not in {choice.value for choice in question.choices}:
        raise RefusedError(
            f"请从这些里选：{'、'.join(offered)}。", f"Choose one of {', '.join(offered)}."
        )
    return said


def _word(value: str, vocabulary: Vocabulary) -> str:
    """What words mean, as a pin: 部队 is breakdown=recipient:部队."""
    if "=" in value:
        return _checked(value, vocabulary)
    if vocabulary.units.of(value):
        return f"unit={value}"
    label = vocabulary.label(value)
    said = {
        "indicator": label.indicators[0][0] if label.indicators else "",
        "breakdown": _breakdowns(label),
        "area": _one_area(value, vocabulary) if label.areas else "",
        "period": normalise(value) if label.periods and not label.indicators else "",
        "unit": label.units[0] if label.units else "",
        "role": label.role if label.role in ("total", "subtotal", "derived", "plan") else "",
    }
    if label.rest or not any(said.values()):
        raise _unknown(label.rest or value)
    return "&".join(f"{kind}={text}" for kind, text in said.items() if text)


def _breakdowns(label: Label) -> str:
    """The breakdown that words pin or are; one word may be of several dimensions."""
    if label.indicators:
        pairs = (*label.indicators[0][1], *label.breakdowns)
    elif len({dimension for dimension, _ in label.breakdowns}) > 1:
        names = "、".join(":".join(pair) for pair in label.breakdowns)
        raise RefusedError(
            f"“{label.text}”有几种分类：{names}，请写成 breakdown=… 的样子。",
            f"“{label.text}” is several breakdowns: {names}; write breakdown=….",
        )
    else:
        pairs = label.breakdowns
    return ";".join(":".join(pair) for pair in pairs)


def _checked(value: str, vocabulary: Vocabulary) -> str:
    """A pin that was written out, if the catalogue knows all that it names."""
    catalogue = vocabulary.catalogue
    try:
        pin = parse_pin(value)
    except TypeError:
        raise _unknown(value) from None
    named = (
        (pin.indicator, pin.indicator in catalogue.indicators),
        (pin.area, pin.area in catalogue.areas),
        (pin.unit, vocabulary.units.of(pin.unit) is not None),
        *((":".join(pair), pair in catalogue.breakdowns) for pair in pin.breakdowns),
        (pin.role, f"role={pin.role}" in catalogue.choices["role"]),
    )
    for name, found in named:
        if name and not found:
            raise _unknown(name)
    if pin == Pin():
        raise _unknown(value)
    return value


def _indicator(value: str, vocabulary: Vocabulary) -> str:
    if value in vocabulary.catalogue.indicators:
        return f"indicator={value}"
    said = _word(value, vocabulary)
    if not parse_pin(said).indicator:
        raise RefusedError(f"“{value}”不是指标。", f"“{value}” is no indicator.")
    return said


def _one_area(value: str, vocabulary: Vocabulary) -> str:
    """The code of an area by its code or name."""
    codes = vocabulary.areas.get(normalise(value), ())
    if not codes:
        raise RefusedError(
            f"“{value}”不是已知地区，请写全称或区划代码。",
            f"“{value}” is no area that we know; write its full name or code.",
        )
    if len(codes) > 1:
        raise RefusedError(
            f"“{value}”可能是 {'、'.join(codes[:8])}，请写区划代码。",
            f"“{value}” may be any of {', '.join(codes[:8])}; write the code.",
        )
    return codes[0]


def _period(value: str, _: Vocabulary) -> str:
    text = normalise(value)
    try:
        (period,) = period_of(text, "")
    except CatalogueError:
        period = None
    absolute = period and (not period.relative or period.last_month)  # 2024年1-6月累计 too
    if period is None or not absolute or not (period.year or period.day):
        raise RefusedError(
            f"“{value}”不是时期，请写 2024年、2024年二季度 或 2024年1-6月 的样子。",
            f"“{value}” is no period; write 2024年, 2024年二季度 or 2024年1-6月.",
        )
    return text


def _header(value: str, vocabulary: Vocabulary) -> str:
    label = vocabulary.label(value)
    if label.rest or not (label.indicators or label.periods or label.areas or label.breakdowns):
        raise _unknown(label.rest or value)
    return normalise(value)


def _unknown(word: str) -> RefusedError:
    return RefusedError(
        f"“{word}”不在目录里。请写规范名称；新的指标、地区、别名先用 python -m etl add 加入。",
        f"“{word}” is not in the catalogue. Write a standard name, or add it: python -m etl add.",
    )


READERS: dict[str, Callable[[str, Vocabulary], str]] = {
    "word": _word,
    "name": _one_area,
    "area": _one_area,
    "indicator": _indicator,
    "period": _period,
    "header": _header,
    "row": _word,
}
