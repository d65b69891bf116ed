"""Arithmetic on time periods as they are written: 2024, 2024-S1, 2024-Q2, 2024-M06."""

from __future__ import annotations

import calendar
import datetime as dt
import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

PER_YEAR = {"A": 1, "S": 2, "Q": 4, "M": 12}

WRITTEN = re.compile(r"[12]\d{3}(-(S[12]|Q[1-4]|M(0[1-9]|1[0-2])))?")


def is_period(text: str) -> bool:
    """Whether a text is a period as it is written here."""
    return WRITTEN.fullmatch(text) is not None


def freq_of(period: str) -> str:
    """Return A, S, Q or M."""
    return period[5] if len(period) > 4 else "A"


def year_before(period: str) -> str:
    """Return the same period of the year before: 2024-Q2 → 2023-Q2."""
    return f"{int(period[:4]) - 1}{period[4:]}"


def period_before(period: str) -> str:
    """Return the period just before: 2024-Q1 → 2023-Q4."""
    return shifted(period, -1)


def shifted(period: str, n: int) -> str:
    """Return the period ``n`` periods later (earlier: negative): 2024-Q1, -1 → 2023-Q4."""
    per_year = PER_YEAR[freq_of(period)]
    return _written(int(period[:4]) * per_year + part_of_year(period) - 1 + n, period, per_year)


def first_of_year(period: str, n: int) -> str:
    """Return the first period of the year ``n`` years later: 2024-Q2, -2 → 2022-Q1."""
    return shifted(period, n * PER_YEAR[freq_of(period)] + 1 - part_of_year(period))


def moved(period: str, months: int) -> str:
    """Return the period in which the start of one lies when moved by some months.

    2024-Q2 moved by 3 is 2024-Q3; a year moves with every twelfth month only.
    """
    per_year = PER_YEAR[freq_of(period)]
    return _written((1900 * 12 + month_number(period) + months) * per_year // 12, period, per_year)


def part_of_year(period: str) -> int:
    """Return which quarter, half or month of its year a period is, from 1; 1 for a year."""
    return int(period[6:]) if len(period) > 4 else 1


def last_month(period: str) -> str:
    """Return the month in which a period ends: 2024-Q2 → 2024-06."""
    months = 12 // PER_YEAR[freq_of(period)]
    return f"{period[:4]}-{part_of_year(period) * months:02d}"


def month_number(period: str) -> int:
    """Return the month with which a period starts, counted from January 1900 as 0."""
    months = 12 // PER_YEAR[freq_of(period)]
    return (int(period[:4]) - 1900) * 12 + (part_of_year(period) - 1) * months


def months_of(span: str) -> tuple[int, int]:
    """Return the first and last month of any span, since 1900: 2024-Q2, a day, 2024-01-01/P9M."""
    if span[4:5] == "-" and span[5:6].isdigit():
        day, _, length = span.partition("/P")
        first = (int(day[:4]) - 1900) * 12 + int(day[5:7]) - 1
        return first, first + (int(length.rstrip("M")) if length.endswith("M") else 1) - 1
    first = month_number(span)
    return first, first + 12 // PER_YEAR[freq_of(span)] - 1


def holding(periods: Iterable[str], month: int) -> str | None:
    """Return the period in which a month (of month_number) lies; None where it is in none."""
    spans = ((period, months_of(period)) for period in periods)
    return next((period for period, (first, last) in spans if first <= month <= last), None)


def first_day(period: str) -> dt.date:
    """Return the day with which a period starts: 2024-Q2 → 2024-04-01."""
    year, month = divmod(month_number(period), 12)
    return dt.date(1900 + year, month + 1, 1)


def last_day(period: str) -> dt.date:
    """Return the day on which a period ends: 2024-Q2 → 2024-06-30."""
    year, month = map(int, last_month(period).split("-"))
    return dt.date(year, month, calendar.monthrange(year, month)[1])


def between(first: str, last: str) -> tuple[str, ...]:
    """Return all periods from first to last, both included, of the frequency of both."""
    per_year = PER_YEAR[freq_of(first)]
    start, end = (int(p[:4]) * per_year + part_of_year(p) - 1 for p in (first, last))
    return tuple(_written(n, first, per_year) for n in range(start, end + 1))


def _written(number: int, like: str, per_year: int) -> str:
    year, part = divmod(number, per_year)
    if per_year == 1:
        return str(year)
    width = len(like) - 6
    return f"{year}-{like[5]}{part + 1:0{width}d}"
