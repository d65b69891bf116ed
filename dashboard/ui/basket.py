"""加入汇报: the views of pages that a reader takes into a deck, kept by the reader's browser."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from dashboard.decks import Asked
from dashboard.ui.remembered import remember, remembered

if TYPE_CHECKING:
    from dashboard.ui.remembered import Taken
    from dashboard.ui.view import View

CHANGED = "basket_changed"


def question(name: str, **choices: str | tuple[str, ...]) -> Asked:
    """Return a question with its choices as they stand in an address; what is empty is left out."""
    said = {k: c if isinstance(c, str) else ",".join(c) for k, c in choices.items()}
    return Asked(name, tuple((key, text) for key, text in said.items() if text))


def views(dataset: str) -> list[Asked]:
    """Return the views taken of a dataset, in the order in which they were taken."""
    return _taken().setdefault(dataset, [])


def _taken() -> Taken:
    if "basket" not in st.session_state:
        st.session_state["basket"] = remembered()
    taken: Taken = st.session_state["basket"]
    return taken


def tell(view: View) -> None:
    """Say how views are taken where there are none; else offer to take all of them out."""
    taken, say = views(view.dataset), view.words
    _keep()
    if not taken:
        st.info(say("basket.none"), icon=":material/playlist_add:")
    else:
        st.button(
            say("basket.clear"), icon=":material/playlist_remove:", key="basket_clear",
            on_click=_empty, args=(taken,),
        )  # fmt: skip


def add_button(view: View, asked: Asked, name: str) -> None:
    """Offer to take a chart into the deck; one that is in it can be taken out again."""
    taken = views(view.dataset)
    inside = asked in taken
    st.button(
        view.words("basket.remove", n=len(taken)) if inside else view.words("basket.add"),
        key=f"basket_{name}",
        icon=":material/playlist_add_check:" if inside else ":material/playlist_add:",
        on_click=_turn,
        args=(taken, asked),
    )
    _keep()


def _turn(taken: list[Asked], asked: Asked) -> None:
    if asked in taken:
        taken.remove(asked)
    else:
        taken.append(asked)
    st.session_state[CHANGED] = True


def _empty(taken: list[Asked]) -> None:
    taken.clear()
    st.session_state[CHANGED] = True


def _keep() -> None:
    """Tell the browser, once, what has changed."""
    if st.session_state.pop(CHANGED, False):
        remember(_taken())
