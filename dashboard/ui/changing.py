"""What changes the published data: guarded on the server, done in the background, told in words."""

from __future__ import annotations

import getpass
from contextlib import contextmanager
from typing import TYPE_CHECKING

import streamlit as st

from dashboard import door
from dashboard.ui.job import Job
from dashboard.ui.permission import may_change, must_be_allowed, read_only

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

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


def open_questions() -> list[door.Question]:
    """Return what a person can settle."""
    return door.questions(place())


def answers_given() -> dict[str, door.Answer]:
    """Return the answers in force by the ids of their questions."""
    return door.answers(place())


def answer(question: door.Question, value: str, who: str) -> None:
    """Keep an answer for the next load; a refusal is told on the page."""
    must_be_allowed()
    with _refusals():
        door.answer(place(), question, value, who or user())


def add_indicator(code: str, fields: dict[str, object]) -> None:
    """Add an indicator to the office's own catalogue; a refusal is told on the page."""
    must_be_allowed()
    with _refusals():
        door.add_indicator(place(), code, fields)
        st.session_state["added"] = code


def undo(question_id: str, who: str) -> None:
    """Take an answer back; a refusal is told on the page."""
    must_be_allowed()
    with _refusals():
        door.undo(place(), question_id, who or user())


@contextmanager
def _refusals() -> Iterator[None]:
    try:
        yield
    except (door.RefusedError, door.CatalogueError, OSError) as error:
        st.session_state["failed"] = error


def user() -> str:
    """Return the name under which this machine's user works."""
    try:
        return getpass.getuser()
    except (KeyError, OSError):  # an account without a name, as in some services
        return ""


def _begin(doing: str, work: Callable[[door.Progress], door.Outcome]) -> None:
    st.session_state["doing"] = doing
    st.session_state["job"] = Job(work)


def busy() -> bool:
    """Return whether this session waits for something."""
    return "job" in st.session_state


def allowed(say: Words) -> bool:
    """Return whether this session may change anything; say why where it may not."""
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


def told(say: Words) -> None:
    """Say once what came of the last work."""
    if error := st.session_state.pop("failed", None):
        st.error(say("data.work.failed", why=why(error, say)))
    outcome: door.Outcome | None = st.session_state.pop("published", None)
    if outcome:
        if outcome.unchanged:
            st.info(say("data.work.unchanged"))
        else:
            observations = sum(f.fates["observation"] for f in outcome.files)
            st.success(
                say("data.work.published", files=len(outcome.files), observations=observations)
            )


def why(error: Exception, say: Words) -> str:
    """Say in words why something failed; the details went to the log."""
    if isinstance(error, door.RefusedError):
        return say.pick(error.zh, error.en)
    if isinstance(error, door.CatalogueError):
        return str(error)
    if isinstance(error, OSError):
        return say("data.work.failed_disk", why=error.strerror or type(error).__name__)
    return say("data.work.failed_unknown")
