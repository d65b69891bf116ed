"""Chinese numerals: 二十三, 一百零五, 一万二千, 两, 二〇二四."""

from __future__ import annotations

import re

_DIGIT = {c: i for i, c in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2}
POWER = {"十": 10, "百": 100, "千": 1000, "万": 10**4, "亿": 10**8}
NUMERALS = "".join(_DIGIT) + "".join(POWER)

_BELOW_MYRIAD = re.compile(
    r"(?:(?P<千>[一二两三四五六七八九])千)?(?:零?(?P<百>[一二两三四五六七八九])百)?"
    r"(?:零?(?P<十>[一二两三四五六七八九]?)(?P<ten>十))?(?P<gap>零?)(?P<一>[一二三四五六七八九两])?"
)
_YEAR_LIKE = re.compile(
    "[一二三四五六七八九][〇零一二三四五六七八九]{3}|[一二三四五六七八九]〇[〇一二三四五六七八九]?"
)


def chinese_integer(words: str) -> int | None:
    """Return the integer of 二十三, 一百零五, 一万二千, 两 or 二〇二四; None of 一二 and 一百二.

    三五 is three to five and 一百二 one hundred and twenty to one reader and 102 to another.
    """
    if _YEAR_LIKE.fullmatch(words):
        return int("".join(str(_DIGIT[c]) for c in words))
    if words in _DIGIT:
        return _DIGIT[words]
    total = 0
    for name in ("亿", "万"):
        head, found, words = words.rpartition(name)
        if found:
            section = _section(head.removeprefix("零") if total else head)
            if section is None:
                return None
            total += section * POWER[name]
    rest = _section(words) if words else 0
    if rest is None or (total and 0 < rest < 1000 and not words.startswith("零")):
        return None
    return total + rest


def _section(words: str) -> int | None:
    """Below ten thousand: 三千零五, 一百二十, 十五."""
    found = _BELOW_MYRIAD.fullmatch(words)
    if not words or not found:
        return None
    higher = found["千"] or found["百"]
    if found["一"] and higher and not found["ten"] and not found["gap"]:
        return None
    if found["gap"] and not found["一"]:
        return None
    total = sum(_DIGIT[found[p]] * POWER[p] for p in "千百" if found[p])
    if found["ten"]:
        total += _DIGIT[found["十"] or "一"] * 10
    return total + (_DIGIT[found["一"]] if found["一"] else 0)
