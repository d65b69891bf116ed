"""The figures of a sentence: numbers that have a unit, and words that stand for one."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from etl.understand.number import Number, read_number
from etl.understand.numerals import NUMERALS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from etl.catalogue import Catalogue

CLAUSE_ENDS = ",;:。!?"
COUNTY = "[\u4e00-\u9fff]{1,10}?[县市区旗]"
# 和 also begins and ends names, so it joins only the last two: every other reading takes for ever.
LISTED = re.compile(
    f"(?<![\u4e00-\u9fff]){COUNTY}(?:、{COUNTY}){{0,40}}[、和及]{COUNTY}(?=被|获|荣获)"
)
QUOTES = (("《", "》"), ("“", "”"))  # titles and slogans: 《拥军十项措施》, “五个一”
LAST_TWO = re.compile("(?<=[县市区旗])[和及]")


@dataclass(frozen=True, slots=True)
class Found:
    """A figure with its place in the sentence."""

    printed: str
    number: Number
    start: int
    end: int


class Figures:
    """Finds the figures of sentences; what counts as a unit is units.csv."""

    def __init__(self, catalogue: Catalogue) -> None:
        units = "|".join(sorted(map(re.escape, catalogue.units), key=len, reverse=True))
        digits = r"(?<![\dA-Za-z.\-])(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?"
        power = "[余多]?(?:万亿|[十百千]?[万亿]|[十百千])?[余多]?"
        self.pattern = re.compile(
            "(?:初步确定|大约|约|将近|近|超过|超|逾|突破|折合|价值)?"
            rf"(?:(?P<digits>{digits} ?{power})"
            rf"|(?P<chinese>上?[{NUMERALS}]{{1,12}}[余多]?[万亿]?[余多]?)) ?"
            rf"(?P<unit>{units})(?:余|多|以上|左右)?"
            "|百分之(?:百|[0-9.]+)"
            "|(?:多|若干)(?:次|场|场次)|全部|全覆盖|零(?:事故|案件|差错|上访|退兵)"
        )
        self.counties = {area.name for area in catalogue.areas.values() if area.level == "county"}

    def of(self, sentence: str) -> Iterator[Found]:
        """Yield the figures of a normalised sentence.

        Dates, ages and grades have no unit of ours, ordinals stand behind 第.
        """
        for match in self.pattern.finditer(sentence):
            if _is_name(match, sentence):
                continue
            number = read_number(match.group())
            if number is not None:
                yield Found(match.group(), number, *match.span())
        yield from self._listed(sentence)

    def _listed(self, sentence: str) -> Iterator[Found]:
        """Counties named one after the other are counted: 临泽县、高台县被命名 is two."""
        for match in LISTED.finditer(sentence):
            names = [name for part in match.group().split("、") for name in LAST_TWO.split(part)]
            if self.counties.issuperset(names):
                n = len(names)
                yield Found(match.group(), Number(n, rounding=0.5, unit="个"), *match.span())


def _is_name(match: re.Match[str], sentence: str) -> bool:
    """第31次, 3-5人, 一批志愿者, 四套班子: what is counted stands elsewhere, or nothing is."""
    before, after = sentence[: match.start()], sentence[match.end() :]
    if any(before.count(opens) > before.count(closes) for opens, closes in QUOTES):
        return True
    if before.endswith(("第", "每", "其", "之", "数", "几", "-", "~", "至", "新", "许", "/", "同")):
        return True
    if after[:1] in ("-", "~", "/", "级", "届") or re.match(r"至\d", after):
        return True
    if match["chinese"] == "一":  # behind its noun 一 counts, before it it is an article
        return bool(after) and after[0] not in CLAUSE_ENDS + "、"
    return False
