"""Rows of the table observation, with what a test does not care about filled in."""

from __future__ import annotations

import datetime as dt


def first_day(month):
    return dt.date(2020 + month // 12, month % 12 + 1, 1)


def report(
    start, end, value, *, area="620702", indicator="visits", breakdown="_T", qualifier="exact",
    status="A", half=0.5, low=None, high=None, dataset="reported", day=dt.date(2025, 1, 10),
):  # fmt: skip
    """A report of months start to end (month 0 is January 2020), or of a day given twice."""
    if isinstance(start, int):
        start, end = first_day(start), first_day(end) - dt.timedelta(1)
    return (
        dataset, indicator, area, breakdown, start, end, "", False, value, half, status, qualifier,
        low, high, "" if value is None else f"{value:g}", "人", "source", "file.xlsx", "Sheet1",
        f"{indicator}{area}{breakdown}{start}{end}", day, "file", 1, True, "only",
    )  # fmt: skip


def count(day, value, **words):
    """A stock's count on a day."""
    day = dt.date.fromisoformat(day)
    return report(day, day, value, **{"indicator": "cards", **words})
