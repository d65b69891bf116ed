"""How a figure is printed: mostly plainly, here and there as people in offices print it."""

from __future__ import annotations

import calendar
import datetime as dt
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from data.demo.figures import (
    MONEY,
    SENT_BY_COUNTIES,
    budget,
    count,
    festival,
    flow,
    target,
    to_date,
)
from data.workbooks import Cell, Fact

if TYPE_CHECKING:
    from collections.abc import Sequence

FULL_WIDTH = str.maketrans("0123456789.", "０１２３４５６７８９．")

# (indicator, area, year, quarter): how its year-to-date figure is printed
ODD = {
    ("job_posts_offered", "620722", 2021, 2): "about",
    ("job_posts_offered", "620702", 2021, 3): "full width",
    ("troop_visit_units", "620721", 2021, 1): "slash",
    ("needy_visit_persons", "620723", 2021, 4): "text",
    ("job_intentions", "620725", 2021, 3): "uncounted",
    ("job_posts_offered", "620702", 2022, 1): "thousands",
    ("job_posts_offered", "620702", 2022, 4): "thousands",
    ("needy_visit_persons", "620700-00", 2022, 1): "at least",
    ("condolence_fund", "620722", 2022, 1): "unit in cell",
    ("condolence_goods_value", "620725", 2022, 4): "about",
    ("job_intentions", "620724", 2023, 1): "full width",
    ("needy_visit_persons", "620721", 2023, 2): "at least",
    ("troop_visit_units", "620723", 2023, 3): "unit in cell",
    ("job_intentions", "620721", 2023, 2): "uncounted",
    ("condolence_fund", "620702", 2024, 2): "text",
    ("job_intentions", "620725", 2024, 2): "about",
    ("needy_visit_persons", "620702", 2024, 3): "thousands",
    ("condolence_fund", "620721", 2024, 4): "preliminary",
    ("condolence_goods_value", "620721", 2024, 4): "preliminary",
    ("needy_visit_persons", "620721", 2024, 4): "preliminary",
    ("condolence_goods_value", "620724", 2024, 3): "about",
    ("media_items_submitted", "620725", 2023, 3): "at least",
    ("media_items_submitted", "620721", 2024, 1): "uncounted",
    ("publicity_events", "620723", 2023, 1): "text",
    ("pension_paid", "620724", 2021, 3): "thousands",
    ("medical_fund", "620722", 2021, 2): "about",
    ("needy_aid_amount", "620721", 2023, 1): "uncounted",
    ("medical_fund", "620725", 2024, 4): "preliminary",
    ("pension_paid", "620725", 2024, 4): "preliminary",
}
# A quarter that never came: nothing of this kind is printed.
MISSED = {
    ("city", "620724", 2022, 2),
    ("pensions", "620721", 2023, 3),
    ("cards", "620725", 2022, 2),
}

TARGET = "plan:年度目标"  # the breakdown under which a year's targets load
UNIT_WORD = {"condolence_fund": "万元", "troop_visit_units": "支"}


def reported_on(year: int, quarter: int, day: int = 5) -> dt.date:
    """A few days after the quarter."""
    return dt.date(year + quarter // 4, quarter * 3 % 12 + 1, day)


def chinese(day: dt.date) -> str:
    """2024年7月5日."""
    return f"{day.year}年{day.month}月{day.day}日"


def last_day(year: int, month: int) -> dt.date:
    """The last day of a month."""
    return dt.date(year, month, calendar.monthrange(year, month)[1])


def ytd_cell(indicator: str, area: str, year: int, quarter: int, *, in_yuan: bool = False) -> Cell:
    """The figure from 1 January on, printed as ODD says."""
    odd = "dash" if area == "620700-00" and indicator in SENT_BY_COUNTIES else ""
    odd = odd or ODD.get((indicator, area, year, quarter), "")
    start, end = dt.date(year, 1, 1), last_day(year, quarter * 3)
    value = to_date(indicator, area, year, quarter)
    return printed(Fact(indicator, area, start, end, value), odd, in_yuan=in_yuan)


def quarter_cell(indicator: str, area: str, year: int, quarter: int) -> Cell:
    """The quarter's own figure."""
    dash = area == "620700-00" and indicator in SENT_BY_COUNTIES
    start, end = dt.date(year, quarter * 3 - 2, 1), last_day(year, quarter * 3)
    value = flow(indicator, area, year)[quarter - 1]
    return printed(Fact(indicator, area, start, end, value), "dash" if dash else "")


def count_cell(indicator: str, area: str, year: int, quarter: int) -> Cell:
    """A stock at the quarter's last day."""
    end = last_day(year, quarter * 3)
    return printed(Fact(indicator, area, end, end, count(indicator, area, year, quarter)), "")


def target_cell(indicator: str, area: str, year: int) -> Cell:
    """What the year is to bring."""
    start, end = dt.date(year, 1, 1), dt.date(year, 12, 31)
    dash = area == "620700-00" and indicator in SENT_BY_COUNTIES
    value = target(indicator, area, year)
    return printed(Fact(indicator, area, start, end, value, TARGET), "dash" if dash else "")


def festival_cell(indicator: str, area: str, year: int, at: str) -> Cell:
    """What a festival of the year brought."""
    start, end = dt.date(year, 1, 1), dt.date(year, 12, 31)
    value = festival(indicator, area, year, at)
    return printed(Fact(indicator, area, start, end, value, f"festival:{at}"), "")


def budget_cell(area: str, year: int) -> Cell:
    """What the year's budget holds for dual-support work."""
    start, end = dt.date(year, 1, 1), dt.date(year, 12, 31)
    return printed(Fact("dual_support_budget", area, start, end, budget(area, year)), "")


def printed(fact: Fact, odd: str, *, in_yuan: bool = False) -> Cell:
    """A fact as a cell; money in 万元 with two decimals unless in yuan.

    What is lost in print (约1100 for 1,103) is lost in the fact, too.
    """
    money = fact.indicator in MONEY
    unit = 10000 if money and not in_yuan else 1
    value = (fact.value or 0) / unit
    plain = f"{value:.2f}" if money and not in_yuan else f"{value:.0f}"
    with_format = "0.00" if money else "0"
    match odd:
        case "":
            return Cell(round(value, 2) if money else int(value), fact, with_format)
        case "dash" | "slash":
            mark = {"dash": "—", "slash": "/"}[odd]
            return Cell(mark, replace(fact, value=None, obs_status="M"))
        case "uncounted":
            return Cell("未统计", replace(fact, value=None, obs_status="O"))
        case "about":
            round_figure = _floor(value)
            about = replace(fact, value=round_figure * unit, qualifier="about")
            return Cell(f"约{round_figure}", about)
        case "at least":
            round_figure = _floor(value)
            at_least = replace(fact, value=round_figure * unit, qualifier="at_least")
            return Cell(f"{round_figure}余", at_least)
        case "full width":
            return Cell(plain.translate(FULL_WIDTH), fact)
        case "thousands":
            return Cell(f"{value:,.2f}" if money else f"{value:,.0f}", fact)
        case "text":
            return Cell(f" {plain} ", fact)
        case "unit in cell":
            return Cell(plain + UNIT_WORD[fact.indicator], fact)
        case "preliminary":
            return Cell(f"初步{plain}", replace(fact, obs_status="P"))
    raise KeyError(odd)


def _floor(value: float) -> int:
    """To one significant digit less than it has: 1103 → 1100, 37 → 30."""
    step: int = 10 ** max(1, len(str(int(value))) - 2)
    return max(step, int(value) // step * step)


def total(cells: Sequence[Any]) -> Cell | None:
    """What stands in the 合计 row under these cells: the sum of the plain numbers.

    An office leaves it open when one county is not a plain number.
    """
    plain = [c for c in cells if isinstance(c, Cell) and isinstance(c.shown, int | float)]
    if len(plain) < len(cells):
        return None
    return Cell(round(sum(c.shown for c in plain), 2), None, plain[0].number_format)


def with_total(label: list[Any], rows: list[list[Any]]) -> list[list[Any]]:
    """The rows and under them the row of totals; ``label`` stands before its values."""
    columns = zip(*(row[len(label) :] for row in rows), strict=True)
    return [*rows, [*label, *(total(column) for column in columns)]]
