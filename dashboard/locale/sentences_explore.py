"""What the explore page shows, in words: every filter that is set, and how many rows there are."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from dashboard.locale.numbers import number, unit_after
from dashboard.locale.periods import period_name
from dashboard.queries.values import TOTAL

if TYPE_CHECKING:
    from dashboard.locale.labels import Labels
    from dashboard.queries.explore import Chosen

NAMED = 3  # more areas, indicators … than this are counted, not named


class Wanted(Protocol):
    """What a reader chose, of which the sentence speaks."""

    @property
    def form(self) -> str: ...  # noqa: D102
    @property
    def chosen(self) -> Chosen: ...  # noqa: D102
    @property
    def aspect(self) -> str: ...  # noqa: D102
    @property
    def indicators(self) -> tuple[str, ...]: ...  # noqa: D102
    @property
    def areas(self) -> tuple[str, ...]: ...  # noqa: D102
    @property
    def reach(self) -> str: ...  # noqa: D102
    @property
    def office(self) -> str: ...  # noqa: D102
    @property
    def file(self) -> str: ...  # noqa: D102


def wanted_sentence(labels: Labels, wanted: Wanted, n: int) -> str:
    """Say which rows are shown, by every filter that is set, and how many they are."""
    parts = about_list(labels, wanted)
    rows = labels.words("explore.rows", n=number(n, 0))
    return labels.words(
        "explore.sentence", what=labels.words("explore.comma").join(parts), rows=rows
    )


def about_list(labels: Labels, wanted: Wanted) -> tuple[str, ...]:
    """Say what is listed, by every filter that is set."""
    return (*subject(labels, wanted), *_filters(labels, wanted))


def subject(labels: Labels, wanted: Wanted) -> tuple[str, ...]:
    """Say the areas, the window, the indicators and the breakdowns."""
    chosen, words = wanted.chosen, labels.words
    window = [period_name(p, words) for p in dict.fromkeys((chosen.first, chosen.last))]
    parts = [_areas(labels, wanted), words("explore.to").join(window), _indicators(labels, wanted)]
    if chosen.measure == "ytd":
        parts.append(words("measure.ytd"))
    if chosen.breakdowns not in ((), (TOTAL,)):
        parts.append(_some(labels, [labels.breakdown(b) for b in chosen.breakdowns], "parts"))
    return tuple(parts)


def _areas(labels: Labels, wanted: Wanted) -> str:
    """Say 张掖市及下属7个县区 of one area with its parts; of several, their names."""
    names = _some(labels, [labels.area(code) for code in wanted.areas], "areas")
    below = len(set(wanted.chosen.areas) - set(wanted.areas))
    if wanted.reach == "own" or not below:
        return names
    return labels.words(f"explore.reached.{wanted.reach}", areas=names, n=below)


def _indicators(labels: Labels, wanted: Wanted) -> str:
    if wanted.indicators:
        return _some(labels, [labels.indicator(i) for i in wanted.indicators], "indicators")
    if not wanted.aspect:
        return labels.words("explore.all_indicators", n=len(wanted.chosen.indicators))
    entry = labels.indicators[wanted.chosen.indicators[0]]
    aspect = labels.words.pick(entry.aspect_name, entry.aspect_name_en)
    return labels.words("explore.of_aspect", aspect=aspect, n=len(wanted.chosen.indicators))


def _filters(labels: Labels, wanted: Wanted) -> list[str]:
    """Say each filter that is set: 仅初步数, 不低于5万元, 甘州区报送."""
    words, chosen = labels.words, wanted.chosen
    parts = []
    if chosen.statuses:
        names = [words.pick(*labels.statuses[s]) for s in chosen.statuses]
        parts.append(words("explore.only", what=words.listed(names)))
    if chosen.qualifiers:
        names = [words(f"explore.qualifier_of.{q}") for q in chosen.qualifiers]
        parts.append(words("explore.only", what=words.listed(names)))
    for bound, value in (("at_least", chosen.low), ("at_most", chosen.high)):
        if value is not None:
            entry = labels.indicators[chosen.indicators[0]]
            figure = f"{value / entry.factor:.12g}{unit_after(entry, words)}"
            parts.append(words(f"explore.{bound}", figure=figure))
    if wanted.office:
        parts.append(words("explore.sent_by", office=labels.area(wanted.office)))
    parts += [words("explore.in_file", file=wanted.file)] * bool(wanted.file)
    parts += [words("explore.with_text", text=chosen.printed)] * bool(chosen.printed)
    return parts


def _some(labels: Labels, names: list[str], what: str) -> str:
    """Name a few, count many."""
    if len(names) <= NAMED:
        return labels.words.listed(names)
    first = labels.words.listed(names[: NAMED - 1])
    return labels.words(f"explore.many_{what}", names=first, n=len(names))
