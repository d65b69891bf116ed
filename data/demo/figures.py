"""Invented figures of Zhangye's six counties and the city's own offices, 2021–2024."""

from __future__ import annotations

import random
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

YEARS = range(2021, 2025)
SEED = 20250110

# code: (full name, name as offices write it, registered veterans in thousands)
AREAS: Mapping[str, tuple[str, str, float]] = {
    "620702": ("甘州区", "甘州区", 5.2),
    "620721": ("肃南裕固族自治县", "肃南县", 0.42),
    "620722": ("民乐县", "民乐县", 2.1),
    "620723": ("临泽县", "临泽县", 1.3),
    "620724": ("高台县", "高台县", 1.45),
    "620725": ("山丹县", "山丹县", 1.8),
    "620700-00": ("市本级", "市本级", 0.6),
}

# indicator: (a year's amount per thousand veterans, share of each quarter); money in 0.01万元.
# 春节 and 八一 draw visits into Q1 and Q3, recruits leave in March and September.
FLOWS: Mapping[str, tuple[float, tuple[float, float, float, float]]] = {
    "condolence_fund": (4200, (0.46, 0.06, 0.41, 0.07)),
    "condolence_goods_value": (1900, (0.50, 0.03, 0.42, 0.05)),
    "troop_visit_units": (9, (0.45, 0.08, 0.40, 0.07)),
    "needy_visit_persons": (95, (0.48, 0.10, 0.32, 0.10)),
    "recruits_sent": (24, (0.44, 0.0, 0.56, 0.0)),
    "job_fairs": (7, (0.34, 0.24, 0.20, 0.22)),
    "job_posts_offered": (1900, (0.36, 0.24, 0.20, 0.20)),
    "job_intentions": (280, (0.34, 0.25, 0.21, 0.20)),
    "pension_allocated": (92000, (0.27, 0.24, 0.25, 0.24)),
    "conscript_family_allowance": (11500, (0.47, 0.0, 0.53, 0.0)),
    "medical_fund": (6300, (0.18, 0.25, 0.26, 0.31)),
    "needy_aid_amount": (1500, (0.36, 0.18, 0.30, 0.16)),
    "merit_awards_delivered": (15, (0.20, 0.10, 0.58, 0.12)),
    "publicity_events": (22, (0.18, 0.26, 0.34, 0.22)),
    "media_items_submitted": (46, (0.20, 0.26, 0.31, 0.23)),
}
SENT_BY_COUNTIES = ("recruits_sent", "conscript_family_allowance")
STOCKS = ("veterans_registered", "honor_plaque_total", "veteran_card_total", "veteran_card_holders")
MONEY = {
    "condolence_fund", "condolence_goods_value", "pension_allocated", "pension_paid",
    "conscript_family_allowance", "medical_fund", "needy_aid_amount", "dual_support_budget",
}  # fmt: skip

# Shandan falls behind: what it does of a year's amount.
LAGGARD = "620725"
LAGGING = {"job_fairs", "job_posts_offered", "job_intentions", "publicity_events",
           "media_items_submitted", "needy_visit_persons"}  # fmt: skip
LAG = {2021: 1.0, 2022: 0.95, 2023: 0.8, 2024: 0.58}

# The quarter in which each festival falls.
FESTIVALS: Mapping[str, int] = {"春节": 1, "八一": 3}

Quarters = tuple[int, int, int, int]


def _dice(*key: object) -> random.Random:
    """Dice of one key, so that adding an indicator does not change the others."""
    return random.Random(f"{SEED} {key}")  # noqa: S311


def flow(indicator: str, area: str, year: int) -> Quarters:
    """What each quarter of a year brought: money in yuan, all else in counts."""
    if indicator == "pension_paid":
        return _paid(area, year)
    level, shares = FLOWS[indicator]
    dice = _dice(indicator, area, year)
    size = AREAS[area][2] ** 0.8 * 1.05 ** (year - 2021)
    if area == LAGGARD and indicator in LAGGING:
        size *= LAG[year]
    scale = 100 if indicator in MONEY else 1
    first, second, third, fourth = (
        round(level * size * share * dice.uniform(0.9, 1.1)) * scale for share in shares
    )
    return first, second, third, fourth


def _paid(area: str, year: int) -> Quarters:
    """Less than what was allocated, in every quarter."""
    dice = _dice("pension_paid", area, year)
    allocated = flow("pension_allocated", area, year)
    first, second, third, fourth = (
        round(amount / 100 * dice.uniform(0.93, 0.99)) * 100 for amount in allocated
    )
    return first, second, third, fourth


def to_date(indicator: str, area: str, year: int, quarter: int) -> int:
    """From 1 January to the end of the quarter."""
    return sum(flow(indicator, area, year)[:quarter])


def target(indicator: str, area: str, year: int) -> int:
    """What an area was to do in a year: what its size lets expect, in round figures."""
    level, _ = FLOWS[indicator]
    size = AREAS[area][2] ** 0.8 * 1.05 ** (year - 2021)
    planned = level * size * _dice("target", indicator, area, year).uniform(0.94, 1.04)
    step = 10 ** max(0, len(str(round(planned))) - 2)
    scale = 100 if indicator in MONEY else 1
    return max(1, round(planned / step)) * step * scale


def festival(indicator: str, area: str, year: int, at: str) -> int:
    """Most of what the festival's quarter brought; visits of leaders are told here alone."""
    dice = _dice("festival", indicator, area, year, at)
    if indicator == "troop_visit_count":
        return round(2 + 3 * AREAS[area][2] ** 0.5 * dice.uniform(0.8, 1.2))
    brought = flow(indicator, area, year)[FESTIVALS[at] - 1]
    return round(brought / 100 * dice.uniform(0.86, 0.97)) * 100


def budget(area: str, year: int) -> int:
    """A round sum in yuan that covers a usual year's visits and leaves something for activities."""
    level = FLOWS["condolence_fund"][0] + FLOWS["condolence_goods_value"][0]
    usual = 100 * level * AREAS[area][2] ** 0.8 * 1.05 ** (year - 2021)
    return round(usual * 1.25 / 5000) * 5000


def months(indicator: str, area: str, year: int) -> list[int]:
    """Each quarter divided among its three months."""
    dice = _dice("months", indicator, area, year)
    divided = []
    for total in flow(indicator, area, year):
        cuts = sorted(dice.randint(0, total) for _ in range(2))
        divided += [cuts[0], cuts[1] - cuts[0], total - cuts[1]]
    return divided


def count(indicator: str, area: str, year: int, quarter: int) -> int:
    """A stock at the quarter's last day; cards spread from a fifth of the veterans to most."""
    elapsed = (year - 2021) * 4 + quarter
    veterans = AREAS[area][2] * 1000 * (1 + 0.004 * elapsed)
    if indicator == "veterans_registered":
        return round(veterans)
    if indicator == "honor_plaque_total":
        return round(veterans * (1.01 + 0.004 * elapsed))
    ceiling = 0.71 if area == LAGGARD else 0.95
    holders = round(veterans * ceiling * (1 - 0.78 * 0.8**elapsed))
    wrong = 30 if (indicator, area, elapsed) == ("veteran_card_total", "620724", 11) else 0
    return holders + wrong
