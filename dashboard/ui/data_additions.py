"""Additions: indicators, areas and other words for them, added without touching a file."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from dashboard.queries.choices import breakdown_names, every_area, units
from dashboard.ui import changing
from dashboard.ui.asking import ask

if TYPE_CHECKING:
    from dashboard.locale import Words
    from dashboard.ui.view import View

KINDS = ("flow", "stock")  # a rate needs its parts: that is for the command line
LEVELS = ("county", "local", "prefecture")
NAMED = ("indicator", "area", "breakdown", "unit")


def additions(view: View) -> None:
    """Offer to add to the office's own catalogue; the next load knows it."""
    say = view.words
    if added := st.session_state.pop("added", None):
        st.success(say("data.add.added", code=added))
    for name, form in (("indicator", _indicator), ("area", _area), ("alias", _alias)):
        with st.expander(say(f"data.add.{name}"), icon=":material/add:", key=f"add_{name}"):
            st.caption(say(f"data.add.hints.{name}"))
            form(view)


def _indicator(view: View) -> None:
    say = view.words
    with st.form("add_indicator_form", border=False):
        code = st.text_input(say("data.add.code"), max_chars=60, help=say("data.add.code_hint"))
        name, name_en, aliases = _names(say)
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
                "name": {"zh": name, "en": name_en},
                "display_unit": unit,
                "kind": kind,
                "area_aggregation": "sum",
                "direction": "none",
                "aspect": aspect,
                "aliases": aliases,
            }
            changing.add_indicator(code.strip(), fields)
            st.rerun()


def _area(view: View) -> None:
    say = view.words
    with st.form("add_area_form", border=False):
        code = st.text_input(
            say("data.add.area_code"), max_chars=9, help=say("data.add.area_code_hint")
        )
        name, name_en, aliases = _names(say)
        names = ask(every_area)
        parent = st.selectbox(
            say("data.add.parent"),
            list(names),
            index=None,
            format_func=lambda c: say.pick(*names[c]),
            placeholder=say("picker.choose"),
        )
        level = st.selectbox(
            say("data.add.level"), LEVELS, format_func=lambda k: say(f"data.add.levels.{k}")
        )
        if st.form_submit_button(say("data.add.do")):
            fields = {
                "name": name,
                "name_en": name_en,
                "parent": parent or "",
                "level": level,
                "aliases": ";".join(aliases),
            }
            changing.add_area(code.strip(), fields)
            st.rerun()


def _alias(view: View) -> None:
    """The kind stands outside the form: what there is to choose follows it."""
    say = view.words
    kind = st.segmented_control(
        say("data.add.of"),
        NAMED,
        default=NAMED[0],
        required=True,
        format_func=lambda k: say(f"data.add.named.{k}"),
        key="alias_of",
    )
    with st.form("add_alias_form", border=False):
        names = _known(view, kind)
        code = st.selectbox(
            say(f"data.add.named.{kind}"),
            list(names),
            index=None,
            format_func=lambda c: say.pick(*names[c]),
            placeholder=say("picker.choose"),
        )
        alias = st.text_input(say("data.add.words"), max_chars=60)
        if st.form_submit_button(say("data.add.do")) and code and alias.strip():
            changing.add_alias(kind, code, alias.strip())
            st.rerun()


def _known(view: View, kind: str) -> dict[str, tuple[str, str]]:
    """Return what of a kind the catalogue knows: code → its names in Chinese and English."""
    if kind == "area":
        return ask(every_area)
    if kind == "breakdown":
        return ask(breakdown_names)
    if kind == "unit":
        return {unit: (unit, name_en) for unit, name_en in ask(units).items()}
    return {code: (i.name, i.name_en) for code, i in view.labels.indicators.items()}


def _names(say: Words) -> tuple[str, str, list[str]]:
    """Ask for a name, its English and how else sheets write it."""
    name = st.text_input(say("data.add.name"), max_chars=60).strip()
    name_en = st.text_input(say("data.add.name_en"), max_chars=80).strip()
    aliases = st.text_input(say("data.add.aliases"), help=say("data.add.aliases_hint"))
    return (
        name,
        name_en or name,
        [a.strip() for a in aliases.replace("；", ";").split(";") if a.strip()],
    )
