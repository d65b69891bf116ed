"""A matrix of states as an HTML table: a sign and a shade a cell, never a shade alone."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass
from html import escape
from typing import TYPE_CHECKING

import streamlit as st

from dashboard.queries.gaps import STATES

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from dashboard.locale import Words

CAME = ("reported", "late", "unread", "withheld")
WORST = (
    "overdue",
    "missing",
    "unread",
    "late",
    "withheld",
    "reported",
    "not_due",
    "not_applicable",
)


@dataclass(frozen=True)
class Matrix:
    """Names of rows and columns by their code, and a state for each (row, column).

    ``counted``: several states share a cell, which says how many of them came.
    """

    title: str
    rows: Mapping[str, str]
    columns: Mapping[str, str]
    states: Sequence[tuple[str, str, str]]
    counted: bool = False


def matrix(say: Words, drawn: Matrix) -> None:
    """Show a matrix; on a narrow screen it scrolls beside its row names."""
    cells: dict[tuple[str, str], list[str]] = defaultdict(list)
    for row, column, state in drawn.states:
        cells[row, column].append(state)
    heads = "".join(_head(name) for name in drawn.columns.values())
    body = "".join(
        f'<tr><th scope="row">{escape(name)}</th>'
        + "".join(_cell(say, cells.get((row, c), []), drawn.counted) for c in drawn.columns)
        + "</tr>"
        for row, name in drawn.rows.items()
    )
    st.html(
        f'<div class="matrix"><table><caption>{escape(drawn.title)}</caption>'
        f"<thead><tr><td></td>{heads}</tr></thead><tbody>{body}</tbody></table></div>"
    )


def _head(name: str) -> str:
    """A column's name; a period says its year on a line of its own."""
    return f'<th scope="col">{"<br>".join(map(escape, name.split("<br>")))}</th>'


def _cell(say: Words, states: list[str], counted: bool) -> str:  # noqa: FBT001
    """One cell: its gravest state's sign, and how many of how many came; words on hovering."""
    if not states:
        return f'<td title="{escape(say("data.gaps.states.none"))}"></td>'
    found = Counter(states)
    worst = next(state for state in WORST if found[state])
    sign = escape(say(f"data.gaps.signs.{worst}"))
    n_due = sum(found[s] for s in (*CAME, "overdue", "missing"))
    text = f"{sum(found[s] for s in CAME)}/{n_due}" if counted and n_due else ""
    hint = say("join.clauses").join(
        f"{say(f'data.gaps.states.{s}')} {found[s]}" if counted else say(f"data.gaps.states.{s}")
        for s in STATES
        if found[s]
    )
    return f'<td class="{worst}" title="{escape(hint)}"><b>{sign}</b> {text}</td>'
