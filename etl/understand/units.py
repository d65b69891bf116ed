"""The units of a catalogue as sheets write them: 万元, 单位：元、人, 元/户."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from etl.catalogue.model import Unit

BRACKET = re.compile(r"\(([^()]*)\)")
UNIT_TAIL = re.compile(r"^(.+?)[/,、:](?:单位[:]?)?([^/,、:()]{1,5})$")
UNIT_START = re.compile(r"^(?:计量)?单位[:]?|^金额单位[:]?")
UNIT_SPLIT = re.compile(r"[、,/;和及 ]+")
POWERS = (
    ("百万", 1e6), ("千万", 1e7), ("十万", 1e5), ("万", 1e4), ("亿", 1e8),
    ("千", 1e3), ("仟", 1e3), ("百", 1e2), ("佰", 1e2),
)  # fmt: skip


class Units:
    """Units by their words; ``pinned`` is what a layout or an answer calls one: 班 → 场."""

    def __init__(self, known: Mapping[str, Unit], pinned: Mapping[str, str]) -> None:
        self._known, self._pinned = known, pinned
        self._found: dict[str, tuple[Unit | None, float]] = {}

    def of(self, word: str) -> tuple[str, float, str] | None:
        """Return (base unit, factor, dimension) of a unit; 万 and 亿 may stand before its word."""
        unit, power = self._row(word)
        return (unit.unit_measure, unit.factor * power, unit.dimension) if unit else None

    def factor(self, word: str, measure: str) -> float | None:
        """Return how many of the base unit ``measure`` a word is; None where it counts otherwise.

        家 and 个 also count 支 of troops; 人 are not 人次, and 3万人 are not 30000 支.
        """
        unit, power = self._row(word)
        if unit is None or measure not in (unit.unit_measure, *unit.also):
            return None
        return unit.factor * power

    def listed(self, text: str) -> tuple[str, ...]:
        """Return the units that ``text`` lists, or nothing when any word of it is another."""
        text = UNIT_START.sub("", text)
        if self.of(text):
            return (text,)
        if self.is_per_head(text):
            return ()
        words = tuple(word for word in UNIT_SPLIT.split(text) if word)
        return words if words and all(self.of(word) for word in words) else ()

    def is_per_head(self, text: str) -> bool:
        """Whether a unit is money for each of something: 慰问金（元/户） is no total."""
        if "/" not in text:
            return False
        text = UNIT_START.sub("", text)
        money, _, each = text.partition("/")
        unit, head = self.of(money), self.of(each.partition("/")[0])
        if unit is None or head is None or self.of(text):  # a catalogue may count in 元/人
            return False
        return unit[2] == "money" and head[2] == "count"

    def off(self, label: str) -> tuple[str, tuple[str, ...]]:
        """Take units in brackets, or after a last stroke, off a label."""
        for match in BRACKET.finditer(label):
            if units := self.listed(match.group(1)):
                return label[: match.start()] + label[match.end() :], units
        if self.of(label):
            return label, ()
        if (tail := UNIT_TAIL.match(label)) and (units := self.listed(tail.group(2))):
            return tail.group(1), units
        return label, ()

    def _row(self, word: str) -> tuple[Unit | None, float]:
        """A unit's row and the power printed before it: 万支 is (支, 10000)."""
        found = self._found.get(word)
        if found is None:
            found = self._found[word] = self._read(word)
        return found

    def _read(self, word: str) -> tuple[Unit | None, float]:
        if known := self._known.get(word):
            return known, 1.0
        if word.startswith("(") and word.endswith(")"):  # a unit's cell may say （场）
            return self._row(word[1:-1])
        if pinned := self._pinned.get(word):
            return self._row(pinned)
        for prefix, power in POWERS:
            if word.startswith(prefix) and (unit := self._known.get(word[len(prefix) :])):
                return unit, power
        return None, 1.0
