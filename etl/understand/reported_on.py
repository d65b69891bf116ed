"""The date that a sheet prints as its own."""

from __future__ import annotations

import datetime as dt
import re
from typing import TYPE_CHECKING

from etl.understand.period import find_periods
from etl.understand.text import normalise

if TYPE_CHECKING:
    from etl.records import Value
    from etl.understand.sheet import Sheet


def reported_on(sheet: Sheet, types: list[str]) -> dt.date | None:
    """Return the date that a sheet prints as its own, above or below: 填报时间：2024年7月5日."""
    starts = sheet.vocabulary.words["reported_on_start"]
    beside = {"meta", "footer", "single", "header"}
    for row in [row for row, kind in enumerate(types) if kind in beside]:
        for column in sheet.filled(row):
            label = sheet.label(row, column)
            if label is None or not any(start in label.text for start in starts):
                continue
            following = sheet.value(row, column + 1) if column + 1 < sheet.width else None
            if day := _day(_dated(label.text, starts)) or _as_day(following):
                return day
    return None


def _dated(text: str, starts: tuple[str, ...]) -> str:
    """Return what follows one of ``starts`` in a meta or footer line: '填报时间:2024年7月5日'."""
    for start in starts:
        match = re.search(re.escape(start) + r"(?:\([^()]*\))?[:\s]*([^:]*)", text)
        if match and match.group(1):
            return match.group(1)
    return ""


def _as_day(value: Value) -> dt.date | None:
    if isinstance(value, dt.datetime):
        return value.date()
    if isinstance(value, dt.date):
        return value
    return _day(normalise(value)) if isinstance(value, str) else None


def _day(text: str) -> dt.date | None:
    periods, _ = find_periods("截至" + text)
    return next((period.day for period in periods if period.day), None)
