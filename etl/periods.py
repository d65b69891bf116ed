"""Calendar periods by frequency: their lengths, names, first and last days."""

from __future__ import annotations

import calendar
import datetime as dt
import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

MONTHS = {"A": 12, "M": 1, "Q": 3, "S": 6}  # a frequency's length
FREQUENCIES = ("A", "M", "Q", "S")  # in the order of the table series
YEARS = range(1900, 2101)
CODE = re.compile(r"(\d{4})(?:-([QSM])(\d\d?)|-(\d\d)-(\d\d)(?:/P(\d+)M)?)?")
QUARTERS, HALVES = "一二三四", "上下"
ENGLISH = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


def period(freq: str, year: int, start: int) -> tuple[str, dt.date, dt.date]:
    """A period's name in SDMX's words, its first and its last day; ``start`` counts months."""
    months = MONTHS[freq]
    number = start // months + 1
    names = {"A": f"{year}", "S": f"{year}-S{number}", "Q": f"{year}-Q{number}"}
    end = dt.date(year + (start + months) // 12, (start + months) % 12 + 1, 1) - dt.timedelta(1)
    return names.get(freq, f"{year}-M{number:02}"), dt.date(year, start + 1, 1), end


def every_period() -> Iterator[str]:
    """Yield the names of all periods that a series may have."""
    for year in YEARS:
        for freq, months in MONTHS.items():
            for start in range(0, 12, months):
                yield period(freq, year, start)[0]


# ── in words ────────────────────────────────────────────────────────────────────────────────────


def spoken(start: dt.date, end: dt.date) -> tuple[str, str]:
    """What a reader calls the months from ``start`` to ``end``, or a day: 2024年一季度, Q1 2024."""
    if start == end:
        return f"{end.year}年{end.month}月{end.day}日", f"{end.day} {_month(end)} {end.year}"
    months = 12 * (end.year - start.year) + end.month - start.month + 1
    year, number = start.year, (start.month - 1) // months + 1
    if start.year != end.year:
        zh = f"{year}年{start.month}月—{end.year}年{end.month}月"
        return zh, f"{_month(start)} {year} – {_month(end)} {end.year}"
    if months == 1:
        return f"{year}年{end.month}月", f"{_month(end)} {year}"
    if months not in MONTHS.values() or (start.month - 1) % months:
        return f"{year}年{start.month}—{end.month}月", f"{_month(start)}–{_month(end)} {year}"
    if months == 12:
        return f"{year}年", f"{year}"
    if months == 6:
        return f"{year}年{HALVES[number - 1]}半年", f"H{number} {year}"
    return f"{year}年{QUARTERS[number - 1]}季度", f"Q{number} {year}"


def spoken_code(code: str) -> tuple[str, str]:
    """What a reader calls a period of the contract's name; what is no such name stays as it is."""
    found = CODE.fullmatch(code)
    if not found:
        return code, code
    year, freq, number, month, day, months = found.groups()
    if month:
        start = dt.date(int(year), int(month), int(day))
        return spoken(start, _last_day(start, int(months)) if months else start)
    _, start, end = period(freq or "A", int(year), (int(number or 1) - 1) * MONTHS[freq or "A"])
    return spoken(start, end)


def _last_day(start: dt.date, months: int) -> dt.date:
    """The last day of a span of months."""
    year, month = divmod(start.month - 2 + months, 12)
    last = calendar.monthrange(start.year + year, month + 1)[1]
    return dt.date(start.year + year, month + 1, last)


def _month(day: dt.date) -> str:
    return ENGLISH[day.month - 1]
