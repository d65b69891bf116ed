"""上年同期 and 上季 columns: what a sheet says of earlier, as a check on what was reported then."""

from __future__ import annotations

import calendar
import datetime as dt
from dataclasses import replace
from typing import TYPE_CHECKING

from etl.understand.period import Period
from etl.understand.span import time_period

if TYPE_CHECKING:
    from collections.abc import Sequence

    from etl.understand.axes import Column
    from etl.understand.meaning import Meaning
    from etl.understand.reading import Reading

SAME_TIME = ("同期", "同月", "同季")
BARE = Period(relative="prior_year")
YEAR_END = Period(first_month=1, last_month=12, relative="prior_year")
BEFORE = Period(relative="prior")
STEPS = (("上月", 1), ("上个月", 1), ("上季", 3), ("上个季", 3))  # 上期 may be the year before
# What stands in a column of before, and in that of now beside it.
TWINS = (
    (("累计",), "累计"),
    (("上月", "上个月", "同月"), "本月"),
    (("上季", "上个季", "同季"), "本季"),
)


def current_of(prior: Column, columns: Sequence[Column]) -> Column | None:
    """The one column of now that a 上年 or 上季 column stands beside; None where several could be.

    本季 | 本年累计 | 上年同期 does not tell of which of the two it is the year before; 上季 does.
    """
    current = [c for c in columns if not c.reading.aside and not c.reading.total]
    reading = prior.reading
    if not (reading.indicator or reading.candidates or reading.areas):  # of the column at its left
        left = [c for c in current if c.index < prior.index]
        reading = left[-1].reading if left else reading
    found = [c for c in current if _same(c.reading, reading)]
    if len(found) > 1:
        found = _twins(prior, found)
    units = prior.reading.units
    return found[0] if len(found) == 1 and units in ((), found[0].reading.units) else None


def _twins(prior: Column, columns: Sequence[Column]) -> list[Column]:
    """Of 本月 | 本年累计 the one that 上月, 上年同月 or 上年同期累计 is of."""
    said = next((now for before, now in TWINS if any(word in _text(prior) for word in before)), "")
    return [column for column in columns if said and said in _text(column)]


def _text(column: Column) -> str:
    return "".join(label.text for label in column.path)


def _same(one: Reading, other: Reading) -> bool:
    return (one.indicator, one.candidates, one.breakdowns, one.areas) == (
        other.indicator, other.candidates, other.breakdowns, other.areas
    )  # fmt: skip


def earlier(prior: Column, now: Meaning, derived: Sequence[str]) -> Meaning | None:
    """What such a column means beside one of now; None where its words do not tell.

    上年同期增长 is ``derived`` from it.
    """
    words = _text(prior)
    if any(label.rest for label in prior.path) or any(word in words for word in derived):
        return None
    if prior.reading.periods == (BEFORE,):
        return _period_before(words, now)
    return _year_before(prior, words, now)


def _year_before(prior: Column, words: str, now: Meaning) -> Meaning | None:
    """上年同期 is the same months, or the same day of a stock; 上年末 a stock's 31 December.

    上年 alone is the same months only beside a whole year.
    """
    if prior.reading.periods == (YEAR_END,) and now.kind == "stock":
        return _on(now, dt.date(now.end.year - 1, 12, 31))
    if prior.reading.periods != (BARE,):
        return None
    whole = (now.end.month, now.end.day) == (12, 31)
    whole &= now.kind == "stock" or now.start == dt.date(now.end.year, 1, 1)
    if not whole and not any(word in words for word in SAME_TIME):
        return None
    if "累计" in words and now.kind != "stock" and now.start.month != 1:
        return None
    return _over(now, _back(now.start), _back(now.end))


def _period_before(words: str, now: Meaning) -> Meaning | None:
    """上月 beside a month, 上季 beside a quarter; of a stock 上季末, the end of that before."""
    months = next((months for word, months in STEPS if word in words), 0)
    if not months or "累计" in words or ("末" in words) != (now.kind == "stock"):
        return None
    first = now.end.year * 12 + (now.end.month - 1) // months * months - months  # from year 0
    start, end = dt.date(first // 12, first % 12 + 1, 1), _month_end(first + months - 1)
    if now.kind == "stock":
        return _on(now, end)
    return _over(now, start, end) if now.start == end + dt.timedelta(1) else None


def _month_end(month: int) -> dt.date:
    year, month = month // 12, month % 12 + 1
    return dt.date(year, month, calendar.monthrange(year, month)[1])


def _over(now: Meaning, start: dt.date, end: dt.date) -> Meaning:
    return replace(now, start=start, end=end, time_period=time_period(start, end, now.kind))


def _on(now: Meaning, day: dt.date) -> Meaning:
    return replace(now, start=day, end=day, time_period=day.isoformat())


def _back(day: dt.date) -> dt.date:
    """The same day a year before; the last of February stays the last of February."""
    if day.month == 2 and (day + dt.timedelta(1)).month == 3:
        return dt.date(day.year - 1, 3, 1) - dt.timedelta(1)
    return day.replace(year=day.year - 1)
