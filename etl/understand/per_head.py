"""Amounts for each of something, beside how many there were: 1000元/户 and 12户 are 12,000 元."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from etl.understand.cell import Figure
from etl.understand.number import read_number
from etl.understand.text import normalise

if TYPE_CHECKING:
    from collections.abc import Iterable

    from etl.records import Value
    from etl.understand.axes import Column
    from etl.understand.meaning import Meaning
    from etl.understand.number import Number
    from etl.understand.vocabulary import Vocabulary

EACH_FIRST = re.compile(r"每(?P<head>[户人名])(?P<amount>\d.*)")  # 每户1000元
STANDARD = re.compile(r"(?P<amount>\d[^/]*)/(?P<head>[^/]+)")  # 1000元/户


class Counted(NamedTuple):
    """A cell of the same row, with its column: perhaps how many were given to."""

    value: Value
    column: Column


def multiplied(
    text: str, row: Iterable[Counted], meaning: Meaning, vocabulary: Vocabulary
) -> Figure | None:
    """The whole amount of a standard and the one count beside it; None unless both are exact.

    人均500元 is an average, which somebody rounded: no multiplication gives back what was paid.
    """
    standard = _standard(text, vocabulary) if meaning.dimension == "money" else None
    if standard is None:
        return None
    amount, head = standard
    counts = {count for cell in row if (count := _count(cell, head, vocabulary)) is not None}
    if len(counts) != 1:
        return None
    factor = vocabulary.units.factor(amount.unit or "元", meaning_measure(meaning, vocabulary))
    if not factor:
        return None
    times = counts.pop() * factor
    value = round((amount.value or 0) * times, 6)
    unit = f"{amount.unit or '元'}/{head}"
    return Figure(value, amount.rounding * times, text.strip(), unit)


def meaning_measure(meaning: Meaning, vocabulary: Vocabulary) -> str:
    """The base unit of what a cell means."""
    return vocabulary.catalogue.indicators[meaning.indicator].unit_measure


def _standard(text: str, vocabulary: Vocabulary) -> tuple[Number, str] | None:
    """The amount of a standard, and the word for what it is given to."""
    text = normalise(text)
    found = STANDARD.fullmatch(text) or EACH_FIRST.fullmatch(text)
    amount = read_number(found["amount"]) if found else None
    if found is None or amount is None or amount.qualifier != "exact":
        return None
    unit, head = vocabulary.units.of(amount.unit), vocabulary.units.of(found["head"])
    money = unit is not None and unit[2] == "money"
    return (amount, found["head"]) if money and head and head[2] == "count" else None


def _count(cell: Counted, head: str, vocabulary: Vocabulary) -> float | None:
    """How many a cell of the same row counts, where it counts what the standard is for."""
    value, column = cell
    number = read_number(normalise(value)) if isinstance(value, str) else None
    if number is not None and number.unit:
        return number.value if number.qualifier == "exact" and number.unit == head else None
    says_so = head in column.reading.units or any(f"{head}数" in p.text for p in column.path[-1:])
    if not says_so or "/" in "".join(p.text for p in column.path[-1:]):  # 人数/户数
        return None
    if number is not None:
        return number.value if number.qualifier == "exact" else None
    return float(value) if isinstance(value, int | float) and value > 0 else None
