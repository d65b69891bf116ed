"""Upload: choose files, check them, see what would be loaded, publish."""

from __future__ import annotations

from collections import Counter
from functools import partial
from pathlib import PurePath
from typing import TYPE_CHECKING

import pandas as pd
import streamlit as st

from dashboard import door
from dashboard.ui import changing
from dashboard.ui.issue_list import issue_lines, plain
from dashboard.ui.permission import may_change

if TYPE_CHECKING:
    from dashboard.locale import Words

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
COLUMNS = (
    *("file", "sheets", "cells", "observations", "checks", "labels", "notes", "issues"),
    *("errors", "warnings"),
)


def upload(say: Words, *, demonstration: bool) -> None:
    """Offer to upload, to check and to publish, one after the other."""
    changing.told(say)
    if not changing.allowed(say):
        return
    if changing.busy():
        changing.watch(say)
        return
    checked: door.Outcome | None = st.session_state.get("checked")
    if checked is None:
        _choose(say)
    else:
        _judge(say, checked, demonstration=demonstration)


def reread(say: Words) -> None:
    """Offer to read everything anew where what was published is of another version."""
    if door.history(changing.place()) and may_change() and not changing.busy():
        changing.reload_button(say)


def _choose(say: Words) -> None:
    turn = st.session_state.setdefault("uploads", 0)
    with st.container(key="upload"):
        files = st.file_uploader(
            say("data.upload.label"), accept_multiple_files=True, key=f"upload_{turn}"
        )
    st.caption(say("data.upload.limits", megabytes=st.get_option("server.maxUploadSize")))
    if st.button(say("data.upload.check"), type="primary", disabled=not files, key="check"):
        uploaded = door.Uploaded(tuple((f.name, f.getvalue()) for f in files))
        st.session_state["uploaded"] = uploaded
        changing.check(uploaded)
        st.rerun()


def _judge(say: Words, checked: door.Outcome, *, demonstration: bool) -> None:
    """Show what the check found, file by file, and let a person decide."""
    counts = {s: sum(i.severity == s for i in checked.issues) for s in ("error", "warning")}
    st.markdown(
        say(
            "data.upload.checked",
            files=len(checked.files),
            observations=sum(f.fates["observation"] for f in checked.files),
            errors=counts["error"],
            warnings=counts["warning"],
        )
    )
    changing.say_repeated(checked, say)
    if counts["error"]:
        st.caption(say("data.upload.not_published"))
    if demonstration:
        st.caption(say("data.upload.demonstration"))
    with st.container(horizontal=True):
        if st.button(say("data.upload.publish"), type="primary", key="publish"):
            changing.publish(st.session_state["uploaded"])
            _forget()
            st.rerun()
        if st.button(say("data.upload.discard"), key="discard"):
            _forget()
            st.rerun()
    st.dataframe(table(checked, say), hide_index=True, alt=say("data.upload.check"))
    for n, file in enumerate(checked.files):
        found = [i for i in checked.issues if i.source_id == file.source.source_id]
        if found:
            name = file.source.source_file
            with st.expander(say("data.upload.issues", file=plain(name), n=len(found))):
                _marked(say, checked, n)
                issue_lines(found, say)
    own = {file.source.source_id for file in checked.files}
    elsewhere = [issue for issue in checked.issues if issue.source_id not in own]
    if elsewhere:
        with st.expander(say("data.upload.issues_elsewhere", n=len(elsewhere))):
            issue_lines(elsewhere, say)


def _marked(say: Words, checked: door.Outcome, n: int) -> None:
    """Offer a file back with its cells marked, to send to the office that sent it."""
    name = checked.files[n].source.source_file
    uploaded = st.session_state["uploaded"]
    st.download_button(
        say("data.upload.marked"),
        partial(door.annotated, changing.place(), uploaded, checked, n, say.language),
        say("data.upload.marked_name", file=PurePath(name).stem) + ".xlsx",
        XLSX,
        key=f"marked_{n}",
        on_click="ignore",
        icon=":material/rate_review:",
    )


def _forget() -> None:
    """Empty the form; the files on disk go when nothing holds them any more."""
    for name in ("checked", "uploaded"):
        st.session_state.pop(name, None)
    st.session_state["uploads"] += 1


def table(checked: door.Outcome, say: Words) -> pd.DataFrame:
    """Return what became of each file's cells, and how many issues it has; one row a file."""
    fates = ("observation", "check", "label", "note", "issue")
    found = Counter((issue.source_id, issue.severity) for issue in checked.issues)
    rows = [
        (
            f.source.source_file,
            f.sheets,
            sum(f.fates.values()),
            *(f.fates[fate] for fate in fates),
            *(found[f.source.source_id, severity] for severity in ("error", "warning")),
        )
        for f in checked.files
    ]
    return pd.DataFrame(rows, columns=[say(f"data.loaded.columns.{c}") for c in COLUMNS])
