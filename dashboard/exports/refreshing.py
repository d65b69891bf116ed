"""An edited deck with the figures of another period: what the command and the page both do."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from typing import TYPE_CHECKING, cast

from dashboard.exports import pptx
from dashboard.exports.pptx.slots import CHART
from dashboard.exports.release import release_deck
from dashboard.locale import words

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping, Sequence
    from pathlib import Path

    from dashboard.decks import Deck, Slide
    from dashboard.exports.pptx.refresh.report import What
    from dashboard.locale import Language
    from dashboard.queries.ask import Ask
    from dashboard.queries.choices import Vintage

STAYS: tuple[What, ...] = ("check", "edited", "kept", "gone")


def refreshed(
    ask: Ask,
    old: bytes,
    record: pptx.Record,
    dataset: str,
    period: str,
    folders: Sequence[Path],
    vintage: Vintage | None = None,
) -> pptx.Refreshed:
    """Return the deck with the figures of a period, small counts withheld, and the report.

    What stays of an earlier period stands in the same file: January to June less the first quarter
    that people kept is the second. So what is new is released beside it.
    """

    def made(wanted: str) -> Deck:
        return pptx.made_again(ask, record, dataset, wanted, folders, vintage)

    say, deck = words(cast("Language", record.choice.lang)), made(period)
    done = pptx.refresh(old, pptx.write_deck(release_deck(ask, deck, say), pptx.like(old)))
    beside = [
        _left(slide, parts[slide.key])
        for earlier, parts in _staying(record, done).items()
        for slide in release_deck(ask, made(earlier), say).slides
        if slide.key in parts
    ]
    if not beside:
        return done
    released = release_deck(ask, deck, say, beside)
    return pptx.refresh(old, pptx.write_deck(released, pptx.like(old)))


def _staying(record: pptx.Record, done: pptx.Refreshed) -> Mapping[str, Mapping[str, set[str]]]:
    """Return by period and slide which parts keep the figures that they have."""
    found: dict[str, dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
    for name, slot in _kept(record, done):
        key, _, part = name.partition("/")
        slide, _, further = key.partition("~")
        found[slot.period or record.choice.period][slide].add("notes" if further else part)
    return found


def _kept(record: pptx.Record, done: pptx.Refreshed) -> Iterator[tuple[str, pptx.Slot]]:
    """Yield the slots that a report says stay; of a slide that is told as a whole all."""
    told = {name for what in STAYS for name in done.of(what)}
    for name, slot in record.slots.items():
        if name in told or name.partition("/")[0] in told:
            yield name, slot


def _left(slide: Slide, parts: Collection[str]) -> Slide:
    """Return what some parts of a slide tell; its notes tell all of it."""
    if "notes" in parts:
        return slide
    numbers = {found[1] for part in parts if (found := CHART.fullmatch(part))}
    charts = [chart for n, chart in enumerate(slide.charts, start=1) if str(n) in numbers]
    if {"title", "lines"} & {*parts}:
        return replace(slide, charts=tuple(charts))
    return replace(slide, charts=tuple(charts), rests_on=(), told=((),) * len(slide.lines))
