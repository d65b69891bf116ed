"""What a number format makes of a stored number or date: what a person sees in the cell."""

from __future__ import annotations

import datetime as dt
import re
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable

    from etl.records import Value

# Quoted text, escaped characters, [colours] and padding print no percentage: 0"%" shows 51 as 51%.
LITERAL = re.compile(r'"[^"]*"|\\.|_.|\*.|\[[^\[\]]*\]')
TOKEN = re.compile(r'"([^"]*)"|\\(.)|\[[^\[\]]*\]|[_*].|([ye]+|m+|d+)|(.)', re.IGNORECASE)
# What makes a number look smaller than it is: commas behind its digits, 0, and 0!.0000, and words.
BRACKETS = re.compile(r"\[[^\[\]]*\]")
CONDITION = re.compile(r"\[[<>=]")
THOUSANDS = re.compile(r"[0#?](,+)(?![0#?,])")
SHIFTED = re.compile(r"[0#?](?:\\\.|!\.|\"\.\")([0#?]+)")
SAID_POWER = re.compile(r'[0#?,][ "\\!]*([十百千]?[万亿]元?|[百千]元)')
# The section for 0 stands behind those for numbers above and below it; ; may be quoted or escaped.
ZERO = re.compile(r'(?:(?:"[^"]*"|\\.|[^;"\\])*+;){2}((?:"[^"]*"|\\.|[^;"\\])*+)')
# What stands around a number, once its words are blanked out: the first digit to the last.
DIGITS = re.compile(r"general|[0#?](?:.*[0#?])?", re.IGNORECASE)
WRITTEN = re.compile(r'"[^"]*"|[\\!].')
PADDING = re.compile(r'[_*].|["\\!]')
HAN = re.compile("[\u4e00-\u9fff]")
NUMERIC = re.compile(r"[0#?@]|general", re.IGNORECASE)
NO_DATE = re.compile(r"[0#?hs@%]|general|am/pm", re.IGNORECASE)
# Formats that a workbook names by number only; 27 to 58 as Chinese Excel and WPS show them.
BUILT_IN = {
    9: "0%",
    10: "0.00%",
    16: "d-mmm",
    17: "mmm-yy",
    **dict.fromkeys((27, 50, 52, 57), "yyyy年m月"),
    **dict.fromkeys((28, 29, 51, 53, 54, 58), "m月d日"),
}
PATTERNS = {"m": "{0.month}", "mm": "{0:%m}", "mmm": "{0:%b}", "mmmm": "{0:%B}",
            "d": "{0.day}", "dd": "{0:%d}", "y": "{0:%y}", "yy": "{0:%y}"}  # fmt: skip


def is_percent(number_format: str) -> bool:
    """Tell whether a format multiplies by 100: 0.5125 stored is seen as 51.25%."""
    return "%" in LITERAL.sub("", number_format)


class Scale(NamedTuple):
    """By how many powers of ten a format shows less than is stored, and the power that it adds."""

    powers: int
    word: str


@cache
def scale(number_format: str) -> Scale | None:
    """Return how a format scales a number, None where it shows it as it is stored.

    Yuan are shown as 万元 by ``0!.0,``: 301234 is seen as 30.1, below a header of 万元. Where the
    format writes the power itself, ``0!.0,"万"``, the word is part of what is seen. Commas alone,
    ``#,##0,``, leave it to words that may not be ours to say thousands: what is stored is true.
    """
    first = BRACKETS.sub("", number_format.partition(";")[0])
    if is_percent(first) or CONDITION.search(number_format):
        return None  # [>=10000]0!.0,"万" depends on the number
    commas = THOUSANDS.search(LITERAL.sub("", first.replace("!.", "")))
    shifted = SHIFTED.search(first)
    said = SAID_POWER.search(first)
    powers = 3 * len(commas[1]) if commas else 0
    powers += len(shifted[1]) if shifted else 0
    return Scale(powers, said[1] if said else "") if shifted or said else None


def show_scaled(
    rows: list[list[Value]], formats: Iterable[tuple[tuple[int, int], str]]
) -> frozenset[tuple[int, int]]:
    """Write into cells with such formats, or with words, what a person sees: with all digits.

    Returns those in which nothing but the header says how much smaller they look.
    """
    silent = set()
    for (row, column), code in formats:
        value, scaled = rows[row][column], scale(code)
        if value == 0 and type(value) is not bool and (word := word_for_zero(code)):
            rows[row][column] = word
        elif scaled and type(value) is float:
            seen = value / 10**scaled.powers
            rows[row][column] = f"{seen:.15g}{scaled.word}" if scaled.word else seen
            if not scaled.word:
                silent.add((row, column))
        elif _is_in_first(value, code) and any(around := words_around(code)):
            rows[row][column] = f"{value:.15g}".join(around)
    return frozenset(silent)


def _is_in_first(value: Value, number_format: str) -> bool:
    """Whether a number is shown by a format's first section: the others are for 0 and below it."""
    return type(value) is float and (value > 0 or ";" not in number_format)


@cache
def word_for_zero(number_format: str) -> str:
    """Return the word that a format shows where 0 is stored: 未报 of ``0;-0;"未报"``, else ''.

    A dash or nothing in its place is how accountants print a 0.
    """
    sections = ZERO.match(number_format)
    if sections is None or CONDITION.search(number_format):
        return ""
    zero = sections[1]
    if NUMERIC.search(LITERAL.sub("", zero)):
        return ""
    words = TOKEN.findall(zero)
    shown = "".join(quoted or escaped or other for quoted, escaped, _, other in words)
    return shown.strip() if any(map(str.isalpha, shown)) else ""


@cache
def words_around(number_format: str) -> tuple[str, str]:
    """Return the Chinese words before and behind a number: 约 and 元 of ``"约"0"元"``.

    12元 may stand below a header of 万元, and 约12 is not 12. Those of the first section, that is,
    and none between digits.
    """
    first = BRACKETS.sub("", number_format.partition(";")[0])
    if is_percent(first) or CONDITION.search(number_format) or scale(number_format):
        return "", ""
    blank = WRITTEN.sub(lambda written: " " * len(written[0]), first)
    number = DIGITS.search(blank)
    if number is None or HAN.search(first, *number.span()):
        return "", ""
    before, behind = (
        PADDING.sub("", text) if HAN.search(text) else ""
        for text in (first[: number.start()], first[number.end() :])
    )
    return before, behind


def rewrites(number_format: str) -> bool:
    """Whether a format makes another number, or words, of a number that is stored."""
    shown = scale(number_format), word_for_zero(number_format), *words_around(number_format)
    return any(shown)


def tells(number_format: str) -> bool:
    """Whether a format changes what a person sees: a percentage, a date, a scale, words."""
    return any(way(number_format) for way in (is_percent, shortened_date, rewrites))


@cache
def shortened_date(number_format: str) -> str:
    """Return how a format shows a date without its year, month or day, else ''.

    Someone typed 1-6 or 2024年6月, and Excel stored a whole date: 6 January of the year it was
    typed in, 1 June 2024. Only the format still tells. The answer is for ``str.format``.
    """
    first = number_format.partition(";")[0]
    if NO_DATE.search(LITERAL.sub("", first)):
        return ""
    shown, parts = "", set()
    for quoted, escaped, part, other in TOKEN.findall(first):
        shown += (quoted or escaped or other).replace("{", "").replace("}", "")
        if part:
            letter = part[0].lower().replace("e", "y")
            parts.add(letter)
            shown += PATTERNS.get(part.lower(), "{0.year}" if letter == "y" else "")
    return shown if parts and parts < {"y", "m", "d"} else ""


def shortened_dates(
    rows: list[list[Value]], formats: Iterable[tuple[tuple[int, int], str]]
) -> dict[tuple[int, int], str]:
    """Return what a person sees in the date cells that a format shortens: 1-6, 2024年6月."""
    return {
        (row, column): shortened_date(code).format(date).strip()
        for (row, column), code in formats
        if isinstance(date := rows[row][column], dt.date) and shortened_date(code)
    }
