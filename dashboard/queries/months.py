"""Windows of whole months as they are written: 2019-04..2023-03."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from dashboard.queries.periods import PER_YEAR, freq_of, month_number

if TYPE_CHECKING:
    from dashboard.queries.values import Measure

WRITTEN = re.compile(r"(\d{4}-(?:0[1-9]|1[0-2]))\.\.(\d{4}-(?:0[1-9]|1[0-2]))")
FINER = re.compile(r"\d{4}-\d{1,2}-\d{1,2}")


class Window(NamedTuple):
    """Whole months, both ends included, each counted from January 1900 as 0."""

    first: int
    last: int

    def __str__(self) -> str:
        """Return the window as it stands in an address: 2019-04..2023-03."""
        return f"{month_text(self.first)}..{month_text(self.last)}"

    @property
    def n_months(self) -> int:
        """Return how many months the window has."""
        return self.last - self.first + 1


def month_text(month: int) -> str:
    """Return a month as 2019-04."""
    return f"{1900 + month // 12}-{month % 12 + 1:02d}"


def read_window(text: str) -> Window | None:
    """Read 2019-04..2023-03; None where it is no window of whole months."""
    found = WRITTEN.fullmatch(text)
    if found is None:
        return None
    first, last = (month_number(f"{m[:4]}-M{m[5:]}") for m in found.groups())
    return Window(first, last) if first <= last else None


def is_finer(text: str) -> bool:
    """Return whether a text asks for days, which no report tells apart."""
    return FINER.search(text) is not None


@cache
def window_of(period: str, measure: Measure = "value") -> Window:
    """Return the months of a period, or of its year up to its end."""
    last = month_number(period) + 12 // PER_YEAR[freq_of(period)] - 1
    return Window(last - last % 12 if measure == "ytd" else month_number(period), last)


def year_earlier(window: Window) -> Window:
    """Return the same months of the year before."""
    return Window(window.first - 12, window.last - 12)
