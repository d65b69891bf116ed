"""The days that a period covers, and the contract's name for them."""

from __future__ import annotations

import calendar
import datetime as dt
from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from etl.understand.period import Period

Days = tuple[dt.date, dt.date, bool]  # first, last, and whether one of them was inferred
LATE = dt.timedelta(days=31)  # a second quarter is reported in June, a year not in July


def span(period: Period, year: int | None, reported_on: dt.date | None, kind: str) -> Days | None:
    """Return first day, last day and whether one was inferred; None where the words do not tell.

    ``period`` holds the months of its context; ``year`` is the context's, for a period without
    one. A stock's two days are the one that it was counted on. A period that ends more than a
    month after the report cannot have been counted, unless it is a plan. 2023-2024年度 may be both
    years or twelve months of them.
    """
    if period.relative == "either":
        return None
    find = _counting_day if kind == "stock" else _months
    found = find(period, year, reported_on)
    if found is None or found[0] > found[1]:
        return None
    if reported_on and kind != "plan" and found[1] > reported_on + LATE:
        return None
    return found


@lru_cache(maxsize=1000)
def time_period(start: dt.date, end: dt.date, kind: str) -> str:
    """Return 2024, 2024-S1, 2024-Q2, 2024-M06 or 2024-01-01/P7M; of a stock the day."""
    if kind == "stock":
        return end.isoformat()
    if start.day != 1 or end != _last_day(end.year, end.month) or start > end:
        raise ValueError(f"{start}..{end} are not whole months")
    length = 12 * (end.year - start.year) + end.month - start.month + 1
    names = {1: "-M{:02}", 3: "-Q{}", 6: "-S{}", 12: ""}
    if length not in names or (start.month - 1) % length:
        return f"{start.isoformat()}/P{length}M"
    return f"{start.year}{names[length].format((start.month - 1) // length + 1)}"


def _last_day(year: int, month: int) -> dt.date:
    return dt.date(year, month, calendar.monthrange(year, month)[1])


def _own_year(period: Period, year: int | None) -> int | None:
    """The printed year, else the context's; 上年 is the year before the context's."""
    if period.year or year is None:
        return period.year
    return year - 1 if period.relative == "prior_year" else year


def _counting_day(period: Period, year: int | None, reported_on: dt.date | None) -> Days | None:
    """The last day of a stock's period; of 目前 and 以来 the day of the report."""
    if period.day:
        return period.day, period.day, False
    if period.relative == "prior":
        return None
    if period.relative == "since":
        return (reported_on, reported_on, True) if reported_on else None
    now = period.relative == "as_of" and period.last_month is None
    own = _own_year(period, year)
    if now and reported_on and own in (None, reported_on.year):
        return reported_on, reported_on, True
    if own is None:
        return None
    day = _last_day(period.end_year or own, period.last_month or 12)
    return day, day, now


def _months(period: Period, year: int | None, reported_on: dt.date | None) -> Days | None:
    """The months that a flow, a rate or a plan covers."""
    own = _own_year(period, year)
    first, last = period.first_month, period.last_month
    if period.end_year:
        return _between(own, first, period.end_year, last)
    match period.relative:
        case "since":
            return _since(period, own, reported_on)
        case "year_to_date" if last is None:
            return _since(period, own, reported_on)
        case "year_to_date" | "this_year" if last:
            return _between(own, 1, own, last)
        case "month":
            return _between(own, last, own, last) if first in (1, last) else None
        case "quarter":
            return _quarter(own, first, last)
        case "prior":
            return _before(own, first, last)
        case "this" | "as_of" if last is None:
            return None  # 本期 without a context; 截至目前 does not say since when
        case "" if period.day and _ends_a_quarter(period.day):
            return None  # 2024-06-30 above a column is June, a quarter or a half
    return _between(own, first or 1, own, last or 12)


def _between(
    year: int | None, first: int | None, end_year: int | None, last: int | None
) -> Days | None:
    if year is None or first is None or end_year is None or last is None:
        return None
    return dt.date(year, first, 1), _last_day(end_year, last), False


def _ends_a_quarter(day: dt.date) -> bool:
    return day.month % 3 == 0 and day == _last_day(day.year, day.month)


def _since(period: Period, year: int | None, reported_on: dt.date | None) -> Days | None:
    """From the start to the last month that was over by the report; 今年 ends with its year."""
    if year is None and reported_on:
        year = reported_on.year
    if period.last_month:
        return _between(year, period.first_month or 1, year, period.last_month)
    if year is None or reported_on is None:
        return None
    tomorrow = reported_on + dt.timedelta(days=1)  # a report of 31 December is of the whole year
    end = tomorrow.replace(day=1) - dt.timedelta(days=1)
    if period.relative != "since" or period.year is None:
        end = min(end, dt.date(year, 12, 31))
    return dt.date(year, period.first_month or 1, 1), end, True


def _before(year: int | None, first: int | None, last: int | None) -> Days | None:
    """The month before a month, the quarter before a quarter; 上期 of 1-6月 does not tell."""
    if year is None or first is None or last is None:
        return None
    length = last - first + 1
    if length not in (1, 3) or (first - 1) % length:
        return None
    if first == 1:
        return _between(year - 1, 13 - length, year - 1, 12)
    return _between(year, first - length, year, first - 1)


def _quarter(year: int | None, first: int | None, last: int | None) -> Days | None:
    """本季 in 1-6月 or 二季度 is the second quarter; in a month's file it may be that month."""
    if first is None or last is None or last % 3 or first not in (1, last - 2):
        return None
    return _between(year, last - 2, year, last)
