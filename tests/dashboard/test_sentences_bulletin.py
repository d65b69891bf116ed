"""What a bulletin says of whom, word for word: ties, silence, doubtful figures name nobody."""

import pytest

from dashboard.locale import sentences_bulletin as say
from dashboard.locale import words
from dashboard.queries.counties import Ranked
from dashboard.queries.progress import Progress
from dashboard.queries.values import Change, Value

FUND, EVENTS, OPEN = "condolence_fund", "publicity_events", "issues_overdue"
GANZHOU, SUNAN, MINLE, LINZE, GAOTAI = "620702", "620721", "620722", "620723", "620724"


EVERYONE = (GANZHOU, SUNAN, MINLE)


def row(area, place, value, before=None, *, qualifier="exact", conflict=False):
    change = None if before is None else Change(value, before, 0, qualifier == "exact")
    return Ranked(1, area, "_T", place, None, value, "A", qualifier, conflict, 1, 1,
                  "" if value is not None else "not_reported", change)  # fmt: skip


def progress(area, done, *, planned=50.0, exact=True):
    return Progress(EVENTS, area, "2024-Q2", done, 100.0, planned, False, exact, 0, "", 1, 2)


@pytest.mark.parametrize(
    ("n", "zh_text", "en_text"),
    [(1, "一、总体", "1. 总体"), (10, "十、总体", "10. 总体"), (23, "二十三、总体", "23. 总体")],
)
def test_parts_are_numbered_as_offices_do(n, zh_text, en_text):
    assert say.numbered(n, "总体", words("zh")) == zh_text
    assert say.numbered(n, "总体", words("en")) == en_text


@pytest.mark.parametrize(
    ("due", "overdue", "zh_text", "en_text"),
    [
        ({}, (), "", ""),
        ({GANZHOU: True, SUNAN: True}, (), "应报2个地区，均已报送。",
         "All 2 areas that were to report have done so."),
        ({GANZHOU: False, SUNAN: False}, (), "应报2个地区，均未报送。",
         "None of the 2 areas that were to report has done so."),
        ({GANZHOU: True, SUNAN: False, MINLE: False}, (MINLE,),
         "应报3个地区，已报1个；民乐逾期未报；肃南未报。",
         "1 of 3 areas have reported; Minle overdue: nothing reported; Sunan did not report."),
    ],
)  # fmt: skip
def test_who_reported_and_who_did_not(zh, en, due, overdue, zh_text, en_text):
    assert say.reporting(due, overdue, zh) == zh_text
    assert say.reporting(due, overdue, en) == en_text


@pytest.mark.parametrize(
    ("rows", "zh_text", "en_text"),
    [
        ([row(GANZHOU, 1, 9e4), row(SUNAN, 2, 6e4), row(MINLE, None, None)],
         "上半年慰问金发放额：甘州第1（9.00万元）；肃南第2（6.00万元）。",
         "Condolence money, 上半年: Ganzhou is no. 1 (90.0 thousand yuan); "
         "Sunan is no. 2 (60.0 thousand yuan)."),
        ([row(GANZHOU, 1, 9e4), row(SUNAN, 1, 9e4), row(MINLE, 3, 6e4), row(LINZE, 4, 1e4)],
         "上半年慰问金发放额：甘州、肃南并列第1（均为9.00万元）；民乐第3（6.00万元）。",
         "Condolence money, 上半年: Ganzhou, Sunan share no. 1 (90.0 thousand yuan each); "
         "Minle is no. 3 (60.0 thousand yuan)."),
        ([row(a, 1, 9e4) for a in (GANZHOU, SUNAN, MINLE, LINZE)],
         "上半年慰问金发放额：4个地区并列第1（均为9.00万元）。",
         "Condolence money, 上半年: 4 areas share no. 1 (90.0 thousand yuan each)."),
        ([row(GANZHOU, 1, 9e4), row(SUNAN, 2, 6e4, qualifier="about")],
         "上半年慰问金发放额：甘州第1（9.00万元）；肃南第2（约6万元）"
         "（有约数或待核实的数，名次仅供参考）。",
         "Condolence money, 上半年: Ganzhou is no. 1 (90.0 thousand yuan); Sunan is no. 2 "
         "(about 60 thousand yuan) (some figures are inexact or unverified: places are for "
         "reference)."),
        ([row(GANZHOU, 1, 9e4), row(SUNAN, 2, 0.0)], "上半年慰问金发放额：甘州第1（9.00万元）。",
         "Condolence money, 上半年: Ganzhou is no. 1 (90.0 thousand yuan)."),
        ([row(GANZHOU, 1, 0.0), row(SUNAN, 1, 0.0)], "", ""),
        ([row(MINLE, None, None)], "", ""),
        ([], "", ""),
    ],
)  # fmt: skip
def test_who_leads(zh, en, rows, zh_text, en_text):
    assert say.leaders(rows, FUND, "上半年", zh) == zh_text
    assert say.leaders(rows, FUND, "上半年", en) == en_text


def test_where_less_is_better_nought_leads(zh):
    rows = [row(GANZHOU, 1, 0.0), row(SUNAN, 2, 3.0)]
    assert say.leaders(rows, OPEN, "上半年", zh) == (
        "上半年超期未整改问题数：甘州第1（0个）；肃南第2（3个）。"
    )


MOVED = [
    row(GANZHOU, 1, 9e4, 10e4), row(SUNAN, 2, 6e4, 4e4), row(MINLE, 3, 5e4, 4.5e4),
    row(LINZE, 4, 5e4, 1e4, qualifier="about"), row(GAOTAI, 5, 5e4, 1e4, conflict=True),
]  # fmt: skip


def test_who_rose_and_who_fell_by_figures_that_are_sure(zh, en):
    assert say.risers(MOVED, FUND, zh) == (
        "慰问金发放额同比增幅居前的有：肃南（增长50.0%）、民乐（增长11.1%）。"
    )
    assert say.fallers(MOVED, FUND, zh) == "慰问金发放额同比下降的有：甘州（下降10.0%）。"
    assert say.fallers(MOVED, FUND, en) == "Condolence money fell on year in: Ganzhou (down 10.0%)."
    assert say.risers(MOVED[:1], FUND, zh) == say.fallers(MOVED[1:3], FUND, zh) == ""


def test_more_open_problems_are_no_growth_to_praise(zh):
    assert (
        say.risers(MOVED[:2], OPEN, zh) == "超期未整改问题数同比降幅居前的有：甘州（下降10.0%）。"
    )
    assert say.fallers(MOVED[:2], OPEN, zh) == "超期未整改问题数同比上升的有：肃南（增长50.0%）。"
    assert say.fallers(MOVED, "veterans_registered", zh) == ""


def test_who_is_ahead_of_the_plan_and_who_behind(zh, en):
    found = [
        progress(GANZHOU, 62.0), progress(SUNAN, 40.0), progress(MINLE, 31.0),
        progress(LINZE, 10.0, exact=False), progress(GAOTAI, 50.0),
    ]  # fmt: skip
    assert say.ahead(found, zh) == (
        "双拥宣传活动场次（序时进度50.0%）完成年度目标较快的有：甘州（62.0%）。"
    )
    assert say.lagging(found, zh) == (
        "双拥宣传活动场次（序时进度50.0%）完成年度目标落后的有：民乐（31.0%）、肃南（40.0%）。"
    )
    assert say.lagging(found, en) == (
        "Publicity events, share of the year's target done (the time elapsed: 50.0%), behind: "
        "Minle (31.0%), Sunan (40.0%)."
    )
    assert say.ahead(found[1:], zh) == say.lagging(found[:1], zh) == ""


def test_when_the_year_is_over_a_target_is_reached_or_not(zh, en):
    found = [progress(GANZHOU, 104.5, planned=100.0), progress(SUNAN, 91.3, planned=100.0)]
    assert say.ahead(found, zh) == "双拥宣传活动场次超额完成年度目标的有：甘州（104.5%）。"
    assert say.lagging(found, zh) == "双拥宣传活动场次未完成年度目标的有：肃南（91.3%）。"
    assert say.lagging(found, en) == (
        "Publicity events, the year's target not reached: Sunan (91.3%)."
    )


def test_a_county_without_a_figure_is_neither_ahead_nor_behind(zh):
    assert say.lagging([progress(GANZHOU, None)], zh) == ""


def test_open_questions_and_what_is_missing_are_counted_by_county(zh, en):
    assert say.contradictions({MINLE: 1, LINZE: 3}, zh) == (
        "已报数据中有待核实的问题4处：临泽3处、民乐1处。"
    )
    assert say.missing({MINLE: 2}, zh) == "已报送的地区缺报2项：民乐2项。"
    assert say.missing({MINLE: 2}, en) == (
        "Figures missing from areas that did report: 2 (Minle 2)."
    )
    assert say.contradictions({}, zh) == say.missing({}, zh) == ""


def test_what_is_asked_is_asked_of_somebody(zh, en):
    assert say.asked_of("report", {MINLE, GANZHOU}, EVERYONE, "2024年二季度", zh) == (
        "请甘州、民乐尽快补齐2024年二季度缺报的数据，并说明原因。"
    )
    assert say.asked_of("check", {MINLE}, EVERYONE, "Q2 2024", en) == (
        "Minle: please check the figures in question one by one, and send them again corrected."
    )
    assert say.asked_of("catch_up", set(), EVERYONE, "", zh) == ""


def test_what_is_asked_of_all_names_nobody(zh, en):
    assert say.asked_of("check", {*EVERYONE}, EVERYONE, "", zh) == (
        "请各地逐项核实有疑问的数据，更正后重新报送。"
    )
    assert say.asked_of("check", {*EVERYONE}, EVERYONE, "", en).startswith("All areas: please")


def test_the_figures_of_one_side(zh):
    def value(number, change=None, n=7):
        return Value(1, FUND, "620700", "_T", "2024-Q2", number, number, number, "A", "exact",
                     False, "summed", n, 7, "", change)  # fmt: skip

    like = Change(12e4, 10e4, 6, True)
    assert say.figures([value(None), value(12e4, like)], "走访慰问方面", zh) == (
        "走访慰问方面，慰问金发放额12.00万元，同比增长20.0%（按6个可比地区）。"
    )
    assert say.figures([value(None)], "走访慰问方面", zh) == ""
