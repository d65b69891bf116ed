"""Numbers as offices write them: 1,234.50 万元, 10余, 近30万; and changes on the year before."""

from __future__ import annotations

from math import log10
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from dashboard.locale import Words
    from dashboard.queries.choices import Indicator
    from dashboard.queries.values import Change


def shown(value: float, indicator: Indicator) -> float:
    """Return a value in the unit that it is shown in: yuan → 万元."""
    return value / indicator.factor


def number(value: float, decimals: int) -> str:
    """Return a number with thousands separators; a rounded nought has no sign."""
    text = f"{value:,.{decimals}f}"
    return text.lstrip("-") if not text.strip("-0.,") else text


def signed(value: float, decimals: int) -> str:
    """Return a number with its sign; none on a rounded nought."""
    text = number(value, decimals)
    return f"+{text}" if value > 0 and text.strip("0.,") else text


def figure(
    value: float, qualifier: str, indicator: Indicator, words: Words, after: str = ""
) -> str:
    """Return a value and what stands ``after`` it: 1,234.50万元; inexact without false decimals."""
    text = number(shown(value, indicator), indicator.decimals)
    if qualifier == "exact":
        return text + (_of_one(after, words) if text == "1" else after)
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    return words(f"qualifier.{qualifier}", number=text, unit=after)


def _of_one(after: str, words: Words) -> str:
    """Return the unit of a single one: event, where it is events."""
    name = after.strip()
    return after.replace(name, words.sentences.get(f"one.{name}", name)) if name else after


def in_language(indicator: Indicator, words: Words) -> Indicator:
    """Return the indicator with the unit that the language counts in: 万元 → thousand yuan."""
    key = f"scale.{indicator.display_unit}"
    if f"{key}.unit" not in words.sentences:
        return indicator
    factor = float(words(f"{key}.factor"))
    fewer = round(log10(indicator.factor / factor))
    return indicator._replace(
        display_unit_en=words(f"{key}.unit"),
        factor=factor,
        decimals=max(0, indicator.decimals - fewer),
    )


def unit(indicator: Indicator, words: Words) -> str:
    """Return the unit that an indicator is shown in."""
    return words.pick(indicator.display_unit, indicator.display_unit_en)


def unit_after(indicator: Indicator, words: Words) -> str:
    """Return the unit as it follows a number: 万元, %, or with a space in English."""
    name = unit(indicator, words)
    return name if words.language == "zh" or name == "%" else f" {name}"


def growth(change: Change | None, indicator: Indicator, words: Words) -> str:
    """Return a change in per cent, of a rate in percentage points; — where there is no base."""
    if change is None:
        return words("change.none")
    if indicator.kind == "rate":
        text = words("change.points", points=signed(change.difference, 2))
    elif change.growth is None:
        return words("change.none")
    else:
        text = f"{signed(change.growth, 1)}%"
    return text if change.exact else words("change.about", change=text)


def moved(change: Change, indicator: Indicator) -> float | None:
    """Return the size of a change as it is drawn: per cent, or points of a rate."""
    return change.difference if indicator.kind == "rate" else change.growth
