"""L10, county × quarter, and quarters side by side: one or two indicators a table."""

from __future__ import annotations

import datetime as dt
from typing import Any

from data.demo.figures import AREAS, months
from data.demo.shown import (
    chinese,
    last_day,
    quarter_cell,
    reported_on,
    target_cell,
    total,
    with_total,
    ytd_cell,
)
from data.workbooks import Cell, Fact, Sheet, across, banner

QUARTERS = (1, 2, 3, 4)
FEWER_IN_MAY = ("620722", 2024)  # April's report was one too many and was taken back in May


def _head(title: str, year: int) -> list[list[Any]]:
    when = f"填报时间：{chinese(reported_on(year, 4, 6))}"
    return [[title], ["填报单位：张掖市双拥办", None, None, when]]


def events_by_month(year: int) -> Sheet:
    """Cumulative months across, the indicator and its unit above."""
    spans = ["1月", *(f"1-{month}月" for month in range(2, 13))]
    rows = [[AREAS[area][1], *_done(area, year)] for area in AREAS]
    body = with_total(["合计"], rows)
    tasks = [target_cell("publicity_events", area, year) for area in AREAS]
    rates = [row[12].shown / task.shown for row, task in zip(body, tasks, strict=False)]
    for row, task, rate in zip(body, tasks, rates, strict=False):
        row += [task, Cell(rate, None, "0.0%"), 1 + sum(other > rate for other in rates)]
    planned = sum(task.shown for task in tasks)
    body[-1] += [planned, Cell(body[-1][12].shown / planned, None, "0.0%")]
    head = _head(f"张掖市{year}年双拥宣传教育活动场次累计完成情况（演示数据）", year)
    head[1] += [None, None, "单位：场"]
    head.append(["县区", *spans, "全年任务", "完成率", "排名"])
    foot = [["说明：演示数据。累计数以最近一次报送为准。"]]
    return Sheet("宣传活动", [*head, *body, *foot], [across(1, 1, 16)])


def _done(area: str, year: int) -> list[Cell]:
    by_month = months("publicity_events", area, year)
    done = [sum(by_month[:month]) for month in range(1, 13)]
    if (area, year) == FEWER_IN_MAY:
        done[3] = done[4] + 1
    start = dt.date(year, 1, 1)
    return [
        Cell(value, Fact("publicity_events", area, start, last_day(year, month), value))
        for month, value in enumerate(done, start=1)
    ]


def media_to_date(year: int) -> Sheet:
    """Cumulative quarters across, the unit in the title."""
    rows: list[list[Any]] = [
        [AREAS[area][1], *(ytd_cell("media_items_submitted", area, year, q) for q in QUARTERS)]
        for area in AREAS
    ]
    head = _head(f"张掖市{year}年双拥工作向媒体报送稿件数（篇）", year)
    head.append(["县区", "1—3月", "1—6月", "1—9月", "1—12月"])
    body = with_total(["合计"], rows)
    return Sheet("报送稿件", [*head, *body, ["注：演示数据。"]], [across(1, 1, 5)])


def county_by_quarter(indicator: str, name: str, title: str, year: int) -> Sheet:
    """County × quarter; what is counted stands in the title alone."""
    rows: list[list[Any]] = []
    for area in AREAS:
        cells = [quarter_cell(indicator, area, year, q) for q in QUARTERS]
        rows.append([AREAS[area][1], *cells, total(cells)])
    head = _head(f"张掖市{year}年{title}（演示数据）", year)
    head.append(["县区", "一季度", "二季度", "三季度", "四季度", "合计"])
    return Sheet(name, [*head, *with_total(["全市"], rows)], [across(1, 1, 6)])


def quarters_side_by_side(year: int) -> Sheet:
    """Two indicators under each of four merged quarter headers."""
    shown = {
        "宣传教育活动（场）": "publicity_events",
        "报送稿件（篇）": "media_items_submitted",
    }
    paths = [(f"{'一二三四'[q - 1]}季度", leaf) for q in QUARTERS for leaf in shown]
    header, merges = banner([("县区",), *paths], first_row=3)
    rows: list[list[Any]] = [
        [
            AREAS[area][1],
            *(quarter_cell(i, area, year, q) for q in QUARTERS for i in shown.values()),
        ]
        for area in AREAS
    ]
    head = _head(f"张掖市{year}年双拥宣传工作分季度统计表（演示数据）", year) + header
    body = with_total(["合计"], rows)
    return Sheet("分季度", [*head, *body, ["注：演示数据。"]], [across(1, 1, 9), *merges])
