"""L13, a year's budget and visits at the two festivals: groups of columns under merged heads."""

from __future__ import annotations

import datetime as dt
from typing import Any

from data.demo.figures import AREAS, FESTIVALS
from data.demo.shown import budget_cell, chinese, festival_cell, with_total
from data.workbooks import Sheet, across, banner

COLUMNS = {
    "慰问金（万元）": "condolence_fund",
    "慰问品折价（万元）": "condolence_goods_value",
    "走访部队次数（次）": "troop_visit_count",
}
BUDGET = "双拥工作经费预算（万元）"


def festivals(year: int) -> Sheet:
    """What each county planned for the year, and did at 春节 and 八一."""
    rows: list[list[Any]] = [
        [
            AREAS[area][1],
            budget_cell(area, year),
            *(
                festival_cell(code, area, year, festival)
                for festival in FESTIVALS
                for code in COLUMNS.values()
            ),
        ]
        for area in AREAS
    ]
    body = with_total(["合计"], rows)
    paths = [["县区"], [BUDGET], *([f, label] for f in FESTIVALS for label in COLUMNS)]
    header, merges = banner(paths, 3)
    head: list[list[Any]] = [
        [f"张掖市{year}年双拥经费和走访慰问情况统计表（演示数据）"],
        ["填报单位：张掖市双拥办", None, None, f"填报时间：{chinese(dt.date(year + 1, 1, 6))}"],
    ]
    foot = [["注：演示数据。"]]
    return Sheet(f"{year}年", [*head, *header, *body, *foot],
                 [across(1, 1, len(paths)), *merges])  # fmt: skip
