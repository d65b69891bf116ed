"""The slides of a document as pictures: put in order, left out, taken back, and named."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import streamlit as st

from dashboard.decks.arrange import arranged, shifted, with_back
from dashboard.ui.address import keep, settle, tell_left_out, widget_key
from dashboard.ui.materials_parts import looks

if TYPE_CHECKING:
    from dashboard.decks import Slide
    from dashboard.exports import ReleasedDeck
    from dashboard.ui.materials_template import Form
    from dashboard.ui.view import View

    Figures = tuple[str, tuple[tuple[str, str], ...]]

KEY = "slides"
LONGEST = 200  # characters of a title


def chosen_slides(deck: ReleasedDeck) -> list[str]:
    """Return the keys of the slides wanted, in their order; all where nothing was chosen."""
    every = [slide.key for slide in deck.slides]
    nothing: list[str] = []
    wanted = settle(KEY, nothing, lambda text: text.split(","), lambda _: True)
    known = [key for key in dict.fromkeys(wanted) if key in every] or every
    tell_left_out(KEY, known)
    keep(KEY, nothing if known == every else known, nothing, ",".join)
    return known


def as_wanted(deck: ReleasedDeck) -> ReleasedDeck:
    """Return the document in the order and with the titles that this reader gave it."""
    titles = {key: title.text for key, title in _titles(deck).items()}
    return arranged(deck, chosen_slides(deck), titles)


class Title(NamedTuple):
    """What a person wrote, and the figures that stood on the slide then."""

    text: str
    figures: Figures


def _figures(slide: Slide) -> Figures:
    points = tuple((p.category, p.text) for chart in slide.charts for p in chart.points)
    return (slide.title, points)


def _titles(deck: ReleasedDeck) -> dict[str, Title]:
    """Return the titles written by slide: one written for a period is none of the next."""
    written: dict[tuple[object, ...], dict[str, Title]] = st.session_state.setdefault("titles", {})
    return written.setdefault((deck.recipe, deck.choice), {})


def left_out(view: View, deck: ReleasedDeck) -> None:
    """Say which slides of the recipe have no data."""
    if deck.left_out:
        st.caption(view.words("deck.left_out", names=view.words.listed(deck.left_out)))


def show_slides(view: View, made: ReleasedDeck, wanted: ReleasedDeck, form: Form) -> None:
    """Show every slide with what can be done to it, and those left out."""
    say, keys = view.words, [slide.key for slide in wanted.slides]
    generated = {slide.key: slide for slide in made.slides}
    drawn = looks(wanted, form)
    beside = 1 if form.document == "bulletin" else 2
    for n in range(0, len(keys), beside):
        for k, column in enumerate(st.columns(beside, gap="medium")):
            if n + k < len(keys):
                with column, st.container(key=f"slide_{n + k}"):
                    st.html(drawn[n + k])
                    _tools(view, made, keys, keys[n + k], generated[keys[n + k]])
    dropped = [slide for slide in made.slides if slide.key not in keys]
    if dropped or any(slide.edited for slide in wanted.slides):
        with st.container(horizontal=True, vertical_alignment="center", key="slides_dropped"):
            if dropped:
                st.markdown(say("materials.dropped"))
            for slide in dropped:
                st.button(
                    slide.title,
                    key=f"back_{slide.key}",
                    icon=":material/add:",
                    on_click=_set,
                    args=(with_back(keys, slide.key, list(generated)),),
                )
            st.button(say("materials.reset"), key="slides_reset", on_click=_reset, args=(made,))
    st.caption(say("materials.titles_kept"))


def _tools(view: View, deck: ReleasedDeck, keys: list[str], key: str, slide: Slide) -> None:
    """Offer to rename a slide, to move it and to leave it out."""
    say, at = view.words, keys.index(key)
    own = _titles(deck).get(key)
    if own and own.figures != _figures(slide):
        st.warning(say("materials.check_title"), icon=":material/edit_note:")
    widget = f"title_{key}"
    st.session_state[widget] = own.text if own else slide.title
    st.text_input(
        say("materials.title", n=at + 1), key=widget, max_chars=LONGEST,
        label_visibility="collapsed", on_change=_write, args=(deck, slide),
    )  # fmt: skip
    with st.container(horizontal=True):
        for tool, icon, by, off in (
            ("earlier", "arrow_back", -1, at == 0),
            ("later", "arrow_forward", 1, at == len(keys) - 1),
        ):
            st.button(
                say(f"materials.{tool}"), key=f"{tool}_{key}", icon=f":material/{icon}:",
                disabled=off, on_click=_set, args=(shifted(keys, key, by),), type="tertiary",
            )  # fmt: skip
        st.button(
            say("materials.drop"), key=f"drop_{key}", icon=":material/close:", type="tertiary",
            disabled=len(keys) == 1, on_click=_set, args=([k for k in keys if k != key],),
        )  # fmt: skip


def _write(deck: ReleasedDeck, slide: Slide) -> None:
    """Keep what was written; nothing, or what stood there anyway, is no title of one's own."""
    text = str(st.session_state[f"title_{slide.key}"]).strip()
    titles = _titles(deck)
    titles.pop(slide.key, None)
    if text not in ("", slide.title):
        titles[slide.key] = Title(text, _figures(slide))


def _set(keys: list[str]) -> None:
    st.session_state[widget_key(KEY)] = keys


def every_slide() -> None:
    """Take all slides again, in their own order."""
    _set([])


def _reset(deck: ReleasedDeck) -> None:
    every_slide()
    _titles(deck).clear()
