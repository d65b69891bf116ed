"""What one county's file shows: its head with the card to take along, and a block a question."""

from __future__ import annotations

from functools import lru_cache, partial
from typing import TYPE_CHECKING, NamedTuple

import streamlit as st

from dashboard import charts, exports
from dashboard.exports import dossier as blocks
from dashboard.queries.county import county, whole_years
from dashboard.ui.address import choose
from dashboard.ui.asking import ask, later
from dashboard.ui.basket import add_button, question
from dashboard.ui.blocks import chart_block
from dashboard.ui.issue_list import issue_lines
from dashboard.ui.links import link
from dashboard.ui.materials_pdf import pdf_button

if TYPE_CHECKING:
    from dashboard.charts import Dossier
    from dashboard.decks import Asked
    from dashboard.locale import Words
    from dashboard.queries.ask import Ask
    from dashboard.queries.county import County
    from dashboard.queries.values import Value
    from dashboard.ui.view import View


YEARS = 4  # an assessment looks back so far


class Written(NamedTuple):
    """What is known of an area, in words, and its charts as paper shows them."""

    found: County
    dossier: Dossier
    printed: str


@lru_cache(maxsize=32)
def written(view: View, asked: Ask, area: str, window: tuple[str, str] | None) -> Written:
    """Write an area's file, for all readers of a view: a third of the page's work."""
    found = county(asked, view.dataset, area, view.freq, window)
    dossier = charts.county(found, view.labels, view.origin)
    return Written(found, dossier, blocks.printed(dossier, view.words) if dossier.charts else "")


def pick_years(view: View) -> tuple[str, str] | None:
    """Pick the first and the last whole year; None where there are not two of them."""
    known = whole_years(ask, view.dataset)
    if len(known) < 2:
        return None
    first = _pick_year(view, "from", known, known[-YEARS:][0])
    last = _pick_year(view, "to", known, known[-1])
    return min(first, last), max(first, last)


def _pick_year(view: View, key: str, known: tuple[str, ...], default: str) -> str:
    return choose(
        key,
        known,
        default,
        lambda widget: st.selectbox(view.words(f"county.{key}"), known, key=widget, width=120),
    )


def head(view: View, dossier: Dossier) -> None:
    """Name the area and say what came from it; offer the card, and pages of paper."""
    say = view.words
    st.html(blocks.STYLE)
    st.html(f"<style>{blocks.running(dossier, say)}</style>")
    st.header(dossier.title, anchor=False)
    _html(blocks.facts(dossier))
    name = say("county.card_name", area=dossier.title)
    with st.container(horizontal=True, key="county_files"):
        st.download_button(
            say("county.card"),
            partial(_card, later(), dossier, say),
            f"{name}.html",
            "text/html",
            key="card",
            on_click="ignore",
            icon=":material/contact_page:",
        )
        pdf_button(partial(_paper, later(), dossier, say), ".html", name, dossier, say)


def _card(ask: Ask, dossier: Dossier, say: Words) -> bytes:
    return exports.to_card(exports.release_dossier(ask, dossier, say), say)


def _paper(ask: Ask, dossier: Dossier, say: Words) -> bytes:
    return exports.to_paper(exports.release_dossier(ask, dossier, say), say)


def years(view: View, dossier: Dossier, found: County) -> None:
    """Show the table of years; a report takes its whole years."""
    st.subheader(view.words("county.table"), anchor=False)
    _html(blocks.years(dossier, view.words))
    if found.years:
        asked = question(
            "pivot", indicators=tuple(row.indicator for row in found.rows), areas=found.ref_area,
            reach="own", first=found.years[0], last=found.years[-1], down="indicator",
        )  # fmt: skip
        st.fragment(add_button)(view, asked, "table_years")


def courses(view: View, file: Written) -> None:
    """Show the course of the first indicators, two beside each other; on paper as pictures."""
    found, dossier, printed = file
    if not dossier.charts:
        return
    with st.container(key="courses"):
        st.subheader(view.words("county.courses"), anchor=False)
        for n in range(0, len(dossier.charts), 2):
            for k, column in enumerate(st.columns(2)):
                if n + k < len(dossier.charts):
                    with column:
                        asked = _asked(found.courses[n + k].values)
                        chart_block(view, dossier.charts[n + k], f"course_{n + k}", asked)
    _html(printed)


def _asked(values: tuple[Value, ...]) -> Asked:
    first, last = values[0], values[-1]
    return question(
        "trend", indicators=first.indicator, areas=first.ref_area, first=first.time_period,
        last=last.time_period,
    )  # fmt: skip


def gaps(view: View, dossier: Dossier) -> None:
    """Say what was due and did not come, or came late."""
    st.subheader(view.words("county.gaps"), anchor=False)
    _html(blocks.gaps(dossier, view.words))


def issues(view: View, dossier: Dossier, area: str) -> None:
    """Show the gravest open issues, with the way to all of them."""
    say = view.words
    st.subheader(say("county.open_issues"), anchor=False)
    if not dossier.issues:
        st.markdown(say("county.no_issues"))
        return
    issue_lines(dossier.issues, say)
    if dossier.issues_left:
        more = say("county.more_issues", n=dossier.issues_left)
        link(view, "data", more, part="issues", office=area)


def files(view: View, dossier: Dossier) -> None:
    """Name the files from which the figures come."""
    st.subheader(view.words("county.files"), anchor=False)
    _html(blocks.files(dossier, view.words))


def _html(block: str) -> None:
    st.html(f'<div class="dossier">{block}</div>')
