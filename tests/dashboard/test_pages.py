"""Every page opens, says so when there is nothing, answers a choice, in both languages."""

import re
from functools import partial
from html import escape
from pathlib import Path

import duckdb
import pytest
from streamlit.testing.v1 import AppTest

from dashboard.ui.frame import PAGES as PAGES_OF_THE_APP
from tests.dashboard.small_vintage import write_vintage

ROOT = Path(__file__).parents[2]
PAGES = tuple(
    str(ROOT / "pages" / f"{name}.py")
    for name in ("overview", "trends", "counties", "changes", "county", "topics")
)
every_page = pytest.mark.parametrize("page", PAGES, ids=lambda page: Path(page).stem)
HAN = re.compile(r"[\u4e00-\u9fff]")


def app_of(vintages):
    """Return the app as app.py draws it, but away from the folder pages: beside it, AppTest runs
    a page without its frame."""
    script = f"""
from pathlib import Path
from dashboard.ui.frame import frame
frame(Path({str(vintages)!r}))
"""
    return AppTest.from_string(script, default_timeout=30)


def page_of(vintages, page, /, **address):
    """Return a page as an address opens it."""
    app = app_of(vintages)
    app.switch_page(page)
    for key, value in address.items():
        app.query_params[key] = value
    app.run()
    assert not app.exception
    return app


@pytest.fixture
def opened(vintages):
    return partial(page_of, vintages)


def said(app):
    kinds = ("subheader", "caption", "markdown", "html", "title", "badge")
    return "\n".join(str(e.value) for kind in kinds for e in app.get(kind))


@every_page
def test_a_page_opens_in_chinese(opened, page):
    app = opened(page)
    assert "演示数据" in said(app)
    assert not re.search(r"\b(None|nan|null)\b", said(app))


@every_page
def test_a_page_opens_in_english_without_a_chinese_word(opened, page):
    app = opened(page, lang="en")
    # names of files and the words of issues' cells are the offices' own
    text = re.sub(
        r"张掖市\d{4}年双拥报表\.xlsx|甘州区慰问明细\.xlsx|季度表|个|base64,\S+", "", said(app)
    )
    assert not HAN.search(text), HAN.findall(text)
    assert "Demonstration data" in text
    labels = [w.label for kind in ("selectbox", "multiselect", "expander") for w in app.get(kind)]
    assert not any(HAN.search(label) for label in labels)


def test_the_overview_says_its_sentence_and_tiles(opened):
    app = opened(PAGES[0])
    assert "慰问金发放额93.90万元，同比增长7.9%" in said(app)
    assert said(app).count('<section class="tile">') == 5
    assert "0个错误，1个提醒" in said(app)
    assert "应报7个地区，已报7个" in said(app)
    links = [link.label for link in app.get("page_link")]
    assert (
        "■ 高台双拥宣传活动场次本年累计完成年度目标的32\\.0%，慢于序时进度43\\.0个百分点" in links
    )
    assert "! 高台县慰问金两处不一致" in links
    assert "mission_incidents" not in said(app)
    assert "事故" not in said(app)


def test_a_tile_says_that_its_figure_is_provisional(opened):
    app = opened(PAGES[0], area="620722")
    assert '<p class="coverage">初步、估计或待核实数</p>' in said(app)


def test_the_overview_follows_a_choice(opened):
    app = opened(PAGES[0])
    app.selectbox(key="pick_area").set_value("620702").run()
    assert "甘州区慰问金" in said(app) or "甘州区双拥" in said(app)
    assert app.query_params["area"] == "620702"
    app.segmented_control(key="pick_measure").set_value("ytd").run()
    assert "2024年1—9月，甘州区" in said(app)


def test_what_is_counted_on_a_day_has_its_figure_in_the_year_to_date_too(opened):
    app = opened(PAGES[0], tiles="issues_overdue", period="2024-Q2", measure="ytd")
    assert '<p class="figure">5 <span class="unit">个</span></p>' in said(app)
    app = opened(PAGES[2], indicator="issues_overdue", period="2024-Q2")
    assert [w.key for w in app.segmented_control if w.key == "pick_measure"] == []


def test_the_overview_without_indicators_says_what_to_do(opened):
    app = opened(PAGES[0], tiles="")
    assert "请至少选择一个指标和一个地区" in said(app)


def test_trends_draw_a_chart_an_indicator(opened):
    app = opened(PAGES[1], indicators="condolence_fund,recruits_sent", areas="620700,620702")
    assert [s.value for s in app.subheader] == [
        "慰问金发放额（2个地区）",
        "输送新兵人数（2个地区）",
    ]
    assert len(app.get("plotly_chart")) == 2
    app.multiselect(key="pick_areas").set_value([]).run()
    assert "请至少选择一个指标和一个地区" in said(app)


def test_trends_say_the_finding_of_one_area(opened):
    app = opened(PAGES[1], indicators="recruits_sent", areas="620702", last="2024-Q1")
    assert [s.value for s in app.subheader] == [
        "甘州区输送新兵人数：2024年一季度为66人，同比增长10.0%"
    ]


def test_trends_leave_out_the_period_before_of_what_has_seasons(opened):
    app = opened(PAGES[1], indicators="condolence_fund,job_fairs", shown="previous")
    assert [s.value for s in app.subheader] == ["张掖市退役军人招聘会场次环比增长"]
    assert [i.value[:7] for i in app.info] == ["慰问金发放额随"]
    app.segmented_control(key="pick_seasonal").set_value("shown").run()
    assert [s.value for s in app.subheader] == [
        "张掖市慰问金发放额环比增长", "张掖市退役军人招聘会场次环比增长",
    ]  # fmt: skip
    assert app.query_params["seasonal"] == "shown"


def test_trends_draw_small_charts_that_a_link_restores(opened):
    areas = "620702,620721,620723"
    app = opened(PAGES[1], indicators="condolence_fund", areas=areas, shape="years", axes="free")
    assert [s.value for s in app.subheader] == ["慰问金发放额（3个地区）：历年同期"]
    assert len(app.get("plotly_chart")) == 3
    app = opened(
        PAGES[1], indicators="condolence_fund,recruits_sent", areas=areas, facet="indicator",
        shown="to_date",
    )  # fmt: skip
    assert [s.value for s in app.subheader] == ["慰问金发放额等2项指标累计同比增长（3个地区）"]
    assert [w.key for w in app.segmented_control if w.key == "pick_measure"] == []
    assert len(app.get("plotly_chart")) == 2


def test_counties_rank_and_map(opened):
    app = opened(PAGES[2], indicator="condolence_fund", period="2024-Q1")
    assert [s.value for s in app.subheader] == [
        "2024年一季度慰问金发放额：甘州居首", "2024年一季度慰问金发放额：县区分布图",
        "慰问金发放额：各县区分期数值",
    ]  # fmt: skip
    assert "未参加排名：山丹（未报）" in said(app)
    assert "审图号：未设置，仅供内部使用" in said(app)
    app.segmented_control(key="pick_classes").set_value("fixed").run()
    assert app.query_params["classes"] == "fixed"
    assert "各期统一分5级" in said(app)


def test_the_table_of_a_ranking_leads_to_a_county(opened):
    app = opened(PAGES[2], indicator="condolence_fund", period="2024-Q1")
    table = app.dataframe(key="standing_condolence_fund").value
    assert table.iloc[1].tolist() == [
        "2", "市本级", "11.00万元", "-11.00万元", "+0.55万元", "17.5%", "+10.0%", "—",
    ]  # fmt: skip
    assert "平均10.45万元（6个已报县区的算术平均）" in said(app)
    third = opened(PAGES[2], indicator="condolence_fund", period="2024-Q3")
    values = third.dataframe(key="standing_condolence_fund").value["数值"]
    assert {"12.00万元 ○", "9.00万元 ✕", "约8.8万元"} <= set(values)
    app.session_state["standing_condolence_fund"] = {"selection": {"rows": [1]}}
    app.run()
    assert [link.label for link in app.get("page_link")] == [
        "市本级：一县一档", "市本级：变化", "市本级：趋势",
    ]  # fmt: skip


def test_a_breakdown_is_picked_named_and_kept_in_the_address(opened):
    app = opened(PAGES[1], indicators="condolence_fund", areas="620702", last="2024-Q1")
    app.selectbox(key="pick_breakdown").set_value("recipient:部队").run()
    assert app.query_params["breakdown"] == "recipient:部队"
    assert [s.value for s in app.subheader] == [
        "甘州区慰问金发放额（部队）：2024年一季度为12.00万元，同比增长20.0%"
    ]
    assert "来源：甘州区慰问明细.xlsx（演示数据）" in said(app)
    app.multiselect(key="pick_indicators").set_value(["recruits_sent"]).run()
    assert [s.key for s in app.selectbox if s.key == "pick_breakdown"] == []
    assert "甘州区输送新兵人数：2024年一季度为66人，同比增长10.0%" in said(app)


def test_an_indicator_without_a_total_opens_with_a_breakdown(opened):
    address = {"indicators": "condolence_letters,recruits_sent", "last": "2024-Q1", "lang": "en"}
    app = opened(PAGES[1], areas="620702", **address)
    assert app.selectbox(key="pick_breakdown").options == ["Total", "Spring Festival · Forces"]
    assert [s.value.partition(":")[0] for s in app.subheader] == [
        "Ganzhou, Condolence letters (Spring Festival · Forces)",
        "Ganzhou, Recruits sent",
    ]
    app = opened(PAGES[1], indicators="condolence_letters", areas="620723", lang="en")
    assert [i.value for i in app.info] == [
        "Condolence letters (Spring Festival · Forces): no values in the areas chosen."
    ]


def test_counties_rank_by_a_breakdown(opened):
    app = opened(
        PAGES[2], indicator="condolence_fund", period="2024-Q1", breakdown="recipient:部队"
    )
    assert [s.value for s in app.subheader] == [
        "2024年一季度慰问金发放额（部队）：甘州居首",
        "2024年一季度慰问金发放额（部队）：县区分布图", "慰问金发放额（部队）：各县区分期数值",
    ]  # fmt: skip


def test_counties_open_with_the_last_period_of_a_breakdown(opened):
    app = opened(PAGES[2], indicator="condolence_letters")
    assert app.selectbox(key="pick_period").value == "2024-Q1"
    assert "慰问信发放份数（春节·部队）：甘州居首" in said(app)


def test_counties_say_so_where_a_period_has_no_values(opened):
    app = opened(
        PAGES[2], indicator="condolence_fund", period="2024-Q2", breakdown="recipient:部队"
    )
    assert "请换一个时期、地区、指标或分项" in said(app)


def test_a_change_is_explained_by_counties_and_by_parts(opened):
    app = opened(PAGES[3], indicator="condolence_fund", period="2024-Q1")
    assert "主要来自甘州（+1.50万元）、市本级（+1.00万元）。" in said(app)
    assert [s.value for s in app.subheader] == [
        "2024年一季度张掖市慰问金发放额同比增加4.20万元（7.2%）：各县区的贡献",
        "2024年一季度张掖市慰问金发放额同比增加4.20万元（7.2%）：按对象分",
    ]
    app.session_state["sources_changes_condolence_fund"] = True
    app.run()
    numbers = app.dataframe(key="source_changes_condolence_fund").value
    assert numbers["显示"].tolist()[-3:] == ["7.00万元", "7.70万元", "6.00万元"]


def test_two_windows_stand_in_the_address_and_days_are_refused(opened):
    address = {"against": "windows", "now": "2023-07..2024-06", "base": "2023-01..2023-06"}
    app = opened(PAGES[3], indicator="job_fairs", **address)
    assert "2023年7月—2024年6月，张掖市退役军人招聘会场次34场，比2023年上半年" in said(app)
    assert [w.value for w in app.warning] == [
        "两个时间段长短不同（12个月和6个月），数的大小不宜直接比较。"
    ]
    app.selectbox(key="pick_now_first").set_value(1488).run()
    assert app.query_params["now"] == "2024-01..2024-06"
    assert "2024年上半年，张掖市" in said(app)
    for finer in (address | {"now": "2023-07-15..2024-06-30"}, {"now": "2024-01-15/P3M"}):
        app = opened(PAGES[3], indicator="job_fairs", **finer)
        assert f"“now={finer['now']}”不是整月：报表没有按天的数，只能按整月比较。" in said(app)
        assert app.query_params.get("now") is None
    app = opened(PAGES[3], **address | {"base": "1999-01..1999-06"})
    assert "“base=1999-01..1999-06”在这里没有" in said(app)


def test_an_unknown_code_in_the_address_falls_back(opened):
    app = opened(
        PAGES[2], indicator="mission_incidents", area="999999", period="1999-Q9", lang="fr"
    )
    assert app.selectbox(key="pick_indicator").value == "publicity_events"
    assert app.selectbox(key="pick_area").value == "620700"
    assert app.selectbox(key="pick_period").value == "2024-Q3"
    assert "事故" not in said(app)
    told = [str(e.value) for e in app.get("html") if 'class="unknown"' in str(e.value)]
    assert len(told) == 4  # the language too
    assert "“period=1999-Q9”在这里没有" in "".join(told)


def test_a_link_of_which_a_part_is_unknown_says_so_until_the_next_choice(opened):
    app = opened(PAGES[1], indicators="publicity_events,no_such", areas="620700")
    assert "“indicators=publicity_events,no_such”在这里没有，或有一部分没有" in said(app)
    assert "“areas" not in said(app)
    app.multiselect(key="pick_areas").set_value(["620700", "620702"]).run()
    assert "没有采用" not in said(app)


def test_no_page_says_that_an_address_of_its_own_is_unknown(opened):
    app = opened(PAGES[2], indicator="publicity_events", area="620700", period="2024-Q2")
    app.selectbox(key="pick_dataset").set_value("published").run()
    assert not app.exception
    assert "没有采用" not in said(app)


NUMBERS, MONTHS = "1e999", "2019-13..2019-00"
KEYS = (
    "freq", "area", "areas", "indicator", "indicators", "tiles", "breakdown", "period", "first",
    "last", "measure", "shape", "shown", "seasonal", "facet", "axes", "topic", "per", "classes",
    "from", "to", "against", "form", "aspect", "reach", "parts", "status", "qualifier", "low",
    "high", "page", "values", "reports", "down", "part", "severity", "rule", "office", "by", "of",
    "due", "older", "newer", "recipe", "text", "template", "slides", "present", "screen", "lang",
)  # fmt: skip
NONSENSE = dict.fromkeys(KEYS, NUMBERS) | dict.fromkeys(("now", "base", "window", "<b>"), MONTHS)


@pytest.mark.parametrize("name", tuple(PAGES_OF_THE_APP))
def test_every_page_says_of_every_choice_that_it_did_not_take_it(opened, name):
    app = opened(str(ROOT / "pages" / f"{name}.py"), **NONSENSE)
    told = "".join(str(e.value) for e in app.get("html") if 'class="unknown"' in str(e.value))
    assert [k for k, v in NONSENSE.items() if told.count(f"“{escape(k)}={v}") != 1] == []
    assert not [v for v in NONSENSE.values() if v in str(app.query_params)]


def test_what_another_choice_hides_leaves_the_address_and_comes_back(opened):
    app = opened(PAGES[1])
    app.segmented_control(key="pick_measure").set_value("ytd").run()
    assert app.query_params["measure"] == "ytd"
    app.segmented_control(key="pick_shown").set_value("growth").run()
    assert "measure" not in app.query_params
    assert "没有采用" not in said(app)
    app.segmented_control(key="pick_shown").set_value("level").run()
    assert app.query_params["measure"] == "ytd"
    assert app.segmented_control(key="pick_measure").value == "ytd"


def test_another_dataset_is_shown_alone(opened):
    app = opened(PAGES[0], dataset="published")
    assert "乌海市慰问金发放额250.00万元" in said(app)
    assert "张掖" not in said(app)
    assert "演示数据" not in said(app)
    assert "没有下属县区" in said(opened(PAGES[2], dataset="published"))


def test_the_cells_of_a_number_are_two_clicks_away(opened):
    app = opened(PAGES[0])
    app.session_state["sources_overview"] = True
    app.run()
    numbers = app.dataframe(key="source_overview").value
    number = numbers["指标"].tolist().index("输送新兵人数")
    app.session_state["source_overview"] = {"selection": {"cells": [[number, "指标"]]}}
    app.run()
    table = app.dataframe[1].value
    assert len(table) == 6
    assert table["文件 › 工作表 › 单元格"][0] == "张掖市2024年双拥报表.xlsx › 季度表 › I5"
    assert "无法显示这张工作表" in said(app)  # the small vintage has no files


def test_without_a_vintage_the_page_says_what_to_do(tmp_path):
    app = app_of(tmp_path).run()
    assert not app.exception
    assert "还没有数据" in said(app)
    assert "python -m etl load" in said(app)


def test_a_new_vintage_is_shown_at_the_next_choice(tmp_path):
    app = app_of(tmp_path).run()
    write_vintage(tmp_path)
    app.run()
    assert "慰问金发放额93.90万元" in said(app)


def test_the_app_itself_draws_the_overview(vintages, monkeypatch):
    monkeypatch.setenv("VINTAGES", str(vintages))
    app = AppTest.from_file(str(ROOT / "app.py"), default_timeout=30).run()
    assert not app.exception
    assert "慰问金发放额93.90万元" in said(app)


def test_a_vintage_from_before_an_upgrade_asks_to_be_read_anew(tmp_path):
    vintages = write_vintage(tmp_path)
    (database,) = vintages.glob("*/*.duckdb")
    with duckdb.connect(str(database)) as con:
        con.execute("alter table breakdown drop column planned")
    app = app_of(vintages)
    app.run()
    assert not app.exception
    assert "数据是用另一个版本的程序载入的" in said(app)


def presented(opened, screen, **address):
    app = opened(PAGES[0], present="1", screen=screen, **address)
    pickers = [
        w for kind in ("selectbox", "multiselect", "segmented_control") for w in app.get(kind)
    ]
    assert not pickers
    assert "主要指标" not in said(app)
    return app


@pytest.mark.parametrize(
    ("screen", "shown"),
    [
        ("tiles", "2024年三季度，张掖市双拥宣传活动场次"),
        ("progress", "2024年1—9月，谁走在前面，谁落后了？"),
        ("ranking", "2024年三季度双拥宣传活动场次：甘州居首"),
        ("changes", "2024年三季度，什么变化最大？"),
        ("exceptions", "完成年度目标的32.0%，慢于序时进度43.0个百分点"),
        ("nonsense", "2024年三季度，张掖市双拥宣传活动场次"),
    ],
)  # fmt: skip
def test_a_presentation_asks_one_question_a_screen(opened, screen, shown):
    assert shown in said(presented(opened, screen))


def test_a_presentation_shows_the_choices_of_its_address(opened):
    app = presented(opened, "ranking", tiles="job_fairs", period="2024-Q1", measure="ytd")
    assert "2024年1—3月退役军人招聘会场次：甘州居首" in said(app)
    app = presented(opened, "progress", area="620702")
    assert "山丹" not in said(app)


def test_topics_show_funds_festivals_or_jobs_as_the_address_says(opened):
    funds = said(opened(PAGES[5]))
    assert "张掖市2024年三季度经费发放合计93.90万元" in funds
    assert "2024年三季度各县区经费发放" in funds
    assert "没有双拥工作经费预算的数" in funds
    assert "没有按节日分开的走访慰问数" in said(opened(PAGES[5], topic="festivals"))
    jobs = said(opened(PAGES[5], topic="jobs", area="620702", period="2024-Q1"))
    assert "甘州区2024年一季度招聘会：每场岗位数2.0；每百个岗位意向人数1,100.0" in jobs
