"""A chart as it may leave the house: counts of one or two persons withheld, and what tells them.

Every exporter takes a ``Released`` and nothing else; only ``release`` makes one.
"""

from __future__ import annotations

from dataclasses import dataclass, fields, replace
from typing import TYPE_CHECKING, NamedTuple

from dashboard.charts import Chart, Series
from dashboard.decks import Deck, Slide
from dashboard.exports.disclosure import small, withheld
from dashboard.queries import disclosure
from dashboard.queries.disclosure import YEAR

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from dashboard.charts import Point, Provenance
    from dashboard.locale import Words
    from dashboard.queries.ask import Ask
    from dashboard.queries.disclosure import Count, Structure
    from dashboard.queries.values import Measure

    Shown = tuple[int, Measure]  # a series, and which of its values

MOST_NAMED = 3  # indicators of a chart that lost its title


class Behind(NamedTuple):
    """What a vintage knows of the persons behind a chart's points (queries.disclosure)."""

    counts: Mapping[Shown, tuple[Count, ...]]  # the value's own or a rate's parts; last year's too
    measure: Measure  # of the points that do not say theirs
    structure: Structure
    units: Mapping[str, float]  # how many persons one of each unit counts


@dataclass(frozen=True, slots=True)
class Released(Chart):
    """A chart from which no count of one or two persons can be read or worked out."""


@dataclass(frozen=True, slots=True)
class ReleasedDeck(Deck):
    """A deck of released charts, whose sentences tell no more than these."""


def release(chart: Chart, behind: Behind, words: Words) -> Released:
    """Return ``chart`` without the figures that would give a few persons away."""
    [released] = release_together([chart], behind, words)
    return released


def release_together(
    charts: Sequence[Chart], behind: Behind, words: Words, beside: Sequence[Chart] = ()
) -> tuple[Released, ...]:
    """Return the charts of one file without the figures that would give a few persons away.

    A point tells the counts it rests on and, by its change, those of the year before. One that
    rests on no series is judged by what it says: see ``_unfounded``. ``beside`` are charts that
    stand in the file already.
    """
    points = [(k, n, p) for k, chart in enumerate(charts) for n, p in enumerate(chart.points)]
    told = [((k, n), c) for k, n, p in points for c in _counts(p, behind)]
    last_year = [((k, n), c) for k, n, p in points if p.change for c in _counts(p, behind, YEAR)]
    counts = [c for _, c in (*told, *last_year)]
    stay = [c for chart in beside for p in chart.points for c in _told(p, behind)]
    for_good = range(len(counts), len(counts) + len(stay))
    hidden = withheld([*counts, *stay], behind.structure, for_good)
    out = {place for at, (place, _) in enumerate(told) if at in hidden}
    changes = {place for at, (place, _) in enumerate(last_year, start=len(told)) if at in hidden}
    return tuple(
        _released(chart, {n for k, n in out if k == at}, {n for k, n in changes if k == at},
                  behind, words)
        for at, chart in enumerate(charts)
    )  # fmt: skip


def release_deck(ask: Ask, deck: Deck, words: Words, beside: Sequence[Slide] = ()) -> ReleasedDeck:
    """Withhold small counts from all charts and sentences of a deck together.

    A sentence that speaks of what is withheld goes. A slide whose title or chart is withheld is
    called by its name; one that was called as its chart is called as the released chart.
    ``beside`` are released slides that stay in the file as they are.
    """
    said = [_said(slide, deck.provenance) for slide in deck.slides]
    every = [chart for slide, own in zip(deck.slides, said, strict=True)
             for chart in (*slide.charts, *own)]  # fmt: skip
    stay = [chart for slide in beside
            for chart in (*slide.charts, *_said(slide, deck.provenance))]  # fmt: skip
    behind = behind_charts(ask, [*every, *stay], "value")
    rest = iter(release_together(every, behind, words, stay))
    slides: list[Slide] = []
    for slide, own in zip(deck.slides, said, strict=True):
        drawn = tuple(next(rest) for _ in slide.charts)
        title, *lines = (not _withholds(next(rest), chart) for chart in own)
        kept = [n for n, shown in enumerate(lines) if shown]
        if not title or any(map(_withholds, drawn, slide.charts)):
            slide = replace(slide, title=_name(slide, drawn), rests_on=())
        slides.append(
            replace(
                slide,
                charts=drawn,
                lines=tuple(slide.lines[n] for n in kept),
                told=tuple(own[n + 1].points for n in kept),
            )
        )
    values = {f.name: getattr(deck, f.name) for f in fields(Deck)}
    return ReleasedDeck(**{**values, "slides": tuple(slides)})


def _name(slide: Slide, released: Sequence[Released]) -> str:
    called = [new.title for was, new in zip(slide.charts, released, strict=True)
              if was.title == slide.title]  # fmt: skip
    return called[0] if called else slide.name


def _said(slide: Slide, provenance: Provenance) -> list[Chart]:
    """Return the values of a slide's title, then of each of its lines, as charts to release."""
    told = slide.told or ((),) * len(slide.lines)
    return [_as_chart(points, slide, provenance) for points in (slide.rests_on, *told)]


def _as_chart(points: tuple[Point, ...], slide: Slide, provenance: Provenance) -> Chart:
    """Return the values that a sentence speaks of as a chart, which can be released."""
    return Chart(
        kind="pivot",
        title=slide.title,
        unit="",
        unit_line="",
        decimals=0,
        categories=tuple((p.category, p.period) for p in points),
        series=(Series(slide.name, points),),
        notes=(),
        alt="",
        provenance=provenance,
    )


def _withholds(released: Chart, chart: Chart) -> bool:
    """Whether anything of a chart was withheld: a value, or its change on the year before."""
    return released.points != chart.points


def _released(
    chart: Chart, out: set[int], changes: set[int], behind: Behind, words: Words
) -> Released:
    out = out | _unfounded(chart, behind, out)
    if not out | changes:
        return Released(**{f.name: getattr(chart, f.name) for f in fields(Chart)})
    return _without(chart, out, changes, words)


def behind_charts(ask: Ask, charts: Sequence[Chart], measure: Measure) -> Behind:
    """Ask a vintage for what stands behind the points of some charts."""
    told = {
        (s, p.measure or measure) for chart in charts for p in chart.points for s in p.series_ids
    }
    before = {(s - YEAR, m) for s, m in told}
    counts: dict[Shown, tuple[Count, ...]] = {}
    for each in sorted({m for _, m in told}):
        ids = tuple(sorted({s for s, m in told | before if m == each}))
        found = ask(disclosure.counts_behind, ids, each)
        counts |= {(s, each): of for s, of in found.items()}
    return Behind(counts, measure, ask(disclosure.structure), ask(disclosure.units_of_persons))


def _told(point: Point, behind: Behind) -> Iterable[Count]:
    """Return the counts that a released point tells."""
    if point.mark != "withheld":
        yield from _counts(point, behind)
        if point.change:
            yield from _counts(point, behind, YEAR)


def _counts(point: Point, behind: Behind, months_before: int = 0) -> Iterable[Count]:
    measure = point.measure or behind.measure
    for series_id in point.series_ids:
        yield from behind.counts.get((series_id - months_before, measure), ())


def _unfounded(chart: Chart, behind: Behind, out: set[int]) -> set[int]:
    """Return which points without a series to withhold.

    Those that say one or two persons, the next smallest where such a one is alone in its line, and
    whatever stands in one line with a point that is withheld: it may be its total.
    """
    said = {
        n: _persons(p, chart.unit, behind.units)
        for n, p in enumerate(chart.points)
        if not p.series_ids
    }
    sizes = {n: max(persons) for n, persons in said.items() if persons}
    few = {n for n, persons in said.items() if any(map(small, persons))}
    lines = _lines(chart)
    found = few | {m for line in lines for m in _next_smallest(line, few, sizes)}
    while more := {n for line in lines if out & {*line} for n in line if n in sizes} - found:
        found |= more
        out = out | more
    return found


def _persons(point: Point, unit: str, units: Mapping[str, float]) -> list[float]:
    """Return every number of persons that a point says: its value's, and any before a 人."""
    numbers = disclosure.persons_in(point.text, units)
    if point.value is not None and unit in units:
        numbers.append(abs(point.value) * units[unit])
    return numbers


def _next_smallest(line: Sequence[int], few: set[int], sizes: Mapping[int, float]) -> Sequence[int]:
    """Return the smallest that is left in a line of which exactly one would be withheld."""
    left = [n for n in line if n in sizes and n not in few and sizes[n]]
    alone = sum(n in few for n in line) == 1
    return [min(left, key=lambda n: sizes[n])] if alone and left else []


def _lines(chart: Chart) -> list[list[int]]:
    """Return the positions of points that stand in one series or in one category."""
    by_line: dict[tuple[str, object], list[int]] = {}
    n = 0
    for row, series in enumerate(chart.series):
        for point in series.points:
            by_line.setdefault(("series", row), []).append(n)
            by_line.setdefault(("category", point.category), []).append(n)
            n += 1
    return list(by_line.values())


def _named(indicators: list[str], words: Words) -> str:
    """Name what a chart is about, the first few of many."""
    if len(indicators) <= MOST_NAMED:
        return words.listed(indicators)
    names = words.listed(indicators[:MOST_NAMED])
    return words("explore.many_indicators", names=names, n=len(indicators))


def _without(chart: Chart, out: set[int], changes: set[int], words: Words) -> Released:
    """Return the chart without some points and changes; its sentence might say what they were."""
    text = words("withheld.text")
    points = [
        replace(p, value=None, text=text, short=text, mark="withheld", change="")
        if n in out
        else replace(p, change="")
        if n in changes
        else p
        for n, p in enumerate(chart.points)
    ]
    rest = iter(points)
    series = tuple(replace(s, points=tuple(next(rest) for _ in s.points)) for s in chart.series)
    title = _named([*dict.fromkeys(p.indicator for p in points)], words)
    told = [p.text for n, p in enumerate(chart.points) if n in out]
    notes = tuple(note for note in chart.notes if not any(t and t in note for t in told))
    values = {f.name: getattr(chart, f.name) for f in fields(Chart)}
    return Released(
        **{
            **values,
            "title": title,
            "alt": chart.alt.replace(chart.title, title),
            "series": series,
            "notes": (*notes, words("withheld.note")),
        }
    )
