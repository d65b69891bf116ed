"""Tiles: an area's main figures in a period, each with its change, progress and coverage."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from dashboard.charts.chart import PALETTE, Chart, Panel, Point, Provenance, Series
from dashboard.charts.notes import mark_notes
from dashboard.charts.points import point_of
from dashboard.locale.numbers import unit
from dashboard.locale.periods import period_name
from dashboard.locale.sentences import over_areas
from dashboard.locale.sentences_progress import completion_in_tile, lamp_word

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from dashboard.locale.labels import Labels
    from dashboard.queries.progress import Policy, Progress
    from dashboard.queries.values import Measure, Measured, Value

VALUE, CHANGE, PROGRESS = "value", "change", "progress"


def tiles(
    values: Sequence[Measured],
    progress: Mapping[str, Progress],
    area: str,
    period: str,
    rule: Policy | None,
    labels: Labels,
    provenance: Provenance,
    measure: Measure = "value",
) -> Chart:
    """Describe a series a tile: its value, and how far it is where there is a target."""
    say = labels.words
    series = tuple(
        Series(
            labels.indicator(v.indicator),
            (
                _figure(v, of, labels),
                *_progress(progress.get(v.indicator), rule, labels),
            ),
            PALETTE[n % len(PALETTE)],
            _panel(v.indicator, labels),
        )
        for n, (v, of) in enumerate(values)
    )
    points = [p for s in series for p in s.points]
    title = say("tiles.title", area=labels.area(area), period=period_name(period, say, measure))
    return Chart(
        kind="tiles",
        title=title,
        unit="",
        unit_line="",
        decimals=0,
        categories=(
            (VALUE, say("tiles.value")),
            (CHANGE, say("change.on_year")),
            (PROGRESS, say("tiles.progress")),
        ),
        series=series,
        notes=mark_notes(points, "tiles", say),
        alt=say("tiles.alt", title=title, n=len(series)),
        provenance=provenance,
        axes="free",
    )


def _figure(value: Value, measure: Measure, labels: Labels) -> Point:
    """Describe a tile's figure; its change says over how many areas, beside 应报7个，已报7个."""
    point = point_of(value, labels, measure)
    like = over_areas(value, labels.words) if point.change else ""
    return replace(point, category=VALUE, change=point.change + like)


def _panel(indicator: str, labels: Labels) -> Panel:
    entry = labels.indicators[indicator]
    return Panel(labels.indicator(indicator), unit(entry, labels.words), entry.decimals)


def _progress(found: Progress | None, rule: Policy | None, labels: Labels) -> tuple[Point, ...]:
    return () if found is None or found.completion is None else (done(found, rule, labels),)


def done(found: Progress, rule: Policy | None, labels: Labels) -> Point:
    """Describe what is done of the target, in per cent, with its lamp as shape and word."""
    return Point(
        category=PROGRESS,
        value=found.completion,
        text=completion_in_tile(found, labels.words),
        short=lamp_word(found, rule, labels.words),
        mark="final" if found.exact else "inexact",
        indicator=labels.indicator(found.indicator),
        area=labels.area(found.ref_area),
        period=period_name(found.time_period, labels.words, "ytd"),
        measure="value" if found.planned is None else "ytd",
        rests_on=(found.done_id,) if found.done_id else (),
    )
