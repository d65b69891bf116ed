"""Which indicator a figure belongs to, by the words of its clause."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, NamedTuple

from etl.catalogue.prose import Cue, Prose
from etl.prose.doubts import Doubts
from etl.prose.figures import CLAUSE_ENDS

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from etl.catalogue.prose import Words
    from etl.prose.figures import Found
    from etl.understand.vocabulary import Vocabulary

SHORTEST_ALIAS = 3  # 新兵 alone says too little; a cue of prose.yml can say more
OWN_UNIT = 2  # what a fitting unit adds to the words


class Place(NamedTuple):
    """A figure's surroundings: its clause, what of it no other figure divides off, the sentence."""

    clause: str
    own: str
    before: str  # the clause up to the figure
    led_by: str  # what of that no other figure divides off
    after: str  # behind the figure, up to the next or the clause's end
    said: str  # the sentence up to the figure
    beside: tuple[str, ...]  # units of the clause's other figures
    around: str


@dataclass(frozen=True, slots=True)
class Match:
    """An indicator with how strongly the words speak for it, and the words themselves.

    ``near``: one of them stands between the figures before and behind.
    """

    indicator: str
    breakdown: str
    near: bool
    weight: int
    words: tuple[str, ...]

    @property
    def rank(self) -> tuple[bool, int]:
        """What decides between two indicators."""
        return self.near, self.weight


class Matcher:
    """The cues of the catalogue: those of prose.yml, and every alias of an indicator."""

    def __init__(self, vocabulary: Vocabulary, prose: Prose) -> None:
        self.vocabulary = vocabulary
        self.measures = {
            code: indicator.unit_measure
            for code, indicator in vocabulary.catalogue.indicators.items()
        }
        self.doubts = Doubts(prose.lists)
        self.unless = {
            code: [(re.compile(line.removeprefix("@")), line.startswith("@")) for line in lines]
            for code, lines in prose.unless.items()
        }
        self.counts_no = prose.counts_no
        self.cues = (*prose.cues, *self._aliases(prose.lists["suffixes"]))
        self._of_unit: dict[str, list[Cue]] = {}

    def _aliases(self, suffixes: Sequence[str]) -> Iterator[Cue]:
        for words, (indicator, pairs) in self.vocabulary.indicators.items():
            breakdown = ";".join(f"{dimension}:{code}" for dimension, code in pairs)
            if "/" in words:
                continue
            ending = next((end for end in suffixes if words.endswith(end)), "")
            for alias in {words, words.removesuffix(ending)}:
                if len(alias) >= SHORTEST_ALIAS:
                    yield Cue(indicator, breakdown, ((alias,),))

    def indicator(self, figure: Found, place: Place) -> Match | None:
        """Return the indicator that the words speak for most; None where two are as likely."""
        if self.doubts.about(figure, place):
            return None
        unit = figure.number.unit
        found = [
            replace(match, weight=match.weight + self._closeness(unit, cue.indicator))
            for cue in self._fitting(unit)
            if (match := _match(cue, place)) and self._can_be(cue.indicator, place)
        ]
        if not found:
            return None
        best = max(found, key=lambda match: (match.rank, len(match.breakdown)))
        rivals = [match for match in found if match.indicator != best.indicator]
        if any(m.rank == best.rank or _joined(m, best, place.own) for m in rivals):
            return None
        return best if best.near or not self._also(best.indicator, place.beside) else None

    def _also(self, indicator: str, units: Sequence[str]) -> bool:
        """Whether another figure, to which the words stand nearer, may be the indicator's too."""
        return any(self._counts(unit, indicator) for unit in units)

    def _counts(self, unit: str, indicator: str) -> bool:
        if self.measures[indicator] in self.counts_no.get(unit, ()):
            return False
        return self.factor(unit, indicator) is not None

    def _can_be(self, indicator: str, place: Place) -> bool:
        """Whether no word of the clause says that it speaks of something beside the indicator."""
        for pattern, around in self.unless.get(indicator, ()):
            if pattern.search(place.around if around else place.clause):
                return False
        stock = self.vocabulary.catalogue.indicators[indicator].kind == "stock"
        return not (stock and self.doubts.adds_to_stock(place))

    def _fitting(self, unit: str) -> list[Cue]:
        if unit not in self._of_unit:
            self._of_unit[unit] = [cue for cue in self.cues if self._counts(unit, cue.indicator)]
        return self._of_unit[unit]

    def _closeness(self, unit: str, indicator: str) -> int:
        """More for what a unit counts than for what it also may count: 次 are events first."""
        row = self.vocabulary.catalogue.units[unit]
        counted = (row.unit_measure, *row.also).index(self.measures[indicator])
        return max(OWN_UNIT - counted, 0)

    def factor(self, unit: str, indicator: str) -> float | None:
        """How many of the indicator's base unit a printed unit is."""
        return self.vocabulary.units.factor(unit, self.measures[indicator])


def _match(cue: Cue, place: Place) -> Match | None:
    words = _said(cue.near, place.clause, place.own)
    around = _said(cue.around, place.around, place.own)
    if words is None or around is None:
        return None
    weight = sum(len(word) * (2 if word in place.own else 1) for word in words)
    near = any(word in place.own for word in words)
    return Match(cue.indicator, cue.breakdown, near, weight + len(around), words)


def _joined(one: Match, other: Match, text: str) -> bool:
    """Whether a figure is the sum of two indicators: 慰问金和慰问品共5万元."""
    return any(
        f"{first}{sign}{second}" in text
        for a in one.words
        for b in other.words
        for first, second in ((a, b), (b, a))
        for sign in "和及与、/"
    )


def _said(spellings: Words, text: str, own: str) -> tuple[str, ...] | None:
    """The nearest, then longest spelling of each word in a text; None where one is missing."""
    found = []
    for words in spellings:
        there = [word for word in words if word in text]
        if not there:
            return None
        found.append(max(there, key=lambda word: (word in own, len(word))))
    return tuple(found)


def place_of(sentence: str, figures: Sequence[Found], at: int, heading: str) -> Place:
    """Return the surroundings of one of a sentence's figures."""
    figure = figures[at]
    start = max(sentence.rfind(sign, 0, figure.start) for sign in CLAUSE_ENDS) + 1
    ends = [end for sign in CLAUSE_ENDS if (end := sentence.find(sign, figure.end)) >= 0]
    end = min(ends, default=len(sentence))
    others = [other for other in figures if other is not figure]
    left = max((o.end for o in others if start <= o.end <= figure.start), default=start)
    right = min((o.start for o in others if figure.end <= o.start <= end), default=end)
    if right < end:  # 阵地14个、公园6个: what follows the comma is the next one's
        right = figure.end + len(sentence[figure.end : right].partition("、")[0])
    beside = [other for other in others if start <= other.start < end]
    return Place(
        clause=sentence[start:end],
        own=sentence[left:right],
        before=sentence[start : figure.start],
        led_by=sentence[left : figure.start],
        after=sentence[figure.end : right],
        said=sentence[: figure.start],
        beside=tuple(other.number.unit for other in beside),
        around=heading + sentence,
    )
