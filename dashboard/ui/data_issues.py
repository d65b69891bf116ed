"""Issues: filtered by rule, area, file and severity; each with its cell; all as a file."""

from __future__ import annotations

import re
from functools import partial
from typing import TYPE_CHECKING

import streamlit as st

from dashboard import exports
from dashboard.queries import issues as queries
from dashboard.queries.disclosure import counted
from dashboard.ui.address import choose, widget_key
from dashboard.ui.asking import ask
from dashboard.ui.blocks import csv_button
from dashboard.ui.issue_list import line, plain
from dashboard.ui.pickers import choices_row
from dashboard.ui.picture import picture

if TYPE_CHECKING:
    from collections.abc import Callable

    from dashboard.locale import Words
    from dashboard.queries.issues import Chosen, Issue
    from dashboard.ui.view import View

PER_PAGE = 20
FEW = re.compile(r"^\D*[12](\.0+)?\D*$")
COLUMNS = (
    "severity", "rule", "file", "sheet", "cell", "printed", "area", "message", "question",
)  # fmt: skip


def issues(view: View) -> None:
    """Show the issues that fit the choice, twenty at a time."""
    say = view.words
    with choices_row():
        chosen = _chosen(view)
        if st.session_state.setdefault("issues_of", chosen) != chosen:  # its first page
            st.query_params.pop("page", None)
            st.session_state[widget_key("page")] = "1"
        st.session_state["issues_of"] = chosen
        n = ask(queries.counts, chosen)
        page = _pick_page(view, sum(n.values()))
    if not sum(n.values()):
        st.markdown(say("data.issues.none"))
        return
    with st.container(horizontal=True, vertical_alignment="center"):
        st.markdown(
            say(
                "data.issues.counts",
                n=sum(n.values()),
                errors=n["error"],
                warnings=n["warning"],
                notes=n["note"],
            )
        )
        _download(view, chosen)
    if said := _filters(view, chosen, page, sum(n.values())):
        st.caption(said)
    for issue in ask(queries.issues, chosen, PER_PAGE, (page - 1) * PER_PAGE):
        _card(view, issue)


def _chosen(view: View) -> Chosen:
    say, labels = view.words, view.labels
    return queries.Chosen(
        view.dataset,
        _pick(view, "severity", queries.SEVERITIES, lambda s: say(f"data.issues.severities.{s}")),
        _pick(view, "rule", ask(queries.rules, view.dataset), partial(rule_name, say)),
        _pick(view, "office", ask(queries.areas, view.dataset), labels.area),
        _pick(view, "file", ask(queries.files, view.dataset), str),
    )


def _filters(view: View, chosen: Chosen, page: int, n: int) -> str:
    """Say what the list is narrowed to: on a phone the pickers are put away."""
    say = view.words
    named = [
        chosen.severity and say(f"data.issues.severities.{chosen.severity}"),
        chosen.rule and rule_name(say, chosen.rule),
        chosen.ref_area and view.labels.area(chosen.ref_area),
        chosen.source_file and plain(chosen.source_file),
        say("data.issues.of_pages", page=page, pages=-(-n // PER_PAGE)) if n > PER_PAGE else "",
    ]
    return " · ".join(filter(None, named))


def rule_name(say: Words, rule: str) -> str:
    """Return what a rule is called; one that nobody has named yet goes by its code."""
    return say.sentences.get(f"rule.{rule}", rule)


def _pick(view: View, key: str, options: tuple[str, ...], name: Callable[[str], str]) -> str:
    """Pick one of the options, or '' for all of them."""
    say = view.words
    return choose(
        key,
        ("", *options),
        "",
        lambda widget: st.selectbox(
            say(f"data.issues.{key}"),
            ("", *options),
            key=widget,
            format_func=lambda option: name(option) if option else say("data.issues.all"),
            width=220,
        ),
    )


def _pick_page(view: View, n: int) -> int:
    """Pick a page of the list; no picker where there is one."""
    pages = tuple(str(page + 1) for page in range(max(1, -(-n // PER_PAGE))))
    if len(pages) == 1:
        return 1
    say = view.words
    return int(
        choose(
            "page",
            pages,
            "1",
            lambda key: st.selectbox(say("data.issues.page"), pages, key=key, width=90),
        )
    )


def _download(view: View, chosen: Chosen) -> None:
    csv_button(
        view.words("data.issues.download"),
        partial(_csv, view, ask(queries.issues, chosen), frozenset(ask(counted))),
        "issues",
        view.words("data.parts.issues"),
    )


def _csv(view: View, found: tuple[Issue, ...], of_persons: frozenset[str]) -> bytes:
    """Write the issues; of a cell that counts one or two persons neither text nor message."""
    say = view.words
    few = {i.issue_id for i in found if i.indicator in of_persons and FEW.search(i.printed)}
    rows = [
        (
            say(f"data.issues.severities.{i.severity}"),
            rule_name(say, i.rule),
            i.source_file,
            i.sheet,
            i.cell,
            say("withheld.text") if i.issue_id in few else i.printed,
            view.labels.area(i.ref_area) if i.ref_area else "",
            say("withheld.text") if i.issue_id in few else say.pick(i.message, i.message_en),
            say.pick(i.question, i.question_en),
        )
        for i in found
    ]
    return exports.rows_to_csv([say(f"data.issues.columns.{c}") for c in COLUMNS], rows)


@st.fragment
def _card(view: View, issue: Issue) -> None:
    """Show one issue; its piece of the sheet is drawn when somebody opens it."""
    with st.container(border=True, key=f"issue_{issue.issue_id}"):
        st.html(f'<div class="issue">{line(issue, view.words)}</div>')
        if not (issue.source_id and issue.cell):
            return
        with st.expander(
            view.words("data.issues.see_cell"),
            key=f"see_{issue.issue_id}",
            type="compact",
            on_change="rerun",
        ) as opened:
            if opened.open:
                picture(view.words, issue.source_id, issue.source_file, issue.sheet, issue.cell)
