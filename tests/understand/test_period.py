"""The periods of a label, the days that they cover, and what must not be taken for one."""

import calendar
import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from etl.understand.period import (
    Period,
    ambiguous_code,
    find_periods,
    from_date,
    from_dates,
    span,
    time_period,
)
from etl.understand.text import normalise

Q1, Q2, Q3, Q4 = (1, 3), (4, 6), (7, 9), (10, 12)
H1, H2, YEAR = (1, 6), (7, 12), (1, 12)

CALENDAR = [  # printed, year, months
    # quarters
    ("2024年第二季度", 2024, Q2),
    ("2024年二季度", 2024, Q2),
    ("二季度", None, Q2),
    ("第2季度", None, Q2),
    ("2季度", None, Q2),
    ("第一季度", None, Q1),
    ("三季度", None, Q3),
    ("第四季度", None, Q4),
    ("第一季", None, Q1),
    ("四季", None, Q4),
    ("1季", None, Q1),
    ("2024年四季", 2024, Q4),
    ("Q2", None, Q2),
    ("2024Q2", 2024, Q2),
    ("2024q2", 2024, Q2),
    ("2024-Q2", 2024, Q2),
    ("2024 Q2", 2024, Q2),
    ("2024年Q3", 2024, Q3),
    ("24年第二季度", 2024, Q2),
    ("2024年度第一季度", 2024, Q1),
    ("2024 年第 2 季度", 2024, Q2),
    ("２０２４年第２季度", 2024, Q2),
    ("2024二季度", 2024, Q2),
    ("1-3季度", None, (1, 9)),
    ("一至三季度", None, (1, 9)),
    ("2024年1—2季度", 2024, H1),
    ("前三季度", None, (1, 9)),
    ("2024年前三季度", 2024, (1, 9)),
    ("前两个季度", None, H1),
    ("2019年第四季度", 2019, Q4),
    # halves
    ("上半年", None, H1),
    ("下半年", None, H2),
    ("2024上半年", 2024, H1),
    ("2024年上半年", 2024, H1),
    ("2024年度上半年", 2024, H1),
    ("2024H1", 2024, H1),
    ("2024-S2", 2024, H2),
    ("H1", None, H1),
    # months
    ("1-6月", None, H1),
    ("1—6月", None, H1),
    ("1–6月", None, H1),
    ("1～6月", None, H1),
    ("1~6月", None, H1),
    ("１－６月", None, H1),
    ("1至6月份", None, H1),
    ("1到6月", None, H1),
    ("1月-6月", None, H1),
    ("1月至6月", None, H1),
    ("一至六月", None, H1),
    ("一月至六月", None, H1),
    ("01-06月", None, H1),
    ("2024年1-6月", 2024, H1),
    ("2024年1—7月", 2024, (1, 7)),
    ("2024年1月-6月", 2024, H1),
    ("2024年1月至2024年6月", 2024, H1),
    ("2024年(1-6月)", 2024, H1),
    ("2024.1-6", 2024, H1),
    ("24年1-6月", 2024, H1),
    ("2024年1月1日至6月30日", 2024, H1),
    ("2024年1月1日—2024年6月30日", 2024, H1),
    ("2024年4-6月", 2024, Q2),
    ("10-12月", None, Q4),
    ("前6个月", None, H1),
    ("前六个月", None, H1),
    ("头三个月", None, Q1),
    ("2024年前10个月", 2024, (1, 10)),
    ("1-9月", None, (1, 9)),
    ("1-12月", None, YEAR),
    ("今年1至6月份", None, H1),
    ("今年上半年", None, H1),
    ("2024年上半年1-6月", 2024, H1),
    ("2024年二季度(4-6月)", 2024, Q2),
    ("6月", None, (6, 6)),
    ("06月", None, (6, 6)),
    ("6月份", None, (6, 6)),
    ("12月", None, (12, 12)),
    ("六月", None, (6, 6)),
    ("十月", None, (10, 10)),
    ("十一月", None, (11, 11)),
    ("十二月", None, (12, 12)),
    ("2024年6月", 2024, (6, 6)),
    ("2024年 6 月", 2024, (6, 6)),
    ("2024年6月份", 2024, (6, 6)),
    ("2024年10月", 2024, (10, 10)),
    ("2024年1月", 2024, (1, 1)),
    ("24年6月", 2024, (6, 6)),
    ("98年6月", 1998, (6, 6)),
    ("二〇二四年六月", 2024, (6, 6)),
    ("二○二四年六月", 2024, (6, 6)),
    ("2024.6", 2024, (6, 6)),
    ("2024.06", 2024, (6, 6)),
    ("2024.01", 2024, (1, 1)),
    ("2024.10", 2024, (10, 10)),
    ("2024.12", 2024, (12, 12)),
    ("2024/6", 2024, (6, 6)),
    ("2024/06", 2024, (6, 6)),
    ("2024-06", 2024, (6, 6)),
    ("2018-06", 2018, (6, 6)),
    ("2024-M06", 2024, (6, 6)),
    ("202406", 2024, (6, 6)),
    ("202412", 2024, (12, 12)),
    ("2020年4月", 2020, (4, 4)),
    # years
    ("2024", 2024, None),
    ("2021.0", 2021, None),
    ("(2024)", 2024, None),
    ("2024年", 2024, None),
    ("24年", 2024, None),
    ("23年度", 2023, None),
    ("2023年度", 2023, None),
    ("2024年全年", 2024, None),
    ("二〇二四年", 2024, None),
    ("1983年", 1983, None),
    ("1949年", 1949, None),
    ("2099年", 2099, None),
    ("2024-01-01/P7M", 2024, (1, 7)),
    ("2024-04-01/P3M", 2024, Q2),
    ("Jan-Mar 1971", 1971, Q1),
    ("March 2018", 2018, (3, 3)),
    ("Sept 2018", 2018, (9, 9)),
]


def months_of(period):
    return None if period.first_month is None else (period.first_month, period.last_month)


@pytest.mark.parametrize(("printed", "year", "months"), CALENDAR)
def test_a_calendar_period(printed, year, months):
    (period,), rest = find_periods(normalise(printed))
    assert (period.year, months_of(period), rest) == (year, months, "")
    assert (period.relative, period.end_year, period.day) == ("", None, None)


def test_months_across_a_new_year_end_in_the_printed_one():
    assert find_periods("Nov-Jan 1972") == ((Period(1971, 11, 1, 1972),), "")
    assert span(Period(1971, 11, 1, 1972), None, None, "flow") == (
        dt.date(1971, 11, 1), dt.date(1972, 1, 31), False,
    )  # fmt: skip


def test_a_note_on_a_year_is_no_year():
    assert find_periods("30 September 20123") == ((), "30 September 20123")


RELATIVE = [  # printed, relative, year, months
    ("本月", "month", None, None),
    ("当月", "month", None, None),
    ("本季", "quarter", None, None),
    ("本季度", "quarter", None, None),
    ("当季值", "quarter", None, None),
    ("本期", "this", None, None),
    ("报告期", "this", None, None),
    ("累计", "year_to_date", None, None),
    ("累计值", "year_to_date", None, None),
    ("本年累计", "year_to_date", None, None),
    ("今年累计", "year_to_date", None, None),
    ("年初至今", "year_to_date", None, None),
    ("1—本月", "year_to_date", None, None),
    ("2024年累计", "year_to_date", 2024, None),
    ("1-6月累计", "year_to_date", None, H1),
    ("1—6月累计数", "year_to_date", None, H1),
    ("1-6月(累计)", "year_to_date", None, H1),
    ("2024年1-6月累计", "year_to_date", 2024, H1),
    ("6月累计", "year_to_date", None, (6, 6)),
    ("二季度累计", "year_to_date", None, Q2),
    ("今年累计1-6月", "year_to_date", None, H1),
    ("本年", "this_year", None, None),
    ("今年", "this_year", None, None),
    ("全年", "this_year", None, None),
    ("本年度", "this_year", None, None),
    ("今年以来", "since", None, None),
    ("2020年以来", "since", 2020, None),
    ("自2020年以来", "since", 2020, None),
    ("2020年至今", "since", 2020, None),
    ("上年同期", "prior_year", None, None),
    ("去年同期", "prior_year", None, None),
    ("上年同期累计", "prior_year", None, None),
    ("上年", "prior_year", None, None),
    ("去年", "prior_year", None, None),
    ("去年1-6月", "prior_year", None, H1),
    ("上年末", "prior_year", None, YEAR),
    ("上期", "prior", None, None),
    ("上月", "prior", None, None),
    ("上季度", "prior", None, None),
    ("期初数", "prior", None, None),
    ("截至目前", "as_of", None, None),
    ("截止目前", "as_of", None, None),
    ("目前", "as_of", None, None),
    ("期末", "as_of", None, None),
    ("期末数", "as_of", None, None),
    ("月末数", "as_of", None, None),
    ("年末数", "as_of", None, YEAR),
    ("2024年末", "as_of", 2024, YEAR),
    ("2024年底", "as_of", 2024, YEAR),
    ("截至6月底", "as_of", None, H1),
    ("截至6月30日", "as_of", None, H1),
    ("截止2月28日", "as_of", None, (1, 2)),
    ("截止2月29日", "as_of", None, (1, 2)),
    ("6月末", "as_of", None, H1),
    ("三季度末", "as_of", None, (1, 9)),
    ("截至2024年6月", "as_of", 2024, H1),
    ("截至2024年6月底", "as_of", 2024, H1),
    ("截至24年6月底", "as_of", 2024, H1),
]


@pytest.mark.parametrize(("printed", "relative", "year", "months"), RELATIVE)
def test_a_relative_word_keeps_the_months_beside_it(printed, relative, year, months):
    (period,), rest = find_periods(normalise(printed))
    assert (period.relative, period.year, months_of(period), rest) == (relative, year, months, "")


@pytest.mark.parametrize(
    ("printed", "period"),
    [
        ("2024年7月5日", Period(2024, 7, 7, day=dt.date(2024, 7, 5))),
        ("30 September 2018", Period(2018, 9, 9, day=dt.date(2018, 9, 30))),
        ("25. April 2010", Period(2010, 4, 4, day=dt.date(2010, 4, 25))),
        ("24年7月5日", Period(2024, 7, 7, day=dt.date(2024, 7, 5))),
        ("2024-08-01", Period(2024, 8, 8, day=dt.date(2024, 8, 1))),
        ("2024-08-01 09:19:37", Period(2024, 8, 8, day=dt.date(2024, 8, 1))),
        ("2024.1.30", Period(2024, 1, 1, day=dt.date(2024, 1, 30))),
        ("2024/6/30", Period(2024, 6, 6, day=dt.date(2024, 6, 30))),
        ("20240630", Period(2024, 6, 6, day=dt.date(2024, 6, 30))),
        ("2024年2月29日", Period(2024, 2, 2, day=dt.date(2024, 2, 29))),
        (
            "截至2024年6月30日",
            Period(2024, 1, 6, day=dt.date(2024, 6, 30), relative="as_of"),
        ),
        ("截止2024-12-31", Period(2024, 1, 12, day=dt.date(2024, 12, 31), relative="as_of")),
        ("截至2024年7月5日", Period(2024, day=dt.date(2024, 7, 5), relative="as_of")),
        ("2019年4月至2023年3月", Period(2019, 4, 3, 2023)),
        ("2019.4-2023.3", Period(2019, 4, 3, 2023)),
        ("2020-2023年", Period(2020, 1, 12, 2023)),
        ("2020年至2022年", Period(2020, 1, 12, 2022)),
        ("2020-2023", Period(2020, 1, 12, 2023)),
        ("2020-01-01/P63M", Period(2020, 1, 3, 2025)),
        ("“十四五”期间", Period(2021, 1, 12, 2025)),
        ("十三五时期", Period(2016, 1, 12, 2020)),
        ("2023-2024学年", Period(2023, 9, 8, 2024)),
        ("2023学年", Period(2023, 9, 8, 2024)),
        ("2024年3月以来", Period(2024, 3, relative="since")),
        ("今年以来(1-7月)", Period(None, 1, 7, relative="since")),
        ("6月(本月)", Period(None, 6, 6, relative="month")),
    ],
)
def test_days_years_and_starts(printed, period):
    assert find_periods(normalise(printed)) == ((period,), "")


@pytest.mark.parametrize(
    ("printed", "festival", "year", "months", "rest"),
    [
        ("春节", "春节", None, Q1, ""),
        ("春节期间", "春节", None, Q1, ""),
        ("2023年春节", "春节", 2023, Q1, ""),
        ("春节慰问", "春节", None, Q1, "慰问"),
        ("春节前", "春节", None, Q1, ""),
        ("2月春节慰问", "春节", None, (2, 2), "慰问"),
        ("元旦春节", "春节", None, Q1, ""),
        ("元旦、春节期间", "春节", None, Q1, ""),
        ("新春慰问", "春节", None, Q1, "慰问"),
        ("两节期间", "春节", None, Q1, ""),
        ("元旦", "元旦", None, Q1, ""),
        ("清明", "清明", None, Q2, ""),
        ("清明节期间", "清明", None, Q2, ""),
        ("“八一”期间", "八一", None, Q3, ""),
        ("“八一”", "八一", None, Q3, ""),
        ("八一建军节", "八一", None, Q3, ""),
        ("建军节", "八一", None, Q3, ""),
        ("2024年八一慰问", "八一", 2024, Q3, "慰问"),
        ("9·30烈士纪念日", "烈士纪念日", None, Q3, ""),
        ("国庆节", "国庆", None, Q4, ""),
        ("中秋节", "中秋", None, None, ""),
    ],
)
def test_a_festival_fills_its_quarter(printed, festival, year, months, rest):
    (period,), left = find_periods(normalise(printed))
    assert (period.festival, period.year, months_of(period), left) == (festival, year, months, rest)


@pytest.mark.parametrize(
    ("printed", "year", "months", "rest"),
    [
        ("乌海市2024年第二季度双拥工作情况统计表", 2024, Q2, "乌海市 双拥工作情况统计表"),
        ("2024年1-6月累计慰问金", 2024, H1, "慰问金"),
        ("2024年双拥工作1-6月统计", 2024, H1, "双拥工作 统计"),
        ("2024年(上半年)慰问金", 2024, H1, "慰问金"),
        ("慰问金(2024年)", 2024, None, "慰问金"),
        ("慰问金-2024年", 2024, None, "慰问金"),
        ("1月招聘会", None, (1, 1), "招聘会"),
        ("本季度招聘会", None, None, "招聘会"),
        ("2023年度“最美系列”", 2023, None, "“最美系列”"),
        ("2024年一等功", 2024, None, "一等功"),
        ("2024年3批次", 2024, None, "3批次"),
        ("2016.09统计", 2016, (9, 9), "统计"),
    ],
)
def test_what_is_left_of_a_label(printed, year, months, rest):
    (period,), left = find_periods(normalise(printed))
    assert (period.year, months_of(period), left) == (year, months, rest)


@pytest.mark.parametrize(
    ("printed", "periods"),
    [
        ("2023年与2024年", [Period(2023), Period(2024)]),
        ("2023年上半年和2024年上半年", [Period(2023, 1, 6), Period(2024, 1, 6)]),
        ("二季度(6月)", [Period(None, 4, 6), Period(None, 6, 6)]),
        ("本月、累计", [Period(relative="month"), Period(relative="year_to_date")]),
        (
            "中秋、国庆",
            [
                Period(festival="中秋", of_season=True),
                Period(None, 10, 12, festival="国庆", of_season=True),
            ],
        ),
    ],
)
def test_periods_that_contradict_each_other_stay_apart(printed, periods):
    assert list(find_periods(normalise(printed))[0]) == periods


NO_PERIOD = [
    "居民消费价格指数(上年同月=100)",
    "", "慰问金", "五年", "三年", "三年时间", "60周岁", "第31次", "第三次", "50年", "光荣在党50年",
    "服役24年", "34年", "24年6个月", "6个月", "12个月", "半年", "半年度", "一年半", "9·30",
    "勿忘九一八",
    "十四五", "十八大", "建党100周年", "八一路", "八一希望小学", "一站式", "每月一题", "月份",
    "季度", "年度", "年份", "月度", "四季如春", "四季青镇", "一季一报", "三季稻", "春季",
    "秋季入伍", "近年来",
    "去年以来", "新一轮创建以来", "4月底前", "5月底前", "2024年9月底前", "2025年前",
    "2024年以前", "2024年初", "5月上旬", "2024年5月上旬",
    "7月27日", "六月三十日", "8月31日", "截至6月15日", "2024年13月",
    "2024年0月", "0月", "13月", "10-3月", "2023年10月-3月", "2023年10-3月", "2024年第五季度",
    "5季度", "2024年2月30日", "2024-02-30", "20240231", "2024年1月1日—6月20日", "1-6", "1.6",
    "2024.1", "202401", "202402", "202404", "202413", "2024.13", "1948年", "2339.41",
    "620702", "6207022024", "2024届", "1503000001", "0473-3998316", "016000", "2024.5万元",
    "4A级", "3A级", "F24", "MH17", "SY0301", "T12", "A4", "96747部队", "1.退役军人招聘会场次",
    "12", "第12期", "20", "1/2", "-", "—",
]  # fmt: skip


@pytest.mark.parametrize("printed", NO_PERIOD)
def test_no_period_is_seen_and_nothing_is_taken_away(printed):
    text = normalise(printed)
    assert find_periods(text) == ((), text)


@pytest.mark.parametrize(
    ("text", "readings"),
    [
        ("202401", (Period(2024, 1, 1), Period(2024, 1, 3))),
        ("202402", (Period(2024, 2, 2), Period(2024, 4, 6))),
        ("202404", (Period(2024, 4, 4), Period(2024, 10, 12))),
        ("2024.1", (Period(2024, 1, 1), Period(2024, 10, 10))),
        ("202405", ()),
        ("202406", ()),
        ("2024.10", ()),
        ("2024.2", ()),
        ("620702", ()),
        ("二季度", ()),
    ],
)
def test_a_code_with_two_readings_gives_both(text, readings):
    assert ambiguous_code(text) == readings


def test_a_date_cell_is_a_day_and_its_month():
    expected = Period(2024, 6, 6, day=dt.date(2024, 6, 30))
    assert from_date(dt.date(2024, 6, 30)) == expected
    assert from_date(dt.datetime(2024, 6, 30, 8, 15, tzinfo=dt.UTC)) == expected


def _read_together(*days):
    dates = [dt.date(year, month, day) for year, month, day in days]
    found = from_dates(dates, short=False)
    return [(p.year, p.first_month, p.last_month, p.day) for p in map(found.get, dates)]


@pytest.mark.parametrize(
    ("days", "months"),
    [
        ([(2024, 1, 3), (2024, 1, 6), (2024, 1, 9), (2024, 1, 12)], [Q1, H1, (1, 9), YEAR]),
        ([(2026, 1, 2), (2026, 1, 11)], [(1, 2), (1, 11)]),
        ([(2026, 1, 3), (2026, 4, 6), (2026, 7, 9), (2026, 10, 12)], [Q1, Q2, Q3, Q4]),
        ([(2025, 1, 6), (2025, 7, 12)], [H1, (7, 12)]),
    ],
)
def test_spans_that_a_workbook_made_dates_lose_the_year_of_typing(days, months):
    assert _read_together(*days) == [(None, *span, None) for span in months]


def test_a_lone_date_is_a_span_only_where_its_year_is_not_shown():
    day = dt.date(2024, 1, 6)
    assert from_dates([day], short=True) == {day: Period(None, 1, 6)}
    assert from_dates([day], short=False) == {day: Period(2024, 1, 1, day=day)}


def test_first_days_are_months():
    read = _read_together((2024, 1, 1), (2024, 2, 1))
    assert read == [(2024, 1, 1, None), (2024, 2, 2, None)]


@pytest.mark.parametrize("other", [(2024, 1, 30), (2024, 2, 5), (2024, 1, 13), (2024, 1, 1)])
def test_one_date_that_is_no_span_makes_all_of_them_days(other):
    first, second = _read_together((2024, 1, 6), other)
    assert first == (2024, 1, 1, dt.date(2024, 1, 6))
    assert second == (2024, other[1], other[1], dt.date(*other))


AUGUST = dt.date(2024, 8, 1)
SPANS = [  # label, the context's year, reported on, kind, start, end, inferred
    ("二季度", 2024, AUGUST, "flow", "2024-04-01", "2024-06-30", False),
    ("2023年二季度", 2024, AUGUST, "flow", "2023-04-01", "2023-06-30", False),
    ("2024年2月", None, AUGUST, "flow", "2024-02-01", "2024-02-29", False),
    ("2023年2月", None, AUGUST, "flow", "2023-02-01", "2023-02-28", False),
    ("2023年", None, AUGUST, "flow", "2023-01-01", "2023-12-31", False),
    ("全年", 2023, AUGUST, "flow", "2023-01-01", "2023-12-31", False),
    ("二季度", None, AUGUST, "flow", None, None, None),
    ("1-6月累计", 2024, AUGUST, "flow", "2024-01-01", "2024-06-30", False),
    ("二季度累计", 2024, AUGUST, "flow", "2024-01-01", "2024-06-30", False),
    ("6月累计", 2024, AUGUST, "rate", "2024-01-01", "2024-06-30", False),
    ("截至6月底", 2024, AUGUST, "flow", "2024-01-01", "2024-06-30", False),
    ("截至目前", 2024, AUGUST, "flow", None, None, None),
    ("本期", 2024, AUGUST, "flow", None, None, None),
    ("今年以来", None, AUGUST, "flow", "2024-01-01", "2024-07-31", True),
    ("今年以来", 2023, AUGUST, "flow", "2023-01-01", "2023-12-31", True),
    ("今年以来", None, dt.date(2024, 1, 20), "flow", None, None, None),
    ("今年以来", 2024, None, "flow", None, None, None),
    ("2020年以来", None, dt.date(2025, 4, 23), "flow", "2020-01-01", "2025-03-31", True),
    ("2024年3月以来", None, AUGUST, "flow", "2024-03-01", "2024-07-31", True),
    ("今年以来(1-6月)", 2024, AUGUST, "flow", "2024-01-01", "2024-06-30", False),
    ("累计", 2024, AUGUST, "flow", "2024-01-01", "2024-07-31", True),
    ("去年1-6月", 2024, AUGUST, "flow", "2023-01-01", "2023-06-30", False),
    ("上年", 2024, AUGUST, "flow", "2023-01-01", "2023-12-31", False),
    ("2019年4月至2023年3月", None, AUGUST, "flow", "2019-04-01", "2023-03-31", False),
    ("“十四五”期间", None, AUGUST, "plan", "2021-01-01", "2025-12-31", False),
    ("“十四五”期间", None, AUGUST, "flow", None, None, None),
    ("2023年春节", None, AUGUST, "flow", "2023-01-01", "2023-03-31", False),
    ("2021年5月31日", None, AUGUST, "flow", "2021-05-01", "2021-05-31", False),
    ("2024-06-30", None, AUGUST, "flow", None, None, None),
    ("2024-06-01", None, AUGUST, "flow", "2024-06-01", "2024-06-30", False),
    ("截至2024年7月5日", None, AUGUST, "flow", None, None, None),
    # a period that was not over when it was reported
    ("2024年", None, dt.date(2024, 7, 5), "flow", None, None, None),
    ("2024年", None, dt.date(2024, 7, 5), "plan", "2024-01-01", "2024-12-31", False),
    ("二季度", 2024, dt.date(2024, 6, 28), "flow", "2024-04-01", "2024-06-30", False),
    ("四季度", 2024, AUGUST, "flow", None, None, None),
    ("四季度", 2024, None, "flow", "2024-10-01", "2024-12-31", False),
    # stocks
    ("二季度", 2024, AUGUST, "stock", "2024-06-30", "2024-06-30", False),
    ("1-6月累计", 2024, AUGUST, "stock", "2024-06-30", "2024-06-30", False),
    ("2023年", None, AUGUST, "stock", "2023-12-31", "2023-12-31", False),
    ("年末数", 2023, AUGUST, "stock", "2023-12-31", "2023-12-31", False),
    ("上年末", 2024, AUGUST, "stock", "2023-12-31", "2023-12-31", False),
    ("截至6月底", 2024, AUGUST, "stock", "2024-06-30", "2024-06-30", False),
    ("截至2024年7月5日", None, AUGUST, "stock", "2024-07-05", "2024-07-05", False),
    ("2024-06-30", None, AUGUST, "stock", "2024-06-30", "2024-06-30", False),
    ("目前", None, AUGUST, "stock", "2024-08-01", "2024-08-01", True),
    ("截至目前", 2024, AUGUST, "stock", "2024-08-01", "2024-08-01", True),
    ("期末数", 2023, AUGUST, "stock", "2023-12-31", "2023-12-31", True),
    ("2020年以来", None, AUGUST, "stock", "2024-08-01", "2024-08-01", True),
    ("目前", None, None, "stock", None, None, None),
    ("2024年", None, AUGUST, "stock", None, None, None),
    ("期初数", 2024, AUGUST, "stock", None, None, None),
    ("2019年4月至2023年3月", None, AUGUST, "stock", "2023-03-31", "2023-03-31", False),
]


@pytest.mark.parametrize(
    ("label", "year", "reported_on", "kind", "start", "end", "inferred"), SPANS
)
def test_the_days_of_a_label(label, year, reported_on, kind, start, end, inferred):
    (period,), _ = find_periods(normalise(label))
    found = span(period, year, reported_on, kind)
    assert (found and (str(found[0]), str(found[1]), found[2])) == (
        start and (start, end, inferred)
    )


@pytest.mark.parametrize(
    ("relative", "months", "start", "end"),
    [
        ("month", (6, 6), "2024-06-01", "2024-06-30"),
        ("month", H1, "2024-06-01", "2024-06-30"),
        ("month", Q2, None, None),
        ("quarter", Q2, "2024-04-01", "2024-06-30"),
        ("quarter", H1, "2024-04-01", "2024-06-30"),
        ("quarter", Q1, "2024-01-01", "2024-03-31"),
        ("quarter", (6, 6), None, None),
        ("quarter", (1, 5), None, None),
        ("this", H1, "2024-01-01", "2024-06-30"),
        ("year_to_date", Q2, "2024-01-01", "2024-06-30"),
        ("this_year", Q2, "2024-01-01", "2024-06-30"),
        ("prior_year", Q2, "2023-04-01", "2023-06-30"),
        ("prior", (6, 6), "2024-05-01", "2024-05-31"),
        ("prior", (1, 1), "2023-12-01", "2023-12-31"),
        ("prior", Q2, "2024-01-01", "2024-03-31"),
        ("prior", Q1, "2023-10-01", "2023-12-31"),
        ("prior", H1, None, None),
        ("prior", (2, 4), None, None),
        ("as_of", H1, "2024-01-01", "2024-06-30"),
    ],
)
def test_a_relative_word_under_the_months_of_its_context(relative, months, start, end):
    found = span(Period(None, *months, relative=relative), 2024, AUGUST, "flow")
    assert (found and (str(found[0]), str(found[1]))) == (start and (start, end))


@pytest.mark.parametrize(
    ("start", "end", "kind", "name"),
    [
        ("2024-01-01", "2024-12-31", "flow", "2024"),
        ("2024-01-01", "2024-06-30", "flow", "2024-S1"),
        ("2024-07-01", "2024-12-31", "flow", "2024-S2"),
        ("2024-01-01", "2024-03-31", "flow", "2024-Q1"),
        ("2024-04-01", "2024-06-30", "flow", "2024-Q2"),
        ("2024-10-01", "2024-12-31", "rate", "2024-Q4"),
        ("2024-06-01", "2024-06-30", "flow", "2024-M06"),
        ("2024-12-01", "2024-12-31", "flow", "2024-M12"),
        ("2024-01-01", "2024-07-31", "flow", "2024-01-01/P7M"),
        ("2024-01-01", "2024-09-30", "flow", "2024-01-01/P9M"),
        ("2024-02-01", "2024-04-30", "flow", "2024-02-01/P3M"),
        ("2024-04-01", "2024-09-30", "flow", "2024-04-01/P6M"),
        ("2023-07-01", "2024-06-30", "flow", "2023-07-01/P12M"),
        ("2020-01-01", "2025-03-31", "flow", "2020-01-01/P63M"),
        ("2021-01-01", "2025-12-31", "plan", "2021-01-01/P60M"),
        ("2024-06-30", "2024-06-30", "stock", "2024-06-30"),
    ],
)
def test_the_contracts_name_of_a_period(start, end, kind, name):
    assert time_period(dt.date.fromisoformat(start), dt.date.fromisoformat(end), kind) == name


@pytest.mark.parametrize(
    ("start", "end"),
    [("2024-01-02", "2024-06-30"), ("2024-01-01", "2024-06-29"), ("2024-07-01", "2024-06-30")],
)
def test_a_flow_covers_whole_months(start, end):
    with pytest.raises(ValueError, match="whole months"):
        time_period(dt.date.fromisoformat(start), dt.date.fromisoformat(end), "flow")


ALPHABET = "0123456789.-—/年月日季度上下半前第一二三四五六七八九十至今本累计截底末春节八以来Q()“” "


@given(st.text(max_size=30) | st.text(alphabet=ALPHABET, max_size=16))
def test_no_text_raises_and_every_period_is_possible(text):
    periods, rest = find_periods(normalise(text))
    assert "\0" not in rest
    for period in periods:
        assert period.year is None or 1949 <= period.year <= 2099
        assert period.first_month is None or 1 <= period.first_month <= 12
        assert period.last_month is None or 1 <= period.last_month <= 12
        if period.end_year is None and period.last_month is not None:
            assert period.first_month <= period.last_month
        for kind in ("flow", "stock"):
            found = span(period, 2024, dt.date(2024, 8, 1), kind)
            assert found is None or found[0] <= found[1] <= dt.date(2024, 9, 1)


@given(st.text(alphabet=ALPHABET, max_size=16))
def test_a_label_without_a_period_is_left_as_it_is(text):
    normal = normalise(text)
    periods, rest = find_periods(normal)
    if not periods:
        assert rest == normal


@st.composite
def whole_months(draw):
    year = draw(st.integers(1950, 2090))
    first = draw(st.integers(1, 12))
    length = draw(st.integers(1, 60))
    years, last = divmod(first + length - 2, 12)
    end = dt.date(year + years, last + 1, calendar.monthrange(year + years, last + 1)[1])
    return dt.date(year, first, 1), end


@given(whole_months())
def test_the_contracts_names_are_read_back(months):
    name = time_period(*months, "flow")
    (period,), rest = find_periods(name)
    assert (span(period, None, None, "flow"), rest) == ((*months, False), "")


@given(st.dates(dt.date(1949, 1, 1), dt.date(2099, 12, 31)))
def test_a_stocks_day_is_read_back(day):
    (period,), rest = find_periods(time_period(day, day, "stock"))
    assert (span(period, None, None, "stock"), rest) == ((day, day, False), "")


SEPARATORS = st.sampled_from("-—–－～~至到")


@given(st.integers(1950, 2090), st.integers(1, 12), st.integers(1, 12), SEPARATORS, st.booleans())
def test_months_are_read_as_they_are_written_or_not_at_all(year, first, last, dash, named):
    text = f"{year}年{first}{'月' if named else ''}{dash}{last}月"
    periods, rest = find_periods(normalise(text))
    if first <= last:
        assert (periods, rest) == ((Period(year, first, last),), "")
    else:
        assert (periods, rest) == ((), normalise(text))
