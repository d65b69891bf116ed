"""Write four cities' published figures as offices would: `python data/inbox/published/make.py`.

figures.yml holds what the articles say; each cell holds the article's own words. Attributes,
ordinals, targets and due dates stand in titles, notes and 备注. What each cell should become goes
to tests/truth/published.csv.
"""

from __future__ import annotations

import datetime as dt
import sys
from pathlib import Path
from typing import Any

import yaml

ROOT = Path(__file__).resolve().parents[3]
sys.path.insert(0, str(ROOT))

from data.workbooks import (  # noqa: E402
    Cell,
    Fact,
    Sheet,
    across,
    banner,
    truth,
    write_csv,
    write_truth,
    write_xlsx,
)

Figure = dict[str, Any]


def cell(figure: Figure, ref_area: str) -> Cell:
    """The article's words, and the fact that they are."""
    days = [dt.date.fromisoformat(day) for day in figure.get("span", "").split()]
    fact = Fact(
        figure["indicator"],
        ref_area,
        days[0] if days else None,
        days[-1] if days else None,
        figure.get("value"),
        figure.get("breakdown", "_T"),
        figure.get("qualifier", "exact"),
        figure.get("obs_status", "A"),
        figure.get("inferred", False),
        figure["seed"],
    )
    return Cell(figure["printed"], fact)


def zhangye(figures: list[Figure]) -> Sheet:
    """L1: groups of indicators across, one row."""
    paths = [("序号",), ("单 位",), *((f["group"], f["label"]) for f in figures), ("备注",)]
    header, merges = banner(paths, first_row=4)
    remark = "命名县数按名单计数；市本级获第十一届省双拥模范城；项目分5大类；景区为4A级"
    rows: list[list[Any]] = [
        ["附件"],
        ["张掖市2023年双拥工作主要数据统计表"],
        ["填报单位：张掖市双拥办", *[None] * 5, "填报时间：2023年7月31日"],
        *header,
        ["甲", "乙", *range(1, len(figures) + 1), "丙"],
        [1, "张掖市", *(cell(figure, "620700") for figure in figures), remark],
        ["制表人：××", *[None] * 5, "审核人：××"],
        ["注：1.市委、市政府主要领导担任双拥工作领导小组双组长。2.联盟成员单位为第一批。"],
        ["数据来源：张掖市2023年上半年双拥工作综述（2023年7月31日发布）"],
    ]
    return Sheet("双拥数据", rows, [across(2, 1, len(paths)), *merges])


def wuhai(figures: list[Figure]) -> Sheet:
    """L3: indicators in rows, the period in a column because it differs from row to row."""
    head: list[list[Any]] = [
        ["乌海市双拥工作主要指标情况表"],
        ["填报单位：乌海市双拥办", None, None, "填报时间：2024年8月1日"],
        ["指标名称", "计量单位", "统计期", "数值", "备注"],
        ["甲", "乙", "丙", 1, 2],
    ]
    body: list[list[Any]] = []
    for figure in figures:
        if "section" in figure:
            body.append([figure["section"]])
            continue
        value = cell(figure, "150300") if "seed" in figure else None
        labels = [figure["label"], figure["unit"], figure["when"]]
        body.append([*labels, value, figure.get("remark")])
    foot = [["数据来源：乌海市2024年上半年双拥工作综述（2024年8月1日发布）"]]
    return Sheet("双拥指标", [*head, *body, *foot], [across(1, 1, 5)])


def kelan(figures: list[Figure]) -> Sheet:
    """L9: a long table, one row a figure."""
    rows: list[list[Any]] = [
        ["岢岚县双拥工作数据导出"],
        ["填报时间：2025年4月23日"],
        ["行政区划代码", "地区", "指标名称", "统计期", "数值", "计量单位", "备注"],
    ]
    for figure in figures:
        labels = ['="140929"', "岢岚县", figure["label"], figure["when"]]
        rows.append([*labels, cell(figure, "140929"), figure["unit"], figure.get("remark")])
    rows += [
        ["注：原文未署日期，填报时间按文中最近事件（2025年4月23日命名大会）推定。"],
        ["注：双拥工作实行“五纳入、五统一”机制。"],
        ["数据来源：岢岚县创建全国双拥模范县综述（未署日期）"],
    ]
    return Sheet("", rows)


def huangnan(figures: list[Figure]) -> Sheet:
    """Two tables on a sheet: the meeting; then goals and due dates, which are no observations."""
    (meeting,) = figures
    rows: list[list[Any]] = [
        ["2021年5月双拥工作领导小组会议情况"],
        ["填报单位：黄南州双拥办", None, "填报时间：2021年6月1日"],
        ["单位", meeting["label"], "备注"],
        ["黄南州", cell(meeting, "632300"), meeting["remark"]],
        [],
        ["创建工作安排（备查）"],
        ["事项", "备注"],
        ["会议精神", "全国双拥工作领导小组第31次、全省双拥工作领导小组第24次全体会议"],
        ["创建目标", "“十四五”期间力争实现创建全省、全国双拥模范城（县）全覆盖"],
        ["考评标准", "参考某区（县）：包括10大方面、78项具体任务；首次作为独立县区申报"],
        ["提标迎查", "参考某区（县）：4月底前实现整体提标，5月底前完成迎查准备"],
        ["品牌创建", "参考某区（县）：开展“五个一批”双拥品牌创建活动"],
        [],
        ["数据来源：黄南州召开双拥工作领导小组第三次全体（扩大）会议（2021年6月1日发布）"],
        ["资料来源：某区（县）双拥创建工作讲话（未署日期）"],
    ]
    return Sheet("会议", rows, [across(1, 1, 3), across(6, 1, 3)])


def make(folder: Path) -> list[dict[str, object]]:
    """Write the four workbooks into the folder; what their value cells should become."""
    said = yaml.safe_load(Path(__file__).with_name("figures.yml").read_text(encoding="utf-8"))
    facts: list[dict[str, object]] = []
    for name, sheet in (
        ("张掖市双拥数据_2023.xlsx", zhangye(said["zhangye"])),
        ("乌海市双拥指标_2024.xlsx", wuhai(said["wuhai"])),
        ("黄南州双拥会议_2021.xlsx", huangnan(said["huangnan"])),
        ("岢岚县双拥数据.csv", kelan(said["kelan"])),
    ):
        if name.endswith(".csv"):
            write_csv(folder / name, sheet, "gb18030")
        else:
            write_xlsx(folder / name, [sheet])
        facts += truth(name, [sheet])
    return facts


if __name__ == "__main__":
    write_truth(ROOT / "tests" / "truth" / "published.csv", make(Path(__file__).parent))
