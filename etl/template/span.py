"""The period of a blank form, and the words by which its columns say it."""

from __future__ import annotations

import calendar
import datetime as dt
import re
from dataclasses import dataclass

from etl.sentences import RefusedError

CODE = re.compile(r"((?:19|20)\d\d)(?:-(Q[1-4]|S[12]|M(?:0[1-9]|1[0-2])))?")
MONTHS = {"Q": 3, "S": 6, "M": 1}
QUARTERS = ("第一季度", "第二季度", "第三季度", "第四季度")
HALVES = ("上半年", "下半年")


@dataclass(frozen=True, slots=True)
class Span:
    """Months of one year: 2025-Q2 is 4 to 6 of 2025."""

    year: int
    freq: str  # A, S, Q, M
    first: int
    last: int

    @property
    def own(self) -> str:
        """The period by itself: 第二季度."""
        if self.freq == "A":
            return "全年"
        if self.freq == "M":
            return f"{self.last}月"
        names = QUARTERS if self.freq == "Q" else HALVES
        return names[self.last // MONTHS[self.freq] - 1]

    @property
    def to_date(self) -> str:
        """The year up to its end, 1—6月累计; '' where the period begins the year itself."""
        return "" if self.first == 1 else f"1—{self.last}月累计"

    @property
    def title(self) -> str:
        """The period in a title: 2025年第二季度, 2025年度."""
        return f"{self.year}年度" if self.freq == "A" else f"{self.year}年{self.own}"

    @property
    def year_before(self) -> str:
        """The code of the same months a year earlier: 2024-Q2."""
        if self.freq == "A":
            return str(self.year - 1)
        part = f"M{self.last:02}" if self.freq == "M" else f"{self.freq}{self._number}"
        return f"{self.year - 1}-{part}"

    @property
    def _number(self) -> int:
        return self.last // MONTHS[self.freq]


def last_day(year: int, month: int) -> dt.date:
    """Return the last day of a month."""
    return dt.date(year, month, calendar.monthrange(year, month)[1])


def read_span(code: str) -> Span:
    """Read 2025, 2025-S1, 2025-Q1 or 2025-M05."""
    match = CODE.fullmatch(code.strip().upper())
    if not match:
        raise RefusedError(
            f"“{code}”不是时期代码，请写成 2025、2025-S1、2025-Q1 或 2025-M05",
            f"“{code}” is no period; write 2025, 2025-S1, 2025-Q1 or 2025-M05",
        )
    year, part = int(match[1]), match[2]
    if not part:
        return Span(year, "A", 1, 12)
    length, number = MONTHS[part[0]], int(part[1:])
    return Span(year, part[0], (number - 1) * length + 1, number * length)
