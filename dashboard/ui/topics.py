"""What the page of topics shows: funds, visits by festival, and from job fairs to intentions."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd
import streamlit as st

from dashboard import charts
from dashboard.charts.stacked import Stack, part_name, stacks, sum_text
from dashboard.locale.periods import period_name
from dashboard.locale.sentences_topics import rate_text, ratios
from dashboard.queries import topics
from dashboard.queries.periods import between, freq_of
from dashboard.ui.asking import ask
from dashboard.ui.basket import question
from dashboard.ui.blocks import chart_block, notice
from dashboard.ui.pickers import children_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dashboard.charts import Provenance
    from dashboard.queries.topics import Part
    from dashboard.queries.values import Value
    from dashboard.ui.view import View


def funds(view: View, area: str, first: str, last: str) -> None:
    """Show money by type, beside the budget, and what was allocated beside what was paid."""
    roles = ask(topics.roles, view.dataset, view.freq)
    parts = roles["funds_spent"]
    periods = between(first, last)
    found = ask(topics.values, view.dataset, parts, (area,), first, last)
    drawn = stacks(found, parts, periods, view.labels)
    if not any(stack.known for stack in drawn):
        notice(view, "no_rows")
    else:
        origin = _origin(view, parts, (area,), first, last)
        silent = [p for p in parts if not p.reported]
        chart = charts.stacked(drawn, area, view.labels, origin, silent)
        asked = question("funds", area=area, first=first, last=last)
        chart_block(view, chart, "funds_spent", asked)
    _budget(view, area, first[:4], last[:4])
    for allocated, paid in zip(roles["funds_allocated"], roles["funds_paid"], strict=True):
        if allocated.reported and paid.reported:
            _paired(view, allocated, paid, area, first, last)
    latest = next((s.category for s in reversed(drawn) if s.known), last)
    _county_funds(view, parts, area, latest)


def _budget(view: View, area: str, first: str, last: str) -> None:
    """Show whole years: a budget is a year's."""
    roles = ask(topics.roles, view.dataset, "A")
    [budget], covered = roles["funds_budget"], roles["funds_in_budget"]
    asked = (budget, *covered)
    found = ask(topics.values, view.dataset, asked, (area,), first, last)
    budgets = {v.time_period: v for v in found if v.indicator == budget.indicator}
    if all(v.obs_value is None for v in budgets.values()):
        st.caption(view.words("topics.no_budget"))
        return
    drawn = stacks(found, covered, between(first, last), view.labels)
    origin = _origin(view, asked, (area,), first, last)
    chart = charts.against_budget(drawn, budgets, budget, area, view.labels, origin)
    again = question("budget", area=area, first=first, last=last)
    chart_block(view, chart, "funds_budget", again)


def _paired(view: View, allocated: Part, paid: Part, area: str, first: str, last: str) -> None:
    """Show two stages beside each other, and their rate by county in the last period with one."""
    pair = (allocated, paid)
    say, labels = view.words, view.labels
    found = ask(topics.values, view.dataset, pair, (area,), first, last)
    if not found:
        return
    periods = between(first, last)
    origin = _origin(view, pair, (area,), first, last)
    chart = charts.paired(found, allocated, paid, area, periods, labels, origin)
    asked = question("stages", indicator=paid.indicator, area=area, first=first, last=last)
    chart_block(view, chart, f"paired_{paid.indicator}", asked)
    latest = max((v.time_period for v in found if v.obs_value is not None), default=last)
    below = _by_area(view, pair, area, latest)
    rows = [
        (
            labels.area(code),
            *(_said(view, values.get(part.key)) for part in pair),
            rate_text(values.get(allocated.key), values.get(paid.key), say) or say("change.none"),
        )
        for code, values in below.items()
    ]
    header = [say(f"topics.{name}") for name in ("allocated", "paid", "rate")]
    _counties(view, "stages", latest, header, rows)


def _county_funds(view: View, parts: Sequence[Part], area: str, period: str) -> None:
    """List each county's money by type in a period; a sum without a type says so."""
    below = _by_area(view, parts, area, period)
    having = [p for p in parts if any(p.key in values for values in below.values())]
    rows = []
    for code, values in below.items():
        name = period_name(period, view.words)
        stack = Stack(period, name, name, {p: values.get(p.key) for p in having})
        total = sum_text(stack, view.labels)
        if stack.known and stack.lacking:
            total = view.words("topics.partial", total=total, n=len(stack.known))
        rows.append((view.labels.area(code), *(_said(view, values.get(p.key)) for p in having),
                     total))  # fmt: skip
    names = [part_name(p, view.labels) for p in having]
    _counties(view, "funds", period, [*names, view.words("topics.total")], rows)


def festivals(view: View, area: str) -> None:
    """Show visits by festival, a chart an indicator; say what is not reported by festival."""
    having = ask(topics.festivals, view.dataset)
    if not having:
        notice(view, "no_festivals")
        return
    roles = ask(topics.roles, view.dataset, view.freq)
    for indicator in having:
        found = ask(topics.visits, view.dataset, indicator, area)
        if not any(v.value.obs_value is not None for v in found):
            continue
        years = [v.year for v in found]
        files = {
            file: None
            for code in dict.fromkeys(v.festival for v in found)
            for file in view.files(indicator, (area,), min(years), max(years), code)
        }
        chart = charts.visits(found, indicator, area, view.labels, view.origin(tuple(files)))
        asked = question("festivals", indicator=indicator, area=area)
        chart_block(view, chart, f"visits_{indicator}", asked)
    others = [p for p in roles["festival_visits"] if p.indicator not in having and p.reported]
    if others:
        names = view.words.listed([part_name(p, view.labels) for p in others])
        st.caption(view.words("topics.not_by_festival", names=names))


def jobs(view: View, area: str, period: str) -> None:
    """Show fairs, posts and intentions of a period, and the same county by county."""
    say = view.words
    steps = ask(topics.roles, view.dataset, freq_of(period))["jobs_steps"]
    found = ask(topics.values, view.dataset, steps, (area,), period, period)
    if not any(v.obs_value is not None for v in found):
        notice(view, "no_rows")
        return
    origin = _origin(view, steps, (area,), period, period)
    chart = charts.job_steps(found, steps, area, period, view.labels, origin)
    chart_block(view, chart, "job_steps", question("jobs", area=area, period=period))
    rows = [
        (
            view.labels.area(code),
            *(_said(view, values.get(step.key)) for step in steps),
            *(text or say("change.none") for text in ratios(values, steps, say)),
        )
        for code, values in _by_area(view, steps, area, period).items()
    ]
    header = [part_name(step, view.labels) for step in steps]
    _counties(
        view, "jobs", period, [*header, say("topics.per_fair"), say("topics.per_posts")], rows
    )


def _by_area(
    view: View, parts: Sequence[Part], area: str, period: str
) -> dict[str, dict[tuple[str, str], Value]]:
    """Return the values of an area's children in a period, those that have any row."""
    members = children_of(area)
    if not members:
        return {}
    found = ask(topics.values, view.dataset, tuple(parts), members, period, period)
    return {
        code: {(v.indicator, v.breakdown): v for v in found if v.ref_area == code}
        for code in members
        if any(v.ref_area == code for v in found)
    }


def _counties(
    view: View, what: str, period: str, header: list[str], rows: list[tuple[str, ...]]
) -> None:
    if not rows:
        return
    say = view.words
    when = period_name(period, say)
    title = say("topics.counties", period=when, what=say(f"topics.what.{what}"))
    st.markdown(f"**{title}**")
    columns = [view.words("table.area"), *header]
    st.dataframe(pd.DataFrame(rows, columns=columns), hide_index=True, alt=title)


def _said(view: View, value: Value | None) -> str:
    if value is None:
        return view.words("status_reason.")
    return view.labels.value(value, value.indicator)


def _origin(
    view: View, parts: Sequence[Part], areas: tuple[str, ...], first: str, last: str
) -> Provenance:
    """Name the files of all parts."""
    files = {
        file: None
        for part in parts
        if part.reported
        for file in view.files(part.indicator, areas, first, last, part.breakdown)
    }
    return view.origin(tuple(files))
