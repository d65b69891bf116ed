"""What the page of topics shows: funds, visits by festival, and from job fairs to intentions."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

import streamlit as st

from dashboard.charts.stacked import Stack, part_name, sum_text
from dashboard.locale.periods import period_name
from dashboard.locale.sentences_topics import rate_text, ratios
from dashboard.queries import topics
from dashboard.queries.periods import freq_of
from dashboard.ui.asking import ask
from dashboard.ui.basket import add_button, question
from dashboard.ui.blocks import chart_block, notice
from dashboard.ui.pickers import children_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dashboard.charts import Chart
    from dashboard.decks import Asked
    from dashboard.queries.topics import Part
    from dashboard.queries.values import Value
    from dashboard.ui.view import View


def funds(view: View, area: str, first: str, last: str) -> None:
    """Show money by type, beside the budget, and what was allocated beside what was paid."""
    roles = ask(topics.roles, view.dataset, view.freq)
    said = {"area": area, "first": first, "last": last}
    spent = _block(view, "funds_spent", question("funds", **said))
    if not spent:
        notice(view, "no_rows")
    years = {"area": area, "first": first[:4], "last": last[:4]}  # a budget is a year's
    if not _block(view, "funds_budget", question("budget", **years)):
        st.caption(view.words("topics.no_budget"))
    for allocated, paid in zip(roles["funds_allocated"], roles["funds_paid"], strict=True):
        asked = question("stages", indicator=paid.indicator, **said)
        if chart := _block(view, f"paired_{paid.indicator}", asked):
            _county_stages(view, (allocated, paid), area, _latest(chart) or last)
    _county_funds(view, roles["funds_spent"], area, (spent and _latest(spent)) or last)


def _block(view: View, name: str, asked: Asked) -> Chart | None:
    """Show what answers a question, drawn as a report draws it; None where nothing does."""
    chart = view.chart(asked)
    if chart:
        chart_block(view, chart, name, asked)
    return chart


def _latest(chart: Chart) -> str:
    """Return the last period of which a chart has a number."""
    return max((p.category for p in chart.points if p.value is not None), default="")


def _county_stages(view: View, pair: tuple[Part, Part], area: str, period: str) -> None:
    """List each county's two stages and their rate, in the last period with a number."""
    say, labels = view.words, view.labels
    allocated, paid = pair
    rows = [
        (
            labels.area(code),
            *(_said(view, values.get(part.key)) for part in pair),
            rate_text(values.get(allocated.key), values.get(paid.key), say) or say("change.none"),
        )
        for code, values in _by_area(view, pair, area, period).items()
    ]
    header = [say(f"topics.{name}") for name in ("allocated", "paid", "rate")]
    _counties(view, "stages", _of_counties(pair, area, period), header, rows)


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
    asked = _of_counties(having, area, period)
    _counties(view, "funds", asked, [*names, view.words("topics.total")], rows)


def festivals(view: View, area: str) -> None:
    """Show visits by festival, a chart an indicator; say what is not reported by festival."""
    having = ask(topics.festivals, view.dataset)
    if not having:
        notice(view, "no_festivals")
        return
    for indicator in having:
        asked = question("festivals", indicator=indicator, area=area)
        _block(view, f"visits_{indicator}", asked)
    roles = ask(topics.roles, view.dataset, view.freq)
    others = [p for p in roles["festival_visits"] if p.indicator not in having and p.reported]
    if others:
        names = view.words.listed([part_name(p, view.labels) for p in others])
        st.caption(view.words("topics.not_by_festival", names=names))


def jobs(view: View, area: str, period: str) -> None:
    """Show fairs, posts and intentions of a period, and the same county by county."""
    if not _block(view, "job_steps", question("jobs", area=area, period=period)):
        notice(view, "no_rows")
        return
    say = view.words
    steps = ask(topics.roles, view.dataset, freq_of(period))["jobs_steps"]
    rows = [
        (
            view.labels.area(code),
            *(_said(view, values.get(step.key)) for step in steps),
            *(text or say("change.none") for text in ratios(values, steps, say)),
        )
        for code, values in _by_area(view, steps, area, period).items()
    ]
    header = [part_name(step, view.labels) for step in steps]
    header += [say("topics.per_fair"), say("topics.per_posts")]
    _counties(view, "jobs", _of_counties(steps, area, period), header, rows)


def _by_area(
    view: View, parts: Sequence[Part], area: str, period: str
) -> dict[str, dict[tuple[str, str], Value]]:
    """Return the values of an area's children in a period, those that have any row."""
    members = children_of(area)
    if not members:
        return {}
    found = topics.all_values(ask, view.dataset, tuple(parts), members, period, period)
    return {
        code: {(v.indicator, v.breakdown): v for v in found if v.ref_area == code}
        for code in members
        if any(v.ref_area == code for v in found)
    }


def _counties(
    view: View,
    what: str,
    asked: Asked,
    header: list[str],
    rows: list[tuple[str, ...]],
) -> None:
    """Show a table of counties; ``asked`` is the question by which a report makes it."""
    if not rows:
        return
    say = view.words
    when = period_name(dict(asked.choices)["last"], say)
    title = say("topics.counties", period=when, what=say(f"topics.what.{what}"))
    st.markdown(f"**{title}**")
    st.html(_table(title, [say("table.area"), *header], rows))
    first = dict(asked.choices)["indicators"].partition(",")[0]
    st.fragment(add_button)(view, asked, f"table_{what}_{first}")


def _table(title: str, header: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """Write a row a county; headings break their lines, so that the last column is in view."""
    heads = "".join(f'<th scope="col">{escape(name)}</th>' for name in header)
    body = "".join(
        f'<tr><th scope="row">{escape(name)}</th>'
        + "".join(f"<td>{escape(figure)}</td>" for figure in figures)
        + "</tr>"
        for name, *figures in rows
    )
    return (
        f'<div class="matrix counties"><table><caption>{escape(title)}</caption>'
        f"<thead><tr>{heads}</tr></thead><tbody>{body}</tbody></table></div>"
    )


def _of_counties(parts: Sequence[Part], area: str, period: str) -> Asked:
    """Return the question of some figures, county by county."""
    return question(
        "pivot", indicators=tuple(dict.fromkeys(p.indicator for p in parts)), areas=area,
        reach="parts", parts=tuple(dict.fromkeys(p.breakdown for p in parts)), first=period,
        last=period, down="area",
    )  # fmt: skip


def _said(view: View, value: Value | None) -> str:
    if value is None:
        return view.words("status_reason.")
    return view.labels.value(value, value.indicator)
