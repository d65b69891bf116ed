"""The committed catalogue: what offices write is there, and means one thing."""

import csv
import time
from collections import Counter
from pathlib import Path
from string import Formatter

import pytest

from etl.catalogue import Catalogue, load_catalogue

FOLDER = Path("data/catalogue")


@pytest.fixture(scope="module")
def catalogue() -> Catalogue:
    return load_catalogue([FOLDER])


def meanings(catalogue: Catalogue) -> dict[str, tuple[str, str]]:
    """Label → indicator and the breakdown pinned with it."""
    return {
        alias.partition(" = ")[0]: (indicator.indicator, alias.partition(" = ")[2])
        for indicator in catalogue.indicators.values()
        for alias in (indicator.name, *indicator.aliases)
    }


def test_eighty_indicators_in_ten_aspects(catalogue: Catalogue):
    assert Counter(one.aspect for one in catalogue.indicators.values()) == {
        "organisation": 7,
        "publicity": 8,
        "forces": 13,
        "recruitment": 3,
        "benefits": 19,
        "employment": 9,
        "families": 3,
        "society": 6,
        "people": 7,
        "assessment": 5,
    }
    assert len(catalogue.indicators) == 80


def test_the_sensitive_set_is_restricted(catalogue: Catalogue):
    restricted = {one.indicator for one in catalogue.indicators.values() if one.access != "open"}
    assert restricted == {
        "mission_evacuation_events",
        "mission_evacuated_persons",
        "mission_incidents",
        "responsible_returns",
        "legal_aid_cases",
    }


def test_what_money_is_shown_in(catalogue: Catalogue):
    money = [one for one in catalogue.indicators.values() if one.unit_measure == "yuan"]
    assert {(one.display_unit, one.decimals) for one in money} == {("万元", 2)}
    assert len(money) == 12


def test_only_rates_are_ratios_and_plans_are_not_flows(catalogue: Catalogue):
    by_kind = {(one.kind, one.area_aggregation): [] for one in catalogue.indicators.values()}
    for one in catalogue.indicators.values():
        by_kind[one.kind, one.area_aggregation].append(one.indicator)
    assert by_kind["rate", "ratio"] == [
        "dual_list_completion_rate",
        "fund_execution_rate",
        "veteran_card_rate",
    ]
    assert by_kind["plan", "sum"] == ["dual_support_budget", "dual_list_items_total"]
    assert ("rate", "sum") not in by_kind
    assert by_kind["flow", "none"] == ["troop_visit_units"]


def test_every_mapping_of_kinds_ends_in_kinds_that_are_used(catalogue: Catalogue):
    with (FOLDER / "kinds.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    mapped = {(row["kind"], row["area_aggregation"]) for row in rows}
    assert mapped == {(one.kind, one.area_aggregation) for one in catalogue.indicators.values()}
    assert all(row["why"] for row in rows)


@pytest.mark.parametrize(
    ("label", "meaning"),
    [
        ("慰问金", ("condolence_fund", "")),
        ("发放慰问金", ("condolence_fund", "")),
        ("走访慰问/慰问金", ("condolence_fund", "")),
        ("困难退役军人慰问金", ("condolence_fund", "recipient:困难退役军人")),
        ("慰问品折价", ("condolence_goods_value", "")),
        ("慰问品价值", ("condolence_goods_value", "")),
        ("输送新兵", ("recruits_sent", "")),
        ("欢送新兵入伍人数", ("recruits_sent", "")),
        ("招聘会/场次", ("job_fairs", "")),
        ("提供岗位", ("job_posts_offered", "")),
        ("优待证", ("veteran_card_total", "")),
        ("申领优待证人数", ("veteran_card_holders", "")),
        ("建档立卡退役军人", ("veterans_registered", "")),
        ("抚恤金和生活补助发放额", ("pension_paid", "")),
        ("义务兵家庭优待金", ("conscript_family_allowance", "")),
        ("走访慰问部队", ("troop_visit_units", "")),
        ("国防公路投资", ("troop_support_investment", "purpose:国防公路")),
        ("连续荣获全国双拥模范县次数", ("model_title_count", "level:国家级;mode:连续")),
        ("接收自主就业退役士兵", ("veterans_received", "category:自主就业")),
        ("自主就业一次性经济补助/人数", ("one_off_subsidy_persons", "")),
    ],
)
def test_words_of_offices(catalogue: Catalogue, label: str, meaning: tuple[str, str]):
    assert meanings(catalogue)[label] == meaning


@pytest.mark.parametrize("leaf", ["场次", "人数", "金额", "次数", "户数", "发放额", "下拨", "部队"])
def test_a_generic_leaf_means_something_only_below_its_group(catalogue: Catalogue, leaf: str):
    assert leaf not in meanings(catalogue)


def test_no_breakdown_word_is_an_indicator_as_well(catalogue: Catalogue):
    labels = meanings(catalogue)
    clashes = {
        word
        for part in catalogue.breakdowns.values()
        for word in (part.code, *part.aliases)
        if word in labels and not labels[word][1]
    }
    assert clashes == set()


def test_within_one_indicator_a_breakdown_word_means_one_thing(catalogue: Catalogue):
    for indicator in catalogue.indicators:
        words = Counter(
            word
            for part in catalogue.breakdowns.values()
            if not part.indicators or indicator in part.indicators
            for word in {part.code, *part.aliases}
        )
        assert [word for word, times in words.items() if times > 1] == [], indicator


def test_soldiers_returned_home_are_the_parent_of_two_categories(catalogue: Catalogue):
    children = {
        code
        for (dimension, code), part in catalogue.breakdowns.items()
        if dimension == "category" and part.parent == "返乡退役士兵"
    }
    assert children == {"政府安排工作", "自主就业"}


@pytest.mark.parametrize(
    ("ref_area", "name", "short_name", "name_en", "level", "parent"),
    [
        ("620700", "张掖市", "张掖", "Zhangye", "prefecture", "620000"),
        ("620702", "甘州区", "甘州", "Ganzhou District", "county", "620700"),
        ("620721", "肃南裕固族自治县", "肃南", "Sunan County", "county", "620700"),
        ("150303", "海南区", "海南", "Hainan District", "county", "150300"),
        ("632300", "黄南藏族自治州", "黄南", "Huangnan", "prefecture", "630000"),
        ("632301", "同仁市", "同仁", "Tongren City", "county", "632300"),
        ("632324", "河南蒙古族自治县", "河南", "Henan County", "county", "632300"),
        ("140929", "岢岚县", "岢岚", "Kelan County", "county", "140900"),
        ("150000", "内蒙古自治区", "内蒙古", "Inner Mongolia", "province", "100000"),
        ("540000", "西藏自治区", "西藏", "Tibet (Xizang)", "province", "100000"),
        ("220623", "长白朝鲜族自治县", "长白", "Changbai County", "county", "220600"),
        ("622926", "东乡族自治县", "东乡", "Dongxiang County", "county", "622900"),
        ("110105", "朝阳区", "朝阳", "Chaoyang District", "county", "110000"),
        ("429004", "仙桃市", "仙桃", "Xiantao City", "county", "420000"),
        ("130506", "南和区", "南和", "Nanhe District", "county", "130500"),
        ("152528", "镶黄旗", "镶黄旗", "Xianghuangqi", "county", "152500"),
        ("150823", "乌拉特前旗", "乌拉特前旗", "Wulate Front Banner", "county", "150800"),
        ("620700-00", "市本级", "市本级", "Zhangye municipal level", "local", "620700"),
    ],
)
def test_areas(
    catalogue: Catalogue,
    ref_area: str,
    name: str,
    short_name: str,
    name_en: str,
    level: str,
    parent: str,
):
    area = catalogue.areas[ref_area]
    assert (area.name, area.short_name, area.name_en) == (name, short_name, name_en)
    assert (area.level, area.parent, area.in_total) == (level, parent, True)


def test_members_of_the_seed_regions(catalogue: Catalogue):
    assert catalogue.children("150300") == ("150300-00", "150302", "150303", "150304")
    assert catalogue.children("632300") == ("632301", "632322", "632323", "632324")
    assert catalogue.children("620700") == (
        "620700-00",
        *("620702", "620721", "620722", "620723", "620724", "620725"),
    )


def test_every_area_hangs_from_the_country_by_its_code(catalogue: Catalogue):
    listed = [area for area in catalogue.areas.values() if not area.generic]
    assert Counter(area.level for area in listed) == {
        "country": 1,
        "province": 34,
        "prefecture": 333,
        "county": 2883,
        "local": 2,
    }
    for area in listed:
        above = catalogue.areas[area.parent] if area.parent else None
        assert above is None or above.level != "county"
        assert area.level in ("country", "province") or area.ref_area[:2] == area.parent[:2]


def test_every_prefecture_may_have_its_own_level_and_zones(catalogue: Catalogue):
    own = catalogue.areas["632300-00"]
    assert (own.name, own.generic, own.parent) == ("市本级", True, "632300")
    assert "州直" in own.aliases
    assert "开发区" in catalogue.areas["620700-01"].aliases
    assert "620700-01" not in catalogue.children("620700")


def test_old_codes_lead_to_those_of_today(catalogue: Catalogue):
    assert {old: recode.to_area for old, recode in catalogue.recodes.items()} == {
        "632321": "632301",
        "622200": "620700",
        "622201": "620702",
        "142231": "140929",
    }


@pytest.mark.parametrize(
    ("unit", "unit_measure", "factor"),
    [
        ("元", "yuan", 1),
        ("万元", "yuan", 1e4),
        ("亿元", "yuan", 1e8),
        ("名", "person", 1),
        ("人次", "person_time", 1),
        ("面", "plaque", 1),
        ("亩", "mu", 1),
        ("公顷", "mu", 15),
        ("%", "percent", 1),
        ("‰", "percent", 0.1),
        ("个", "count", 1),
    ],
)
def test_units(catalogue: Catalogue, unit: str, unit_measure: str, factor: float):
    assert (catalogue.units[unit].unit_measure, catalogue.units[unit].factor) == (
        unit_measure,
        factor,
    )


def test_a_mark_means_one_status_and_none_of_them_is_a_number(catalogue: Catalogue):
    marks = {mark: one.obs_status for one in catalogue.statuses for mark in one.marks}
    assert len(marks) == sum(len(one.marks) for one in catalogue.statuses)
    assert [marks[mark] for mark in ("—", "——", "-", "/", "\\")] == ["M"] * 5
    assert [marks[mark] for mark in ("未统计", "暂无数据", "待报", "未报", "暂无")] == ["O"] * 5
    assert not {"无", "…", "...", "0", ""} & set(marks)


def blanks(sentence: str) -> set[str]:
    """The blanks of a sentence; ``area_en`` is the same blank as ``area``."""
    return {name.removesuffix("_en") for _, name, _, _ in Formatter().parse(sentence) if name}


def test_a_rule_says_the_same_in_both_languages(catalogue: Catalogue):
    for rule in catalogue.rules.values():
        assert blanks(rule.zh) == blanks(rule.en), rule.rule
        assert blanks(rule.question_zh) == blanks(rule.question_en), rule.rule


def seconds_to_load() -> float:
    start = time.process_time()  # others may be at work
    load_catalogue([FOLDER])
    return time.process_time() - start


def test_it_loads_in_a_quarter_of_a_second():
    assert min(seconds_to_load() for _ in range(3)) < 0.25
