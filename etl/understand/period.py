"""The periods that a label names, and the days that they cover."""

from __future__ import annotations

import calendar
import datetime as dt
import re
from collections.abc import Callable
from dataclasses import dataclass, replace

from etl.understand.text import dashes


@dataclass(frozen=True, slots=True)
class Period:
    """What a label says of time, no more: a year, months 1–12, a day, a relative word.

    Months are from the first of ``first_month`` to the last of ``last_month`` (of ``end_year``
    where the period ends in another year). ``relative`` is '', month, quarter, this, year_to_date,
    this_year, since, prior_year, prior or as_of; ``festival`` a code of breakdowns.csv.
    """

    year: int | None = None
    first_month: int | None = None
    last_month: int | None = None
    end_year: int | None = None
    day: dt.date | None = None
    relative: str = ""
    festival: str = ""


FIRST_YEAR, LAST_YEAR = 1949, 2100

_NUMERALS = {c: i for i, c in enumerate("〇一二三四五六七八九十")} | {
    "零": 0, "两": 2, "正": 1, "十一": 11, "十二": 12, "上": 1, "下": 2,
}  # fmt: skip

# Named groups: y year, z last year, a first month, b last month, d day, q first quarter, r last
# quarter, h half, n "the first n months", k "the first k quarters", p and t the words around.
_Y4 = "(?<![0-9.])(?:19|20)[0-9]{2}(?![0-9])"
_YC = "[一二][九〇零][〇零一二三四五六七八九]{2}"
_Y = f"(?P<y>{_Y4}|{_YC})"
_YEAR = f"(?:{_Y}(?:年度?)?|(?<![0-9.])(?P<s>[0-9]{{2}})年)"  # 24年 is a year beside a part of one
_Z = f"(?P<z>{_Y4}|{_YC})"
_MONTH = "1[0-2]|0?[1-9]|十[一二]?|[一二三四五六七八九]"
_A = f"(?<![0-9.,十])(?P<a>{_MONTH})"
_B = f"(?P<b>{_MONTH})"
_D = "(?P<d>3[01]|[12][0-9]|0?[1-9])"
_QUARTER = "[1-4一二三四]"
_P = "(?P<p>截[至止]|止)?"
_T = "(?P<t>累计(?:数|值|额)?|以来|至今|起|[底末](?:数)?)?"
_WHOLE = "(?!前|[底末初]|以前|之前|后|[上中下]旬)"  # 4月底前 is a due date, 上旬 part of a month
_TIME = "(?:[ T][0-9]{1,2}:[0-9]{2}(?::[0-9]{2})?)?"
_PLAN = {"一": 2006, "二": 2011, "三": 2016, "四": 2021, "五": 2026}

_CALENDAR = tuple(
    re.compile(pattern)
    for pattern in (
        # 2024年6月30日, 2024-06-30 09:19, 截至2024.6.30
        f"{_P}{_Y}年{_A}月{_D}[日号]{_TIME}{_T}{_WHOLE}",
        f"{_P}{_Y}(?P<sep>[-/.]){_A.replace('.,', '')}(?P=sep){_D}(?![0-9]){_TIME}",
        f"^{_Y.replace('(?![0-9])', '')}(?P<a>0[1-9]|1[0-2])(?P<d>[0-2][0-9]|3[01])$",
        # 2024-01-01/P7M, as the contract writes it
        f"^{_Y}-(?P<a>0[1-9]|1[0-2])-01/P(?P<length>[1-9][0-9]{{0,2}})M$",
        f"(?P<p>截[至止]){_A}月{_D}[日号]{_WHOLE}",
        # 2019年4月-2023年3月, 2019.4-2023.3, 2024年1月-2024年6月
        f"{_Y}[年./-]{_A.replace('.,', '')}月?-{_Z}[年./-]{_B}(?![0-9])(?:月份?)?{_T}{_WHOLE}",
        # 2023-2024学年
        rf"{_Y}(?:[-/]{_Z})?(?P<school>学年)度?(?!第?[一二上下12])",
        # 2020-2023年, 2020年-2022年
        rf"{_Y}年?-{_Z}年度?{_T}{_WHOLE}(?!第?[{_QUARTER[1:-1]}]季|[上下]半|[0-9])",
        f"^{_Y}-{_Z}$",
        # 2024年1-6月, 1月-6月累计, 2024.1-6, 24年一至六月
        f"(?:{_YEAR} ?)?{_A}(?:月份?)?-{_B}月份?{_T}{_WHOLE}(?![0-9]+[日号])",
        rf"^{_Y}[./]{_A.replace('.,', '')}-{_B}$",
        # 2024年前6个月, 前三季度
        f"(?:{_YEAR})?[前头](?P<n>1[0-2]|[1-9]|十[一二]?|[一二两三四五六七八九])个月",
        f"(?:{_YEAR})?前(?P<k>[123一二两三])个?季度?",
        # 2024年第二季度, 1-3季度, 二季度末, 2024Q2, 2024-Q2
        rf"{_P}(?:{_YEAR} ?)?第?(?<![0-9十一二三四五六七八九、])(?P<q>{_QUARTER})(?:季度?)?-"
        rf"第?(?P<r>{_QUARTER})季度?{_T}{_WHOLE}",
        rf"{_P}(?:{_YEAR}(?: |-)?)?(?:第(?P<q>{_QUARTER})季度?|(?<![0-9十一二三四五六七八九、个.])"
        rf"(?P<q2>{_QUARTER})季度){_T}{_WHOLE}",
        rf"(?:{_Y.replace('(?![0-9])', '')}年?[- ]?|(?<![A-Za-z0-9]))[Qq](?P<q>[1-4])(?![0-9A-Za-z])",
        # 上半年, 2024-S1
        f"(?:{_YEAR} ?)?(?P<h>[上下])半年度?{_T}{_WHOLE}",
        rf"(?:{_Y.replace('(?![0-9])', '')}年?[- ]?|(?<![A-Za-z0-9]))[HS](?P<h>[12])(?![0-9A-Za-z])",
        # 2024年6月, 截至24年6月底, 2024-M06
        rf"{_P}{_YEAR} ?{_A}月份?{_T}{_WHOLE}(?! ?[0-9]+[日号])",
        rf"(?<![0-9./-]){_Y.replace('(?![0-9])', '')}(?:-|/)?M?(?<=[-/M])(?P<a>1[0-2]|0?[1-9])"
        r"(?![0-9./-]|[万亿元%人个])",
        # 2024.1 may have been 2024.10: no month
        r"(?<![0-9./-])(?P<y>(?:19|20)[0-9]{2})\.(?P<a>1[0-2]|0[1-9]|[2-9])(?![0-9./-]|[万亿元%人个])",
        r"^(?P<y>(?:19|20)[0-9]{2})(?P<a>0[5-9]|1[0-2])$",
        rf"{_P}(?<![0-9.,十-]){_A}月份?{_T}{_WHOLE}(?! ?[0-9一二三四五六七八九十]+[日号])",
        # “十四五”期间
        "[“\"‘']?十(?P<plan>[一二三四五])五[”\"’']?(?:期间|时期)",
        # 2024年, 2023年度, 2024年末, 2020年以来
        f"{_P}(?P<y>{_Y4}|{_YC})年度?(?:全年)?{_T}{_WHOLE}(?!前)",
        r"^\(?(?P<y>(?:19|20)[0-9]{2})(?:\.0)?\)?$",
    )
)

_RELATIVE = {
    "month": "本月 当月 本月数 当月数 本月值 当月值 当月完成 本月止",
    "quarter": "本季 本季度 当季 当季度 本季数 当季数 当季值 本季值",
    "this": "本期 当期 本期数 本期值 当期值 报告期 本报告期",
    "year_to_date": "累计 本年累计 今年累计 本年度累计 年累计 自年初累计 年初至今 年初以来 自年初以来 "
    "累计数 累计值 本年累计数 本年累计值 全年累计 年内累计 年初至本月 1-本月 1-本月累计 年初累计",
    "this_year": "本年 今年 本年度 当年 全年 本年数 全年数 今年度",
    "since": "今年以来 本年以来",
    "prior_year": "上年同期 去年同期 上年 去年 上年度 去年度 上年数 同期 同期数 上年同期数 去年同期数 "
    "上年同期累计 去年同期累计 上年累计 去年累计 去年同月 上年同月 上年同季 去年同季",
    "prior": "上期 上月 上季 上季度 上个月 上个季度 上期数 上月数 上季数 上期末 上月末 上季末 期初 "
    "期初数 月初 季初",
    "as_of": "截至目前 截止目前 目前 当前 期末 期末数 期末值 月末 月末数 季末 季末数 本期末 本月末 "
    "本季末 截至本月底 截至本月末 截至本季末 截至期末 截至报告期末",
}
_WORDS: dict[str, Period] = {
    **{word: Period(relative=name) for name, words in _RELATIVE.items() for word in words.split()},
    # a year's end is a day, whatever part of the year stands around it
    **{
        word: Period(first_month=1, last_month=12, relative="as_of")
        for word in ("年末", "年末数", "年底", "年底数", "本年末", "今年底", "年终")
    },
    **{
        word: Period(first_month=1, last_month=12, relative="prior_year")
        for word in ("上年末", "上年末数", "去年末", "去年底", "上年底", "年初数", "上年年末")
    },
}
_WORD = re.compile(
    rf"(?:{'|'.join(sorted(_WORDS, key=len, reverse=True))})(?!前|以前|之前|初|以来|以后)"
)

# Quarters that the lunar calendar cannot change; 中秋 falls in September or October.
_FESTIVAL_QUARTER = {"春节": 1, "元旦": 1, "元宵": 1, "清明": 2, "端午": 2, "八一": 3,
                     "烈士纪念日": 3, "国庆": 4, "中秋": None}  # fmt: skip
_FESTIVAL = re.compile(
    r"[“\"‘']?(?:元旦[、和]?春节|(?P<name>春节|元旦|元宵|清明|端午|中秋|国庆|烈士纪念日)|"
    r"(?P<new>新春)(?=佳节|期间|走访|慰问|$)|"
    r"(?<![0-9一二三四五六七八九十·])(?P<army>八一|建军)(?=建军节|节|期间|前后|前夕|走访|慰问|[”\"’']|$)"
    r"(?:[”\"’']?建军节)?)[”\"’']?节?(?:期间|前后|前夕|当天|佳节)?"
)
_MAYBE = re.compile(r"[年月季期累前节旦明八建庆宵午秋春]|[QqHSM][0-9]|(?:19|20)[0-9]{2}")
_BESIDE = re.compile("(?<=[0-9]) (?=[年月日季第度份号上下])|(?<=[年月日第度]) (?=[0-9第])")
_HOLE = "\0"


def find_periods(text: str) -> tuple[tuple[Period, ...], str]:
    """Return the periods that a normalised ``text`` names, and the text without them.

    What is said of one period in several places is one: 2024年…1-6月累计. Periods that contradict
    each other stay apart. A space stands where a period was taken out of the middle. What is no
    whole period stays in the text: 4月底前, 上旬, 7月27日 without a year, 2024.1, 202402.
    """
    if not _MAYBE.search(text):
        return (), text
    found: list[tuple[int, Period]] = []
    left = dashes(_BESIDE.sub("", text))
    for pattern in _CALENDAR:
        left = _taken(pattern, _from_calendar, left, found)
    left = _taken(_FESTIVAL, _from_festival, left, found)
    left = _taken(_WORD, lambda match: _WORDS[match.group()], left, found)
    if not found:
        return (), text
    periods: list[Period] = []
    for _, period in sorted(found, key=lambda pair: pair[0]):
        both = _joined(periods[-1], period) if periods else None
        if both:
            periods[-1] = both
        else:
            periods.append(period)
    return tuple(periods), _rest(left)


def _taken(
    pattern: re.Pattern[str],
    read: Callable[[re.Match[str]], Period | None],
    text: str,
    found: list[tuple[int, Period]],
) -> str:
    """Blank out every match that ``read`` accepts, and note it with its place."""

    def blank(match: re.Match[str]) -> str:
        period = read(match)
        if period is None:
            return match.group()
        found.append((match.start(), period))
        return _HOLE * len(match.group())

    return pattern.sub(blank, text)


def _rest(left: str) -> str:
    left = re.sub(rf"\([{_HOLE} ]*\)|{_HOLE}+", _HOLE, left)
    return re.sub(rf"[{_HOLE} ]*{_HOLE}[{_HOLE} ]*", " ", left).strip(" -_—,、:;")


def _from_calendar(match: re.Match[str]) -> Period | None:
    """Read the named groups of a calendar pattern; None where they make no period."""
    said = {name: words for name, words in match.groupdict().items() if words}
    year, end_year = _year(said, "y"), _year(said, "z")
    if 0 in (year, end_year):
        return None
    if "plan" in said:
        start = _PLAN[said["plan"]]
        return Period(start, 1, 12, start + 4)
    if "school" in said:
        return _school_year(year, end_year)
    if "length" in said and year:
        return _of_length(year, int(said["a"]), int(said["length"]))
    months = _months(said)
    if end_year is not None:
        months = months or (1, 12)
    if months and not _ordered(year, months, end_year):
        return None
    period = Period(year, *(months or (None, None)), None if end_year == year else end_year)
    if "d" in said:
        return _with_day(period, said)
    return _with_words(period, said)


def _year(said: dict[str, str], group: str) -> int | None:
    """The year of a group, None without one, 0 where it is out of range."""
    if group == "y" and "s" in said:
        short = int(said["s"])
        return short + (2000 if short < 50 else 1900)
    words = said.get(group)
    if words is None:
        return None
    year = int("".join(str(_NUMERALS.get(c, c)) for c in words))
    return year if FIRST_YEAR <= year <= LAST_YEAR else 0


def _number(words: str) -> int:
    return int(words) if words.isdigit() else _NUMERALS[words]


def _months(said: dict[str, str]) -> tuple[int, int] | None:
    if "n" in said:
        return 1, _number(said["n"])
    if "k" in said:
        return 1, 3 * _number(said["k"])
    if "h" in said:
        half = _number(said["h"])
        return 6 * half - 5, 6 * half
    if quarter := said.get("q") or said.get("q2"):
        return 3 * _number(quarter) - 2, 3 * _number(said.get("r", quarter))
    if "a" in said:
        return _number(said["a"]), _number(said.get("b", said["a"]))
    return None


def _ordered(year: int | None, months: tuple[int, int], end_year: int | None) -> bool:
    """Months exist, and the period does not end before it starts."""
    first, last = months
    if not (1 <= first <= 12 and 1 <= last <= 12):
        return False
    return (
        first <= last if end_year in (None, year) else bool(year and end_year and year < end_year)
    )


def _school_year(year: int | None, end_year: int | None) -> Period | None:
    if year is None or end_year not in (None, year + 1):
        return None
    return Period(year, 9, 8, year + 1)


def _of_length(year: int, first: int, length: int) -> Period:
    years, last = divmod(first + length - 2, 12)
    return Period(year, first, last + 1, year + years if years else None)


def _with_day(period: Period, said: dict[str, str]) -> Period | None:
    """A day; 截至6月30日 without a year is the end of June, any other day needs its year."""
    month, number = period.first_month, int(said["d"])
    assert month is not None  # a pattern with a day has its month
    as_of = "p" in said
    if period.year is None:
        ends = (28, 29) if month == 2 else (calendar.monthrange(2023, month)[1],)
        return Period(None, 1, month, relative="as_of") if number in ends else None
    days = calendar.monthrange(period.year, month)[1]
    if number > days or "t" in said:
        return None
    day = dt.date(period.year, month, number)
    if not as_of:
        return replace(period, day=day)
    if number < days:
        return Period(period.year, day=day, relative="as_of")
    return replace(period, first_month=1, day=day, relative="as_of")


def _with_words(period: Period, said: dict[str, str]) -> Period | None:
    """截至 before and 累计, 以来, 底 behind a period."""
    tail = said.get("t", "")
    if tail in ("以来", "至今", "起"):
        if period.year is None or period.end_year or "p" in said:
            return None
        return replace(period, last_month=None, relative="since")
    if "p" in said or tail[:1] in ("底", "末"):
        if period.end_year:
            return None
        return replace(period, first_month=1, last_month=period.last_month or 12, relative="as_of")
    return replace(period, relative="year_to_date") if tail else period


def _from_festival(match: re.Match[str]) -> Period:
    name = "八一" if match["army"] else match["name"] or "春节"
    quarter = _FESTIVAL_QUARTER[name]
    if quarter is None:
        return Period(festival=name)
    return Period(first_month=3 * quarter - 2, last_month=3 * quarter, festival=name)


def _joined(one: Period, other: Period) -> Period | None:
    """What two places of a label say of one period, or None where they contradict each other."""
    if one.festival and other.festival and one.festival != other.festival:
        return None
    one, other = _yielding(one, other), _yielding(other, one)
    relative = _both_relative(one, other)
    if relative is None:
        return None
    said = {}
    for name in ("year", "first_month", "last_month", "end_year", "day", "festival"):
        left, right = getattr(one, name), getattr(other, name)
        if left and right and left != right:
            return None
        said[name] = left or right
    return Period(**said, relative=relative)


def _yielding(period: Period, other: Period) -> Period:
    """A festival's quarter gives way to months that are printed."""
    if period.festival and other.first_month and not other.festival:
        return replace(period, first_month=None, last_month=None)
    return period


def _both_relative(one: Period, other: Period) -> str | None:
    """今年 beside a printed part of the year only says which year; 今年累计 is 累计."""
    words = {one.relative, other.relative} - {""}
    if "this_year" in words and (len(words) > 1 or one.first_month or other.first_month):
        words.discard("this_year")
    if len(words) > 1:
        return None
    return words.pop() if words else ""


def from_date(value: dt.date) -> Period:
    """Return the period of a date cell in a header or in a period column: a day and its month."""
    day = dt.date(value.year, value.month, value.day)
    return Period(day.year, day.month, day.month, day=day)


def maybe_span(value: dt.date) -> Period | None:
    """Return the months that may have been typed where a workbook holds a date.

    Excel makes 6 January of 1-6 and 6 April of 4-6, of the year of typing. 1-3, 1-6, 1-9, 1-12,
    4-6, 7-9, 7-12 and 10-12 are parts of a year that offices report; of others the neighbours
    must be spans too.
    """
    if value.month < value.day <= 12:
        return Period(first_month=value.month, last_month=value.day)
    return None


def ambiguous_code(text: str) -> tuple[Period, ...]:
    """Return both readings of a code that has two: 202402 (month 2, quarter 2), 2024.1 (January,
    or October without its zero). ``find_periods`` reads neither; the neighbours or a layout tell.
    """
    if found := re.fullmatch(r"((?:19|20)[0-9]{2})0([1-4])", text):
        year, part = int(found[1]), int(found[2])
        return Period(year, part, part), Period(year, 3 * part - 2, 3 * part)
    if found := re.fullmatch(r"((?:19|20)[0-9]{2})\.1", text):
        return Period(int(found[1]), 1, 1), Period(int(found[1]), 10, 10)
    return ()


def span(
    period: Period, year: int | None, reported_on: dt.date | None, kind: str
) -> tuple[dt.date, dt.date, bool] | None:
    """Return first day, last day and whether one was inferred; None where the words do not tell.

    ``period`` holds the months of its context; ``year`` is the context's, for a period without
    one. A stock's two days are the one that it was counted on. A period that ends more than a
    month after the report cannot have been counted, unless it is a plan.
    """
    found = _stock_day(period, year, reported_on) if kind == "stock" else None
    if kind != "stock" and (months := _flow_months(period, year, reported_on)):
        found = months
    if found is None or found[0] > found[1]:
        return None
    late = reported_on and found[1] > reported_on + dt.timedelta(days=31)
    return None if late and kind != "plan" else found


def time_period(start: dt.date, end: dt.date, kind: str) -> str:
    """Return the contract's name of a period: 2024, 2024-S1, 2024-Q2, 2024-M06, 2024-01-01/P7M,
    or a stock's day.
    """
    if kind == "stock":
        return end.isoformat()
    if start.day != 1 or end != _last_day(end.year, end.month) or start > end:
        raise ValueError(f"{start}..{end} are not whole months")
    length = 12 * (end.year - start.year) + end.month - start.month + 1
    part, offset = divmod(start.month - 1, length) if length <= 12 else (0, 1)
    names = {1: "-M{:02}", 3: "-Q{}", 6: "-S{}", 12: ""}
    if offset or length not in names:
        return f"{start.isoformat()}/P{length}M"
    return f"{start.year}{names[length].format(part + 1)}"


def _last_day(year: int, month: int) -> dt.date:
    return dt.date(year, month, calendar.monthrange(year, month)[1])


def _last_complete_month(reported_on: dt.date) -> dt.date:
    """The last day of the last month that was over when the report was written."""
    return reported_on.replace(day=1) - dt.timedelta(days=1)


def _whole_months(
    year: int | None, first: int | None, last: int | None, inferred: bool = False
) -> tuple[dt.date, dt.date, bool] | None:
    if year is None or first is None or last is None:
        return None
    return dt.date(year, first, 1), _last_day(year, last), inferred


def _stock_day(
    period: Period, year: int | None, reported_on: dt.date | None
) -> tuple[dt.date, dt.date, bool] | None:
    """The day that a stock was counted on: the last of its period, or the day of the report."""
    if period.relative == "prior":
        return None
    day, inferred = period.day, False
    now = period.relative == "since" or (period.relative == "as_of" and not period.last_month)
    if day is None and now and reported_on and year in (None, reported_on.year):
        day, inferred = reported_on, True
    elif day is None:
        own = period.end_year or period.year or _context_year(period, year)
        if own is None:
            return None
        day, inferred = _last_day(own, period.last_month or 12), now
    return day, day, inferred


def _context_year(period: Period, year: int | None) -> int | None:
    return year - 1 if year is not None and period.relative == "prior_year" else year


def _flow_months(
    period: Period, year: int | None, reported_on: dt.date | None
) -> tuple[dt.date, dt.date, bool] | None:
    """The months that a flow covers."""
    own = period.year or _context_year(period, year)
    first, last = period.first_month, period.last_month
    if period.end_year and own and first and last:
        return dt.date(own, first, 1), _last_day(period.end_year, last), False
    if period.relative == "since":
        return _since(period, own, reported_on)
    if period.relative == "prior":
        return _months_before(own, first, last)
    if period.relative == "month":
        return _whole_months(own, last, last) if first in (1, last) else None
    if period.relative == "quarter":
        return _quarter(own, first, last)
    if period.relative == "year_to_date" and last is None:
        return _since(period, own, reported_on)
    if period.relative in ("year_to_date", "this_year") and last:
        return _whole_months(own, 1, last)
    if period.relative in ("this", "as_of") and last is None:
        return None  # 本期 without a context; 截至目前 does not say since when
    if period.day and not period.relative and _ends_a_quarter(period.day):
        return None  # 2024-06-30 above a column is June, a quarter or a half
    return _whole_months(own, first or 1, last or 12)


def _ends_a_quarter(day: dt.date) -> bool:
    return day.month % 3 == 0 and day == _last_day(day.year, day.month)


def _since(
    period: Period, year: int | None, reported_on: dt.date | None
) -> tuple[dt.date, dt.date, bool] | None:
    """From the start to the last complete month before the report; 今年 ends with its year."""
    if year is None and reported_on:
        year = reported_on.year
    if year is None:
        return None
    start = dt.date(year, period.first_month or 1, 1)
    if period.last_month:
        return start, _last_day(year, period.last_month), False
    if reported_on is None:
        return None
    end = _last_complete_month(reported_on)
    open_ended = period.relative == "since" and period.year is not None
    return start, end if open_ended else min(end, dt.date(year, 12, 31)), True


def _months_before(
    year: int | None, first: int | None, last: int | None
) -> tuple[dt.date, dt.date, bool] | None:
    """The month before a month, the quarter before a quarter; 上期 of 1-6月 is not told."""
    if year is None or first is None or last is None:
        return None
    length = last - first + 1
    if length not in (1, 3) or (first - 1) % length:
        return None
    if first == 1:
        return _whole_months(year - 1, 13 - length, 12)
    return _whole_months(year, first - length, first - 1)


def _quarter(
    year: int | None, first: int | None, last: int | None
) -> tuple[dt.date, dt.date, bool] | None:
    """本季 in 1-6月 or 二季度 is the second quarter; in a month's file it may be that month."""
    if first is None or last is None or last % 3 or first not in (1, last - 2):
        return None
    return _whole_months(year, last - 2, last)
