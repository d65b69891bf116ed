"""Sentences that say what the figures show: headlines, changes, titles."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING

from dashboard.locale.numbers import number, signed, unit_after
from dashboard.locale.periods import period_name
from dashboard.locale.sentences_progress import progress_clause

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from dashboard.locale import Words
    from dashboard.locale.labels import Labels
    from dashboard.queries.choices import Indicator
    from dashboard.queries.counties import Ranked
    from dashboard.queries.progress import Progress
    from dashboard.queries.values import Change, Measure, Value

JOINT = 3  # more areas than this in first place are counted, not named


def change_phrase(change: Change | None, indicator: Indicator, words: Words) -> str:
    """Say a change in words: 增长12.3%, 提高1.20个百分点, 持平; empty where nothing compares."""
    if change is None:
        return ""
    if indicator.kind == "rate":
        size, up, down = abs(change.difference), "change.points_up", "change.points_down"
        text = number(size, 2)
    elif change.growth is None:
        return ""
    else:
        size, up, down = abs(change.growth), "change.up", "change.down"
        text = f"{number(size, 1)}%"
    if float(text.rstrip("%").replace(",", "")) == 0:
        return words("change.flat")
    if not change.exact:
        text = words("change.about", change=text)
    return words(up if change.difference > 0 else down, change=text)


def headline(
    values: Sequence[Value],
    area: str,
    period: str,
    silent: Sequence[str],
    labels: Labels,
    measure: Measure = "value",
    overdue: Sequence[str] = (),
    progress: Mapping[str, Progress] = MappingProxyType({}),
) -> str:
    """Say the first figures of a period, how they moved, how far they are, who did not report."""
    words = labels.words
    when = period_name(period, words, measure)
    known = [v for v in values if v.obs_value is not None]
    if not known:
        return words("overview.nothing", period=when, area=labels.area(area))
    clauses = [
        value_clause(v, labels) + progress_clause(progress.get(v.indicator), words) for v in known
    ]
    for kind, codes in (("overdue", overdue), ("silent", set(silent) - set(overdue))):
        if codes:
            names = words.listed([labels.short_area(code) for code in sorted(codes)])
            clauses.append(words(f"overview.{kind}", areas=names))
    lead = words("overview.lead", period=when, area=labels.area(area))
    return lead + words("join.clauses").join(clauses) + words("join.end")


def value_clause(value: Value, labels: Labels) -> str:
    """Say one figure and how it moved: 慰问金发放额206.66万元，同比增长12.3%."""
    words, indicator = labels.words, labels.indicators[value.indicator]
    text = words(
        "overview.clause",
        indicator=labels.indicator(value.indicator),
        figure=labels.value(value, value.indicator),
    )
    change = change_phrase(value.change, indicator, words)
    if not change:
        return text
    return text + words("overview.clause_change", change=change) + over_areas(value, words)


def over_areas(value: Value, words: Words) -> str:
    """Say over how many areas a change was taken, where it is fewer than the figure counts."""
    if value.change and 0 < value.change.n_areas < value.n_expected:
        return words("overview.clause_like", n=value.change.n_areas)
    return ""


def change_line(value: Value, change: Change, mostly: Ranked | None, labels: Labels) -> str:
    """Say from what to what an indicator moved, and which area moved most with it."""
    words, indicator = labels.words, labels.indicators[value.indicator]
    before, now = (
        number(v / indicator.factor, indicator.decimals) + unit_after(indicator, words)
        for v in (change.before, change.now)
    )
    text = words(
        "overview.change_line",
        indicator=labels.indicator(value.indicator),
        before=before,
        now=now,
        change=change_phrase(change, indicator, words),
    )
    if change.n_areas:  # fewer than the tile's figure counts
        text += words("overview.clause_like", n=change.n_areas)
    if mostly is None or mostly.change is None:
        return text
    difference = mostly.change.difference / indicator.factor
    return text + words(
        "overview.change_mostly",
        area=labels.short_area(mostly.ref_area),
        difference=signed(difference, indicator.decimals) + unit_after(indicator, words),
    )


def ranking_title(rows: Sequence[Ranked], indicator: str, when: str, labels: Labels) -> str:
    """Say who comes first."""
    words = labels.words
    first = [labels.short_area(r.ref_area) for r in rows if r.place == 1]
    name = labels.indicator(indicator, rows[0].breakdown)
    if not first:
        return words("counties.title_none", period=when, indicator=name)
    if len(first) == 1:
        return words("counties.title", period=when, indicator=name, area=first[0])
    names = words.listed(first) if len(first) <= JOINT else words("counties.several", n=len(first))
    return words("counties.title_joint", period=when, indicator=name, areas=names)


def climbed(places: int | None, words: Words) -> str:
    """Show a change of rank: ↑2, ↓1, —; nothing where there is no rank to compare with."""
    if places is None:
        return ""
    if places == 0:
        return words("counties.climbed_same")
    return words("counties.climbed_up" if places > 0 else "counties.climbed_down", n=abs(places))
