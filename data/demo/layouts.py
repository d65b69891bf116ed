"""The sheets of the demonstration office, one function a layout."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any

from data.demo.figures import AREAS, LAGGARD, STOCKS, count, months, to_date
from data.demo.shown import (
    MISSED,
    chinese,
    count_cell,
    last_day,
    quarter_cell,
    reported_on,
    ytd_cell,
)
from data.workbooks import Cell, Fact, Sheet, across, down

NOTE = "注：1.本表于季后5日内报送。2.演示数据，均为虚构，不代表任何地区实际情况。"
SIGNED = ["制表人：××", None, None, "审核人：××", None, None, "负责人：××", None, "电话："]
TO_DATE = ("1—3月", "1—6月", "1—9月", "1—12月")
HALVES = ("一季度", "上半年", "前三季度", "全年")
ORDINAL = ("第一季度", "第二季度", "第三季度", "第四季度")
REMARKS = {("620702", 2): "含线上1场", ("620700-00", 1): "与甘州区合办1场"}

VISITS = ("troop_visit_units", "needy_visit_persons", "condolence_fund", "condolence_goods_value")
FAIRS = ("job_fairs", "job_posts_offered", "job_intentions")


def total(cells: Sequence[Any]) -> Cell | None:
    """What stands in the 合计 row under these cells: the sum of the plain numbers."""
    plain = [c for c in cells if isinstance(c, Cell) and isinstance(c.shown, int | float)]
    if len(plain) < len(cells):
        return None  # an office leaves the total open when one county is not a plain number
    return Cell(round(sum(c.shown for c in plain), 2), None, plain[0].number_format)


def with_total(label: list[Any], rows: list[list[Any]]) -> list[list[Any]]:
    """Rows of values (after their labels) and the row of totals under them."""
    width = len(label)
    columns = zip(*(row[width:] for row in rows), strict=True)
    return [*rows, [*label, *(total(column) for column in columns)]]


def city_to_date(year: int, quarter: int) -> Sheet:
    """L1 with two header rows; the title's months hold for every column."""
    words = HALVES[quarter - 1] if year == 2021 else TO_DATE[quarter - 1]
    head: list[list[Any]] = [
        ["附件1"],
        [f"张掖市{year}年{words}双拥工作情况统计表（演示数据）"],
        ["填报单位（盖章）：张掖市双拥办", None, None, None,
         f"填报时间：{chinese(reported_on(year, quarter))}", None, None, None,
         "单位：万元、人、场"],
        ["序号", "单 位", "走访慰问", None, None, None, "输送新兵（人）", "招聘会", None, None, "备注"],
        [None, None, "走访部队（支）", "走访困难退役军人、优抚对象（人）", "慰问金", "慰问品\n折价", None, "场次",
         "提供岗位（个）", "达成就业意向（人）", None],
        ["甲", "乙", *range(1, 9), "丙"],
    ]  # fmt: skip
    rows: list[list[Any]] = []
    for serial, area in enumerate(AREAS, start=1):
        cells: list[Any] = [None] * 8
        if ("city", area, year, quarter) not in MISSED:
            shown = (*VISITS, "recruits_sent", *FAIRS)
            cells = [ytd_cell(indicator, area, year, quarter) for indicator in shown]
        rows.append([serial if area[-3] != "-" else None, _spaced(area), *cells])
    remarks = [REMARKS.get((area, quarter)) for area in AREAS]
    body = [
        [*row, remark]
        for row, remark in zip(with_total([None, "合计"], rows), [*remarks, None], strict=True)
    ]
    last = len(head) + len(body)
    merges = [across(2, 1, 11), across(4, 3, 6), across(4, 8, 10), across(last + 2, 1, 11)]
    merges += [down(column, 4, 5) for column in (1, 2, 7, 11)]
    return Sheet(words.replace("—", "-"), [*head, *body, SIGNED, [NOTE]], merges)


def _spaced(area: str) -> str:
    name = AREAS[area][1]
    return {"620722": "民 乐 县", "620721": "肃南裕固族自治县", "620724": "　高台县"}.get(
        area, name
    )


def city_quarter(year: int, quarter: int) -> Sheet:
    """L1 with three header rows: 走访慰问 since 1 January, the rest by quarter and to date."""
    title = f"张掖市{year}年{ORDINAL[quarter - 1]}双拥工作情况统计表（演示数据）"
    head: list[list[Any]] = [
        ["附件1"],
        [title],
        ["填报单位（盖章）：张掖市退役军人事务局", None, None, None, None,
         f"填报时间：{chinese(reported_on(year, quarter))}", None, None, None,
         "单位：万元、人、场"],
        ["序号", "单 位", "走访慰问（本年累计）", None, None, None, "输送新兵", None, "招聘会", None, None, None,
         None, "备注"],
        [None, None, "走访部队（支）", "走访困难退役军人、优抚对象（人）", "慰问金", "慰问品折价", "本季", "本年累计",
         "场次", None, "提供岗位（个）", None, "达成就业意向（人）", None],
        [None] * 8 + ["本季", "本年累计", "本季", "本年累计", "本年累计", None],
        ["甲", "乙", *range(1, 12), "丙"],
    ]  # fmt: skip
    rows: list[list[Any]] = []
    for serial, area in enumerate(AREAS, start=1):
        cells = [ytd_cell(indicator, area, year, quarter) for indicator in VISITS]
        for indicator in ("recruits_sent", "job_fairs", "job_posts_offered"):
            cells += [
                quarter_cell(indicator, area, year, quarter),
                ytd_cell(indicator, area, year, quarter),
            ]
        cells.append(ytd_cell("job_intentions", area, year, quarter))
        rows.append([serial, _spaced(area), *cells])
    if (year, quarter) == (2023, 2):
        _contradict(rows[3], column=10)
    remarks = [REMARKS.get((area, quarter)) for area in AREAS]
    body = [
        [*row, remark]
        for row, remark in zip(with_total([None, "合计"], rows), [*remarks, None], strict=True)
    ]
    last = len(head) + len(body)
    merges = [across(2, 1, 14), across(4, 3, 6), across(4, 7, 8), across(4, 9, 13)]
    merges += [across(5, 9, 10), across(5, 11, 12), across(last + 2, 1, 14)]
    merges += [down(c, 4, 6) for c in (1, 2, 14)] + [down(c, 5, 6) for c in range(3, 9)]
    return Sheet("Sheet1", [*head, *body, SIGNED, [NOTE]], merges)


def _contradict(row: list[Any], column: int) -> None:
    """临泽县 wrote 90 posts too many for the quarter: 本季 and 本年累计 no longer agree."""
    cell = row[column]
    fact = cell.fact
    raised = Fact(fact.indicator, fact.ref_area, fact.start, fact.end, fact.value + 90)
    row[column] = Cell(cell.shown + 90, raised, cell.number_format)


PENSIONS = [
    ("一、优抚对象抚恤补助", None),
    ("　1.抚恤金和生活补助下拨额", "pension_allocated"),
    ("　2.抚恤金和生活补助发放额", "pension_paid"),
    ("　3.义务兵家庭优待金", "conscript_family_allowance"),
    ("　4.优抚对象医疗保障经费", "medical_fund"),
    ("二、困难帮扶", None),
    ("　困难退役军人帮扶资金", "needy_aid_amount"),
]


def pensions_year(area: str, year: int, *, in_yuan: bool) -> Sheet:
    """L3: one county's indicators in rows, cumulative quarters across."""
    unit = "元" if in_yuan else "万元"
    head: list[list[Any]] = [
        [f"{year}年优抚资金拨付发放情况表"],
        [f"填报单位：{AREAS[area][1]}退役军人事务局", None, None,
         f"填报时间：{chinese(reported_on(year, 4, 8))}", None, None, f"计量单位：{unit}"],
        ["指标名称", "计量单位", "代码", *TO_DATE],
        ["甲", "乙", "丙", 1, 2, 3, 4],
    ]  # fmt: skip
    if area == "620700-00":
        head[1][0] = "填报单位：张掖市退役军人事务局"
    body: list[list[Any]] = []
    for code, (label, indicator) in enumerate(PENSIONS, start=1):
        cells: list[Any] = [None] * 4
        if indicator:
            cells = [ytd_cell(indicator, area, year, q, in_yuan=in_yuan) for q in (1, 2, 3, 4)]
        body.append([label, unit if indicator else "——", f"{code:02}", *cells])
    foot = [["单位负责人：××", None, "填表人：××"], ["说明：演示数据，均为虚构。"]]
    return Sheet(AREAS[area][1], [*head, *body, *foot], [across(1, 1, 7)])


def pensions_quarter(area: str, year: int, quarter: int) -> Sheet:
    """L3: one county's indicators in rows, this year to date and the same months last year."""
    name = AREAS[area][1] if area != "620700-00" else "张掖市本级"
    head: list[list[Any]] = [
        [f"{name}{year}年{ORDINAL[quarter - 1]}优抚资金拨付发放情况（演示数据）"],
        ["填报单位：双拥办", None, None, f"填报时间：{chinese(reported_on(year, quarter, 8))}"],
        ["指标名称", "计量单位", "代码", "本年累计", "上年同期"],
        ["甲", "乙", "丙", 1, 2],
    ]
    body: list[list[Any]] = []
    for code, (label, indicator) in enumerate(PENSIONS, start=1):
        cells: list[Any] = [None, None]
        if indicator:
            cells = [
                ytd_cell(indicator, area, year, quarter),
                _same_months_last_year(indicator, area, year, quarter),
            ]
        body.append([label, "万元" if indicator else "——", f"{code:02}", *cells])
    foot = [["单位负责人：××", None, "填表人：××"]]
    return Sheet(AREAS[area][1], [*head, *body, *foot], [across(1, 1, 5)])


def _same_months_last_year(indicator: str, area: str, year: int, quarter: int) -> Cell | None:
    """As the year before reported it, in 万元: a check, not a fact; open where none was reported."""
    before = ytd_cell(indicator, area, year - 1, quarter)
    missed = ("pensions", area, year - 1, quarter) in MISSED
    if missed or not isinstance(before.shown, int | float):
        return None
    return Cell(before.shown, None, before.number_format)


CARD_NAMES = {
    "veterans_registered": ("SY0501", "建档立卡在册退役军人数", "人"),
    "honor_plaque_total": ("SY0502", "累计悬挂光荣牌数", "块"),
    "veteran_card_total": ("SY0503", "累计办理优待证张数", "张"),
    "veteran_card_holders": ("SY0504", "累计申领优待证人数", "人"),
    "merit_awards_delivered": ("SY0505", "送立功受奖喜报户数", "户"),
}
CARD_HEADER = [
    "行政区划代码", "单位名称", "指标代码", "指标名称", "统计期", "本期值", "累计值", "计量单位", "状态",
]  # fmt: skip


def cards(year: int, quarters: Sequence[int], printed: str, on: dt.date) -> Sheet:
    """L9: a system's export, one row an area, indicator and quarter."""
    rows: list[list[Any]] = [
        [f"双拥业务信息系统导出（演示数据） 填报时间：{chinese(on)}"],
        CARD_HEADER,
    ]
    for quarter in quarters:
        for area in AREAS:
            for indicator in CARD_NAMES:
                rows.append(_card_row(indicator, area, year, quarter, printed))
        if (year, quarter) == (2023, 3):
            rows.insert(2, _rejected("620723", year, quarter, printed))
    return Sheet("", rows)


def _card_row(indicator: str, area: str, year: int, quarter: int, printed: str) -> list[Any]:
    code, name, unit = CARD_NAMES[indicator]
    label = [f'="{area}"', AREAS[area][1], code, name, _quarter(year, quarter, printed)]
    if ("cards", area, year, quarter) in MISSED:
        return [*label, None, None, unit, "未报"]
    if indicator in STOCKS:
        return [*label, count_cell(indicator, area, year, quarter), None, unit, "已审核"]
    own = quarter_cell(indicator, area, year, quarter)
    return [*label, own, ytd_cell(indicator, area, year, quarter), unit, "已审核"]


def _rejected(area: str, year: int, quarter: int, printed: str) -> list[Any]:
    """Sent back by the city and reported again further down."""
    row = _card_row("veterans_registered", area, year, quarter, printed)
    return [*row[:5], count("veterans_registered", area, year, quarter) + 200, None, "人", "退回"]


def _quarter(year: int, quarter: int, printed: str) -> str:
    """2024Q2 or 2024年二季度: 202402 could be February."""
    return f"{year}Q{quarter}" if printed == "Q" else f"{year}年{'一二三四'[quarter - 1]}季度"


def events_by_month(year: int) -> Sheet:
    """L10: cumulative months across, one indicator, its name in the title."""
    spans = ["1月", *(f"1-{month}月" for month in range(2, 13))]
    head: list[list[Any]] = [
        [f"张掖市{year}年双拥宣传教育活动场次累计完成情况（演示数据）"],
        ["填报单位：张掖市双拥办", None, None, f"填报时间：{chinese(reported_on(year, 4, 6))}", *[None] * 7,
         "单位：场"],
        ["县区", *spans, "全年任务", "完成率", "排名"],
    ]  # fmt: skip
    rows: list[list[Any]] = []
    for area in AREAS:
        by_month = months("publicity_events", area, year)
        done = [sum(by_month[: m + 1]) for m in range(12)]
        if (area, year) == ("620722", 2024):
            done[3] = done[4] + 1  # April's report was one too many, taken back in May
        rows.append([AREAS[area][1], *(_month_cell(area, year, m + 1, done[m]) for m in range(12))])
    body = with_total(["合计"], rows)
    done = [row[12].shown for row in body]
    ranking = sorted(
        (value / _task(value, area) for value, area in zip(done, AREAS, strict=False)), reverse=True
    )
    for row, area in zip(body, [*AREAS, "合计"], strict=True):
        task = (
            _task(row[12].shown, area)
            if area in AREAS
            else sum(_task(v, a) for v, a in zip(done, AREAS, strict=False))
        )
        rate = row[12].shown / task
        rank = ranking.index(rate) + 1 if area in AREAS else None
        row += [task, Cell(rate, None, "0.0%"), rank]
    return Sheet(
        "宣传活动",
        [*head, *body, ["说明：演示数据。累计数以最近一次报送为准。"]],
        [across(1, 1, 16)],
    )


def _task(done: int, area: str) -> int:
    return round(done * (1.3 if area == LAGGARD else 0.95) / 5 + 0.5) * 5


def _month_cell(area: str, year: int, month: int, done: int) -> Cell:
    start, end = dt.date(year, 1, 1), last_day(year, month)
    return Cell(done, Fact("publicity_events", area, start, end, done))


def media_to_date(year: int) -> Sheet:
    """L10: cumulative quarters across."""
    head: list[list[Any]] = [
        [f"张掖市{year}年双拥工作向媒体报送稿件数（篇）"],
        ["填报单位：张掖市双拥办", None, None, f"填报时间：{chinese(reported_on(year, 4, 6))}"],
        ["县区", "1—3月", "1—6月", "1—9月", "1—12月"],
    ]
    rows: list[list[Any]] = [
        [AREAS[area][1], *(ytd_cell("media_items_submitted", area, year, q) for q in (1, 2, 3, 4))]
        for area in AREAS
    ]
    return Sheet(
        "报送稿件", [*head, *with_total(["合计"], rows), ["注：演示数据。"]], [across(1, 1, 5)]
    )


def county_by_quarter(indicator: str, title: str, year: int) -> Sheet:
    """County × quarter; what is counted stands in the title alone."""
    head: list[list[Any]] = [
        [f"张掖市{year}年{title}（演示数据）"],
        ["填报单位：张掖市双拥办", None, None, f"填报时间：{chinese(reported_on(year, 4, 6))}"],
        ["县区", "一季度", "二季度", "三季度", "四季度", "合计"],
    ]
    rows: list[list[Any]] = []
    for area in AREAS:
        cells = [quarter_cell(indicator, area, year, q) for q in (1, 2, 3, 4)]
        rows.append([AREAS[area][1], *cells, total(cells)])
    name = {"publicity_events": "活动", "media_items_submitted": "稿件"}[indicator]
    return Sheet(name, [*head, *with_total(["全市"], rows)], [across(1, 1, 6)])


def quarters_side_by_side(year: int) -> Sheet:
    """Two indicators under each of four merged quarter headers."""
    head: list[list[Any]] = [
        [f"张掖市{year}年双拥宣传工作分季度统计表（演示数据）"],
        [
            "填报单位：张掖市双拥办",
            None,
            None,
            None,
            f"填报时间：{chinese(reported_on(year, 4, 6))}",
        ],
        ["县区", *(cell for q in "一二三四" for cell in (f"{q}季度", None))],
        [None, *["宣传教育活动（场）", "报送稿件（篇）"] * 4],
    ]
    shown = ("publicity_events", "media_items_submitted")
    rows: list[list[Any]] = [
        [AREAS[area][1], *(quarter_cell(i, area, year, q) for q in (1, 2, 3, 4) for i in shown)]
        for area in AREAS
    ]
    merges = [across(1, 1, 9), down(1, 3, 4), *(across(3, c, c + 1) for c in (2, 4, 6, 8))]
    return Sheet("分季度", [*head, *with_total(["合计"], rows), ["注：演示数据。"]], merges)


def correction() -> Sheet:
    """Shandan restates what it spent on visits from January to September 2022."""
    area, start, end = "620725", dt.date(2022, 1, 1), dt.date(2022, 9, 30)
    fund, goods = (
        to_date(i, area, 2022, 3) + 12000 for i in ("condolence_fund", "condolence_goods_value")
    )
    cells = [
        Cell(fund / 10000, Fact("condolence_fund", area, start, end, fund), "0.00"),
        Cell(goods / 10000, Fact("condolence_goods_value", area, start, end, goods), "0.00"),
    ]
    rows: list[list[Any]] = [
        ["山丹县2022年1—9月走访慰问数据更正表（演示数据）"],
        ["填报单位：山丹县双拥办", None, "填报时间：2022年11月18日"],
        ["县区", "慰问金（万元）", "慰问品折价（万元）"],
        ["山丹县", *cells],
        ["说明：原报数漏计八一慰问支出，以本表为准。"],
    ]
    return Sheet("更正", rows, [across(1, 1, 3)])
