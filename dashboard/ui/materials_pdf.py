"""A document's PDF: printed by LibreOffice in the background, one at a time for all readers."""

from __future__ import annotations

from threading import Lock
from typing import TYPE_CHECKING

import streamlit as st

from dashboard.exports import pdf
from dashboard.ui.downloads import download
from dashboard.ui.job import Job

if TYPE_CHECKING:
    from collections.abc import Callable

    from dashboard.locale import Words

LOOK_AGAIN_S = 0.5
PRINTING = Lock()  # printing takes a core for seconds


def pdf_button(make: Callable[[], bytes], suffix: str, name: str, key: object, say: Words) -> None:
    """Offer to print what ``make`` writes; once it is printed, offer the PDF.

    ``key`` is what the document was made of: another is printed anew.
    """
    if pdf.installed() is None:
        st.caption(say("export.no_office"))
        return
    of, job = st.session_state.get("printing", (None, None))
    if job is None or of != key:
        st.button(
            say("materials.print"), icon=":material/picture_as_pdf:", key="print",
            on_click=_begin, args=(make, suffix, key),
        )  # fmt: skip
    elif not job.over:
        _watch(job, say)
    elif job.result is None:
        st.warning(say("export.not_printed"))
    else:
        download(say("download.pdf"), lambda: job.result, name, "pdf")


def _begin(make: Callable[[], bytes], suffix: str, key: object) -> None:
    def work(_: Callable[[int, int, str], None]) -> bytes:
        with PRINTING:
            return pdf.to_pdf(make(), suffix)

    st.session_state["printing"] = (key, Job(work))


@st.fragment(run_every=LOOK_AGAIN_S)
def _watch(job: Job[bytes], say: Words) -> None:
    """Say that it is being printed, until it is."""
    if job.over:
        st.rerun()
    st.html(f'<progress></progress> <span role="status">{say("materials.printing")}</span>')
