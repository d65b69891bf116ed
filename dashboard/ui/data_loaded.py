"""Loaded: the files of the vintage in force, withdrawing one, the vintages and the way back."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

import pandas as pd
import streamlit as st

from dashboard import door
from dashboard.queries.sources import Source, areas, sources
from dashboard.ui import changing
from dashboard.ui.asking import ask
from dashboard.ui.freezing import freezing, frozen_as
from dashboard.ui.issue_list import plain

if TYPE_CHECKING:
    from dashboard.ui.view import View

COLUMNS = (
    "file", "dataset", "received", "sheets", "cells", "observations", "checks", "labels", "notes",
    "issues",
)  # fmt: skip
AREAS_NAMED = 3
VINTAGE_COLUMNS = (
    "in_force", "made", "as_of", "sources", "observations", "issues", "vintage", "frozen",
)  # fmt: skip


def loaded(view: View) -> None:
    """Show what is loaded; offer to withdraw a file and to go back to an earlier vintage."""
    say = view.words
    changing.told(say)
    if vintage := st.session_state.pop("rolled_back", None):
        st.success(say("data.loaded.rolled_back", vintage=vintage))
    permitted = changing.allowed(say)
    if changing.busy():
        changing.watch(say)
        permitted = False
    found = ask(sources)
    st.subheader(say("data.loaded.files"), anchor=False)
    if not found:
        st.markdown(say("data.loaded.none"))
    else:
        read = tuple(source for source in found if source.n_sheets)
        st.dataframe(_files(read, view), hide_index=True, alt=say("data.loaded.files"))
        st.caption(say("data.loaded.add_up"))
        if unread := [source.source_file for source in found if not source.n_sheets]:
            files = plain(say.listed(unread))
            st.warning(say("data.loaded.unread", n=len(unread), files=files))
        if permitted:
            with st.container(horizontal=True):
                _withdraw(found, view)
                changing.reload_button(say)
    _vintages(view, permitted=permitted)


def _files(found: tuple[Source, ...], view: View) -> pd.DataFrame:
    say = view.words
    names = _names(found, view)
    rows = [(names[s.source_id], say(f"dataset.{s.dataset}"), *s[3:]) for s in found]
    return pd.DataFrame(rows, columns=[say(f"data.loaded.columns.{c}") for c in COLUMNS])


def _names(found: tuple[Source, ...], view: View) -> dict[str, str]:
    """Return the files' names; those that several files bear, with the areas of each."""
    many = Counter(source.source_file for source in found)
    of = ask(areas) if max(many.values(), default=1) > 1 else {}
    return {
        s.source_id: view.words(
            "data.loaded.of_areas", file=s.source_file, areas=_areas(s, of, view)
        )
        if many[s.source_file] > 1
        else s.source_file
        for s in found
    }


def _areas(source: Source, of: dict[str, list[str]], view: View) -> str:
    named = [view.labels.area(area) for area in of.get(source.source_id, ())]
    return view.words.listed(named[:AREAS_NAMED] or [source.source_id[:8]])


def _withdraw(found: tuple[Source, ...], view: View) -> None:
    if chosen := _chosen("withdraw", _names(found, view), ":material/remove_circle:", view):
        changing.withdraw(chosen)
        st.rerun()


def _roll_back(earlier: dict[str, door.Published], view: View) -> None:
    names = {name: f"{v.made_at:%Y-%m-%d %H:%M} · {name}" for name, v in earlier.items()}
    if chosen := _chosen("roll_back", names, ":material/history:", view):
        changing.roll_back(chosen)
        st.session_state["rolled_back"] = chosen
        st.rerun()


def _chosen(doing: str, names: dict[str, str], icon: str, view: View) -> str | None:
    """Let a person choose one thing and say that it is meant; None until both are done."""
    say = view.words
    with st.popover(say(f"data.loaded.{doing}"), icon=icon, key=doing):
        st.markdown(say(f"data.loaded.{doing}_hint"))
        chosen = st.selectbox(
            say(f"data.loaded.{doing}_which"),
            list(names),
            index=None,
            format_func=lambda name: names[name],
            placeholder=say("picker.choose"),
            key=f"{doing}_which",
        )
        meant = st.button(
            say(f"data.loaded.{doing}_do"), disabled=chosen is None, key=f"{doing}_do"
        )
    return chosen if meant else None


def _vintages(view: View, *, permitted: bool) -> None:
    say = view.words
    found = door.history(changing.place())
    numbers = frozen_as()
    st.subheader(say("data.loaded.vintages"), anchor=False)
    rows = [
        (
            "✓" if v.in_force else "",
            f"{v.made_at:%Y-%m-%d %H:%M}",
            v.as_of.isoformat(),
            v.n_sources,
            v.n_observations,
            v.n_issues,
            v.vintage,
            say.listed(numbers.get(v.vintage, [])),
        )
        for v in found
    ]
    columns = [say(f"data.loaded.vintage_columns.{c}") for c in VINTAGE_COLUMNS]
    st.dataframe(
        pd.DataFrame(rows, columns=columns), hide_index=True, alt=say("data.loaded.vintages")
    )
    earlier = {v.vintage: v for v in found if not v.in_force}
    if permitted:
        with st.container(horizontal=True):
            if earlier:
                _roll_back(earlier, view)
            freezing([v.vintage for v in found], say)
