"""Reads relations.yml: the arithmetic that reports must agree with, written as people write it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from etl.catalogue.files import Entry, entries
from etl.catalogue.model import Breakdown, Indicator, Relation, Term

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

GENERAL = ("contains", "parts", "rates", "ten_thousand", "leap")  # hold for all indicators
NAMED = ("never_falls",)  # hold for a list of them
OPERATORS = {"=": "about_equal", "<=": "at_most", ">=": "at_most"}
FIELDS = ("kind", "indicators", "left", "op", "right", "hint")
TERM = re.compile(
    r"\s*(?P<sign>[+-]?)\s*(?:(?P<factor>\d+(?:\.\d+)?)\s*\*\s*)?"
    r"(?P<indicator>\w+)\s*(?:\[(?P<breakdown>[^\[\]]+)\])?\s*"
)


def read_relations(
    folders: Sequence[Path],
    indicators: dict[str, Indicator],
    breakdowns: dict[tuple[str, str], Breakdown],
) -> tuple[Relation, ...]:
    """The arithmetic that reports must agree with."""
    found = entries(folders, "relations.yml", FIELDS)
    return tuple(_relation(name, entry, indicators, breakdowns) for name, entry in found.items())


def _relation(
    name: str,
    entry: Entry,
    indicators: dict[str, Indicator],
    breakdowns: dict[tuple[str, str], Breakdown],
) -> Relation:
    hint = entry.both("hint")
    if "kind" in entry.fields:
        if {"left", "op", "right"} & set(entry.fields):
            raise entry.error(
                "写了 kind，就不再写 left、op 和 right",
                "has a kind, so it names no left, op and right",
            )
        kind = entry.choice("kind", (*GENERAL, *NAMED))
        codes = entry.words("indicators")
        entry.check_known(codes, indicators)
        if (kind in NAMED) != bool(codes):
            raise entry.error(
                f"只有 {'、'.join(NAMED)} 写 indicators",
                f"{', '.join(NAMED)} lists indicators, and no other kind does",
            )
        return Relation(name, kind, (), (), codes, *hint)
    operator = entry.choice("op", tuple(OPERATORS))
    left, right = (_terms(entry, side) for side in ("left", "right"))
    known = {":".join(key) for key in breakdowns}
    for term in (*left, *right):
        entry.check_known([term.indicator], indicators)
        entry.check_known(term.breakdown.split(";") if term.breakdown else (), known)
    if operator == ">=":
        left, right = right, left
    return Relation(name, OPERATORS[operator], left, right, (), *hint)


def _terms(entry: Entry, side: str) -> tuple[Term, ...]:
    """Read ``a + 0.5 * b[recipient:部队] - c``; nothing else is understood."""
    text = entry.text(side)
    terms: list[Term] = []
    at = 0
    while at < len(text):
        match = TERM.match(text, at)
        if match is None or bool(match["sign"]) != bool(terms) and not match["sign"] == "-":
            raise entry.error(
                f"{side} 是“{text}”；请写成 `a + 0.5 * b[recipient:部队] - c` 这样的和",
                f"{side} is {text!r}; write a sum like `a + 0.5 * b[recipient:部队] - c`",
            )
        factor = float(match["factor"] or 1) * (-1 if match["sign"] == "-" else 1)
        breakdown = ";".join(sorted((match["breakdown"] or "").split(";"))) or None
        terms.append(Term(factor, match["indicator"], breakdown))
        at = match.end()
    return tuple(terms)
