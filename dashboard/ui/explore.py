"""Filters of the explore page: what is wanted, in one row and a popover, all in the address.

Keys beside those of dashboard/ui/pickers.py: ``form``, ``aspect``, ``reach``, ``parts``
(breakdowns), ``status``, ``qualifier``, ``low`` and ``high`` (in the unit shown), ``sender``,
``file``, ``printed``, ``page``, ``values`` and ``reports`` (their columns), ``down``.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, cast

import streamlit as st

from dashboard.locale.numbers import unit
from dashboard.queries import areas, choices, explore
from dashboard.queries.offices import offices
from dashboard.ui.address import choose, choose_many, choose_number, choose_text
from dashboard.ui.asking import ask
from dashboard.ui.pickers import (
    choices_row,
    pick_areas,
    pick_indicators,
    pick_measure,
    pick_period_range,
)

if TYPE_CHECKING:
    from collections.abc import Callable

    from dashboard.queries.areas import Reach
    from dashboard.queries.explore import Chosen
    from dashboard.ui.view import View

Form = Literal["values", "reports", "pivot"]
FORMS = ("values", "reports", "pivot")
REACHES = ("both", "own", "parts", "all")
STATUSES = ("A", "P", "E", "B", "O", "M", "_D")
QUALIFIERS = ("exact", "about", "at_least", "over", "nearly", "implied", "non_numeric")


@dataclass(frozen=True)
class Wanted:
    """What a reader chose: ``chosen`` for the questions, the rest to say it in words."""

    form: Form
    chosen: Chosen
    aspect: str
    indicators: tuple[str, ...]  # as picked; none for all of the aspect
    areas: tuple[str, ...]
    reach: Reach
    office: str
    file: str


def pick_wanted(view: View, form: Form) -> Wanted:
    """Pick what is wanted: the usual filters in two rows, the others in a popover."""
    left, right = st.columns(2)
    with left:
        indicators = pick_indicators(view, (), none="explore.any")
    with right:
        chosen_areas = pick_areas(view)
    with choices_row():
        aspect, having = _pick_aspect(view)
        reach = cast("Reach", _pick_one(view, "reach", REACHES, lambda r: _said(view, "reach", r)))
        first, last = pick_period_range(view)
        more = st.popover(view.words("explore.more"), icon=":material/tune:")
    wide = explore.Chosen(
        view.dataset,
        indicators or having,
        ask(areas.reached, view.dataset, chosen_areas, reach),
        (),
        first,
        last,
    )
    with more:
        narrow, office, file = _pick_more(view, wide, form)
    return Wanted(form, narrow, aspect, indicators, chosen_areas, reach, office, file)


def pick_form(view: View) -> Form:
    """Pick values, reports as they were sent, or a pivot of values."""
    form = choose(
        "form",
        FORMS,
        FORMS[0],
        lambda key: st.segmented_control(
            view.words("explore.form"),
            FORMS,
            key=key,
            required=True,
            label_visibility="collapsed",
            format_func=lambda form: view.words(f"explore.forms.{form}"),
        ),
    )
    return cast("Form", form)


def _pick_aspect(view: View) -> tuple[str, tuple[str, ...]]:
    """Pick one aspect of the work or all, and return its indicators that have values."""
    codes = ask(choices.available_indicators, view.dataset, view.freq)
    entries = [view.labels.indicators[code] for code in codes]
    names = {e.aspect: view.words.pick(e.aspect_name, e.aspect_name_en) for e in entries}
    aspect = _pick_one(
        view,
        "aspect",
        ("", *names),
        lambda a: names[a] if a else view.words("explore.all_aspects"),
    )
    return aspect, tuple(e.indicator for e in entries if aspect in ("", e.aspect))


def _pick_more(view: View, wide: Chosen, form: Form) -> tuple[Chosen, str, str]:
    """Pick the filters that fit the form: a pivot's sums must not lack what a filter hides."""
    having = ask(explore.breakdowns_of, view.dataset, wide.indicators)
    labels = view.labels
    chosen = wide._replace(
        breakdowns=_pick_many(view, "parts", having, labels.breakdown, ("_T",) * ("_T" in having)),
        measure="value" if form == "reports" else pick_measure(view),
    )
    if form == "pivot":
        return chosen, "", ""
    names = labels.statuses
    chosen = chosen._replace(
        statuses=_pick_many(view, "status", STATUSES, lambda s: view.words.pick(*names[s])),
        qualifiers=_pick_many(view, "qualifier", QUALIFIERS, lambda q: _said(view, "qualifier", q)),
    )
    chosen = _pick_range(view, chosen)
    return _pick_source(view, chosen) if form == "reports" else (chosen, "", "")


def _pick_range(view: View, chosen: Chosen) -> Chosen:
    """Pick the least and the greatest value, where all indicators have one unit."""
    entries = [view.labels.indicators[code] for code in chosen.indicators]
    units = {(e.factor, unit(e, view.words)) for e in entries}
    if len(units) != 1:
        st.caption(view.words("explore.range_one_unit"))
        return chosen
    factor, shown = units.pop()
    return chosen._replace(
        low=_pick_bound(view, "low", shown, factor), high=_pick_bound(view, "high", shown, factor)
    )


def _pick_bound(view: View, bound: str, shown: str, factor: float) -> float | None:
    """Pick a bound in the unit shown, and return it in the base unit."""
    label = view.words(f"explore.{bound}", unit=shown)
    number = choose_number(bound, lambda key: st.number_input(label, key=key, value=None))
    return None if number is None else number * factor


def _pick_source(view: View, chosen: Chosen) -> tuple[Chosen, str, str]:
    """Pick who sent a report, its file, and a piece of what is printed."""
    say = view.words
    sent = ask(offices, view.dataset)
    everyone = say("explore.everyone")
    office = _pick_one(
        view, "sender", ("", *(o for o in sent if o)),
        lambda o: view.labels.area(o) if o else everyone,
    )  # fmt: skip
    files = tuple(sorted(f for o, names in sent.items() if office in ("", o) for f in names))
    file = _pick_one(view, "file", ("", *files), lambda f: f or say("explore.every_file"))
    printed = choose_text(
        "printed", lambda key: st.text_input(say("explore.printed"), key=key, max_chars=40)
    )
    named = (file,) if file else files if office else ()
    return chosen._replace(source_files=named, printed=printed), office, file


def _pick_one(view: View, key: str, options: tuple[str, ...], name: Callable[[str], str]) -> str:
    return choose(
        key,
        options,
        options[0],
        lambda widget: st.selectbox(
            view.words(f"explore.{key}"), options, key=widget, format_func=name, width=220
        ),
    )


def _pick_many(
    view: View,
    key: str,
    options: tuple[str, ...],
    name: Callable[[str], str],
    default: tuple[str, ...] = (),
) -> tuple[str, ...]:
    return choose_many(
        key,
        options,
        tuple(code for code in default if code in options),
        lambda widget: st.multiselect(
            view.words(f"explore.{key}"),
            options,
            key=widget,
            format_func=name,
            placeholder=view.words("explore.any"),
            select_all=False,
        ),
    )


def _said(view: View, what: str, code: str) -> str:
    return view.words(f"explore.{what}_of.{code}")
