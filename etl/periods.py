"""Calendar periods by frequency: their lengths, names, first and last days."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

MONTHS = {"A": 12, "M": 1, "Q": 3, "S": 6}  # a frequency's length
FREQUENCIES = ("A", "M", "Q", "S")  # in the order of the table series
YEARS = range(1900, 2101)


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
