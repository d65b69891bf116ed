"""Titles of slides: what a period brought, how that moved on the year before, and who leads."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dashboard.locale.periods import within_year
from dashboard.locale.sentences import JOINT, change_phrase
from dashboard.locale.sentences_progress import gap_text, plan_name
from dashboard.queries.values import bounds

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dashboard.locale.labels import Labels
    from dashboard.queries.counties import Ranked
    from dashboard.queries.progress import Progress
    from dashboard.queries.values import Measure, Value

LONGEST = {"zh": 20, "en": 45}  # signs of names that a title of two lines has room for


def growth_title(
    value: Value, rows: Sequence[Ranked], labels: Labels, measure: Measure = "value"
) -> str:
    """Say how a figure moved and which county leads: 上半年慰问金同比增长12.3%，临泽县居首."""
    words, entry = labels.words, labels.indicators[value.indicator]
    said = {
        "period": within_year(value.time_period, words, measure),
        "indicator": labels.indicator(value.indicator, value.breakdown),
    }
    if value.obs_value is None:
        return words("deck.title.none", **said, reason=labels.missing(value))
    change = change_phrase(value.change, entry, words) if known(value) else ""
    if not change:
        figure = labels.value(value, value.indicator)
        finding = words("deck.title.plain", **said, figure=figure)
    else:
        finding = words("deck.title.grown", **said, change=change)
        if value.change and 0 < value.change.n_areas < value.n_expected:
            finding += words("deck.title.like", n=value.change.n_areas)
    areas = leaders(rows)
    if not areas:
        return finding
    fell = bool(value.change and value.change.difference < 0)
    return words(
        "deck.title.leads",
        finding=finding,
        areas=_named(areas, labels),
        place=_place(entry.direction, entry.kind, labels, fell=fell),
    )


def known(value: Value) -> bool:
    """Whether a change can be told: of inexact figures nobody knows by how many per cent."""
    return bool(value.change and value.change.exact)


def leaders(rows: Sequence[Ranked]) -> list[str]:
    """Return who is surely first: nobody where all tie, or an inexact figure may be ahead."""
    first = [r for r in rows if r.place == 1]
    others = [r for r in rows if r.place is not None and r.place > 1]
    if not others or any(r.qualifier != "exact" for r in first):
        return []
    best = first[0].obs_value or 0.0
    upwards = (others[0].obs_value or 0.0) < best
    for row in others:
        low, high = bounds(row)
        nearest = high if upwards else low
        if nearest is None or (nearest >= best if upwards else nearest <= best):
            return []
    return [r.ref_area for r in first]


def _named(areas: Sequence[str], labels: Labels) -> str:
    """Name who leads; many, or long names together, are counted."""
    words = labels.words
    names = words.listed([labels.area(code) for code in areas])
    if len(areas) == 1:
        return names
    if len(areas) > JOINT or len(names) > LONGEST[words.language]:
        return words("deck.title.several", n=len(areas))
    return words("deck.title.joint", areas=names)


def _place(direction: str, kind: str, labels: Labels, *, fell: bool) -> str:
    """Say first place so that nobody takes who has most for who fell most."""
    if direction == "up" and not fell:
        return labels.words("deck.title.first")
    what = "least" if direction == "down" else "most"
    return labels.words(f"deck.title.{what}.{'rate' if kind == 'rate' else 'flow'}")


def moves_title(values: Sequence[Value], labels: Labels, measure: Measure = "value") -> str:
    """Say how many figures grew, fell and stayed on the year before; '' where none compares.

    Inexact ones are counted apart: nobody knows for sure which way they went.
    """
    words = labels.words
    changes = [v.change for v in values if v.change and known(v)]
    rough = sum(bool(v.change) and not known(v) for v in values)
    if not changes:
        return ""
    grew, fell = (sum(sign * c.difference > 0 for c in changes) for sign in (1, -1))
    counts = (("grew", grew), ("fell", fell), ("same", len(changes) - grew - fell),
              ("rough", rough))  # fmt: skip
    said = [words(f"deck.title.counts.{what}", n=n) for what, n in counts if n]
    return words(
        "deck.title.moves",
        period=within_year(values[0].time_period, words, measure),
        n=len(changes) + rough,
        counts=words("deck.title.counts.join").join(said),
    )


def progress_title(found: Sequence[Progress], labels: Labels) -> str:
    """Say how many of an area's targets are on time, and which is farthest behind.

    Only those count that are exact and have a plan: 约 tells nobody who is in time.
    """
    words = labels.words
    judged = [p for p in found if p.gap is not None and p.exact]
    if not judged:
        return ""
    plan = plan_name(words, curve=all(p.has_curve for p in judged))
    behind = [p for p in judged if (p.gap or 0.0) < 0]
    said = {"n": len(judged), "plan": plan, "met": len(judged) - len(behind)}
    if not behind:
        return words("deck.title.all_met", **said)
    last = min(behind, key=lambda p: p.gap or 0.0)
    return words(
        "deck.title.some_met",
        **said,
        indicator=labels.indicator(last.indicator),
        gap=gap_text(last, words),
    )
