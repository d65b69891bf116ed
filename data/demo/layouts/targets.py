"""L12, a year's targets: counties × indicators, the year in the title alone."""

from __future__ import annotations

import datetime as dt
from typing import Any

from data.demo.figures import AREAS
from data.demo.shown import chinese, target_cell, with_total
from data.workbooks import Sheet, across

COLUMNS = {
    "慰问金发放额（万元）": "condolence_fund",
    "走访慰问部队（支）": "troop_visit_units",
    "走访困难退役军人（人）": "needy_visit_persons",
    "输送新兵（人）": "recruits_sent",
    "招聘会（场）": "job_fairs",
    "提供岗位（个）": "job_posts_offered",
    "双拥宣传活动（场）": "publicity_events",
    "媒体稿件（篇）": "media_items_submitted",
}
BESIDE_MONTHS = "publicity_events"  # from 2023 on its 全年任务 stands beside the months


def targets(year: int) -> Sheet:
    """What every county is to do in the year, as handed down in January."""
    shown = {
        label: code
        for label, code in COLUMNS.items()
        if year < 2023 or code != BESIDE_MONTHS
    }  # fmt: skip
    rows: list[list[Any]] = [
        [AREAS[area][1], *(target_cell(code, area, year) for code in shown.values())]
        for area in AREAS
    ]
    body = with_total(["合计"], rows)
    head: list[list[Any]] = [
        [f"张掖市{year}年双拥工作年度目标任务分解表（演示数据）"],
        ["填报单位：张掖市双拥办", None, None, f"填报时间：{chinese(dt.date(year, 1, 15))}"],
        ["县区", *shown],
    ]
    foot = [["注：演示数据。"]]
    return Sheet(f"{year}年目标", [*head, *body, *foot], [across(1, 1, len(shown) + 1)])
