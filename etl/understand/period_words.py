"""How offices write periods: the patterns and words that ``period`` reads, most specific first."""

from __future__ import annotations

import re
from functools import cache

# Named groups: y year, s year of two digits, z last year, a first month, b last month, d day,
# q and q2 first quarter, r last quarter, h half, n "the first n months", k "the first k quarters",
# plan a five-year plan, school a school year, either a year that is written as two, length months,
# p and t the words around.
_DIGITS = "0-9一二三四五六七八九十"
_FOUR = "(?:19|20)[0-9]{2}"
_SPELT = "[一二][九〇零○0][〇零○一二三四五六七八九]{2}"
_Y = f"(?<![0-9.])(?P<y>{_FOUR}(?![0-9])|{_SPELT})"
_YEAR = f"(?:{_Y}(?:年度?)?|(?<![0-9.])(?P<s>[0-9]{{2}})年) ?"  # 24年 is a year before a month only
_Z = f"(?P<z>{_FOUR}|{_SPELT})"
_CODE = f"(?<![0-9./-])(?P<y>{_FOUR})"
_MONTH = "1[0-2]|0?[1-9]|十[一二]?|[一二三四五六七八九]"
_A = f"(?<![0-9.,十])(?P<a>{_MONTH})"
_A_CODE = f"(?P<a>{_MONTH})"
_B = f"(?P<b>{_MONTH})"
_D = "(?P<d>3[01]|[12][0-9]|0?[1-9])(?![0-9])"
_Q = "[1-4一二三四]"
_ALONE = "(?<![0-9十一二三四五六七八九、个.])"
_NOT_LATIN = "(?![0-9A-Za-z])"
_P = "(?P<p>截[至止])?"
_T = "(?P<t>累计(?:数|值|额)?|[底末]数?)?"
# 4月底前 is a due date, 上旬 part of a month, and 10月-3月 does not say the year of its end
_WHOLE = f"(?!以?前|之前|初|[底末]|后|[上中下]旬|-[{_DIGITS}])"
_NO_PART = (
    f"(?! ?第?[{_DIGITS}]{{1,2}}(?:月|季|-|[、和及]第?[{_DIGITS}]))"  # 2024年5月上旬 is not 2024
)
_JI = "季(?:度|(?![节花青]))"  # 四季青 is a place
_LISTED = f"[{_DIGITS}][、和及]"  # 3、5月 is not May
_TIME = "(?:[ T][0-9]{1,2}:[0-9]{2}(?::[0-9]{2})?)?"
_NO_UNIT = "(?![0-9./-]|[万亿元%人个])"

_MONTHS = (
    "Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?|Sept?(?:ember)?"
    "|Oct(?:ober)?|Nov(?:ember)?|Dec(?:ember)?"
)

compiled = cache(re.compile)  # a file meets half of the patterns, and needs not wait for the others
# (a sign without which the pattern cannot match, the pattern)
CALENDAR = (
    # 2024-01-01/P7M, as the contract writes it
    ("/P", f"^(?P<y>{_FOUR})-(?P<a>0[1-9]|1[0-2])-01/P(?P<length>[1-9][0-9]{{0,2}})M$"),
    # Nov-Jan 1972 ends in 1972, 25 April 2010, March 2018
    (" ", f"(?<![A-Za-z])(?P<a>{_MONTHS}) ?[-–] ?(?P<b>{_MONTHS}) (?P<ends>{_FOUR})(?![0-9])"),
    (" ", rf"(?<![0-9]){_D}(?:st|nd|rd|th|\.)? (?P<a>{_MONTHS}),? (?P<y>{_FOUR})(?![0-9])"),
    (" ", f"(?<![A-Za-z0-9] )(?<![A-Za-z])(?P<a>{_MONTHS}),? (?P<y>{_FOUR})(?![0-9])"),
    # 自2020年以来, 2020年3月至今
    ("年", f"[自从]?{_Y}年(?:{_A}月)?(?P<since>以来|-今|至今|起)"),
    # 2024年1月1日-6月30日
    ("日", f"{_Y}年{_A}月0?1日-(?:{_Z}年)?{_B}月{_D}日"),
    # 2024年6月30日, 2024-06-30 09:19, 20240630, 截至6月30日
    ("月", f"{_P}{_YEAR}{_A}月 ?{_D}[日号]{_TIME}{_WHOLE}"),
    ("", rf"{_P}{_CODE}(?P<sep>[-/.]){_A_CODE}(?P=sep){_D}(?![/-]){_TIME}"),
    ("", f"^(?P<y>{_FOUR})(?P<a>0[1-9]|1[0-2])(?P<d>[0-2][0-9]|3[01])$"),
    ("截", f"(?P<p>截[至止]){_A}月{_D}[日号]{_WHOLE}"),
    # 2019年4月-2023年3月, 2019.4-2023.3
    ("-", f"{_Y}[年./-]{_A_CODE}月?份?-{_Z}[年./-]{_B}(?![0-9])(?:月份?)?{_T}{_WHOLE}"),
    # 2023-2024学年
    ("学年", f"{_Y}(?:[-/]{_Z})?(?P<school>学年)度?(?!第?[一二上下12])"),
    # 2023-2024年度, 2023/2024年度: both years, or twelve months of the two
    ("年度", f"{_Y}年?[-/]{_Z}(?P<either>年度){_WHOLE}(?!第?{_Q}季|[上下]半|[0-9])"),
    # 2020-2023年, 2020年-2022年
    ("-", f"{_Y}年?-{_Z}年度?{_T}{_WHOLE}(?!第?{_Q}季|[上下]半|[0-9])"),
    ("-", f"^{_Y}-{_Z}$"),
    # 2024年1-6月, 1月-6月累计, 24年一-六月, 2024.1-6
    ("月", f"(?:{_YEAR})?{_A}(?:月份?)?-{_B}月份?{_T}{_WHOLE}(?![0-9]+[日号])"),
    ("-", f"^{_Y}[./]{_A_CODE}-{_B}$"),
    # 2024年前6个月, 前三季度
    ("月", f"(?:{_YEAR})?[前头](?P<n>1[0-2]|[1-9]|十[一二]?|[一二两三四五六七八九])个月"),
    ("季", f"(?:{_YEAR})?前(?P<k>[123一二两三])个?季度?"),
    # 2024年第二季度, 1-3季度, 三季度末, 2024-Q2
    ("季", f"{_P}(?:{_YEAR})?第?{_ALONE}(?P<q>{_Q})(?:季度?)?-第?(?P<r>{_Q})季度?{_T}{_WHOLE}"),
    ("季", f"{_P}{_YEAR}-?第?(?P<q>{_Q}){_JI}{_T}{_WHOLE}"),
    ("季", f"{_P}(?:第(?P<q>{_Q})季度?|{_ALONE}(?P<q2>{_Q})季度){_T}{_WHOLE}"),
    # 1季, and 一季 where it is the whole cell: 四季 are the seasons, 一季一报 is each quarter
    ("季", f"(?:{_P}{_ALONE}(?P<q>[1-4])|^(?P<q2>{_Q})(?=季$)){_JI}{_T}{_WHOLE}"),
    ("", f"(?:{_CODE}年?[- _.]?|(?<![A-Za-z0-9]))[Qq](?P<q>[1-4]){_NOT_LATIN}"),
    # 上半年, 2024-S1, 2024H1
    ("半", f"(?:{_YEAR})?(?P<h>[上下])半年度?{_T}{_WHOLE}"),
    ("S", f"{_CODE}-S(?P<h>[12]){_NOT_LATIN}"),
    ("H", f"(?:{_CODE}年?[- _]?|(?<![A-Za-z0-9]))H(?P<h>[12]){_NOT_LATIN}"),
    # 2024年6月, 截至24年6月底
    ("月", f"{_P}{_YEAR}{_A}月份?{_T}{_WHOLE}(?! ?[{_DIGITS}]+[日号])"),
    ("M", f"{_CODE}-M(?P<a>0[1-9]|1[0-2]){_NOT_LATIN}"),
    # 2024-06, 2024/6, 202406; 202402 may be a quarter's, 2024.1 may have been 2024.10
    ("", f"{_CODE}[-/](?P<a>1[0-2]|0?[1-9]){_NO_UNIT}"),
    (".", rf"{_CODE}\.(?P<a>1[0-2]|0[1-9]|[2-9]){_NO_UNIT}"),
    ("", f"^(?P<y>{_FOUR})(?P<a>0[5-9]|1[0-2])$"),
    ("月", f"{_P}(?<![0-9.,十-])(?<!{_LISTED}){_A}月份?{_T}{_WHOLE}(?! ?[{_DIGITS}]+[日号])"),
    ("五", "[“\"‘']?十(?P<plan>[一二三四五])五[”\"’']?(?:期间|时期)"),
    # 2024年, 2023年度, 2024年末, and 2024 where it is the whole cell
    ("年", f"{_P}{_Y}年度?(?:全年)?{_T}{_WHOLE}{_NO_PART}"),
    # 23年度, and 23年 where it is the whole cell: 服役23年 is a duration
    ("年度", f"(?<![0-9.])(?P<s>[0-9]{{2}})年度{_WHOLE}{_NO_PART}"),
    ("年", "^(?P<s>[12][0-9])年$"),
    ("", rf"^\(?(?P<y>{_FOUR})(?:\.0)?\)?$"),
)

# 元月 and 元-3月 begin with January; 万元月均 does not.
FIRST_MONTH = re.compile(rf"(?<![{_DIGITS}〇百千万亿美欧日港澳状公纪:]) ?元(?=月|-(?:{_MONTH})月)")
# 2024年一、二季度 is the first half, 2024年3、4月 two months: parts of a year one after another.
LIST = re.compile(f"(?<=年)第?({_MONTH})((?:[、和及]第?(?:{_MONTH}))+)(?=季|月)")
LIST_SIGN = re.compile("[、和及]第?")

PLANS = {"一": 2006, "二": 2011, "三": 2016, "四": 2021, "五": 2026}  # 十一五 … 十五五

NUMERALS = {c: i for i, c in enumerate("〇一二三四五六七八九十")} | {
    "零": 0, "○": 0, "两": 2, "十一": 11, "十二": 12, "上": 1, "下": 2,
}  # fmt: skip
ENGLISH_MONTHS = (
    "Jan",
    "Feb",
    "Mar",
    "Apr",
    "May",
    "Jun",
    "Jul",
    "Aug",
    "Sep",
    "Oct",
    "Nov",
    "Dec",
)

RELATIVE = {
    "month": "本月 当月 本月数 当月数 本月值 当月值",
    "quarter": "本季 本季度 当季 当季度 本季数 当季数 当季值 本季值",
    "this": "本期 当期 本期数 本期值 当期值 报告期 本报告期",
    "year_to_date": """累计 累计数 累计值 本年累计 今年累计 本年度累计 年累计 自年初累计 年初累计
        全年累计 本年累计数 本年累计值 年内累计 年初至今 年初-今 年初以来 自年初以来 年初至本月
        1-本月 1-本月累计""",
    "this_year": "本年 今年 本年度 今年度 当年 全年 本年数 全年数",
    "since": "今年以来 本年以来",
    "prior_year": """上年同期 去年同期 上年 去年 上年度 去年度 上年数 同期 同期数 上年同期数
        去年同期数 上年同期累计 去年同期累计 上年累计 去年累计
        去年同月 上年同月 上年同季 去年同季""",
    "prior": """上期 上月 上季 上季度 上个月 上个季度 上期数 上月数 上季数 上期末 上月末 上季末
        期初 期初数 月初 季初""",
    "as_of": """截至目前 截止目前 到目前 目前 目前为止 截至目前为止 到目前为止 当前
        期末 期末数 期末值 报告期末 截至报告期末 截至期末 月末 月末数 季末 季末数
        本期末 本月末 本季末 截至本月底 截至本月末 截至本季末""",
}
# A year's end is a day, whatever part of the year stands around it.
YEAR_END = {
    "as_of": "年末 年末数 年底 年底数 年终 本年末 今年底",
    "prior_year": "上年末 上年末数 上年年末 上年底 去年末 去年底 年初数",
}
_EVERY_WORD = " ".join((*RELATIVE.values(), *YEAR_END.values())).split()
WORD = re.compile(
    rf"(?=[{''.join(sorted({word[0] for word in _EVERY_WORD}))}])"
    rf"(?:{'|'.join(sorted(_EVERY_WORD, key=len, reverse=True))})"
    r"(?!以?前|之前|初|以来|以后|[\u4e00-\u9fff]*=)"  # (上年同月=100) is the base of an index
)

# Quarters that the lunar calendar cannot change; 中秋 falls in September or in October.
FESTIVAL_QUARTER = {"春节": 1, "元旦": 1, "元宵": 1, "清明": 2, "端午": 2, "八一": 3,
                    "烈士纪念日": 3, "国庆": 4, "中秋": None}  # fmt: skip
FESTIVAL = re.compile(
    r"(?=[“\"‘'9元春清端中国烈新两八建])[“\"‘']?(?:元旦[、和]?春节|"
    r"(?:9[·.]30[”\"’']?)?(?P<name>春节|元旦|元宵|清明|端午|中秋|国庆|烈士纪念日)|"
    r"(?:新春|两节)(?=佳节|期间|走访|慰问|$)|"
    r"(?<![0-9一二三四五六七八九十·])(?P<army>八一|建军)"
    r"(?=建军节|节|期间|前|走访|慰问|[”\"’'),、]|$)(?:[”\"’']?建军节)?"
    r")[”\"’']?节?(?:期间|前后|前夕|前|当天|佳节)?"
)

# Ⅲ季度, which NFKC writes in Latin letters
ROMAN = re.compile("(?<![A-Za-z])(?:I{1,3}|IV)(?=季)")
ROMANS = {"I": "1", "II": "2", "III": "3", "IV": "4"}

MAYBE = re.compile(rf"[年月季期累前旦春清端秋国烈两八建宵]|[QqHSM][0-9]|{_FOUR}")
BESIDE = re.compile("(?<=[0-9]) (?=[年月日季第度份号上下])|(?<=[年月日第度]) (?=[0-9第])")
