"""Names of periods: 2024年二季度, Q2 2024; the year up to its end: 2024年1—6月."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dashboard.queries.periods import PER_YEAR, freq_of, last_month, part_of_year

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dashboard.locale import Words
    from dashboard.queries.months import Window
    from dashboard.queries.values import Measure

QUARTERS = ("一", "二", "三", "四")
HALVES = ("上", "下")
MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


def period_name(period: str, words: Words, measure: Measure = "value") -> str:
    """Return what a period is called, in a title or a sentence."""
    if measure == "ytd":
        return _year_to(period, words)
    year, freq, part = period[:4], freq_of(period), part_of_year(period)
    return words(
        f"period.{freq}",
        year=year,
        part=part,
        quarter=QUARTERS[part - 1] if freq == "Q" else "",
        half=HALVES[part - 1] if freq == "S" else "",
        month=MONTHS[part - 1] if freq == "M" else "",
    )


def within_year(period: str, words: Words, measure: Measure = "value") -> str:
    """Return a period as people say it within its year: 二季度; the year up to its end: 上半年."""
    key = f"period.until.{last_month(period)[5:]}"
    if measure == "ytd" and freq_of(period) != "A" and key in words.sentences:
        return words("period.within", part=words(key), number=period[:4])
    name = period_name(period, words, measure)
    return name.removeprefix(words("period.A", year=period[:4])) or name


def span_name(period: str, words: Words) -> str:
    """Return what a reported period is called, also a span (2024-01-01/P9M) or a day."""
    if "/P" in period:
        start, _, months = period.partition("/P")
        year, month = int(start[:4]), int(start[5:7])
        last = month + int(months.rstrip("M")) - 1
        end_year, end_month = year + (last - 1) // 12, (last - 1) % 12 + 1
        key = "period.span" if end_year == year else "period.long_span"
        return words(
            key,
            year=year,
            first=month,
            last=end_month,
            end_year=end_year,
            first_month=MONTHS[month - 1],
            last_month=MONTHS[end_month - 1],
        )
    return day_name(period, words) if period.count("-") == 2 else period_name(period, words)


def day_name(day: str, words: Words) -> str:
    """Return what a day (2024-06-30) is called: 2024年6月30日, 30 Jun 2024; nothing of nothing."""
    if not day:
        return ""
    year, month, of_month = map(int, day.split("-"))
    return words("period.day", year=year, part=month, month=MONTHS[month - 1], day=of_month)


def window_name(window: Window, words: Words) -> str:
    """Return what a window of months is called: 2024年二季度, 2019年4月—2023年3月."""
    year, month = 1900 + window.first // 12, window.first % 12
    n = window.n_months
    if n in (1, 3, 6, 12) and month % n == 0:
        part = month // n + 1
        ending = {1: f"-M{part:02d}", 3: f"-Q{part}", 6: f"-S{part}", 12: ""}[n]
        return period_name(f"{year}{ending}", words)
    return span_name(f"{year}-{month + 1:02d}-01/P{n}M", words)


def tick(period: str, words: Words, *, with_year: bool) -> str:
    """Return the short label under an axis; the year stands under the first of each year."""
    part = part_of_year(period)
    if freq_of(period) == "A":
        return period
    short = words(f"tick.{freq_of(period)}", part=part, quarter=QUARTERS[(part - 1) % 4])
    return f"{short}<br>{period[:4]}" if with_year else short


def ticks(periods: Sequence[str], words: Words) -> tuple[tuple[str, str], ...]:
    """Return the periods along an axis with their labels; the first says its year, too."""
    return tuple(
        (p, tick(p, words, with_year=n == 0 or part_of_year(p) == 1)) for n, p in enumerate(periods)
    )


def _year_to(period: str, words: Words) -> str:
    last = part_of_year(period) * 12 // PER_YEAR[freq_of(period)]
    if last == 12:
        return words("period.A", year=period[:4])
    return words("period.ytd", year=period[:4], last=last, month=MONTHS[last - 1])
