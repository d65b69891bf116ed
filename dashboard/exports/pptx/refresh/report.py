"""What a refresh did, slot by slot: updated, kept because edited, missing, unknown, new."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from dashboard.locale import Words

What = Literal[
    "updated", "same", "edited", "kept", "gone", "missing", "unknown", "new", "added",
    "removed", "check",
]  # fmt: skip
ORDER: tuple[What, ...] = (
    "check", "edited", "kept", "gone", "missing", "unknown", "new", "added", "removed",
    "updated",
)  # fmt: skip


PARTS = ("title", "subtitle", "lines", "foot", "notes", "caption", "chart")


@dataclass(frozen=True, slots=True)
class Line:
    """What became of one slot; ``slide`` is its place in the file from 1, 0 where it is in none.

    ``called`` is the title of a slide that is new or was taken out, or of a new small chart.
    """

    what: What
    slot: str
    slide: int = 0
    why: str = ""
    called: str = ""


@dataclass(frozen=True, slots=True)
class Refreshed:
    """A deck with new figures, and what became of its slots."""

    data: bytes
    lines: tuple[Line, ...]

    def of(self, what: What) -> tuple[str, ...]:
        """Return the slots of which one thing became."""
        return tuple(line.slot for line in self.lines if line.what == what)


def told(refreshed: Refreshed, say: Words) -> list[str]:
    """Return the report in words, what a person must look at first."""
    said = []
    for what in ORDER:
        lines = [line for line in refreshed.lines if line.what == what]
        if lines:
            said.append(say(f"refresh.{what}", n=len(lines)))
            said += [f"  {_line(line, say)}" for line in lines]
    return said or [say("refresh.nothing")]


def _line(line: Line, say: Words) -> str:
    if line.called and not line.slide:
        return say("refresh.called" if "/" not in line.slot else "refresh.small", title=line.called)
    where = say("refresh.slide", n=line.slide) if line.slide else say("refresh.nowhere")
    why = say("refresh.because", why=say(f"refresh.why.{line.why}")) if line.why else ""
    return f"{where} {_named(line.slot, say)}{why}"


def _named(slot: str, say: Words) -> str:
    """Return 图表1（visits/chart-1）; a whole slide, and what is none of ours, has its own name."""
    kind, _, n = slot.partition("/")[2].partition("-")
    part = say(f"refresh.part.{kind}", n=n) if kind in PARTS else ""
    return say("refresh.slot", part=part, slot=slot) if part else slot
