"""What changes the published data: guarded on the server, done in the background, told in words."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

import streamlit as st

from dashboard import door
from dashboard.ui.as_of import earlier
from dashboard.ui.issue_list import plain
from dashboard.ui.job import Job
from dashboard.ui.permission import may_change, must_be_allowed, read_only

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from dashboard.locale import Words

LOOK_AGAIN_S = 0.5


def place() -> door.Place:
    """Return where this server's data lies."""
    found: door.Place = st.session_state["place"]
    return found


def check(uploaded: door.Uploaded) -> None:
    """Begin to check what was uploaded."""
    must_be_allowed()
    where = place()
    _begin("checking", lambda progress: door.check(where, uploaded, progress))


def publish(uploaded: door.Uploaded | None) -> None:
    """Begin to publish what was uploaded; without files, to read everything anew."""
    must_be_allowed()
    where = place()
    st.session_state["sent"] = uploaded.source_ids() if uploaded else []
    _begin("publishing", lambda progress: door.publish(where, uploaded, progress))


def withdraw(source_id: str) -> None:
    """Begin to publish without one source."""
    must_be_allowed()
    where = place()
    _begin("withdrawing", lambda progress: door.withdraw(where, source_id, progress))


def reload_button(say: Words) -> None:
    """Offer to read everything anew, with the catalogue and the answers as they are now."""
    if st.button(
        say("data.work.reload"),
        help=say("data.work.reload_hint"),
        icon=":material/refresh:",
        key="reload",
    ):
        publish(None)
        st.rerun()


def roll_back(vintage: str) -> None:
    """Put an earlier vintage in force."""
    must_be_allowed()
    door.roll_back(place(), vintage)


def freeze(vintage: str, number: str, title: str) -> bool:
    """Keep a vintage for good under a meeting's number; a refusal is told on the page."""
    must_be_allowed()
    with _refusals():
        door.freeze(place(), vintage, number, title)
        return True
    return False


def unfreeze(number: str) -> None:
    """Take back a number that was given by mistake; a refusal is told on the page."""
    must_be_allowed()
    with _refusals():
        door.unfreeze(place(), number)


def open_questions() -> list[door.Question]:
    """Return what a person can settle."""
    return door.questions(place())


def answers_given() -> dict[str, door.Answer]:
    """Return the answers in force by the ids of their questions."""
    return door.answers(place())


def called(row: door.Answer) -> tuple[str, str]:
    """Return what an answer is called, in both languages."""
    return door.called(place(), row)


def answer(question: door.Question, value: str, who: str) -> None:
    """Keep an answer for the next load; a refusal is told on the page."""
    must_be_allowed()
    with _refusals():
        door.answer(place(), question, value, who)


def add_indicator(code: str, fields: dict[str, object]) -> None:
    """Add an indicator to the office's own catalogue; a refusal is told on the page."""
    must_be_allowed()
    with _refusals():
        door.add_indicator(place(), code, fields)
        st.session_state["added"] = code


def add_area(code: str, fields: dict[str, str]) -> None:
    """Add an area to the office's own catalogue; a refusal is told on the page."""
    must_be_allowed()
    with _refusals():
        door.add_area(place(), code, fields)
        st.session_state["added"] = code


def add_alias(kind: str, code: str, alias: str) -> None:
    """Let words mean what the catalogue knows; a refusal is told on the page."""
    must_be_allowed()
    with _refusals():
        door.add_alias(place(), kind, code, alias)
        st.session_state["added"] = alias


def undo(question_id: str, who: str) -> None:
    """Take an answer back; a refusal is told on the page."""
    must_be_allowed()
    with _refusals():
        door.undo(place(), question_id, who)
        st.session_state["taken_back"] = True  # until everything is read again


@contextmanager
def _refusals() -> Iterator[None]:
    try:
        yield
    except (door.RefusedError, door.CatalogueError, OSError) as error:
        st.session_state["failed"] = error


def _begin(doing: str, work: Callable[[door.Progress], door.Outcome]) -> None:
    st.session_state["doing"] = doing
    st.session_state["job"] = Job(work)


def busy() -> bool:
    """Return whether this session waits for something."""
    return "job" in st.session_state


def allowed(say: Words) -> bool:
    """Return whether this session may change anything; say why where it may not."""
    if earlier():
        st.info(say("asof.no_change"), icon=":material/lock:")
        return False
    if not may_change():
        st.info(say("data.read_only" if read_only() else "data.not_here"), icon=":material/lock:")
        return False
    return True


@st.fragment(run_every=LOOK_AGAIN_S)
def watch(say: Words) -> None:
    """Show how far the work is; once it is over, keep what came of it and draw the page anew."""
    job: Job[door.Outcome] = st.session_state["job"]
    if job.over:
        _settle(job, st.session_state.pop("doing"))
        del st.session_state["job"]
        st.rerun()
    text = say(f"data.work.{st.session_state['doing']}")
    if job.total and job.done < job.total:
        text += "　" + say("data.work.reading", done=job.done, total=job.total, file=job.last)
    elif job.total:
        text += "　" + say("data.work.adding")
    st.progress(job.done / job.total if job.total else 0.0, text)


def _settle(job: Job[door.Outcome], doing: str) -> None:
    if job.error:
        st.session_state["failed"] = job.error
    elif job.result:
        st.session_state["checked" if doing == "checking" else "published"] = job.result


def say_repeated(outcome: door.Outcome, say: Words) -> None:
    """Name the files that are another over again."""
    for name, same in outcome.repeated.items():
        st.info(say("data.work.repeated", name=plain(name), same=plain(same)))


def told(say: Words) -> None:
    """Say once what came of the last work."""
    if error := st.session_state.pop("failed", None):
        st.error(say("data.work.failed", why=why(error, say)))
    outcome: door.Outcome | None = st.session_state.pop("published", None)
    if outcome:
        st.session_state.pop("taken_back", None)
        say_repeated(outcome, say)
        if outcome.unchanged:
            st.info(say("data.work.unchanged"))
        else:
            st.success(_published(outcome, st.session_state.pop("sent", frozenset()), say))


def _published(outcome: door.Outcome, sent: frozenset[str], say: Words) -> str:
    """Say what came in and what there is now."""
    new = [f for f in outcome.files if f.source.source_id in sent]
    files = sum(f.sheets > 0 for f in outcome.files)
    now = say("data.work.published", files=files, observations=_observations(outcome.files))
    if not new:
        return now
    read = [f for f in new if f.sheets]
    said = say("data.work.came_in", files=len(read), observations=_observations(read))
    if refused := len(new) - len(read):
        said += say("data.work.refused", files=refused)
    return said + now


def _observations(files: Iterable[door.FileRead]) -> int:
    return sum(f.fates["observation"] for f in files)


def why(error: Exception, say: Words) -> str:
    """Say in words why something failed; the details went to the log."""
    if isinstance(error, door.RefusedError | door.CatalogueError):
        return say.pick(error.zh, error.en)
    if isinstance(error, OSError):
        return say("data.work.failed_disk", why=error.strerror or type(error).__name__)
    return say("data.work.failed_unknown")
