"""Progress towards targets on a page: a bullet below a tile, a table of counties with lamps."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

import streamlit as st

from dashboard.charts import Point
from dashboard.locale.numbers import shown
from dashboard.locale.periods import period_name
from dashboard.locale.sentences_progress import (
    against_plan,
    aim_target,
    aim_text,
    completion_in_tile,
    lamp_word,
    percent,
    planned,
    target,
)
from dashboard.queries import progress as queries
from dashboard.queries.progress import Progress
from dashboard.ui.asking import ask
from dashboard.ui.basket import add_button, question
from dashboard.ui.pickers import children_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dashboard.queries.aims import Aim
    from dashboard.ui.view import View

FULL = 120  # a bullet ends here, in per cent of the target
By = dict[str, dict[str, Progress]]  # indicator → area → progress


def progress_of(view: View, indicators: tuple[str, ...], area: str, period: str) -> By:
    """Return the progress of an area and those below it, of the indicators that have targets."""
    having = ask(queries.targeted, view.dataset, period[:4])
    areas = (area, *children_of(area))
    found: By = {}
    codes = tuple(code for code in indicators if code in having)
    for one in ask(queries.progress, view.dataset, codes, areas, period) if codes else ():
        found.setdefault(one.indicator, {})[one.ref_area] = one
    return found


def bullet(view: View, progress: Progress) -> str:
    """Draw completion as a bar, the plan as a line across it, and say both in words."""
    say, rule = view.words, ask(queries.policy)
    done = progress.completion
    said = (completion_in_tile(progress, say), planned(progress, say))
    parts = [part for part in said if part]
    bar = "" if done is None else f'<i style="width:{_place(done)}%"></i>'
    line = "" if progress.planned is None else f'<b style="left:{_place(progress.planned)}%"></b>'
    alt = say("join.clauses").join([target(progress, view.labels), *parts])
    return (
        f'<div class="bullet {progress.lamp}" role="img" aria-label="{escape(alt)}">'
        f"{bar}{line}</div>"
        f'<p class="progress">{escape(say("join.clauses").join(parts))}</p>'
        f'<p class="lamp {progress.lamp}">{escape(lamp_word(progress, rule, say))}</p>'
    )


def aim_lines(view: View, found: Sequence[Aim]) -> dict[str, str]:
    """Say each aim in a line below its indicator's tile."""
    return {
        aim.indicator: f'<p class="progress">{escape(aim_text(aim, view.labels))}</p>'
        for aim in found
    }


def _place(share: float) -> float:
    return round(100 * min(share, FULL) / FULL, 1)


def progress_table(view: View, found: By, area: str) -> str:
    """Draw a row an area and a column an indicator, each with shape, word and per cent."""
    codes = list(found)
    areas = [a for a in (area, *children_of(area)) if any(a in found[code] for code in codes)]
    head = "".join(f'<th scope="col">{escape(view.labels.indicator(c))}</th>' for c in codes)
    rows = "".join(
        f'<tr><th scope="row">{escape(view.labels.short_area(a))}</th>'
        + "".join(_cell(view, found[code].get(a)) for code in codes)
        + "</tr>"
        for a in areas
    )
    caption = escape(view.words("progress.by_county"))
    return (
        f'<div class="matrix lamps"><table><caption>{caption}</caption>'
        f"<thead><tr><td></td>{head}</tr></thead><tbody>{rows}</tbody></table></div>"
    )


def _cell(view: View, progress: Progress | None) -> str:
    say = view.words
    if progress is None:
        return f"<td>{escape(say('progress.no_target'))}</td>"
    word = lamp_word(progress, ask(queries.policy), say)
    shape, _, name = word.partition(" ")
    share = (
        "" if progress.completion is None
        else percent(progress.completion, say, exact=progress.exact)
    )  # fmt: skip
    told = say("join.clauses").join(
        part for part in (target(progress, view.labels), against_plan(progress, say), name) if part
    )
    return (
        f'<td class="lamp {progress.lamp}" title="{escape(told)}">'
        f'<span aria-label="{escape(name)}">{escape(shape)}</span> {escape(share or name)}</td>'
    )


def progress_block(view: View, found: By, area: str, period: str) -> None:
    """Show the table of counties, and what the lamps mean."""
    say, rule = view.words, ask(queries.policy)
    if not found:
        return
    st.subheader(say("progress.by_county"), anchor=False)
    st.html(progress_table(view, found, area))
    if rule:
        st.caption(f"{lamp_legend(view)}　{say.pick(rule.basis, rule.basis_en)}")
    asked = question("progress", area=area, period=period, tiles=tuple(found))
    st.fragment(add_button)(view, asked, "progress")


def lamp_legend(view: View) -> str:
    """Name the lamps of the policy in force."""
    rule = ask(queries.policy)
    lamps = ("green", "yellow", "red") if rule else ()
    return "　".join(view.words(f"lamp.{rule.rule}.{lamp}") for lamp in lamps if rule)


def target_points(view: View, found: By, aims: Sequence[Aim], area: str) -> list[Point]:
    """Return the targets of an area, so that they lead to their cells as other figures do."""
    own = [areas[area] for areas in found.values() if area in areas]
    return [
        *(_point(view, one, area, target(one, view.labels)) for one in own if one.target_id),
        *(_point(view, aim, area, aim_target(aim, view.labels)) for aim in aims),
    ]


def _point(view: View, one: Progress | Aim, area: str, text: str) -> Point:
    year = one.time_period[:4]
    return Point(
        year,
        shown(one.target, view.labels.indicators[one.indicator]),
        text,
        text,
        "final",
        view.labels.indicator(one.indicator),
        view.labels.area(area),
        period_name(year, view.words),
        series_id=one.target_id,
    )
