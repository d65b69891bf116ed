"""L1: the city's table, counties down, groups of indicators across under merged headers."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import partial
from typing import Any

from data.demo.figures import AREAS, to_date
from data.demo.shown import MISSED, chinese, quarter_cell, reported_on, with_total, ytd_cell
from data.workbooks import Cell, Fact, Sheet, across, banner

NOTE = "注：1.本表于季后5日内报送。2.演示数据，均为虚构，不代表任何地区实际情况。"
SIGNED = ["制表人：××", None, None, "审核人：××", None, None, "负责人：××", None, "电话："]
NAMES = {"620722": "民 乐 县", "620721": "肃南裕固族自治县", "620724": "　高台县"}
REMARKS = {("620702", 2): "含线上1场", ("620700-00", 1): "与甘州区合办1场"}
TO_DATE = ("1—3月", "1—6月", "1—9月", "1—12月")
HALVES = ("一季度", "上半年", "前三季度", "全年")

Column = tuple[tuple[str, ...], Callable[[str, int, int], Cell]]


def _visits(group: str) -> Iterator[Column]:
    for leaf, indicator in (
        ("走访部队（支）", "troop_visit_units"),
        ("走访困难退役军人（人）", "needy_visit_persons"),
        ("慰问金", "condolence_fund"),
        ("慰问品\n折价", "condolence_goods_value"),
    ):
        yield (group, leaf), partial(ytd_cell, indicator)


FAIRS = (
    ("场次", "job_fairs"),
    ("提供岗位（个）", "job_posts_offered"),
    ("达成就业意向（人）", "job_intentions"),
)
TO_DATE_COLUMNS: list[Column] = [
    *_visits("走访慰问"),
    (("输送新兵（人）",), partial(ytd_cell, "recruits_sent")),
    *((("招聘会", leaf), partial(ytd_cell, indicator)) for leaf, indicator in FAIRS),
]


def _by_quarter(*path: str, indicator: str) -> Iterator[Column]:
    yield (*path, "本季"), partial(quarter_cell, indicator)
    yield (*path, "本年累计"), partial(ytd_cell, indicator)


QUARTER_COLUMNS: list[Column] = [
    *_visits("走访慰问（本年累计）"),
    *_by_quarter("输送新兵", indicator="recruits_sent"),
    *_by_quarter("招聘会", "场次", indicator="job_fairs"),
    *_by_quarter("招聘会", "提供岗位（个）", indicator="job_posts_offered"),
    (("招聘会", "达成就业意向（人）", "本年累计"), partial(ytd_cell, "job_intentions")),
]


def _to_needy(area: str, year: int, quarter: int) -> Cell:
    """A tenth of the money goes to veterans in need."""
    part = to_date("condolence_fund", area, year, quarter) // 1000 * 100
    span = dt.date(year, 1, 1), reported_on(year, quarter, 1) - dt.timedelta(1)
    fact = Fact("condolence_fund", area, *span, part, "recipient:困难退役军人")
    return Cell(part / 10000, fact, "0.00")


NEEDY: Column = (("走访慰问（本年累计）", "其中：困难退役军人"), _to_needy)


def city_to_date(year: int, quarter: int) -> Sheet:
    """Two header rows; the title's months hold for every column."""
    words = HALVES[quarter - 1] if year == 2021 else TO_DATE[quarter - 1]
    title = f"张掖市{year}年{words}双拥工作情况统计表（演示数据）"
    return _table(words.replace("—", "-"), title, TO_DATE_COLUMNS, year, quarter)


def city_quarter(year: int, quarter: int) -> Sheet:
    """Three header rows: 走访慰问 since 1 January, the rest by quarter and to date."""
    title = f"张掖市{year}年第{'一二三四'[quarter - 1]}季度双拥工作情况统计表（演示数据）"
    columns = QUARTER_COLUMNS
    if year == 2024:  # the form of 2024 asks for the part of veterans in need
        columns = [*columns[:3], NEEDY, *columns[3:]]
    return _table("Sheet1", title, columns, year, quarter)


def _table(name: str, title: str, columns: list[Column], year: int, quarter: int) -> Sheet:
    paths = [("序号",), ("单 位",), *(path for path, _ in columns), ("备注",)]
    header, merges = banner(paths, first_row=4)
    meta: list[Any] = [None] * len(paths)
    meta[0], meta[-2] = "填报单位（盖章）：张掖市双拥办", "单位：万元、人、场"
    meta[4] = f"填报时间：{chinese(reported_on(year, quarter))}"
    head: list[list[Any]] = [
        ["附件1"],
        [title],
        meta,
        *header,
        ["甲", "乙", *range(1, len(paths) - 2), "丙"],
    ]
    rows: list[list[Any]] = []
    for serial, area in enumerate(AREAS, start=1):
        cells: list[Any] = [_cell(cell, area, year, quarter) for _, cell in columns]
        rows.append([serial, NAMES.get(area, AREAS[area][1]), *cells])
    body = with_total([None, "合计"], rows)
    for row, area in zip(body, AREAS, strict=False):
        row.append(REMARKS.get((area, quarter)))
    last = len(head) + len(body)
    merges += [across(2, 1, len(paths)), across(last + 2, 1, len(paths))]
    return Sheet(name, [*head, *body, SIGNED, [NOTE]], merges)


def _cell(cell: Callable[[str, int, int], Cell], area: str, year: int, quarter: int) -> Cell | None:
    if ("city", area, year, quarter) in MISSED:
        return None
    drawn = cell(area, year, quarter)
    fact = drawn.fact
    if fact and (fact.indicator, area, str(fact.start), quarter) == WRONG:
        raised = replace(fact, value=(fact.value or 0) + 90)
        return Cell(drawn.shown + 90, raised, drawn.number_format)
    return drawn


# 临泽县 wrote 90 posts too many for the quarter: 本季 and 本年累计 no longer agree.
WRONG = ("job_posts_offered", "620723", "2023-10-01", 4)


def correction() -> Sheet:
    """Shandan restates what it spent on visits from January to September 2022."""
    start, end = dt.date(2022, 1, 1), dt.date(2022, 9, 30)
    cells = []
    for indicator in ("condolence_fund", "condolence_goods_value"):
        value = to_date(indicator, "620725", 2022, 3) + 2000
        cells.append(Cell(value / 10000, Fact(indicator, "620725", start, end, value), "0.00"))
    rows: list[list[Any]] = [
        ["山丹县2022年1—9月走访慰问数据更正表（演示数据）"],
        ["填报单位：山丹县双拥办", None, "填报时间：2022年11月18日"],
        ["县区", "慰问金（万元）", "慰问品折价（万元）"],
        ["山丹县", *cells],
        ["说明：原报数漏计八一慰问支出，以本表为准。"],
    ]
    return Sheet("更正", rows, [across(1, 1, 3)])
