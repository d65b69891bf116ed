"""Keeps choices in the page's address, by code: opened, reloaded or shared it restores the view.

Streamlit's own ``bind="query-params"`` writes what a picker shows (慰问金发放额), which changes
with the language and with a renamed indicator; an address should outlive both.
"""

from __future__ import annotations

from html import escape
from math import isfinite
from typing import TYPE_CHECKING, Any, TypeVar

import streamlit as st

if TYPE_CHECKING:
    from collections.abc import Callable

T = TypeVar("T")
PRESENT = "present"  # present=1: large type, and no pickers
SCREEN = "screen"  # which screen of the presentation
LONGEST = 60  # characters of an address that are repeated to its reader


def presenting() -> bool:
    """Return whether the address asks for the presentation, which is the overview's."""
    return st.query_params.get(PRESENT) == "1" and not st.session_state["page"]


def widget_key(key: str) -> str:
    """Return the key of the picker that stands for ``key`` in the address."""
    return f"pick_{key}"


def settle(key: str, default: T, read: Callable[[str], T | None], valid: Callable[[T], bool]) -> T:
    """Decide a picker's value before it is drawn: the address, then the picker, then the default.

    The address wins whenever it is not what this session last wrote: on the first visit, after
    back or forward, or when somebody edited it. What was left at its default follows the default.
    A change of page clears the address; choices made before it are kept, and given to the picker
    anew: one that had the same place on the page before would stand there with nothing chosen.
    So are those of a picker that another choice took away for a while.
    """
    asked_for(key)
    written: dict[str, str | None] = st.session_state.setdefault("written", {})
    chosen: dict[str, Any] = st.session_state.setdefault("chosen", {})
    put_by: set[str] = st.session_state.setdefault("put_by", set())
    in_address = st.query_params.get(key)
    picked = st.session_state.get(widget_key(key), chosen.get(key, default))
    turned = in_address is None and st.session_state.get("turned_page", False)
    if in_address != written.get(key) and not turned:
        value = default if in_address is None else read(in_address)
        if value is None or not valid(value):
            tell_unknown(key, str(in_address))
    elif written.get(key) is None and picked == chosen.get(key) and key not in put_by:
        value = default
    else:
        value = picked
    put_by.discard(key)
    settled = value if value is not None and valid(value) else default
    if st.session_state.get("turned_page") or st.session_state.get(widget_key(key)) != settled:
        st.session_state[widget_key(key)] = settled
    return settled


def keep(key: str, value: T, default: T, write: Callable[[T], str]) -> T:
    """Write what was picked into the address; a default needs no mention.

    One that a link mentions stays: each write is a step of the browser's history, and back would
    have to go through them all.
    """
    in_address = st.query_params.get(key)
    text = None if value is None else write(value)
    if value == default and text != in_address:
        text = None
    if text is None:
        st.query_params.pop(key, None)
    elif in_address != text:
        st.query_params[key] = text
    st.session_state["written"][key] = text
    st.session_state["chosen"][key] = value
    return value


def asked_for(key: str) -> None:
    """Note that this run of the page looked for ``key`` in the address."""
    st.session_state.setdefault("asked_for", set()).add(key)


def alone(key: str, value: str) -> str:
    """Return the only value there is, which has no picker; a link may name it all the same."""
    if st.query_params.get(key) == value:
        asked_for(key)
    return value


def sweep() -> None:
    """Take out of the address what nothing on the page asked for; say so of what a link brought.

    ``window=2019-13`` is no choice of any page, and ``low=1e999`` none where indicators have
    several units. What a reader picked himself and another choice of his hides is put by in
    silence, for when its picker is back.
    """
    written: dict[str, str | None] = st.session_state.setdefault("written", {})
    for key in [k for k in st.query_params if k not in st.session_state["asked_for"]]:
        asked = st.query_params.pop(key)
        if asked == written.get(key):
            st.session_state.setdefault("put_by", set()).add(key)
        else:
            tell_unknown(key, asked)
        written[key] = None


def choose(
    key: str, options: tuple[str, ...], default: str, draw: Callable[[str], str | None]
) -> str:
    """Offer one of ``options``; ``draw`` gets the picker's key and returns what it shows.

    A presentation shows what was chosen and offers nothing.
    """
    settled = settle(key, default, str, lambda value: value in options)
    value = (settled if presenting() else draw(widget_key(key))) or default
    return keep(key, value, default, str)


def choose_many(
    key: str,
    options: tuple[str, ...],
    default: tuple[str, ...],
    draw: Callable[[str], list[str]],
) -> tuple[str, ...]:
    """Offer any of ``options``; in the address they stand with commas between them."""
    settled = settle(
        key,
        list(default),
        lambda text: _known(text, options) or list(default if text else ()),
        lambda values: set(values) <= set(options),
    )
    value = settled if presenting() else draw(widget_key(key))
    tell_left_out(key, value)
    return tuple(keep(key, value, list(default), ",".join))


def choose_number(key: str, draw: Callable[[str], float | None]) -> float | None:
    """Offer to type a number; nothing is none."""
    settle(key, None, _number, lambda value: value is None or isinstance(value, (int, float)))
    return keep(key, draw(widget_key(key)), None, lambda value: f"{value:.12g}")


def choose_text(key: str, draw: Callable[[str], str]) -> str:
    """Offer to type some words."""
    settle(key, "", str, lambda _: True)
    return keep(key, draw(widget_key(key)).strip(), "", str)


def tell_left_out(key: str, taken: list[str]) -> None:
    """Say that some of what a link lists was not taken."""
    asked = st.query_params.get(key)
    if asked not in (None, ",".join(taken), st.session_state["written"].get(key)):
        tell_unknown(key, asked)


def tell_unknown(key: str, asked: str, sentence: str = "app.unknown") -> None:
    """Say above the page that a link asked for what is not offered here.

    Who opened a link to 2031-Q1 was shown the figures of another period without a word.
    """
    told = st.session_state["words"](sentence, asked=f"{key}={asked}"[:LONGEST])
    st.session_state["above"].html(f'<p class="unknown" role="status">{escape(told)}</p>')


def _known(text: str, options: tuple[str, ...]) -> list[str]:
    return [code for code in dict.fromkeys(text.split(",")) if code in options]


def _number(text: str) -> float | None:
    try:
        number = float(text)
    except ValueError:
        return None
    return number if isfinite(number) else None
