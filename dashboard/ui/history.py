"""The history of a number: what each vintage that is still there said of it."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

import duckdb
import pandas as pd
import streamlit as st

from dashboard import door, store
from dashboard.charts.chart import mark_of
from dashboard.queries.history import Key, value_of

if TYPE_CHECKING:
    from pathlib import Path

    from dashboard.queries.values import Measure, Value
    from dashboard.ui.view import View

MOST = 12  # vintages asked, the newest first
COLUMNS = ("made", "as_of", "value", "vintage")


def history(view: View, key: Key, measure: Measure = "value") -> None:
    """Show a key's value in each vintage, the one made last first, and whether it was revised."""
    say = view.words
    place: door.Place = st.session_state["place"]
    rows, figures = [], set()
    for vintage in door.history(place)[:MOST]:
        readable, value = _said(place.vintages / vintage.vintage / store.DATABASE, key, measure)
        text = _shown(view, value) if readable else say("history.other_version")
        figures |= {text} if readable else set()
        now = say("history.now") if vintage.in_force else ""
        rows.append(
            (f"{vintage.made_at:%Y-%m-%d %H:%M}{now}", f"{vintage.as_of}", text, vintage.vintage)
        )
    st.caption(say("history.same" if len(figures) < 2 else "history.revised", n=len(rows)))
    header = [say(f"history.columns.{column}") for column in COLUMNS]
    st.dataframe(pd.DataFrame(rows, columns=header), hide_index=True, alt=say("history.title"))


def _shown(view: View, value: Value | None) -> str:
    """Say a value with what is to be known of it: 22.00万元（初步或估计数）."""
    if value is None:
        return view.words("history.absent")
    text = view.labels.value(value, value.indicator)
    mark = view.words(f"mark.{mark_of(value, conflict=value.conflict)}")
    return (
        view.words("history.marked", value=text, mark=mark)
        if mark and value.obs_value is not None
        else text
    )


@lru_cache(maxsize=1024)
def _said(database: Path, key: Key, measure: Measure) -> tuple[bool, Value | None]:
    """Return whether a vintage can be read, and its value; it is not kept open, to be pruned."""
    try:
        with store.attach(database) as con:
            return True, value_of(con, key, measure)
    except duckdb.Error:  # made by another version of the program
        return False, None
