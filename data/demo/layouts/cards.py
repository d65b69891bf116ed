"""L9: a system's export, a long table with one row an area, indicator and quarter."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from data.demo.figures import AREAS, STOCKS, count
from data.demo.shown import MISSED, chinese, count_cell, quarter_cell, ytd_cell
from data.workbooks import Sheet

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Sequence

NAMES = {
    "veterans_registered": ("SY0501", "建档立卡在册退役军人数", "人"),
    "honor_plaque_total": ("SY0502", "累计悬挂光荣牌数", "块"),
    "veteran_card_total": ("SY0503", "累计办理优待证张数", "张"),
    "veteran_card_holders": ("SY0504", "累计申领优待证人数", "人"),
    "merit_awards_delivered": ("SY0505", "送立功受奖喜报户数", "户"),
}
HEADER = ["行政区划代码", "单位名称", "指标代码", "指标名称", "统计期"]
HEADER += ["本期值", "累计值", "计量单位", "状态"]


def cards(year: int, quarters: Sequence[int], on: dt.date) -> Sheet:
    """The export of some quarters, made on a day."""
    rows: list[list[Any]] = [
        [f"双拥业务信息系统导出（演示数据） 填报时间：{chinese(on)}"],
        HEADER,
    ]
    if (year, 3 in quarters) == (2023, True):
        rows.append(_rejected("620723", year, 3))
    for quarter in quarters:
        rows += [_row(name, area, year, quarter) for area in AREAS for name in NAMES]
    return Sheet("", rows)


def _row(indicator: str, area: str, year: int, quarter: int) -> list[Any]:
    code, name, unit = NAMES[indicator]
    label = [f'="{area}"', AREAS[area][1], code, name, _quarter(year, quarter)]
    if ("cards", area, year, quarter) in MISSED:
        return [*label, None, None, unit, "未报"]
    if indicator in STOCKS:
        return [*label, count_cell(indicator, area, year, quarter), None, unit, "已审核"]
    own = quarter_cell(indicator, area, year, quarter)
    return [*label, own, ytd_cell(indicator, area, year, quarter), unit, "已审核"]


def _rejected(area: str, year: int, quarter: int) -> list[Any]:
    """Sent back by the city; the right number stands further down."""
    label = _row("veterans_registered", area, year, quarter)[:5]
    return [*label, count("veterans_registered", area, year, quarter) + 200, None, "人", "退回"]


def _quarter(year: int, quarter: int) -> str:
    """2024Q2 or 2023年二季度; never 202402, which could be February."""
    return f"{year}Q{quarter}" if year == 2024 else f"{year}年{'一二三四'[quarter - 1]}季度"
