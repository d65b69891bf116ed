"""What a drawn table speaks of: areas, indicators and periods, each with one word for it."""

from __future__ import annotations

import datetime as dt
from calendar import monthrange
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from etl.understand.period_words import FESTIVAL_QUARTER
from tests.understand.committed import vocabulary

if TYPE_CHECKING:
    from collections.abc import Iterable
    from random import Random

    from etl.catalogue.model import Area, Indicator

BULK = 3  # below so many areas of a parent nothing is drawn
NUMERALS = "一二三四"
FOREIGN_AREAS = ("北庄示范片", "某某区", "城南片", "其他各点", "东片区")
FOREIGN_INDICATORS = (
    "荣军优抚金",
    "双拥书屋藏书",
    "拥军菜篮子",
    "红色驿站",
    "军嫂互助组",
    "无关词",
)
FOREIGN_UNITS = ("斗", "担", "车皮", "麻袋")
FOREIGN_PERIODS = ("农忙期间", "换届以后", "前一阶段", "入冬时节")


@dataclass(frozen=True)
class Place:
    """An area and what a row, a column or a title calls it."""

    ref_area: str
    word: str


@dataclass(frozen=True)
class Measure:
    """An indicator under one of its names, in one unit: 慰问金（万元）."""

    indicator: Indicator
    word: str
    breakdown: str
    unit: str
    factor: float

    @property
    def dimension(self) -> str:
        """Money, count, area or rate."""
        found = vocabulary().units.of(self.indicator.display_unit)
        assert found
        return found[2]


@dataclass(frozen=True)
class Span:
    """A period's first and last month, and what a row, a column or a title calls it."""

    year: int
    first: int
    last: int
    word: str | float

    def days(self, kind: str) -> tuple[dt.date, dt.date]:
        """First and last day: a plan is the whole year's, a stock stands on the last day."""
        if kind == "plan":
            return dt.date(self.year, 1, 1), dt.date(self.year, 12, 31)
        end = dt.date(self.year, self.last, monthrange(self.year, self.last)[1])
        return (end if kind == "stock" else dt.date(self.year, self.first, 1)), end


# -- areas ------------------------------------------------------------------------------------


@cache
def offices() -> dict[str, list[Area]]:
    """Areas of today by their parent, where a parent has enough of them."""
    found: dict[str, list[Area]] = {}
    for area in vocabulary().catalogue.areas.values():
        if area.level in ("prefecture", "county") and not (area.valid_from or area.valid_to):
            found.setdefault(str(area.parent), []).append(area)
    return {parent: areas for parent, areas in found.items() if len(areas) >= BULK}


def places(rnd: Random, parent: str, most: int) -> list[Place]:
    """Areas of one office, called by full or short names or by codes, in any order."""
    known = offices()[parent]
    chosen = rnd.sample(known, rnd.randint(2, min(most, len(known))))
    style = rnd.choice(["name", "name", "short", "spaced", "code", "both", "mixed"])
    short = [area.short_name for area in (*known, vocabulary().catalogue.areas[parent])]
    if len(set(short)) < len(short) and style in ("short", "mixed"):
        style = "name"  # 通化 is a county of 通化 too
    return [Place(area.ref_area, area_word(rnd, area, style)) for area in chosen]


def area_word(rnd: Random, area: Area, style: str) -> str:
    """An area in one way of writing."""
    if style == "mixed":
        style = rnd.choice(["name", "short", "spaced"])
    words = {
        "name": area.name,
        "short": area.short_name,
        "spaced": " ".join(area.name) if len(area.name) < 4 else area.name,
        "code": area.ref_area,
        "both": f"{area.ref_area} {area.name}",
    }
    return words[style]


# -- indicators -------------------------------------------------------------------------------


def measures(rnd: Random, kinds: Iterable[str], most: int) -> list[Measure]:
    """Indicators of these kinds, each once; amounts of one table mostly share their unit."""
    known = [i for i in vocabulary().catalogue.indicators.values() if i.kind in kinds]
    money = rnd.choice(["元", "千元", "万元", "万元", "百万元", "亿元"])
    chosen = rnd.sample(known, rnd.randint(1, most))
    return [measure(rnd, indicator, money) for indicator in chosen]


def measure(rnd: Random, indicator: Indicator, money: str) -> Measure:
    """An indicator by its name or by one of its aliases; a pinned breakdown comes with it."""
    names = [indicator.name, *(a for a in indicator.aliases if "/" not in a)]
    word, _, pinned = rnd.choice(names).partition(" = ")
    unit = _unit(rnd, indicator, money)
    factor = vocabulary().units.factor(unit, indicator.unit_measure)
    assert factor, (indicator.indicator, unit)
    return Measure(indicator, word, pinned or "_T", unit, factor)


def _unit(rnd: Random, indicator: Indicator, money: str) -> str:
    if indicator.unit_measure == "yuan":
        return money
    if indicator.unit_measure == "mu":
        return rnd.choice(["亩", "公顷"])
    if indicator.unit_measure in ("person", "person_time") and rnd.random() < 0.1:
        return f"万{indicator.display_unit}"
    return indicator.display_unit


def in_season(measures: Iterable[Measure], spans: Iterable[Span]) -> bool:
    """Whether no festival is outside a period: 八一慰问金 of a first quarter is refused."""
    pairs = [pair.split(":") for m in measures for pair in m.breakdown.split(";") if ":" in pair]
    quarters = [FESTIVAL_QUARTER[code] for dimension, code in pairs if dimension == "festival"]
    last = [3 * quarter for quarter in quarters if quarter]
    return all(span.first <= month and month - 2 <= span.last for span in spans for month in last)


# -- periods ----------------------------------------------------------------------------------


def _quarter(year: str, q: int) -> list[str]:
    n = NUMERALS[q - 1]
    return [f"{year}{n}季度", f"{year}第{n}季度", f"{year}第{q}季度", f"{year}{q}季度"]


def part_words(first: int, last: int, year: str = "") -> list[str]:
    """How offices write a part of a year; ``year`` (2024年) goes before it."""
    if (first, last) == (1, 12):
        return [year, f"{year}度", f"{year}1-12月"] if year else ["1-12月", "全年"]
    if first == last:
        return [f"{year}{first}月", f"{year}{first}月份"]
    words = [f"{year}{first}-{last}月", f"{year}{first}—{last}月", f"{year}{first}-{last}月份"]
    if last - first == 2 and last % 3 == 0:
        words = _quarter(year, last // 3)
    if (first, last) in ((1, 6), (7, 12)):
        words += [f"{year}{'上' if first == 1 else '下'}半年"] * 2
    if (first, last) == (1, 9):
        words.append(f"{year}前三季度")
    return words


PARTS = {
    "quarters": [(1, 3), (4, 6), (7, 9), (10, 12)],
    "months": [(m, m) for m in range(1, 13)],
    "running": [(1, 2), (1, 3), (1, 4), (1, 6), (1, 9), (1, 10), (1, 12)],
    "halves": [(1, 6), (7, 12)],
}


def title_span(rnd: Random, year: int) -> Span:
    """The one period of a sheet, with its year."""
    first, last = rnd.choice([p for parts in PARTS.values() for p in parts])
    return Span(year, first, last, rnd.choice(part_words(first, last, f"{year}年")))


def axis_spans(rnd: Random, year: int, *, with_year: bool, most: int) -> list[Span]:
    """The periods of an axis; with their year, or with the title's."""
    if with_year and rnd.random() < 0.3:
        return _years(rnd, year, most)
    kind = rnd.choice(list(PARTS))
    parts = rnd.sample(PARTS[kind], rnd.randint(2, min(most, len(PARTS[kind]))))
    if rnd.random() < 0.7:
        parts.sort()
    style = rnd.randint(0, 3)
    found = []
    for first, last in parts:
        words = part_words(first, last, f"{year}年" if with_year else "")
        if with_year and kind in ("quarters", "months") and style == 3:
            words = [f"{year}Q{last // 3}" if kind == "quarters" else f"{year}-{first:02}"]
        found.append(Span(year, first, last, words[style % len(words)]))
    return found


def _years(rnd: Random, year: int, most: int) -> list[Span]:
    years = [year - back for back in range(rnd.randint(2, most))]
    if rnd.random() < 0.5:
        years.reverse()
    style = rnd.randint(0, 2)
    return [Span(y, 1, 12, (f"{y}年", f"{y}年度", float(y))[style]) for y in years]


def relative_spans(rnd: Random, year: int) -> tuple[Span, list[Span]]:
    """A title's quarter or month, and 本季 | 本年累计 below it."""
    quarterly = rnd.random() < 0.6
    last = rnd.choice([6, 9, 12] if quarterly else list(range(2, 13)))
    first = last - 2 if quarterly else last
    base = Span(year, first, last, rnd.choice(part_words(first, last, f"{year}年")))
    now = ["本季", "本季度", "本期"] if quarterly else ["本月", "本期"]
    year_to_date = ["本年累计", "累计", "1-本季累计" if quarterly else "自年初累计"][:2]
    return base, [
        Span(year, first, last, rnd.choice(now)),
        Span(year, 1, last, rnd.choice(year_to_date)),
    ]
