"""Sentences and figures, word for word, in both languages."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.locale import words
from dashboard.locale.numbers import figure, growth, number, signed, unit_after
from dashboard.locale.periods import period_name, span_name, tick
from dashboard.locale.sentences import change_phrase, headline, ranking_title
from dashboard.locale.sentences_trend import trend_title
from dashboard.queries import counties, overview
from dashboard.queries.trend import trend
from dashboard.queries.values import Change

D = "demonstration"


@pytest.mark.parametrize(
    ("period", "measure", "zh_name", "en_name"),
    [
        ("2024-Q2", "value", "2024年二季度", "Q2 2024"),
        ("2024-S1", "value", "2024年上半年", "H1 2024"),
        ("2024", "value", "2024年", "2024"),
        ("2024-M06", "value", "2024年6月", "Jun 2024"),
        ("2024-Q2", "ytd", "2024年1—6月", "Jan–Jun 2024"),
        ("2024-M11", "ytd", "2024年1—11月", "Jan–Nov 2024"),
        ("2024-Q4", "ytd", "2024年", "2024"),
        ("2024-S2", "ytd", "2024年", "2024"),
    ],
)
def test_names_of_periods(period, measure, zh_name, en_name):
    assert period_name(period, words("zh"), measure) == zh_name
    assert period_name(period, words("en"), measure) == en_name


def test_names_of_what_was_reported():
    names = {
        "2024-01-01/P9M": ("2024年1—9月", "Jan–Sep 2024"),
        "2022-11-01/P5M": ("2022年11月—2023年3月", "Nov 2022 – Mar 2023"),
        "2024-06-30": ("2024年6月30日", "30 Jun 2024"),
        "2024-Q2": ("2024年二季度", "Q2 2024"),
    }
    for period, (zh_name, en_name) in names.items():
        assert span_name(period, words("zh")) == zh_name
        assert span_name(period, words("en")) == en_name


def test_ticks():
    assert tick("2024-Q1", words("zh"), with_year=True) == "一季<br>2024"
    assert tick("2024-Q3", words("en"), with_year=False) == "Q3"
    assert tick("2024-M11", words("zh"), with_year=False) == "11月"
    assert tick("2024", words("zh"), with_year=True) == "2024"


@pytest.mark.parametrize(
    ("value", "qualifier", "text_zh", "text_en"),
    [
        (590_000, "exact", "59.00万元", "590.0 thousand yuan"),
        (12_345_678.9, "exact", "1,234.57万元", "12,345.7 thousand yuan"),
        (230_000_000, "nearly", "近23,000万元", "nearly 230,000 thousand yuan"),
        (125_000, "about", "约12.5万元", "about 125 thousand yuan"),
        (100_000, "at_least", "10余万元", "≥100 thousand yuan"),
        (0, "exact", "0.00万元", "0.0 thousand yuan"),
        (-0.001, "exact", "0.00万元", "0.0 thousand yuan"),
    ],
)
def test_money_as_each_language_counts_it(value, qualifier, text_zh, text_en, zh, en):
    for labels, text in ((zh, text_zh), (en, text_en)):
        indicator = labels.indicators["condolence_fund"]
        after = unit_after(indicator, labels.words)
        assert figure(value, qualifier, indicator, labels.words, after) == text


@given(st.floats(-1e12, 1e12), st.integers(0, 4))
def test_a_number_reads_back_within_half_its_last_digit(value, decimals):
    text = number(value, decimals)
    assert abs(float(text.replace(",", "")) - value) <= 0.5 * 10**-decimals * (1 + 1e-9) + 1e-4
    assert text not in ("-0", "-0.0", "-0.00", "-0.000", "-0.0000")
    assert signed(value, decimals).lstrip("+") == text


def test_a_change_needs_a_base(zh):
    indicator = zh.indicators["recruits_sent"]
    assert growth(None, indicator, zh.words) == "—"
    assert growth(Change(5, 0, 0, True), indicator, zh.words) == "—"
    assert change_phrase(Change(5, 0, 0, True), indicator, zh.words) == ""
    assert growth(Change(6, 5, 0, True), indicator, zh.words) == "+20.0%"
    assert growth(Change(5, 5, 0, True), indicator, zh.words) == "0.0%"
    assert growth(Change(6, 5, 0, False), indicator, zh.words) == "约+20.0%"


def test_changes_in_words(zh, en):
    count, rate = (zh.indicators[c] for c in ("recruits_sent", "veteran_card_rate"))
    assert change_phrase(Change(6, 5, 0, True), count, zh.words) == "增长20.0%"
    assert change_phrase(Change(4, 5, 0, True), count, zh.words) == "下降20.0%"
    assert change_phrase(Change(5, 5, 0, True), count, zh.words) == "持平"
    assert change_phrase(Change(100_001, 100_000, 0, True), count, zh.words) == "持平"
    assert change_phrase(Change(94.3, 93.1, 0, True), rate, zh.words) == "提高1.20个百分点"
    assert (
        change_phrase(Change(93.1, 94.3, 0, True), rate, en.words) == "down 1.20 percentage points"
    )
    assert change_phrase(Change(6, 5, 0, False), count, en.words) == "up about 20.0%"


def test_the_headline_says_figures_changes_and_on_how_many_areas(con, zh, en):
    codes = ("condolence_fund", "recruits_sent")
    values = trend(con, D, codes, ("620700",), "2024-Q3", "2024-Q3")
    assert headline(values, "620700", "2024-Q3", ("620725",), zh) == (
        "2024年三季度，张掖市慰问金发放额93.90万元，同比增长7.9%；"
        "输送新兵人数196人，同比增长约3.2%（按6个可比地区）；山丹未报。"
    )
    late = headline(values, "620700", "2024-Q3", ("620725", "620724"), zh, overdue=("620724",))
    assert late.endswith("；高台逾期未报；山丹未报。")
    assert headline(values, "620700", "2024-Q3", (), en) == (
        "Zhangye, Q3 2024: Condolence money 939.0 thousand yuan, up 7.9% on the year before; "
        "Recruits sent 196 persons, up about 3.2% on the year before (in 6 comparable areas)."
    )
    nothing = trend(con, D, codes, ("620700",), "2024-Q4", "2024-Q4")
    assert headline(nothing, "620700", "2024-Q4", (), zh) == "2024年四季度，张掖市还没有数据。"


def test_titles_say_the_finding(con, zh):
    values = trend(con, D, ("condolence_fund",), ("620723",), "2023-Q1", "2024-Q2")
    assert trend_title(values, zh, shape="lines", what="level", measure="value") == (
        "临泽县慰问金发放额：2024年二季度为6.00万元，同比增长100.0%"
    )
    rows = counties.ranking(con, D, "issues_overdue", "620700", "2024-Q3")
    assert ranking_title(rows, "issues_overdue", "2024年三季度", zh) == (
        "2024年三季度超期未整改问题数：市本级、肃南、临泽并列居首"
    )
    unreported = counties.ranking(con, D, "condolence_fund", "620700", "2024-Q4")
    assert ranking_title(unreported, "condolence_fund", "2024年四季度", zh) == (
        "2024年四季度慰问金发放额：尚无县区上报"
    )


def test_why_there_is_no_value(con, zh, en):
    [missing] = trend(con, D, ("condolence_fund",), ("620721",), "2024-Q2", "2024-Q2")
    assert zh.value(missing, "condolence_fund") == "未报"
    assert en.value(missing, "condolence_fund") == "not reported"
    [early] = trend(con, D, ("condolence_fund",), ("620721",), "2024-Q4", "2024-Q4")
    assert zh.value(early, "condolence_fund") == "未到期"


def test_no_headline_names_a_restricted_indicator(con, zh):
    shown = overview.first_indicators(con, D, "620702", "2024-Q3", 99)
    assert "mission_incidents" not in shown
    assert all("事故" not in zh.indicator(code) for code in shown)
