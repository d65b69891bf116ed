"""Changes: what one vintage says otherwise than another, figure by figure."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

import streamlit as st

from dashboard import door
from dashboard.locale.numbers import figure, unit_after
from dashboard.locale.periods import span_name
from dashboard.ui import changing
from dashboard.ui.address import choose
from dashboard.ui.asking import later
from dashboard.ui.blocks import listing
from dashboard.ui.freezing import frozen_as
from dashboard.ui.links import link
from dashboard.ui.pickers import choices_row
from dashboard.ui.releasing import Report, withheld_reports
from dashboard.ui.sources import as_printed

if TYPE_CHECKING:
    from dashboard.locale import Words
    from dashboard.ui.asking import Ask
    from dashboard.ui.view import View

COLUMNS = ("change", "indicator", "breakdown", "area", "period", "before", "after", "where")


def changes(view: View) -> None:
    """Compare two vintages: if nothing is chosen the one shown with the one made before it."""
    say = view.words
    found = {v.vintage: v for v in door.history(changing.place())}
    if len(found) < 2:
        st.markdown(say("data.changes.none_earlier"))
        return
    with choices_row():
        upto = _pick(view, "upto", found, view.vintage.vintage)
        others = {name: v for name, v in found.items() if name != upto}
        before = [name for name, v in others.items() if v.made_at < found[upto].made_at]
        against = _pick(view, "since", others, next(iter(before or others)))
    link(view, "overview", say("data.changes.look", vintage=against), asof=against)
    changed(view, against, upto)


def changed(view: View, against: str, upto: str) -> None:
    """List the figures that one vintage says otherwise than an earlier one."""
    say = view.words
    revised = door.revised(changing.place(), against, upto, view.dataset)
    if revised is None:
        st.markdown(say("data.changes.other_version"))
        return
    n_all = sum(revised.counts.values())
    if not n_all:
        st.markdown(say("data.changes.same"))
        return
    counts = say("join.clauses").join(
        say("data.changes.count", change=say(f"data.changes.kinds.{c}"), n=revised.counts[c])
        for c in door.CHANGES
        if revised.counts[c]
    )
    st.markdown(counts)
    _list(view, [r for r in revised.shown if r.indicator in view.labels.indicators])
    if n_all > len(revised.shown):
        st.caption(say("data.changes.more", n=n_all - len(revised.shown)))


def _pick(view: View, key: str, options: dict[str, door.Published], default: str) -> str:
    """Pick a vintage by when it was made, of how many files, and for which meetings."""
    say, numbers = view.words, frozen_as()
    return choose(
        key,
        tuple(options),
        default,
        lambda widget: st.selectbox(
            say(f"data.changes.{key}"),
            tuple(options),
            key=widget,
            format_func=lambda name: say(
                "data.changes.option",
                made=f"{options[name].made_at:%Y-%m-%d %H:%M}",
                n=options[name].n_sources,
                vintage="　".join((name, *numbers.get(name, ()))),
            ),
            width=420,
        ),
    )


def _list(view: View, found: list[door.Revision]) -> None:
    say = view.words
    header = [say(f"data.changes.columns.{c}") for c in COLUMNS]
    rows = [_row(view, one) for one in found]
    listing(
        say("data.parts.changes"), header, rows, say("data.changes.download"), "changes",
        partial(_released, later(), found, rows, say),
    )  # fmt: skip


def _released(
    asked: Ask, found: list[door.Revision], rows: list[tuple[str, ...]], say: Words
) -> list[tuple[str, ...]]:
    """Return the rows as a file may hold them: without the reports of a few persons."""
    hidden = {
        n
        for version in ("old", "new")
        for n in withheld_reports(asked, [_report(one, version) for one in found])
    }
    figures = (COLUMNS.index("before"), COLUMNS.index("after"))
    return [
        tuple(say("withheld.text") if c in figures and t else t for c, t in enumerate(row))
        if n in hidden
        else row
        for n, row in enumerate(rows)
    ]


def _report(one: door.Revision, version: str) -> Report:
    value: float | None = getattr(one, f"{version}_value")
    return Report(one.indicator, one.ref_area, one.breakdown, one.time_period, value)


def _row(view: View, one: door.Revision) -> tuple[str, ...]:
    labels = view.labels
    gone = one.new_source_file is None
    place = (
        (one.old_source_file, one.old_sheet, one.old_cell)
        if gone
        else (one.new_source_file, one.new_sheet, one.new_cell)
    )
    return (
        view.words(f"data.changes.kinds.{one.change}"),
        labels.indicator(one.indicator),
        labels.breakdown(one.breakdown),
        labels.area(one.ref_area),
        span_name(one.time_period, view.words),
        _worked_out(view, one, "old") or _said(view, one.old_printed, one.old_unit, one.old_status),
        _worked_out(view, one, "new") or _said(view, one.new_printed, one.new_unit, one.new_status),
        " › ".join(part for part in place if part),
    )


def _said(view: View, printed: str | None, unit: str | None, status: str | None) -> str:
    """Return a report as it was printed; with its status where that is not the normal one."""
    if printed is None:
        return ""
    text = as_printed(printed, unit or "")
    name = view.labels.statuses.get(status or "A")
    if status in (None, "A") or name is None:
        return text
    return view.words("data.changes.with_status", text=text, status=view.words.pick(*name))


def _worked_out(view: View, one: door.Revision, version: str) -> str:
    """Return a figure that a vintage has without a report of it: 36.49万元（汇总）."""
    value, method = getattr(one, f"{version}_value"), getattr(one, f"{version}_method")
    if value is None or method is None:
        return ""
    indicator, say = view.labels.indicators[one.indicator], view.words
    qualifier = getattr(one, f"{version}_qualifier")
    text = figure(value, qualifier, indicator, say, unit_after(indicator, say))
    return say("data.changes.with_status", text=text, status=say(f"explore.method_of.{method}"))
