"""Which slot of a new deck answers which of an old one: charts by their questions, not by place.

A chart for which a period has no data is left out of its slide, and the next takes its number.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from dashboard.decks.questions import moved
from dashboard.exports.pptx.slots import CHART

if TYPE_CHECKING:
    from collections.abc import Mapping

    from dashboard.decks import Asked
    from dashboard.exports.pptx.record import Record, Slot


def later(asked: Asked, before: Record, now: Record) -> Asked:
    """Return a question of an old deck as the new one asks it."""
    return moved(asked, before.choice.period, now.choice.period)


def paired(before: Record, now: Record) -> dict[str, str]:
    """Return the new slot of each old one that has one."""
    charts = _charts(before, now)
    return {
        name: new
        for name in before.slots
        if (new := charts.get(name) or _caption(name, charts) or _same(name, now.slots))
    }


def _charts(before: Record, now: Record) -> dict[str, str]:
    """Pair charts of one slide, question and panel; of two alike the first with the first."""
    waiting: dict[tuple[str, Asked | None, str], list[str]] = {}
    for name, slot in now.slots.items():
        if _is_chart(name):
            waiting.setdefault((_key(name), slot.asked, slot.panel), []).append(name)
    found = {}
    for name, slot in before.slots.items():
        asked = later(slot.asked, before, now) if slot.asked else None
        same = waiting.get((_key(name), asked, slot.panel)) if _is_chart(name) else None
        if same:
            found[name] = same.pop(0)
    return found


def _caption(name: str, charts: Mapping[str, str]) -> str:
    """Return the caption of the chart that stands for a caption's own."""
    key, _, part = name.partition("/")
    kind, _, n = part.partition("-")
    if kind != "caption":
        return ""
    own = (f"{key}/chart-{n}", f"{key}/chart-{n}-1")
    new = next((charts[chart] for chart in own if chart in charts), "")
    match = CHART.fullmatch(new.partition("/")[2])
    return f"{key}/caption-{match[1]}" if match else ""


def _same(name: str, slots: Mapping[str, Slot]) -> str:
    part = name.partition("/")[2]
    return name if name in slots and not part.startswith(("chart-", "caption-")) else ""


def _is_chart(name: str) -> bool:
    return CHART.fullmatch(name.partition("/")[2]) is not None


def _key(name: str) -> str:
    return name.partition("/")[0]
