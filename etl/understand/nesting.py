"""Periods that speak of one another: the narrower of two, and a near one under its context."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

from etl.understand.period import Period


def nested(one: Period, other: Period) -> Period | None:
    """Join two places that speak of one period: the narrower where one holds the other."""
    if one.year and other.year and one.year != other.year and not (one.end_year or other.end_year):
        return None
    relative = one.relative or other.relative
    if one.relative and other.relative and one.relative != other.relative:
        return None
    festival = one.festival or other.festival
    months = _months_inside(one, other)
    if months is None:
        return None
    year = one.year or other.year
    if (one.end_year or other.end_year) and _is_dated(one) and _is_dated(other):
        return _span_inside(one, other)
    if one.end_year or other.end_year:
        return one if one.first_month else other
    day = one.day or other.day
    return Period(year, *months, None, day, relative, festival)


def _span_inside(one: Period, other: Period) -> Period | None:
    """The narrower of two spans: 2023-2024年度 that runs from 2023年7月 to 2024年6月."""
    (a, b), (c, d) = _ends(one), _ends(other)
    if c <= a and b <= d:
        return one
    return other if a <= c and d <= b else None


def _ends(period: Period) -> tuple[tuple[int, int], tuple[int, int]]:
    """The first and the last month of a span, with their years."""
    first, last = period.year or 0, period.end_year or period.year or 0
    return (first, period.first_month or 1), (last, period.last_month or 12)


def _is_dated(period: Period) -> bool:
    """Whether a period says its months and their year."""
    return period.year is not None and period.first_month is not None


def _months_inside(one: Period, other: Period) -> tuple[int | None, int | None] | None:
    """The narrower span of months, or nothing where neither holds the other."""
    if one.first_month is None or one.last_month is None:
        return other.first_month, other.last_month
    if other.first_month is None or other.last_month is None:
        return one.first_month, one.last_month
    for a, b in ((one, other), (other, one)):
        if b.first_month <= a.first_month and a.last_month <= b.last_month:  # type: ignore[operator]
            return a.first_month, a.last_month
    return None


def _year_within(near: Period, base: Period) -> int | None:
    """The one year in which months lie in a span of years: 2月 in 2023年10月—2024年3月."""
    if base.year is None or base.end_year is None or near.first_month is None:
        return None
    first, last = (base.year, base.first_month or 1), (base.end_year, base.last_month or 12)
    within = [
        year
        for year in range(base.year, base.end_year + 1)
        if first <= (year, near.first_month) and (year, near.last_month or 12) <= last
    ]
    return within[0] if len(within) == 1 else None


def under(near: Period, base: Period) -> Period | None:
    """Read a near period under its context: what it lacks is the context's; then relative words."""
    year = near.year or base.year
    if near.relative in ("since", "as_of") or near.day:
        return _dated(near, base)
    if near.first_month is not None:
        months = {"month": 1, "quarter": 3}.get(near.relative)
        if base.end_year and not near.year and (year := _year_within(near, base)) is None:
            return None
        if months is None:
            return replace(near, year=year)
        whole = near.last_month and near.last_month - near.first_month == months - 1
        return replace(near, year=year, relative="") if whole else None
    if near.festival and near.year and near.first_month is None:  # 2024年中秋: which quarter?
        return None
    first, last = base.first_month, base.last_month
    if base.end_year and not near.year:
        return base if near.relative in ("", "this", "year_to_date") else None
    match near.relative:
        case "" if near.year and base.end_year:  # 2022 | 2023 below 2022-2024年
            around = (base.first_month, base.last_month) == (1, 12)
            within = around and base.year and base.year <= near.year <= base.end_year
            return Period(near.year) if within else None
        case "":
            if base.relative == "since" and not near.year:
                return base
            return replace(base, year=year, day=None if near.year else base.day)
        case "this":
            return replace(base, year=year) if last else None
        case "year_to_date" | "this_year":
            if last is None:
                return Period(year, 1, 12) if near.relative == "this_year" and year else None
            return Period(year, 1, last)
        case "month":
            return Period(year, last, last) if last and first in (1, last) else None
        case "quarter":
            return Period(year, last - 2, last) if last and last % 3 == 0 else None
    return None


def _dated(near: Period, base: Period) -> Period | None:
    """截至目前, 期末, 今年以来: the end of the context's period, else the day of the report."""
    if near.relative == "as_of" and not (near.day or near.last_month) and base.last_month:
        return Period(near.year or base.year, 1, base.last_month, relative="as_of")
    if near.day is None and near.first_month and near.year is None:
        return replace(near, year=base.year)
    return near


def is_whole(period: Period) -> bool:
    """Whether a period needs no context: it has its year and its months, or a day."""
    return bool(period.day or (period.year and (period.first_month or period.relative == "since")))


def is_one_day(period: Period) -> bool:
    """30 January above or beside a flow is when something happened; a month's end may name it."""
    day = period.day
    return bool(day and not period.relative and (day + dt.timedelta(days=1)).day != 1)


def occasion(period: Period) -> Period:
    """What a festival without a year says of time: nothing but its name."""
    return Period(festival=period.festival) if period.is_occasion else period


def is_bare_year(period: Period) -> bool:
    """Whether a period says a year and no more."""
    return bool(period.year) and period == Period(period.year)


def names_a_part(period: Period) -> bool:
    """Whether a period's months are not all of a year's."""
    months = (period.first_month, period.last_month)
    return period.first_month is not None and months != (1, 12)
