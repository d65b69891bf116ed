"""Additions: an indicator that the catalogue does not know yet, added without touching a file."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from dashboard.queries.choices import units
from dashboard.ui import changing
from dashboard.ui.asking import ask

if TYPE_CHECKING:
    from dashboard.ui.view import View

KINDS = ("flow", "stock")  # a rate needs its parts: that is for the command line


def additions(view: View) -> None:
    """Offer to add an indicator; the next load knows it."""
    say = view.words
    if added := st.session_state.pop("added", None):
        st.success(say("data.add.added", code=added))
    with (
        st.expander(say("data.add.indicator"), icon=":material/add:", key="add"),
        st.form("add_indicator", border=False),
    ):
        st.caption(say("data.add.hint"))
        code = st.text_input(say("data.add.code"), max_chars=60, help=say("data.add.code_hint"))
        name = st.text_input(say("data.add.name"), max_chars=60)
        name_en = st.text_input(say("data.add.name_en"), max_chars=80)
        aliases = st.text_input(say("data.add.aliases"), help=say("data.add.aliases_hint"))
        known = ask(units)
        unit = st.selectbox(
            say("data.add.unit"), list(known), format_func=lambda u: say.pick(u, known[u])
        )
        kind = st.selectbox(
            say("data.add.kind"), KINDS, format_func=lambda k: say(f"data.add.kinds.{k}")
        )
        aspects = {
            i.aspect: say.pick(i.aspect_name, i.aspect_name_en)
            for i in view.labels.indicators.values()
        }
        aspect = st.selectbox(
            say("data.add.aspect"), list(aspects), format_func=lambda a: aspects[a]
        )
        if st.form_submit_button(say("data.add.do")):
            fields: dict[str, object] = {
                "name": {"zh": name.strip(), "en": name_en.strip() or name.strip()},
                "display_unit": unit,
                "kind": kind,
                "area_aggregation": "sum",
                "direction": "none",
                "aspect": aspect,
                "aliases": [a.strip() for a in aliases.replace("；", ";").split(";") if a.strip()],
            }
            changing.add_indicator(code.strip(), fields)
            st.rerun()
