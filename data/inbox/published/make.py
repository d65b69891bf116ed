"""Write four cities' published figures as their offices might: `python data/inbox/published/make.py`.

Every figure stands in a public article that the sheet's 数据来源 names; its cell holds the
article's own words. Attributes, ordinals, targets and due dates stand in titles and notes.
"""

from __future__ import annotations

import datetime as dt
import sys
from pathlib import Path
from typing import Any

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


def fact(seed: str, indicator: str, area: str, span: str, value: float | None, **more: Any) -> Fact:
    """A fact over ``span``: '2023-01-01 2023-06-30', one day for a stock, '' when it must be asked."""
    days = [dt.date.fromisoformat(day) for day in span.split()]
    start, end = (days[0], days[-1]) if days else (None, None)
    return Fact(indicator, area, start, end, value, seed=seed, **more)


def zhangye() -> Sheet:
    """L1: groups of indicators across, one row."""
    half, spring, july = "2023-01-01 2023-06-30", "2023-01-01 2023-03-31", "2023-07-01 2023-07-31"
    june, year = "2023-06-30", "2023-01-01 2023-12-31"
    festival = "festival:春节"
    columns: list[tuple[tuple[str, ...], str, tuple[Any, ...], dict[str, Any]]] = [
        (("2023年上半年组织领导", "主要领导调研、批示双拥工作次数"), "6次",
         ("000-01", "leader_instruction_count", half, 6), {}),
        (("2023年上半年组织领导", "召开会议研究双拥工作次数"), "多次",
         ("000-02", "leading_group_meetings", half, None), {"qualifier": "non_numeric"}),
        (("2023年双清单", "军地互办实事“双清单”事项数"), "初步22项",
         ("000-03", "dual_list_items_total", year, 22), {"obs_status": "P"}),
        (("2023年春节走访慰问", "走访慰问部队数"), "15支",
         ("000-04", "troop_visit_units", spring, 15), {"breakdown": festival}),
        (("2023年春节走访慰问", "慰问品价值"), "59万元",
         ("000-05", "condolence_goods_value", spring, 590000), {"breakdown": festival}),
        (("2023年春节走访慰问", "送部队慰问信份数"), "3000余份",
         ("000-06", "condolence_letters", spring, 3000),
         {"breakdown": f"{festival};recipient:部队", "qualifier": "at_least"}),
        (("2023年春节走访慰问", "走访慰问困难退役军人人数"), "60名",
         ("000-07", "needy_visit_persons", spring, 60), {"breakdown": festival}),
        (("2023年春节走访慰问", "送优抚对象慰问信份数"), "近万份",
         ("000-08", "condolence_letters", spring, 10000),
         {"breakdown": f"{festival};recipient:优抚对象", "qualifier": "nearly"}),
        (("截至2023年6月底拥军优待", "现行拥军政策（办法）项数"), "6项",
         ("000-09", "support_policies_in_force", june, 6), {}),
        (("截至2023年6月底拥军优待", "“拥军联盟”成员单位数"), "27家",
         ("000-10", "alliance_members", june, 27), {}),
        (("截至2023年6月底拥军优待", "“拥军联盟”优待项目数"), "43项",
         ("000-12", "alliance_offers", june, 43), {}),
        (("截至2023年6月底拥军优待", "对军人等免门票景区数"), "8家",
         ("000-13", "free_scenic_sites", june, 8), {}),
        (("截至2023年6月底共建", "军民共建示范点数"), "39个",
         ("000-14", "joint_construction_sites", june, 39), {}),
        (("2023年上半年宣传", "双拥大型景观小品数"), "一座",
         ("000-15", "publicity_sites", june, 1), {}),
        (("2023年上半年宣传", "向各级宣传媒体报送稿件数"), "20多篇",
         ("000-16", "media_items_submitted", half, 20), {"qualifier": "at_least"}),
        (("2023年7月命名", "本届命名双拥模范县个数"), "4个",
         ("000-17", "model_counties_named", july, 4), {}),
    ]  # fmt: skip
    cells = [
        Cell(shown, fact(seed, code, "620700", span, value, **more))
        for _, shown, (seed, code, span, value), more in columns
    ]
    width = len(columns) + 3
    paths = [("序号",), ("单 位",), *(path for path, *_ in columns), ("备注",)]
    header, merges = banner(paths, first_row=4)
    remark = "命名县数按名单计数；市本级同时获第十一届甘肃省双拥模范城命名；联盟优待项目分5大类；景区均为4A级"
    rows: list[list[Any]] = [
        ["附件"],
        ["张掖市2023年双拥工作主要数据统计表"],
        ["填报单位：张掖市双拥办", *[None] * 5, "填报时间：2023年7月31日"],
        *header,
        ["甲", "乙", *range(1, len(columns) + 1), "丙"],
        [1, "张掖市", *cells, remark],
        ["制表人：××", *[None] * 5, "审核人：××"],
        ["注：1.市委、市政府主要领导担任双拥工作领导小组双组长。2.联盟成员单位为第一批。"],
        ["数据来源：张掖市2023年上半年双拥工作综述（2023年7月31日发布）"],
    ]
    return Sheet("双拥数据", rows, [across(2, 1, width), *merges])


def wuhai() -> Sheet:
    """L3: indicators in rows, the period in a column because it differs from row to row."""
    since, half, now = "2024-01-01 2024-07-31", "2024-01-01 2024-06-30", "2024-08-01"
    ytd, first, today = "今年以来", "2024年上半年", "截至目前"
    at_least = {"qualifier": "at_least"}
    rows: list[tuple[Any, ...]] = [
        ("一、荣誉",),
        ("连续获自治区双拥模范城次数", "次", today, "连续八次", "", "002-01", "model_title_count", now, 8,
         {"breakdown": "level:省级;mode:连续"}),
        ("获全国双拥模范城次数", "次", today, "两次", "2016年和2020年命名", "002-02", "model_title_count",
         now, 2, {"breakdown": "level:国家级"}),
        ("二、支持部队",),
        ("军地互办实事“双清单”事项数", "项", "2024年", "7项", "正在持续推进", "002-03",
         "dual_list_items_total", "2024-01-01 2024-12-31", 7, {}),
        ("共建舰艇信息系统投入", "万元", "未注明", "42.79万元", "原文未写明时段", "002-04",
         "troop_support_investment", "", 427900, {"breakdown": "purpose:共建舰艇信息系统"}),
        ("签订舰企共建协议企业数", "家", "未注明", "2家", "按名单计数；原文未写明时段", "002-05",
         "pair_agreements", "", 2, {}),
        ("欢送新兵入伍人数", "名", ytd, "41名", "", "002-06", "recruits_sent", since, 41, {}),
        ("三、优抚优待",),
        ("为立功受奖家庭送喜报数", "名", ytd, "37名", "", "002-08", "merit_awards_delivered", since, 37, {}),
        ("发放慰问金", "万元", ytd, "206.66万元", "", "002-09", "condolence_fund", since, 2066600, {}),
        ("累计悬挂光荣牌", "块", today, "12306块", "", "002-10", "honor_plaque_total", now, 12306, {}),
        ("累计办理优待证", "张", today, "10834张", "", "002-11", "veteran_card_total", now, 10834, {}),
        ("建档立卡在册退役军人数", "人", today, "11457人", "", "002-32", "veterans_registered", now, 11457,
         {}),
        ("申领优待证人数", "人", today, "10804人", "", "002-33", "veteran_card_holders", now, 10804, {}),
        ("公交“双拥卡”办理数", "张", today, "1015张", "", "002-31", "bus_card_total", now, 1015, {}),
        ("下拨优抚对象抚恤金和生活补助", "万元", ytd, "833.06万元", "", "002-26", "pension_allocated", since,
         8330600, {}),
        ("下拨优抚医疗保障经费", "万元", ytd, "87万元", "", "002-27", "medical_fund", since, 870000,
         {"breakdown": "stage:下拨"}),
        ("下拨义务兵家庭优待金", "万元", ytd, "190万元", "", "002-28", "conscript_family_allowance", since,
         1900000, {}),
        ("发放优抚对象各类补助资金", "万元", ytd, "651万元", "", "002-29", "pension_paid", since, 6510000, {}),
        ("残疾军人康复器具申请人数", "名", ytd, "6名", "", "002-30", "rehab_device_persons", since, 6, {}),
        ("精准帮扶困难退役军人数", "名", ytd, "60名", "时段据上下文", "002-34", "needy_aid_persons", since, 60,
         {}),
        ("困难退役军人帮扶资金", "万元", ytd, "15.8万元", "时段据上下文", "002-35", "needy_aid_amount", since,
         158000, {}),
        ("四、安置就业",),
        ("迎接退役士兵回乡人数", "名", ytd, "39名", "与接收数口径不同，未说明", "002-07", "veterans_received", since,
         39, {"breakdown": "category:返乡退役士兵"}),
        ("接收退役军人", "名", first, None, "原文未列合计", None),
        ("　其中：政府安排工作退役士兵", "名", first, "4名", "", "002-16", "veterans_received", half, 4,
         {"breakdown": "category:政府安排工作"}),
        ("　其中：计划分配转业军官", "名", first, "1名", "", "002-17", "veterans_received", half, 1,
         {"breakdown": "category:计划分配转业军官"}),
        ("　其中：逐月领取退役金退役军官", "名", first, "1名", "", "002-18", "veterans_received", half, 1,
         {"breakdown": "category:逐月领取退役金军官"}),
        ("　其中：自主就业退役士兵", "名", first, "38名", "", "002-19", "veterans_received", half, 38,
         {"breakdown": "category:自主就业"}),
        ("发放一次性地方经济补助金人数", "人", first, "150人", "", "002-20", "one_off_subsidy_persons", half,
         150, {}),
        ("发放一次性地方经济补助金", "万元", first, "1580万元", "", "002-21", "one_off_subsidy_amount", half,
         15800000, {}),
        ("享受创业优惠的参赛军创企业数", "家", first, "32家", "我市首届退役军人创业创新大赛", "002-23",
         "veteran_firms_supported", half, 32, {}),
        ("举办“线上+线下”招聘会场次", "场", first, "10余场", "时段据上下文", "002-24", "job_fairs", half, 10,
         at_least),
        ("招聘会提供岗位数", "个", first, "上万个", "时段据上下文", "002-25", "job_posts_offered", half, 10000,
         {"qualifier": "over"}),
        ("五、宣传教育",),
        ("“老兵永远跟党走”宣讲受众", "人", "2024年1—6月", "1700余人", "", "002-12",
         "defence_education_audience", half, 1700, at_least),
        ("“老兵永远跟党走”宣讲活动场次", "场", "2024年1—6月", "多场", "", "002-36", "publicity_events", half,
         None, {"qualifier": "non_numeric", "breakdown": "form:宣讲"}),
        ("新媒体矩阵累计播放量", "次", "2024年1—6月", "近30万次", "累计起点原文未说明", "002-13", "media_views",
         half, 300000, {"qualifier": "nearly"}),
        ("举办“最美系列”发布仪式", "场", first, "1场", "按原文所列计数", "002-14", "publicity_events", half, 1,
         {"breakdown": "form:发布仪式"}),
        ("入选“全国模范退役军人”人数", "人", first, "1人", "按名单计数", "002-15", "role_models_recognised",
         half, 1, {}),
    ]  # fmt: skip
    head: list[list[Any]] = [
        ["乌海市双拥工作主要指标情况表"],
        ["填报单位：乌海市双拥办", None, None, "填报时间：2024年8月1日"],
        ["指标名称", "计量单位", "统计期", "数值", "备注"],
        ["甲", "乙", "丙", 1, 2],
    ]
    body = [_wuhai_row(*row) for row in rows]
    foot = [["数据来源：乌海市2024年上半年双拥工作综述（2024年8月1日发布）"]]
    return Sheet("双拥指标", [*head, *body, *foot], [across(1, 1, 5)])


def _wuhai_row(
    label: str, unit: str = "", period: str = "", shown: str | None = None, remark: str = "",
    seed: str | None = None, *known: Any,
) -> list[Any]:  # fmt: skip
    if not unit:
        return [label]
    value: Any = shown
    if seed is not None:
        indicator, span, number, more = known
        value = Cell(shown, fact(seed, indicator, "150300", span, number, **more))
    return [label, unit, period, value, remark or None]


def kelan() -> Sheet:
    """L9: a long table, one row a figure."""
    since, now = "2020-01-01 2025-03-31", "2025-04-23"
    at_least = {"qualifier": "at_least"}
    lines: list[tuple[Any, ...]] = [
        ("连续荣获全国双拥模范县次数", "截至目前", "连续四次", "次", "", "001-01", "model_title_count", now, 4,
         {"breakdown": "level:国家级;mode:连续"}),
        ("国防教育基地参观学习人次", "2020年以来", "3万多人次", "人次", "", "001-02",
         "defence_education_visits", since, 30000, at_least),
        ("国防公路投资", "2020年以来", "近2.3亿元", "亿元", "", "001-03", "troop_support_investment", since,
         230000000, {"breakdown": "purpose:国防公路", "qualifier": "nearly"}),
        ("营区周边养殖场搬迁、营区绿化投资", "2020年以来", "660万元", "万元", "两项用途合计，不可拆分", "001-04",
         "troop_support_investment", since, 6600000, {"breakdown": "purpose:营区环境"}),
        ("部队雇工安置统筹资金", "2020年以来", "574万元", "万元", "", "001-05", "troop_support_investment",
         since, 5740000, {"breakdown": "purpose:雇工安置"}),
        ("退耕还林面积", "2020年以来", "3万亩", "万亩", "", "001-06", "afforestation_area", since, 30000, {}),
        ("保障部队任务疏散群众次数", "2020年以来", "140余次", "次", "", "001-07",
         "mission_evacuation_events", since, 140, at_least),
        ("保障部队任务疏散群众人数", "2020年以来", "12万多人", "万人", "原文为人，宜按人次理解", "001-08",
         "mission_evacuated_persons", since, 120000, at_least),
        ("保障部队任务事故数", "2020年以来", "零事故", "起", "", "001-09", "mission_incidents", since, 0, {}),
        ("县四套班子领导慰问部队次数", "2020年以来", "20余次", "次", "", "001-10", "troop_visit_count", since,
         20, at_least),
        ("审批60周岁退役士兵老年生活补助人数", "2020年以来", "116名", "名", "", "001-11",
         "old_soldier_allowance_persons", since, 116, {}),
        ("解决重点优抚对象住房难题户数", "2020年以来", "40余户", "户", "", "001-12",
         "housing_solved_households", since, 40, at_least),
        ("重点优抚对象医疗救助投入", "2020年以来", "50万元", "万元", "原文未说明是否为年度数", "001-13",
         "medical_fund", since, 500000, {"breakdown": "stage:投入"}),
        ("退役士兵职业技能培训率", "截至目前", "100%", "%", "", "001-14", "training_rate", now, 100, {}),
        ("符合条件转业士官和城镇退役士兵安置率", "截至目前", "全部", "%", "原文为全部安置", "001-15",
         "placement_rate", now, 100, {"qualifier": "implied"}),
        ("驻地部队帮助申请国防补助资金", "2020年以来", "3.8亿元", "亿元", "", "001-16", "army_secured_subsidy",
         since, 380000000, {}),
        ("驻军投资村基础设施建设", "2020年以来", "1000余万元", "万元",
         "后续用三年时间打造全军定点帮扶样板村", "001-17", "army_aid_value", since, 10000000,
         {"breakdown": "form:村基础设施", "qualifier": "at_least"}),
        ("驻军发放药品价值", "2020年以来", "10万余元", "万元", "", "001-18", "army_aid_value", since, 100000,
         {"breakdown": "form:药品", "qualifier": "at_least"}),
        ("驻军接待地方就诊人数", "2020年以来", "8万余人", "万人", "", "001-19", "army_clinic_visits", since,
         80000, at_least),
        ("驻军抢救危重病人数", "2020年以来", "200余人", "人", "", "001-20", "army_rescued_patients", since, 200,
         at_least),
        ("爱国主义教育累计受教育人次", "2020年以来", "5万余人次", "万人次", "", "001-21",
         "defence_education_audience", since, 50000, at_least),
        ("驻军出资助学金", "2020年以来", "8万元", "万元", "", "001-22", "army_aid_value", since, 80000,
         {"breakdown": "form:助学金"}),
        ("驻军资助贫困学生人数", "2020年以来", "40名", "名", "", "001-23", "army_students_aided", since, 40,
         {}),
    ]  # fmt: skip
    rows: list[list[Any]] = [
        ["岢岚县双拥工作数据导出"],
        ["填报时间：2025年4月23日"],
        ["行政区划代码", "地区", "指标名称", "统计期", "数值", "计量单位", "备注"],
    ]
    for label, period, shown, unit, remark, seed, indicator, span, value, more in lines:
        cell = Cell(shown, fact(seed, indicator, "140929", span, value, **more))
        rows.append(['="140929"', "岢岚县", label, period, cell, unit, remark or None])
    rows += [
        ["注：原文未署日期，填报时间按文中最近事件（2025年4月23日命名大会）推定。"],
        ["注：双拥工作实行“五纳入、五统一”机制。"],
        ["数据来源：岢岚县创建全国双拥模范县综述（未署日期）"],
    ]
    return Sheet("", rows)


def huangnan() -> Sheet:
    """Two tables on a sheet: the meeting, and dates and ordinals that are no observations."""
    held = fact("003-05", "leading_group_meetings", "632300", "2021-05-01 2021-05-31", 1)
    rows: list[list[Any]] = [
        ["2021年5月双拥工作领导小组会议情况"],
        ["填报单位：黄南州双拥办", None, "填报时间：2021年6月1日"],
        ["单位", "召开双拥工作领导小组全体会议次数", "备注"],
        ["黄南州", Cell("1次", held), "州双拥工作领导小组第三次全体（扩大）会议，5月31日召开，按会议计数"],
        [],
        ["创建工作安排（备查）"],
        ["事项", "备注"],
        ["贯彻会议精神", "全国双拥工作领导小组第31次、全省双拥工作领导小组第24次全体会议"],
        ["双拥模范城（县）创建", "“十四五”期间力争实现创建全省、全国双拥模范城（县）全覆盖"],
        ["对照考评标准", "参考某区（县）做法：包括10大方面、78项具体任务；首次作为独立县区申报"],
        ["提标迎查", "参考某区（县）做法：4月底前实现整体提标，5月底前完成迎查准备"],
        ["品牌创建", "参考某区（县）做法：开展“五个一批”双拥品牌创建活动"],
        [],
        ["数据来源：黄南州召开全州双拥工作领导小组第三次全体（扩大）会议（2021年6月1日发布）；"
         "某区（县）创建工作讲话（未署日期）"],
    ]  # fmt: skip
    return Sheet("会议", rows, [across(1, 1, 3), across(6, 1, 3)])


def make(folder: Path) -> list[dict[str, object]]:
    """Write the four workbooks into the folder; what their value cells should become."""
    facts: list[dict[str, object]] = []
    for name, sheet in (
        ("张掖市双拥数据_2023.xlsx", zhangye()),
        ("乌海市双拥指标_2024.xlsx", wuhai()),
        ("黄南州双拥会议_2021.xlsx", huangnan()),
    ):
        write_xlsx(folder / name, [sheet])
        facts += truth(name, [sheet])
    write_csv(folder / "岢岚县双拥数据.csv", kelan(), "gb18030")
    return facts + list(truth("岢岚县双拥数据.csv", [kelan()]))


if __name__ == "__main__":
    write_truth(ROOT / "tests" / "truth" / "published.csv", make(Path(__file__).parent))
