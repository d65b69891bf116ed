"""加入汇报: the views of pages that a reader takes into a deck, kept as long as the session."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from dashboard.decks import Asked

if TYPE_CHECKING:
    from dashboard.ui.view import View


def question(name: str, **choices: str | tuple[str, ...]) -> Asked:
    """Return a question with its choices as they stand in an address; what is empty is left out."""
    said = {k: c if isinstance(c, str) else ",".join(c) for k, c in choices.items()}
    return Asked(name, tuple((key, text) for key, text in said.items() if text))


def views(dataset: str) -> list[Asked]:
    """Return the views taken of a dataset, in the order in which they were taken."""
    taken: dict[str, list[Asked]] = st.session_state.setdefault("basket", {})
    return taken.setdefault(dataset, [])


def tell(view: View) -> None:
    """Say how views are taken where there are none; else offer to take all of them out."""
    taken, say = views(view.dataset), view.words
    if not taken:
        st.info(say("basket.none"), icon=":material/playlist_add:")
    else:
        st.button(
            say("basket.clear"), icon=":material/playlist_remove:", key="basket_clear",
            on_click=taken.clear,
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


def _turn(taken: list[Asked], asked: Asked) -> None:
    if asked in taken:
        taken.remove(asked)
    else:
        taken.append(asked)
