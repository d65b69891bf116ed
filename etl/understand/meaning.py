"""What becomes of a value cell: a meaning, a fault that names why there is none, or set aside."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import datetime as dt

BETWEEN = "／"  # parts the unknown words of a path; no normalised word holds it


@dataclass(frozen=True, slots=True)
class Meaning:
    """Everything that a value cell says but its area and its number."""

    indicator: str
    breakdown: str
    start: dt.date
    end: dt.date
    time_period: str
    inferred: bool
    kind: str
    dimension: str  # of the unit: money, count, area, rate
    factor: float  # base units in one printed unit
    unit_printed: str
    unit_fault: Fault | None  # no unit could be found: only a cell with its own can be read
    share: str = ""  # of a rate: percent or fraction where a number alone could be either
    whole: bool = False  # counts what has no half
    doubt: Fault | None = None  # why only a nought or a mark can be believed here

    @property
    def plain(self) -> bool:
        """Whether a bare number needs no second look: its unit is known and it is no share."""
        return self.dimension != "rate" and self.unit_fault is None and self.doubt is None

    @property
    def key(self) -> tuple[str, str, dt.date, dt.date]:
        """What, with an area, names one value."""
        return self.indicator, self.breakdown, self.start, self.end


@dataclass(frozen=True, slots=True)
class Fault:
    """Why a cell cannot be read: a rule of rules.yml and the words for its sentences."""

    rule: str
    words: tuple[tuple[str, Any], ...] = field(default=())


@dataclass(frozen=True, slots=True)
class Aside:
    """A cell that is not a fact of its own: derived, prior, plan, subtotal, total."""

    reason: str


def fault(rule: str, **words: object) -> Fault:
    """Name a fault with the words of its sentence."""
    return Fault(rule, tuple(words.items()))


def unknown(rule: str, words: str) -> Fault:
    """A fault of words on a path that nothing explains; the nearest to the figures is asked for."""
    return fault(rule, word=words, part=words.rpartition(BETWEEN)[2])
