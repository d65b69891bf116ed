"""Which indicator a figure belongs to, by the words of its clause."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, NamedTuple

from etl.catalogue.prose import Cue, Prose
from etl.prose.figures import CLAUSE_ENDS

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from etl.prose.figures import Found
    from etl.understand.vocabulary import Vocabulary

SHORTEST_ALIAS = 3  # 新兵 alone says too little; a cue of prose.yml can say more
NEAR = 6  # signs before a figure in which 增长 speaks of it
OWN_UNIT = 2  # what a fitting unit adds to the words


class Place(NamedTuple):
    """A figure's surroundings: its clause, what of it no other figure divides off, the sentence."""

    clause: str
    own: str
    before: str  # the clause up to the figure
    around: str


@dataclass(frozen=True, slots=True)
class Match:
    """An indicator with how strongly the words speak for it, and the words themselves."""

    indicator: str
    breakdown: str
    weight: int
    words: tuple[str, ...]


class Matcher:
    """The cues of the catalogue: those of prose.yml, and every alias of an indicator."""

    def __init__(self, vocabulary: Vocabulary, prose: Prose) -> None:
        self.vocabulary = vocabulary
        self.measures = {
            code: indicator.unit_measure
            for code, indicator in vocabulary.catalogue.indicators.items()
        }
        self.lists = prose.lists
        self.planned = re.compile("|".join(prose.lists["planned"]) or "(?!)")
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
        if not self._is_reported(figure, place):
            return None
        if any(figure.printed in name and name in place.clause for name in self.lists["names"]):
            return None  # 四套班子 are no four
        unit = figure.number.unit
        found = [
            replace(match, weight=match.weight + self._closeness(unit, cue.indicator))
            for cue in self._fitting(unit)
            if (match := _match(cue, place))
        ]
        if not found:
            return None
        best = max(found, key=lambda match: (match.weight, len(match.breakdown)))
        rivals = {m.indicator for m in found if m.weight == best.weight}
        return best if len(rivals) == 1 else None

    def _is_reported(self, figure: Found, place: Place) -> bool:
        """Whether the figure is a level that was reached: no plan, no change, no amount a head."""
        if self.planned.search(place.clause):
            return False
        changed = any(word in place.before[-NEAR:] for word in self.lists["changed"])
        return not changed and not any(word in place.before for word in self.lists["per_head"])

    def _fitting(self, unit: str) -> list[Cue]:
        if unit not in self._of_unit:
            self._of_unit[unit] = [
                cue for cue in self.cues if self.factor(unit, cue.indicator) is not None
            ]
        return self._of_unit[unit]

    def _closeness(self, unit: str, indicator: str) -> int:
        """More for what a unit counts than for what it also may count: 次 are events first."""
        row = self.vocabulary.catalogue.units[unit]
        counted = (row.unit_measure, *row.also).index(self.measures[indicator])
        return max(OWN_UNIT - counted, 0)

    def factor(self, unit: str, indicator: str) -> float | None:
        """How many of the indicator's base unit a printed unit is."""
        return self.vocabulary.factor(unit, self.measures[indicator])


def _match(cue: Cue, place: Place) -> Match | None:
    words = _said(cue.near, place.clause)
    around = _said(cue.around, place.around)
    if words is None or around is None:
        return None
    weight = sum(len(word) * (2 if word in place.own else 1) for word in words)
    return Match(cue.indicator, cue.breakdown, weight + len(around), words)


def _said(spellings: tuple[tuple[str, ...], ...], text: str) -> tuple[str, ...] | None:
    """The longest spelling of each word that stands in a text; None where one is missing."""
    found = []
    for words in spellings:
        there = [word for word in words if word in text]
        if not there:
            return None
        found.append(max(there, key=len))
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
    own = sentence[left:right]
    return Place(sentence[start:end], own, sentence[start : figure.start], heading + sentence)
