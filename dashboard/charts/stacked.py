"""Stacked bars: money by type over time, and beside a budget; what is missing has a sign."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

from dashboard.charts.chart import PALETTE, Chart, Point, Provenance, Series
from dashboard.charts.notes import mark_notes
from dashboard.charts.points import point_of
from dashboard.locale.numbers import number, shown, unit, unit_after
from dashboard.locale.periods import period_name, ticks

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from dashboard.locale.labels import Labels
    from dashboard.queries.topics import Part
    from dashboard.queries.values import Value

BUDGET = PALETTE[5]
INCOMPLETE = "＊"  # beside the label of a stack that lacks a part: its height is not the whole
NAMED, MISSING = 2, 2  # incomplete stacks that a note names, and what each of them lacks


class Stack(NamedTuple):
    """One bar: what stands on each other in it, None where a part has no row at all."""

    category: str
    label: str
    name: str  # 2024年一季度
    parts: Mapping[Part, Value | None]

    @property
    def known(self) -> tuple[Value, ...]:
        """Return the values that there are."""
        return tuple(v for v in self.parts.values() if v and v.obs_value is not None)

    @property
    def lacking(self) -> tuple[tuple[Part, Value | None], ...]:
        """Return the parts without a value, or of fewer areas than owe one."""
        return tuple((p, v) for p, v in self.parts.items() if not _whole(v))

    @property
    def total(self) -> float:
        """Return the sum of the parts that there are, in the base unit."""
        return sum(v.obs_value or 0.0 for v in self.known)


def _whole(value: Value | None) -> bool:
    if value is None:
        return False
    if value.obs_value is None:
        return value.obs_status == "M"
    return value.n_reported >= value.n_expected


def stacks(
    values: Sequence[Value], parts: Sequence[Part], periods: Sequence[str], labels: Labels
) -> tuple[Stack, ...]:
    """Return a stack a period, of the parts that have any value in these periods."""
    found = {(v.indicator, v.breakdown, v.time_period): v for v in values}
    having = [
        p
        for p in parts
        if any(v.obs_value is not None for v in values if (v.indicator, v.breakdown) == p.key)
    ]
    return tuple(
        Stack(
            period,
            label,
            period_name(period, labels.words),
            {p: found.get((*p.key, period)) for p in having},
        )
        for period, label in ticks(periods, labels.words)
    )


def stacked(
    drawn: Sequence[Stack],
    area: str,
    labels: Labels,
    provenance: Provenance,
    left_out: Sequence[Part] = (),
) -> Chart:
    """Describe money by type; ``left_out`` are the types that nobody reports."""
    say = labels.words
    parts = list(dict.fromkeys(part for stack in drawn for part in stack.parts))
    last = next((s for s in reversed(drawn) if s.known), drawn[-1])
    key = "topics.spent_incomplete" if last.lacking else "topics.spent_title"
    title = say(key, area=labels.area(area), period=last.name, total=sum_text(last, labels))
    missing = [p for p in left_out if p not in parts]
    names = say.listed([part_name(p, labels) for p in missing])
    apart = (say("topics.left_out", names=names),) if missing else ()
    return _chart(drawn, parts, title, labels, provenance, apart + (say("topics.overlap"),))


def against_budget(
    drawn: Sequence[Stack],
    budgets: Mapping[str, Value],
    budget: Part,
    area: str,
    labels: Labels,
    provenance: Provenance,
) -> Chart:
    """Describe a year's budget beside what was spent of what it covers: two bars a year."""
    say = labels.words
    beside = []
    for stack in drawn:
        value = budgets.get(stack.category)
        if value is None or value.obs_value is None:
            continue
        year = stack.category
        beside += [
            Stack(f"{year}-budget", f"{say('topics.budget')}<br>{year}", stack.name,
                  {budget: value}),
            stack._replace(category=f"{year}-spent", label=say("topics.spent")),
        ]  # fmt: skip
    parts = [budget, *dict.fromkeys(p for s in drawn for p in s.parts)]
    covered = say.listed([part_name(p, labels) for p in parts[1:]])
    title = say("topics.budget_title", area=labels.area(area), parts=covered)
    return _chart(beside, parts, title, labels, provenance, (say("topics.budget_note"),), budget)


def _chart(
    drawn: Sequence[Stack],
    parts: Sequence[Part],
    title: str,
    labels: Labels,
    provenance: Provenance,
    notes: tuple[str, ...],
    budget: Part | None = None,
) -> Chart:
    """Describe stacks; a part keeps its colour whether a budget stands beside it or not."""
    say = labels.words
    coloured = [*(p for p in parts if p != budget), *([budget] if budget else [])]
    of = labels.indicators[parts[0].indicator]
    series = tuple(
        Series(
            part_name(part, labels),
            tuple(_point(stack, part, labels, of.factor) for stack in drawn if part in stack.parts),
            BUDGET if part == budget else PALETTE[n % len(PALETTE)],
        )
        for n, part in enumerate(coloured)
    )
    points = [p for s in series for p in s.points]
    return Chart(
        kind="stacked",
        title=title,
        unit=unit(of, say),
        unit_line=say("unit_line", unit=unit(of, say)),
        decimals=of.decimals,
        categories=tuple((s.category, _signed(s)) for s in drawn),
        series=series,
        notes=(*_lacking(drawn, labels), *mark_notes(points, "stacked", say), *notes),
        alt=say("topics.alt_stacked", title=title, unit=unit(of, say)),
        provenance=provenance,
    )


def _signed(stack: Stack) -> str:
    """Return the label, with a sign below it where a part is missing (no room beside)."""
    if not stack.lacking:
        return stack.label
    return stack.label + ("" if "<br>" in stack.label else "<br>") + INCOMPLETE


def _point(stack: Stack, part: Part, labels: Labels, factor: float) -> Point:
    """Describe a part in the stack's unit; one without a row is a gap like any other."""
    value = stack.parts[part]
    if value is None:
        text = labels.words("status_reason.")
        name = part_name(part, labels)
        return Point(stack.category, None, text, text, "gap", name, "", stack.name, measure="value")
    point = point_of(value, labels)
    height = None if value.obs_value is None else value.obs_value / factor
    return replace(point, category=stack.category, value=height)


def _lacking(drawn: Sequence[Stack], labels: Labels) -> tuple[str, ...]:
    """Name what is missing from which stack; of many only how many more there are."""
    say = labels.words
    said = [
        say(
            "topics.lacking_one",
            period=stack.name,
            parts=_parts(stack, labels),
        )
        for stack in drawn
        if stack.lacking and stack.known
    ]
    empty = say.listed([s.name for s in drawn if s.parts and not s.known])
    rest = [say("topics.lacking_more", n=len(said) - NAMED)] if len(said) > NAMED else []
    named = say("join.clauses").join([*said[-NAMED:], *rest])
    notes = (f"{INCOMPLETE} {say('topics.lacking', stacks=named)}",) if said else ()
    return notes + ((say("topics.empty", periods=empty),) if empty else ())


def _parts(stack: Stack, labels: Labels) -> str:
    """Name what a stack lacks; of many the first, and how many there are."""
    names = [_why(part, value, labels) for part, value in stack.lacking]
    if len(names) <= MISSING:
        return labels.words.listed(names)
    return labels.words("topics.lacking_parts", name=names[0], n=len(names))


def _why(part: Part, value: Value | None, labels: Labels) -> str:
    say = labels.words
    if value is not None and value.obs_value is not None:
        why = say("topics.some", n=value.n_reported, of=value.n_expected)
    else:
        why = labels.missing(value) if value else say("status_reason.")
    return say("topics.why", name=part_name(part, labels), why=why)


def part_name(part: Part, labels: Labels) -> str:
    """Return what a part is called: 优抚对象医疗保障经费（发放）."""
    return labels.indicator(part.indicator, part.breakdown)


def sum_text(stack: Stack, labels: Labels) -> str:
    """Return the sum of a stack with its unit; about, where a part is."""
    known = stack.known
    if not known:
        return labels.words("status_reason.")
    of = labels.indicators[known[0].indicator]
    text = f"{number(shown(stack.total, of), of.decimals)}{unit_after(of, labels.words)}"
    exact = all(v.qualifier == "exact" for v in known)
    return text if exact else labels.words("change.about", change=text)
