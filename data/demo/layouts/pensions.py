"""L3: one sheet a county, indicators in rows with their units."""

from __future__ import annotations

from typing import Any

from data.demo.figures import AREAS
from data.demo.shown import MISSED, chinese, reported_on, ytd_cell
from data.workbooks import Cell, Sheet, across

ROWS = [
    ("一、优抚对象抚恤补助", None),
    ("　1.抚恤金和生活补助下拨额", "pension_allocated"),
    ("　2.抚恤金和生活补助发放额", "pension_paid"),
    ("　3.义务兵家庭优待金", "conscript_family_allowance"),
    ("　4.优抚对象医疗保障经费", "medical_fund"),
    ("二、困难帮扶", None),
    ("　困难退役军人帮扶资金", "needy_aid_amount"),
]
QUARTERS = (1, 2, 3, 4)


def _office(area: str) -> str:
    city = "张掖市" if area == "620700-00" else AREAS[area][1]
    return f"填报单位：{city}退役军人事务局"


def pensions_year(area: str, year: int, *, in_yuan: bool) -> Sheet:
    """Cumulative quarters across."""
    unit = "元" if in_yuan else "万元"
    when = f"填报时间：{chinese(reported_on(year, 4, 8))}"
    head: list[list[Any]] = [
        [f"{year}年优抚资金拨付发放情况表"],
        [_office(area), None, None, when, None, None, f"计量单位：{unit}"],
        ["指标名称", "计量单位", "代码", "1—3月", "1—6月", "1—9月", "1—12月"],
        ["甲", "乙", "丙", *QUARTERS],
    ]
    body: list[list[Any]] = []
    for code, (label, indicator) in enumerate(ROWS, start=1):
        row: list[Any] = [label, unit if indicator else "——", f"{code:02}"]
        if indicator:
            row += [ytd_cell(indicator, area, year, q, in_yuan=in_yuan) for q in QUARTERS]
        body.append(row)
    foot: list[list[Any]] = [["单位负责人：××", None, "填表人：××"], ["说明：演示数据，均为虚构。"]]
    return Sheet(AREAS[area][1], [*head, *body, *foot], [across(1, 1, 7)])


def pensions_quarter(area: str, year: int, quarter: int) -> Sheet:
    """This year to date and the same months last year."""
    name = "张掖市本级" if area == "620700-00" else AREAS[area][1]
    title = f"{name}{year}年第{'一二三四'[quarter - 1]}季度优抚资金拨付发放情况（演示数据）"
    head: list[list[Any]] = [
        [title],
        [_office(area), None, None, f"填报时间：{chinese(reported_on(year, quarter, 8))}"],
        ["指标名称", "计量单位", "代码", "本年累计", "上年同期"],
        ["甲", "乙", "丙", 1, 2],
    ]
    body: list[list[Any]] = []
    for code, (label, indicator) in enumerate(ROWS, start=1):
        row: list[Any] = [label, "万元" if indicator else "——", f"{code:02}"]
        if indicator:
            row.append(ytd_cell(indicator, area, year, quarter))
            row.append(_same_months_last_year(indicator, area, year, quarter))
        body.append(row)
    foot = [["单位负责人：××", None, "填表人：××"]]
    return Sheet(AREAS[area][1], [*head, *body, *foot], [across(1, 1, 5)])


def _same_months_last_year(indicator: str, area: str, year: int, quarter: int) -> Cell | None:
    """As reported the year before: a check, not a fact; open where nothing plain was."""
    before = ytd_cell(indicator, area, year - 1, quarter)
    missed = ("pensions", area, year - 1, quarter) in MISSED
    if missed or not isinstance(before.shown, int | float):
        return None
    return Cell(before.shown, None, before.number_format)
