"""Views with a name: what the address of a page says, kept in the office's own folder.

``views.csv`` has ``name,page,query``. A link is the address itself: whoever gets it needs no file.
"""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import parse_qsl, urlencode

import streamlit as st
from filelock import FileLock

from dashboard.exports.csv import BOM, FORMULA
from dashboard.ui.permission import may_change, must_be_allowed

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from dashboard.door import Place
    from dashboard.locale import Words

FILE = "views.csv"
LONGEST = 60  # characters of a name
EMBED = ("embed", "embed_options")  # Streamlit's own: it takes them in no link
OTHERS_CHOICE = ("lang", "asof")  # a view is of what is shown, in the reader's own language


class SavedView(NamedTuple):
    """One view: its name, the page, and the query of its address."""

    name: str
    page: str
    query: str


def saved(place: Place) -> tuple[SavedView, ...]:
    """Return the views in the order of their names; lines that are none are passed over."""
    views = (
        SavedView(row["name"].removeprefix("'"), row["page"], row["query"])
        for row in _rows(_path(place))
        if row.get("name") and row.get("page") and row.get("query") is not None
    )
    return tuple(sorted({view[:2]: view for view in views}.values()))


def _rows(path: Path) -> list[dict[str, str]]:
    """Read the file as we wrote it, or as Excel saves it again in China: in GBK."""
    if not path.is_file():
        return []
    content = path.read_bytes()
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = content.decode("gb18030", errors="replace")
    try:
        return list(csv.DictReader(io.StringIO(text, newline="")))
    except csv.Error:  # a field without an end
        return []


def save(place: Place, view: SavedView) -> None:
    """Keep a view; one of the same name and page is replaced."""
    must_be_allowed()
    with _locked(place):
        _write(place, [*(v for v in saved(place) if v[:2] != view[:2]), view])


def remove(place: Place, view: SavedView) -> None:
    """Forget a view."""
    must_be_allowed()
    with _locked(place):
        _write(place, (v for v in saved(place) if v != view))


def saved_views(say: Words, page: str) -> None:
    """Offer the views of a page as links; whoever sits at this machine names and forgets them."""
    place: Place = st.session_state["place"]
    with st.popover(say("views.title"), icon=":material/bookmark:"):
        views = [view for view in saved(place) if view.page == page]
        for view in views:
            _line(say, place, view)
        if not views:
            st.markdown(say("views.none"))
        if may_change():
            _name(say, place, page)
        st.caption(say("views.link"))


def _line(say: Words, place: Place, view: SavedView) -> None:
    with st.container(horizontal=True, vertical_alignment="center"):
        st.page_link(
            st.session_state["pages"][view.page],
            label=_plain(view.name),
            query_params=[pair for pair in parse_qsl(view.query) if pair[0] not in EMBED],
            width="stretch",
        )
        if may_change():
            st.button(
                say("views.remove"),
                key=f"forget_{view.name}",
                type="tertiary",
                icon=":material/delete:",
                on_click=remove,
                args=(place, view),
            )


def _name(say: Words, place: Place, page: str) -> None:
    with st.form("save_view", border=False, clear_on_submit=True):
        name = st.text_input(say("views.name"), max_chars=LONGEST).strip()
        if st.form_submit_button(say("views.save")) and name:
            save(place, SavedView(name, page, query_of(st.query_params.to_dict())))
            st.rerun()


def query_of(address: dict[str, str]) -> str:
    """Return what of an address makes the view."""
    return urlencode({k: v for k, v in sorted(address.items()) if k not in OTHERS_CHOICE})


def _plain(name: str) -> str:
    """Keep the signs of Markdown in a name from being read as such."""
    return "".join(f"\\{letter}" if letter in "\\`*_[]:<>#$~" else letter for letter in name)


def _kept(name: str) -> str:
    """Keep a name from becoming a formula where the file is opened."""
    return f"'{name}" if name.startswith(("'", *FORMULA)) else name


def _path(place: Place) -> Path:
    return place.data / "local" / FILE


def _locked(place: Place) -> FileLock:
    _path(place).parent.mkdir(parents=True, exist_ok=True)
    return FileLock(_path(place).with_name(f".{FILE}.lock"))


def _write(place: Place, views: Iterable[SavedView]) -> None:
    """Write all views beside the file, then put it in its place."""
    rows = [(_kept(view.name), view.page, view.query) for view in views]
    path = _path(place)
    new = path.with_suffix(".new")
    with new.open("w", encoding="utf-8", newline="") as file:
        file.write(BOM)
        csv.writer(file).writerows([SavedView._fields, *rows])
    new.replace(path)
