"""What the dates, codes and bare numbers of one axis say of time: its cells are read together."""

from __future__ import annotations

import datetime as dt
from itertools import pairwise
from typing import TYPE_CHECKING

from etl.understand.period import Period, ambiguous_code, find_periods, from_dates

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from etl.records import Value
    from etl.understand.sheet import Sheet
    from etl.understand.vocabulary import Label

Moments = dict["Value", Period]
PARTS = {"季度": 3, "季": 3, "月份": 1, "月": 1}  # a header's word → months in each number below it


def moments(sheet: Sheet, cells: Iterable[tuple[int, int]], head: str) -> Moments:
    """Return what cells of one row or column mean that no cell says alone; ``head`` is its word."""
    held = [(cell, sheet.value(*cell)) for cell in cells]
    dates = {cell: value for cell, value in held if isinstance(value, dt.date)}
    others = [value for _, value in held if value not in (None, "") and type(value) is not bool]
    codes = [value for value in others if isinstance(value, str | int | float)]
    found: Moments = {**numbered(head, codes), **_months(codes)}
    if dates:
        found.update(_dates(sheet, dates))
    return found


def numbered(head: str, values: Sequence[Value]) -> Mapping[Value, Period]:
    """Read 1 2 3 4 beside or below 季度 as quarters, and up to 12 after 月份 as months."""
    size = PARTS.get(head, 0)
    numbers = [v for v in values if isinstance(v, int | float)]
    if not size or not numbers or not all(n in range(1, 12 // size + 1) for n in numbers):
        return {}
    return {n: Period(None, size * (int(n) - 1) + 1, size * int(n)) for n in numbers}


def yearlike(label: Label | None) -> bool:
    """Whether a text is a figure that may be a year or a month: 1985, 201507, 2016.09."""
    return bool(label and label.periods and label.text.replace(".", "").isdigit())


def is_run(labels: Sequence[Label]) -> bool:
    """Whether years or months without their word are an axis: several, none left out between.

    Figures typed as text look like years now and then, and hardly ever like such a row of them.
    """
    months = {12 * (p.year or 0) + (p.first_month or 0) for label in labels for p in label.periods}
    step = 1 if any(p.first_month for label in labels for p in label.periods) else 12
    return len(labels) > 1 and all(b - a == step for a, b in pairwise(sorted(months)))


def is_codes(values: Sequence[Value]) -> bool:
    """Whether at least two cells and all but the first are months such as 2016.09, 2016.1."""
    texts = [_text(value) for value in values]
    codes = texts if _is_code(texts[0]) else texts[1:]
    return len(codes) > 1 and all(map(_is_code, codes)) and any(map(_month, codes))


def is_month(value: Value) -> bool:
    """Whether a cell holds a month's code, 2024.3 or 202403."""
    return _is_code(_text(value))


def _months(values: Sequence[Value]) -> Moments:
    """Settle codes of two readings by the other cells of the axis; one that repeats stays open."""
    texts = [_text(value) for value in values]
    read = [_month(text) for text in texts]
    found: Moments = {}
    for at, (value, text) in enumerate(zip(values, texts, strict=True)):
        readings = ambiguous_code(text)
        if readings and texts.count(text) == 1 and (month := _settled(at, readings, read)):
            found[value] = month
    return found


def _settled(at: int, readings: tuple[Period, ...], read: Sequence[Period | None]) -> Period | None:
    """The reading that fits: after 2016.09, or beside 2016.01, the code 2016.1 is October.

    202402 is February where another code is of a month that no quarter's number reaches.
    """
    first, second = readings
    if second.first_month != second.last_month:
        return first if any(p and (p.first_month or 0) > 4 for p in read) else None
    if first in read:
        return second
    around = {*read[max(at - 1, 0) : at], *read[at + 1 : at + 2]}
    fits = [p for p in readings if around & _neighbours(p)]
    return fits[0] if len(fits) == 1 else None


def _neighbours(month: Period) -> set[Period | None]:
    """The months before and after one."""
    year, number = month.year or 0, month.first_month or 0
    last, following = divmod(number - 2, 12), divmod(number, 12)
    return {Period(year + y, m + 1, m + 1) for y, m in (last, following)}


def _dates(sheet: Sheet, dates: Mapping[tuple[int, int], dt.date]) -> Moments:
    """What the date cells of one axis mean; 2024年6月 says so itself."""
    found: Moments = {}
    days: list[dt.date] = []
    for cell, value in dates.items():
        label = sheet.vocabulary.label(sheet.grid.shown.get(cell, ""))
        if len(label.periods) == 1 and not label.rest and label.periods[0].year:
            found[value] = label.periods[0]
        else:
            days.append(value)
    short = any(sheet.grid.shown.get(cell) for cell, value in dates.items() if value in days)
    for day, period in from_dates(days, short=short).items():
        found[day] = period
    return found


def _text(value: Value) -> str:
    return f"{value:g}" if isinstance(value, int | float) else str(value or "")


def _is_code(text: str) -> bool:
    return bool(ambiguous_code(text) or _month(text))


def _month(text: str) -> Period | None:
    """The month that a code of digits names."""
    if not text[:4].isdigit() or not text.replace(".", "").isdigit():
        return None
    periods, rest = find_periods(text)
    return periods[0] if len(periods) == 1 and not rest and periods[0].first_month else None
