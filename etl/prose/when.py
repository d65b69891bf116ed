"""When a report in words speaks of: its day, and the period of a figure."""

from __future__ import annotations

import datetime as dt
import re
from contextlib import suppress
from typing import TYPE_CHECKING, NamedTuple

from etl.understand.period import Period, find_periods
from etl.understand.span import span

if TYPE_CHECKING:
    from collections.abc import Sequence

DAY = re.compile(r"(20\d\d)(?:年|-|\.|/)(0?[1-9]|1[0-2])(?:月|-|\.|/)(3[01]|[12]\d|0?[1-9])(?!\d)")
YEARLESS = re.compile(r"(?<![\d年月-])(1[0-2]|[1-9])月(3[01]|[12]\d|[1-9])日")
# 比去年 is no period of the figure, and 累计 does not say since when
COMPARED = re.compile(
    "[较比同与](?:去年|上年|前年|上一年)(?:度|同期)?|(?:去年|上年)同期|(?<!年)累计"
)
SHARE = "share"  # a rate of what is counted on a day, as 优待证申领率: 截至6月底 is that day


class Stated(NamedTuple):
    """A period as far as it is known; ``festival`` is a breakdown code or ''."""

    start: dt.date | None
    end: dt.date | None
    festival: str
    printed: str


def reported_on(paragraphs: Sequence[Sequence[str]]) -> dt.date | None:
    """The first full day that the text prints: sites print it under the title."""
    for paragraph in paragraphs:
        for sentence in paragraph:
            for found in DAY.finditer(sentence):
                with suppress(ValueError):  # 2月30日
                    return dt.date(*map(int, found.groups()))
    return None


class Calendar:
    """Reads the periods of one text: its day, the year of its title, and its vague words."""

    def __init__(self, text: Sequence[Sequence[str]], vague: Sequence[str]) -> None:
        self.day = reported_on(text)
        self.year = _year_of_title(text) or (self.day.year if self.day else None)
        self.vague = re.compile("|".join(vague) or "(?!)")

    def stated(self, said: Sequence[str], kind: str) -> Stated:
        """The period of a figure: the nearest of ``said`` (its clause first) that names one.

        改革开放以来, 十四五以来 and a month without a year name one that is not known: it is left
        to a person and not taken from the title.
        """
        for text in said:
            vague = list(self.vague.finditer(text)) if kind != "stock" else []
            left = COMPARED.sub("", text[vague[-1].end() :] if vague else text)
            named = self._named(left, kind)
            if named or vague:
                return named or Stated(None, None, "", "")
        return Stated(None, None, "", "")

    def _named(self, text: str, kind: str) -> Stated | None:
        """The last period that a text names, which may not be known; None where it names none."""
        year = f"{self.day.year}年" if self.day else ""
        periods, _ = find_periods(YEARLESS.sub(rf"{year}\g<0>", text))
        festivals = {period.festival for period in periods} - {""}
        for period in reversed(periods):
            start, end = self._days(period, kind) or (None, None)
            if start is None and not _is_a_time(period):
                continue
            if start is None and kind != "stock" and period.relative == "since" and period.year:
                start = dt.date(period.year, period.first_month or 1, 1)
            if len(festivals) > 1:  # 春节、八一期间 is neither
                return Stated(None, None, "", text)
            return Stated(start, end, period.festival, text.strip())
        return None

    def _days(self, period: Period, kind: str) -> tuple[dt.date, dt.date] | None:
        if period.relative == "as_of":
            counted = period.day or period.last_month
            kind = "stock" if kind == SHARE and counted else kind
            if period.day and kind != "stock":
                return _so_far(period.day)
        if period.day and kind != "stock":
            period = Period(period.day.year, period.day.month, period.day.month)
        if period.relative.startswith("prior") and self.day and self.day.year != self.year:
            return None  # 去年 in January, of the year that has just ended or of that before
        found = span(period, self.year, self.day, kind)
        return found[:2] if found else None


def _so_far(day: dt.date) -> tuple[dt.date, dt.date] | None:
    """What happened by 截至6月30日: January to June; by 15 June no whole months."""
    ends_a_month = (day + dt.timedelta(days=1)).day == 1
    return (dt.date(day.year, 1, 1), day) if ends_a_month else None


def _is_a_time(period: Period) -> bool:
    """Whether a period names its time: 截至目前 and 今年 of half a year leave it to the title."""
    named = period.relative in ("", "prior_year")
    return named or period.year is not None or period.day is not None


def _year_of_title(text: Sequence[Sequence[str]]) -> int | None:
    years = {period.year for period in find_periods("".join(text[0]))[0]} if text else set()
    return years.pop() if len(years) == 1 else None
