"""Progress: how far areas are towards their targets, and tables of one area's figures."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from dashboard.charts.chart import Chart, Point, Provenance, Series
from dashboard.charts.notes import mark_notes
from dashboard.charts.points import growth_of, point_of
from dashboard.charts.tiles import PROGRESS, VALUE, done
from dashboard.locale.numbers import unit
from dashboard.locale.periods import period_name
from dashboard.locale.sentences import climbed
from dashboard.locale.sentences_progress import against_plan, completion, lamp_word, percent

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from dashboard.locale.labels import Labels
    from dashboard.queries.counties import Ranked
    from dashboard.queries.progress import Policy, Progress
    from dashboard.queries.values import Measure, Measured, Value

CHANGE, PLACE = "change", "place"


def progress_table(
    found: Mapping[str, Mapping[str, Progress]],
    areas: Sequence[str],
    period: str,
    rule: Policy | None,
    labels: Labels,
    provenance: Provenance,
) -> Chart:
    """Describe a row an area and a column an indicator: per cent of the target, with its lamp."""
    say = labels.words
    series = tuple(
        Series(
            labels.short_area(area) if n else labels.area(area),
            tuple(_cell(by.get(area), code, area, period, rule, labels)
                  for code, by in found.items()),
        )
        for n, area in enumerate(areas)
    )  # fmt: skip
    title = say("progress.title", area=labels.area(areas[0]),
                period=period_name(period, say, "ytd"))  # fmt: skip
    lamps = [say(f"lamp.{rule.rule}.{lamp}") for lamp in ("green", "yellow", "red")] if rule else []
    basis = (f"{'　'.join(lamps)}　{say.pick(rule.basis, rule.basis_en)}",) if rule else ()
    done = [p.completion is not None for by in found.values() for p in by.values()]
    like = any(p.n_areas for by in found.values() for p in by.values())
    return Chart(
        kind="pivot",
        title=title,
        unit="%",
        unit_line=say("progress.unit"),
        decimals=1,
        categories=tuple((code, labels.indicator(code)) for code in found),
        series=series,
        notes=(*basis, *((say("progress.like_note"),) if like else ())),
        alt=say("pivot.alt", title=title, rows=len(series), columns=len(found)),
        provenance=provenance,
        reported=say("coverage.figures", n=sum(done), of=len(done)),
    )


def _cell(
    progress: Progress | None,
    code: str,
    area: str,
    period: str,
    rule: Policy | None,
    labels: Labels,
) -> Point:
    """Describe a lamp as a shape before the share; its text says the lamp and the plan too."""
    say = labels.words
    if progress is None or progress.completion is None:
        text = say("progress.no_target") if progress is None else lamp_word(progress, rule, say)
        return Point(
            code, None, text, text, "gap", labels.indicator(code), labels.area(area),
            period_name(period, say, "ytd"),
        )  # fmt: skip
    word = lamp_word(progress, rule, say)
    share = percent(progress.completion, say, exact=progress.exact)
    told = (completion(progress, say), against_plan(progress, say), word)
    return replace(
        done(progress, rule, labels),
        category=code,
        text=say("join.clauses").join(part for part in told if part),
        short=f"{word.partition(' ')[0]} {share}",
    )


def profile(
    values: Sequence[Measured],
    progress: Mapping[str, Progress],
    ranked: Mapping[str, tuple[Ranked, int]],
    area: str,
    period: str,
    rule: Policy | None,
    labels: Labels,
    provenance: Provenance,
    measure: Measure = "value",
) -> Chart:
    """Describe one area's figures: a row an indicator with value, change, progress and place.

    ``ranked`` holds its line of each ranking, and how many have a place there.
    """
    say = labels.words
    series = tuple(
        Series(
            say("pivot.in_unit", name=labels.indicator(v.indicator),
                unit=unit(labels.indicators[v.indicator], say)),
            (
                replace(point_of(v, labels, of), category=VALUE, change=""),
                replace(growth_of(v, labels, of, "growth"), category=CHANGE),
                _progress(v, progress.get(v.indicator), rule, labels),
                _place(v, ranked.get(v.indicator), labels, of),
            ),
        )
        for v, of in values
    )  # fmt: skip
    points = [p for s in series for p in s.points if p.category != PROGRESS]
    title = say("tiles.title", area=labels.area(area), period=period_name(period, say, measure))
    return Chart(
        kind="pivot",
        title=title,
        unit="",
        unit_line="",
        decimals=0,
        categories=tuple((key, say(f"tiles.{key}")) for key in (VALUE, CHANGE, PROGRESS, PLACE)),
        series=series,
        notes=mark_notes((p for p in points if p.category == VALUE), "pivot", say),
        alt=say("pivot.alt", title=title, rows=len(series), columns=4),
        provenance=provenance,
    )


def _progress(value: Value, found: Progress | None, rule: Policy | None, labels: Labels) -> Point:
    if found is None or found.completion is None:
        return _without(value, PROGRESS, labels)
    point = done(found, rule, labels)
    share = percent(found.completion, labels.words, exact=found.exact)
    return replace(point, short=f"{point.short.partition(' ')[0]} {share}")


def _place(
    value: Value, found: tuple[Ranked, int] | None, labels: Labels, measure: Measure
) -> Point:
    """Describe the place among those beside it, and how it moved on the year before."""
    if found is None or found[0].place is None:
        return _without(value, PLACE, labels)
    row, n = found
    say = labels.words
    text = f"{say('county.place', place=row.place, n=n)} {climbed(row.climbed, say)}".rstrip()
    return replace(
        point_of(value, labels, measure), category=PLACE, value=float(row.place or 0),
        text=text, short=text, mark="final", change="", coverage="",
    )  # fmt: skip


def _without(value: Value, category: str, labels: Labels) -> Point:
    text = labels.words("change.none")
    return Point(
        category, None, text, text, "gap", labels.indicator(value.indicator),
        labels.area(value.ref_area), period_name(value.time_period, labels.words),
    )  # fmt: skip
