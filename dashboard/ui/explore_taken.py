"""Takes a list of values into the reader's report, or says why it has no place there."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from dashboard.charts.listing import SAID
from dashboard.decks.questions.explore import LISTED
from dashboard.queries import explore
from dashboard.ui.asking import ask
from dashboard.ui.basket import add_button, question

if TYPE_CHECKING:
    from dashboard.decks import Asked
    from dashboard.ui.explore import Wanted
    from dashboard.ui.view import View


def take_list(view: View, wanted: Wanted, n: int, columns: tuple[str, ...]) -> None:
    """Offer to take a list of ``n`` values.

    Not one chosen by size: a count that is withheld would be told by standing there.
    """
    sized = wanted.chosen.low is not None or wanted.chosen.high is not None
    if sized or n > LISTED:
        st.caption(view.words(f"explore.not_taken.{'size' if sized else 'many'}", n=LISTED))
    else:
        st.fragment(add_button)(view, _asked(view, wanted, columns), "explore_values")


def _asked(view: View, wanted: Wanted, columns: tuple[str, ...]) -> Asked:
    chosen = wanted.chosen
    every = ask(explore.breakdowns_of, view.dataset, chosen.indicators)
    return question(
        "listing", aspect=wanted.aspect, indicators=wanted.indicators, areas=wanted.areas,
        reach=wanted.reach, parts=chosen.breakdowns or every, first=chosen.first,
        last=chosen.last, measure=chosen.measure, status=chosen.statuses,
        qualifier=chosen.qualifiers, columns=tuple(c for c in columns if c in SAID),
    )  # fmt: skip
