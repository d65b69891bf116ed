"""The number of one cell: its value, how exact it is, and its unit."""

from __future__ import annotations

import re
from decimal import Decimal
from functools import lru_cache
from typing import NamedTuple

from etl.understand.numerals import NUMERALS, POWER, chinese_integer
from etl.understand.text import normalise


class Number(NamedTuple):
    """A printed number, 万 and 亿 multiplied in: 近2.3亿元 is 230000000 ``nearly`` in 元.

    ``qualifier`` is a word of the contract; ``low`` and ``high`` bound a value that is not exact.
    ``rounding`` is half a unit of the last printed digit. ``value`` is None where there is no
    number to load (多次, 若干). ``parts`` are the 其中 in brackets behind it: words and
    numbers as printed, which may have units of their own.
    """

    value: float | None
    qualifier: str = "exact"
    low: float | None = None
    high: float | None = None
    rounding: float = 0.0
    unit: str = ""
    preliminary: bool = False
    parts: tuple[tuple[str, str], ...] = ()


# Words before a number. '' says nothing about how exact it is.
_BEFORE = {
    **dict.fromkeys(("连续", "先后", "累计", "共", "共计", "合计", "总计", "计", "折价"), ""),
    **dict.fromkeys(("折合", "价值", "总价值", "达", "达到", "人民币", "¥", "$"), ""),
    **dict.fromkeys(("约", "大约"), "about"),
    **dict.fromkeys(("近", "将近"), "nearly"),
    **dict.fromkeys(("超", "超过"), "at_least"),
    **dict.fromkeys(("逾", "突破"), "over"),
    **dict.fromkeys(("初步", "初步确定", "初步统计"), "preliminary"),
}
_CURRENCIES = {"¥": "元", "人民币": "元", "$": "$"}
_BEHIND = {
    **dict.fromkeys(("余", "多", "以上"), "at_least"),
    **dict.fromkeys(("左右",), "about"),
    "上": "over",  # 上千人
}

_WORDS_BEFORE = "|".join(map(re.escape, sorted(_BEFORE, key=len, reverse=True)))
_HEAD = f"(?P<head>(?:{_WORDS_BEFORE})*)"
_PARTS = r"(?:\((?:其中|含):?(?P<inner>[^()]+)\)|[,;]?其中:?(?P<open>[^()]+))?"
_TAIL = rf"(?P<tail>余|多|以上|左右)?{_PARTS}$"
# A unit is a short word. 和, 至, 以下 … begin another thought, 第 an order, 月 a date.
_WORD = rf"(?:(?![{NUMERALS}第至到和及与或以不前后内其])[\u4e00-\u9fff]){{0,6}}?"
_LATIN = "m2|m3|km2|km|kg|m|t|ha"
_IN_DIGITS = re.compile(
    rf"{_HEAD} ?(?P<digits>[-−]?(?:[1-9][0-9]{{0,2}}(?:,[0-9]{{3}})+|[0-9]+)(?:\.[0-9]+)?"
    rf"(?:[eE][+-][0-9]{{1,2}})?) ?(?P<mid>[余多])?"
    rf"(?P<power>(?!百分点)(?:万亿|[十百千]?[万亿]|[十百千]))?(?P<late>[余多])?"
    rf" ?(?P<unit>[%‰]|个?百分点|{_LATIN}|{_WORD}){_TAIL}"
)
# After a Chinese numeral only words that count: 一般, 三属 and 一站式 are not numbers.
_COUNTERS = (
    "个|名|人|人次|位|户|户次|家|家次|次|场|场次|期|项|件|件次|条|篇|份|封|块|面|张|支|座|处|所|套|台"
    "|辆|亩|公顷|公里|平方米|吨|公斤|元|天|年|个月|批|批次|本|册|类|大类|种|枚|只|间|棵|株|幅|部|起"
    "|例|笔|轮|堂|倍|成|%|个百分点"
)
_IN_CHINESE = re.compile(
    rf"{_HEAD}(?:(?P<over>上)(?=[百千万亿]))?(?P<chinese>[{NUMERALS}]+)(?P<mid>[余多])?"
    rf"(?P<power>[万亿])?(?P<late>[余多])?(?P<unit>{_COUNTERS})?{_TAIL}"
)
_PERCENT = re.compile(
    rf"{_HEAD}百分之(?P<of>百|[{NUMERALS}]+|[0-9]+(?:\.[0-9]+)?)(?P<tail>以上|左右)?"
)
_COUNTLESS = re.compile(
    rf"(?:先后|累计|共)?(?:多|若干|一批|大批|大量|广泛|许多|[数几][十百千万亿]*|十几)"
    rf"(?P<unit>{_COUNTERS})?"
)
_WITHOUT = re.compile("零(?P<unit>事故|案件|差错|投诉|上访|伤亡|违纪|退兵|报告|发生)")
# What is printed like a number and is none: a unit's designator, a telephone, a code, a date.
_NAMES = re.compile(
    r"[0-9]{5}部队|1[3-9][0-9]{9}|[-−]?0[0-9].*|[0-9]{16,}.*|(?:19|20)[0-9]{2}年.*"
    r"|.*[0-9一二三四五六七八九十](?:月|月份|月[底末]|日|号|季|季度|时|点|点钟|届|级)"
)
_MAYBE = re.compile(rf"[0-9{NUMERALS}…多若数几大广许无全¥$]|\.\.\.")
_PART = re.compile(r"(?P<name>[^0-9:约近超逾]{1,12}?)[为有:]?(?P<number>[0-9].*)")


def read_number(text: str) -> Number | None:
    """Return the one number that ``text`` prints, or None where that is not certain.

    None are 5+2, 3/5, 1-6, 5,1, 1000元/户, 第三次, 4A级, 增长3.2 (a change), dates, telephone
    numbers, codes, the unit 万元 alone, and a lone 一, which in yearbooks is a dash.
    """
    text = normalise(text)
    if not _MAYBE.search(text):
        return None
    if found := _WHOLE.get(text):
        return found
    if _NAMES.fullmatch(text):
        return None
    if match := _IN_DIGITS.match(text):
        return _from_digits(match)
    if match := _COUNTLESS.fullmatch(text):
        return Number(None, "non_numeric", unit=match["unit"] or "")
    if match := _PERCENT.fullmatch(text):
        return _per_cent(match)
    if match := _WITHOUT.fullmatch(text):
        return _exact(0.0, unit=match["unit"])
    if match := _IN_CHINESE.match(text):
        return _from_chinese(match)
    return None


def _exact(value: float, unit: str = "") -> Number:
    return Number(value, rounding=0.5, unit=unit)


_WHOLE = {
    "零": _exact(0.0),
    "无": _exact(0.0),
    # how a workbook's accounting format shows a zero, once it is exported as text
    **dict.fromkeys(("¥-", "¥ -", "$-", "$ -"), _exact(0.0)),
    "全部": Number(100.0, "implied", 100.0, 100.0, unit="%"),
    "全覆盖": Number(100.0, "implied", 100.0, 100.0, unit="%"),
    # below the smallest unit of the table
    "...": Number(0.0, "about", 0.0, 1.0, 0.5),
    "......": Number(0.0, "about", 0.0, 1.0, 0.5),
}


def _from_digits(found: re.Match[str]) -> Number | None:
    printed = Decimal(found["digits"].replace(",", "").replace("−", "-"))
    power = _scale(found["power"])
    return _finished(found, printed * power, _last_digit(printed) * power)


def _from_chinese(found: re.Match[str]) -> Number | None:
    words = found["chinese"]
    bare = words[0] in "百千万亿"
    value = 1 if bare and words in POWER else chinese_integer(words)
    if value is None or found.group() == "一":
        return None
    power = POWER.get(words, 1) if bare else 1
    power *= _scale(found["power"])
    if bare and not (found["head"] or found["over"] or found["mid"] or found["late"]):
        return None  # 万元 and 千人 are units
    last = POWER[words[-1]] if words[-1] in "万亿" else 1
    return _finished(found, Decimal(value * power), Decimal(max(last, power)))


def _last_digit(value: Decimal) -> Decimal:
    """What one unit of the last digit is worth: 0.01 of 833.06, 1 of 1700, 100 of 1.234E+05."""
    return _unit(int(value.as_tuple().exponent))


@lru_cache
def _unit(exponent: int) -> Decimal:
    return Decimal(1).scaleb(exponent)


def _scale(words: str | None) -> int:
    power = 1
    for word in words or "":
        power *= POWER[word]
    return power


def _finished(found: re.Match[str], value: Decimal, unit: Decimal) -> Number | None:
    """Put qualifier, bounds, unit and parts to a value whose last printed digit counts ``unit``."""
    groups = found.groupdict()
    behind = (groups["mid"], groups["late"], groups["tail"], groups.get("over"))
    codes, sign = _codes(groups["head"], *filter(None, behind))
    qualifiers = codes - {"preliminary"}
    if len(qualifiers) > 1 or (qualifiers and value <= 0):
        return None
    qualifier = next(iter(qualifiers), "exact")
    parts = _parts(groups["inner"] or groups["open"])
    if parts is None:
        return None
    low, high = _bounds(qualifier, value)
    rounding, preliminary = float(unit / 2), "preliminary" in codes
    word = groups["unit"] or sign
    return Number(float(value), qualifier, low, high, rounding, word, preliminary, parts)


@lru_cache  # figures hardly repeat, the few words around them do
def _codes(head: str, *behind: str) -> tuple[frozenset[str], str]:
    """What the words before and behind a number say of it, and the currency that they name."""
    codes = {_BEFORE[word] for word in _BEFORE_WORD.findall(head)}
    codes.update(_BEHIND[word] for word in behind)
    sign = next((unit for sign, unit in _CURRENCIES.items() if sign in head), "")
    return frozenset(codes - {""}), sign


_BEFORE_WORD = re.compile(_WORDS_BEFORE)


_NEARLY, _LITTLE_LESS, _LITTLE_MORE = map(Decimal, ("0.9", "0.95", "1.05"))


def _bounds(qualifier: str, value: Decimal) -> tuple[float, float] | tuple[None, None]:
    """Low and high of domain.md 1.5: 140余 is [140, 150), 近30万 [27万, 30万), 约1100 ± 5 %."""
    if qualifier == "exact":
        return None, None
    if qualifier == "nearly":
        return float(value * _NEARLY), float(value)
    if qualifier == "about":
        return float(value * _LITTLE_LESS), float(value * _LITTLE_MORE)
    return float(value), float(value + _last_digit(value.normalize()))


def _parts(inner: str | None) -> tuple[tuple[str, str], ...] | None:
    """The 其中 in brackets or behind a number: words and numbers; None where one is unclear."""
    if not inner:
        return ()
    parts = []
    for words in re.split("[,;、]", inner):
        part = _PART.fullmatch(words)
        number = read_number(part["number"]) if part else None
        if part is None or number is None or number.qualifier != "exact" or number.value is None:
            return None
        parts.append((part["name"], part["number"]))
    return tuple(parts)


def _per_cent(found: re.Match[str]) -> Number | None:
    words = found["of"]
    value = 100 if words == "百" else words if words[0].isdigit() else chinese_integer(words)
    return None if value is None else read_number(f"{found['head']}{value}%{found['tail'] or ''}")
