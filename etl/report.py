"""What a load or a check came to, as a table for people and as JSON for programs."""

from __future__ import annotations

import unicodedata
from collections import Counter
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from etl.records import FATES

if TYPE_CHECKING:
    from etl.files import FileRead
    from etl.pipeline import Outcome
    from etl.sentences import Told

HEADS = {
    "zh": ("文件", "单元格", "标签", "观测值", "校核", "问题", "备注"),
    "en": ("file", "cells", "labels", "observations", "checks", "issues", "notes"),
}
WORDS = {
    "zh": {
        "total": "合计", "published": "已发布", "unchanged": "没有新内容，仍用",
        "error": "错误", "warning": "提醒", "note": "说明", "none": "没有问题",
        "by_rule": "问题（按规则）", "repeated": "{name}：与 {same} 内容相同，只载入一次",
    },
    "en": {
        "total": "total", "published": "published", "unchanged": "nothing new, still",
        "error": "error", "warning": "warning", "note": "note", "none": "no issues",
        "by_rule": "issues by rule", "repeated": "{name}: the same as {same}, loaded once",
    },
}  # fmt: skip


def as_text(outcome: Outcome, language: str) -> str:
    """A table of files and cells that adds up, issues by rule, and a line an issue."""
    words = WORDS[language]
    rows = [(f.source.source_file, *_counts(f)) for f in outcome.files]
    sums = tuple(map(sum, zip(*(_counts(f) for f in outcome.files), strict=True)))
    lines = _table([HEADS[language], *rows, (words["total"], *(sums or (0,) * 6))])
    same = outcome.repeated.items()
    lines += [words["repeated"].format(name=name, same=other) for name, other in same]
    by_rule = Counter((issue.rule, issue.severity) for issue in outcome.issues)
    lines += ["", words["by_rule"] if by_rule else words["none"]]
    for (rule, severity), count in by_rule.most_common():
        lines.append(f"  {count:5}  {words[severity]}  {rule}")
    lines += ["", *(_line(issue, language) for issue in outcome.issues)]
    if outcome.vintage:
        state = words["unchanged"] if outcome.unchanged else words["published"]
        lines += ["", f"{state} {outcome.vintage.name}"]
    return "\n".join(lines)


def _counts(read: FileRead) -> tuple[int, ...]:
    kinds = ("label", "observation", "check", "issue", "note")
    return sum(read.fates.values()), *(read.fates[kind] for kind in kinds)


def _table(rows: list[tuple[Any, ...]]) -> list[str]:
    """Align columns; a Chinese character is two wide."""
    widths = [max(display_width(str(row[i])) for row in rows) for i in range(len(rows[0]))]
    lines = []
    for row in rows:
        name, *counts = map(str, row)
        cells = [name + " " * (widths[0] - display_width(name))]
        cells += [" " * (w - display_width(c)) + c for c, w in zip(counts, widths[1:], strict=True)]
        lines.append("  ".join(cells))
    return lines


def display_width(text: str) -> int:
    """How wide a text is in letters; a Chinese character counts for two."""
    return sum(2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in text)


def place(issue: Told) -> str:
    """Return where an issue is: file › sheet › cell."""
    return " › ".join(part for part in (issue.source_file, issue.sheet, issue.cell) if part)


def _line(issue: Told, language: str) -> str:
    message, question = (
        (issue.message, issue.question)
        if language == "zh"
        else (issue.message_en, issue.question_en)
    )
    named = " ".join(filter(None, (question, issue.question_id)))
    asked = f"  ({named})" if question else ""
    return f"{place(issue)}  [{WORDS[language][issue.severity]}] {message}{asked}"


def as_json(outcome: Outcome) -> dict[str, Any]:
    """The same for programs: files with their counts, issues with both languages."""
    return {
        "vintage": outcome.vintage.name if outcome.vintage else None,
        "unchanged": outcome.unchanged, "repeated": outcome.repeated,
        "files": [
            {
                "source_file": f.source.source_file, "source_id": f.source.source_id,
                "dataset": f.source.dataset, "sheets": f.sheets,
                "cells": sum(f.fates.values()), **{fate: f.fates[fate] for fate in FATES},
            }
            for f in outcome.files
        ],
        "issues": [asdict(issue) for issue in outcome.issues],
    }  # fmt: skip
