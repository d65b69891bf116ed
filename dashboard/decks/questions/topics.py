"""Topics: funds by type and stage, visits by festival, and from job fairs to intentions."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dashboard import charts
from dashboard.charts.stacked import stacks
from dashboard.queries import topics
from dashboard.queries.periods import between

if TYPE_CHECKING:
    from collections.abc import Iterable

    from dashboard.charts import Chart, Provenance
    from dashboard.decks.setting import Wanted
    from dashboard.queries.topics import Part


def funds(wanted: Wanted) -> Chart | None:
    """Stack what ``area`` spent by type, from ``first`` to ``last``."""
    first, last = wanted.span()
    parts = wanted.ask(topics.roles, wanted.dataset, wanted.freq)["funds_spent"]
    found = topics.all_values(wanted.ask, wanted.dataset, parts, (wanted.area,), first, last)
    drawn = stacks(found, parts, between(first, last), wanted.labels)
    if not any(stack.known for stack in drawn):
        return None
    silent = [part for part in parts if not part.reported]
    origin = _origin(wanted, parts, first, last)
    return charts.stacked(drawn, wanted.area, wanted.labels, origin, silent)


def budget(wanted: Wanted) -> Chart | None:
    """Show the budget beside what was spent of what it covers, whole years only.

    Up to the last year that is over by the deck's period, or to that of ``last``.
    """
    first, last = (period[:4] for period in wanted.span())
    if "last" not in wanted.said:
        last, _ = topics.ended(wanted.period)
    roles = wanted.ask(topics.roles, wanted.dataset, "A")
    [planned], covered = roles["funds_budget"], roles["funds_in_budget"]
    asked = (planned, *covered)
    found = topics.all_values(wanted.ask, wanted.dataset, asked, (wanted.area,), first, last)
    budgets = {v.time_period: v for v in found if v.indicator == planned.indicator}
    if all(value.obs_value is None for value in budgets.values()):
        return None
    drawn = stacks(found, covered, between(first, last), wanted.labels)
    return charts.against_budget(
        drawn, budgets, planned, wanted.area, wanted.labels, _origin(wanted, asked, first, last)
    )


def stages(wanted: Wanted) -> Chart | None:
    """Show what was allocated beside what was paid; ``indicator`` is the one that was paid."""
    first, last = wanted.span()
    roles = wanted.ask(topics.roles, wanted.dataset, wanted.freq)
    pairs = zip(roles["funds_allocated"], roles["funds_paid"], strict=True)
    pair = next((p for p in pairs if p[1].indicator == wanted.said.get("indicator")), None)
    if pair is None or not all(part.reported for part in pair):
        return None
    found = topics.all_values(wanted.ask, wanted.dataset, pair, (wanted.area,), first, last)
    if not found:
        return None
    return charts.paired(
        found, *pair, wanted.area, between(first, last), wanted.labels,
        _origin(wanted, pair, first, last),
    )  # fmt: skip


def festivals(wanted: Wanted) -> Chart | None:
    """Show ``indicator`` by festival, a series a year; up to ``last`` where that is said."""
    code = wanted.said.get("indicator", "")
    if code not in wanted.ask(topics.festivals, wanted.dataset):
        return None
    until = wanted.span()[1] if "last" in wanted.said else ""
    found = wanted.ask(topics.visits, wanted.dataset, code, wanted.area, until)
    if not any(v.value.obs_value is not None for v in found):
        return None
    years = [v.year for v in found]
    keys = dict.fromkeys((code, v.festival) for v in found)
    origin = wanted.origin_of(keys, (wanted.area,), min(years), max(years))
    return charts.visits(found, code, wanted.area, wanted.labels, origin)


def jobs(wanted: Wanted) -> Chart | None:
    """Show fairs, posts and intentions of ``area`` in ``period``, or in the year up to its end."""
    period, measure = wanted.period, wanted.measure
    steps = wanted.ask(topics.roles, wanted.dataset, wanted.freq)["jobs_steps"]
    found = topics.all_values(
        wanted.ask, wanted.dataset, steps, (wanted.area,), period, period, measure
    )
    if not any(value.obs_value is not None for value in found):
        return None
    origin = _origin(wanted, steps, period, period)
    return charts.job_steps(found, steps, wanted.area, period, wanted.labels, origin, measure)


def _origin(wanted: Wanted, parts: Iterable[Part], first: str, last: str) -> Provenance:
    """Name the files of all parts that anybody reports."""
    keys = [part.key for part in parts if part.reported]
    return wanted.origin_of(keys, (wanted.area,), first, last)
