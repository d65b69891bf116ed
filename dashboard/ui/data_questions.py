"""Questions: what a person can settle, with its cells, an answer form, and the answers given."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from dashboard import door
from dashboard.queries.issues import question_ids, source_of
from dashboard.ui import changing
from dashboard.ui.asking import ask
from dashboard.ui.data_additions import additions
from dashboard.ui.data_issues import rule_name
from dashboard.ui.issue_list import plain
from dashboard.ui.picture import picture

if TYPE_CHECKING:
    from dashboard.locale import Words
    from dashboard.ui.view import View

AT_ONCE = 10
PLACES = 5  # places of a question that are drawn; the others are alike


def questions(view: View) -> None:
    """Show the questions, or say which file of the catalogue is broken: an office edits its own."""
    try:
        _questions(view)
    except door.CatalogueError as error:
        st.error(changing.why(error, view.words))


def _questions(view: View) -> None:
    """Show the open questions, those about most places first, and the answers given."""
    say = view.words
    changing.told(say)
    permitted = changing.allowed(say)
    if changing.busy():
        changing.watch(say)
        return
    shown = ask(question_ids)
    found = [q for q in changing.open_questions() if q.question_id in shown]
    waiting = [q for q in found if q.given]
    due = [say("data.questions.waiting", n=len(waiting))] if waiting else []
    if st.session_state.get("taken_back"):
        due.append(say("data.questions.taken_back"))
    if due and permitted:
        with st.container(border=True, horizontal=True, vertical_alignment="center"):
            st.markdown("　".join(due))
            changing.reload_button(say)
    if not found:
        st.markdown(say("data.questions.none"))
    else:
        st.markdown(say("data.questions.counts", n=len(found)))
    who = _who(say) if permitted and (found or changing.answers_given()) else ""
    for question in found[:AT_ONCE]:
        _card(view, question, who, permitted=permitted)
    if len(found) > AT_ONCE:
        st.caption(say("data.questions.more", n=len(found) - AT_ONCE))
    _given(view, who, permitted=permitted)
    if permitted:
        additions(view)


def _who(say: Words) -> str:
    """Ask once a session who answers: it is kept with each answer, and none is kept without."""
    who: str = st.text_input(
        say("data.questions.who"),
        value=str(
            st.session_state.get("answered_by", "")
        ),  # a picker that is not drawn is forgotten
        key="who",
        max_chars=40,
        width=260,
        placeholder=say("data.questions.who_first"),
        help=say("data.questions.who_hint"),
    )
    st.session_state["answered_by"] = who.strip()
    return who.strip()


@st.fragment
def _card(view: View, question: door.Question, who: str, *, permitted: bool) -> None:
    """Show one question with its places and its answer form."""
    say = view.words
    with st.container(border=True, key=f"question_{question.question_id}"):
        st.markdown(f"**{plain(say.pick(question.zh, question.en))}**")
        first = question.places[0]
        st.markdown(plain(say.pick(first.message, first.message_en)))
        st.caption(say("data.questions.places", n=len(question.places), where=plain(_where(first))))
        if question.given:
            st.info(say("data.questions.given", answer=plain(_name(say, question, question.given))))
        if permitted:
            _form(say, question, who)
        with st.expander(
            say("data.issues.see_cell"),
            key=f"see_question_{question.question_id}",
            type="compact",
            on_change="rerun",
        ) as opened:
            if opened.open:
                _places(view, question)


def _form(say: Words, question: door.Question, who: str) -> None:
    """Offer the choices, and free words where those may answer."""
    with st.container(horizontal=True, vertical_alignment="bottom"):
        names = {choice.value: say.pick(choice.zh, choice.en) for choice in question.choices}
        value = st.selectbox(
            say.pick(question.hint, question.hint_en),
            list(names),
            index=None,
            format_func=lambda v: names.get(v, v),
            placeholder=say("data.questions.free" if question.free else "picker.choose"),
            accept_new_options=question.free,
            key=f"answer_{question.question_id}",
            width=420,
        )
        if st.button(
            say("data.questions.keep"),
            disabled=not (value and who),
            key=f"keep_{question.question_id}",
        ):
            changing.answer(question, str(value), who)
            st.rerun()


def _places(view: View, question: door.Question) -> None:
    """Draw the first places of a question."""
    for place in question.places[:PLACES]:
        source_id = ask(source_of, place.source_file, place.sheet)
        if place.cell and source_id:
            picture(view.words, source_id, place.source_file, place.sheet, place.cell)
        else:
            st.caption(plain(_where(place)))


def _where(place: door.Asked) -> str:
    return " › ".join(part for part in (place.source_file, place.sheet, place.cell) if part)


def _name(say: Words, question: door.Question, value: str) -> str:
    """Return what an answer is called among its question's choices, else itself."""
    names = {choice.value: say.pick(choice.zh, choice.en) for choice in question.choices}
    return names.get(value, value)


def _in_words(view: View, text: str) -> str:
    """Return what was asked or answered, an indicator by its name: indicator=condolence_fund.

    Of figures that a check doubts the rule and the cells are named: 疑似大一万倍 B5.
    """
    code = text.rpartition("=")[2]
    if code in view.labels.indicators:
        return view.labels.indicator(code)
    if text.count("|") > 1:  # a report: of an indicator, or by its source, cell and sheet
        known = next((part for part in text.split("|") if part in view.labels.indicators), "")
        return view.labels.indicator(known) if known else " › ".join(text.split("|", 2)[:0:-1])
    rule, _, cells = text.partition(" ")
    return f"{rule_name(view.words, rule)} {cells}".strip()


def _about(view: View, row: door.Answer) -> str:
    """Return what was asked; of a whole sheet, the kind of question."""
    if row.about:
        return _in_words(view, row.about)
    return view.words.sentences.get(f"data.questions.kinds.{row.question}", row.question)


def _given(view: View, who: str, *, permitted: bool) -> None:
    """List the answers in force, each with a way to take it back."""
    say = view.words
    rows = changing.answers_given()
    if not rows:
        return
    st.subheader(say("data.questions.answers"), anchor=False)
    for name, row in rows.items():
        with st.container(horizontal=True, vertical_alignment="center"):
            st.markdown(
                say(
                    "data.questions.answer_line",
                    about=plain(_about(view, row)),
                    answer=plain(_in_words(view, say.pick(*changing.called(row)))),
                    who=plain(row.who),
                    when=plain(row.when[:10]),
                    where=plain(row.seen_in),
                ),
                width="stretch",
            )
            if permitted and st.button(
                say("data.questions.undo"), disabled=not who, key=f"undo_{name}"
            ):
                changing.undo(name, who)
                st.rerun()
