"""Sentences of a bulletin: how its parts are numbered, who leads, who lags, who did not report."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from dashboard.locale import Words

NUMERALS = "一二三四五六七八九十"


def numbered(n: int, name: str, words: Words) -> str:
    """Return the name of a part behind its number: 二、各县区排名, 2. Ranking."""
    return words("bulletin.part", n=words.pick(_numeral(n), str(n)), name=name)


def _numeral(n: int) -> str:
    """Return a number up to 99 as it is written: 十, 十二, 二十."""
    tens, ones = divmod(n, 10)
    head = "" if not tens else "十" if tens == 1 else f"{NUMERALS[tens - 1]}十"
    return head + (NUMERALS[ones - 1] if ones else "")
