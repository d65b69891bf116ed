"""The sheet around a cell, drawn as a small HTML table with row numbers and column letters."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

import streamlit as st

from dashboard import door
from dashboard.queries.sources import open_cells
from dashboard.ui.asking import ask

if TYPE_CHECKING:
    from dashboard.locale import Words


def picture(say: Words, source_id: str, source_file: str, sheet: str, cell: str) -> None:
    """Show the cells around ``cell``, or say that they cannot be shown."""
    shown = ask(open_cells, source_id, sheet)
    try:
        drawn = door.pictured(st.session_state["place"], source_id, source_file, sheet, cell, shown)
    except door.CatalogueError:  # the office's own is being edited: what it masks is not known
        drawn = None
    place = " › ".join(part for part in (source_file, sheet, cell) if part)
    if drawn is None:
        st.caption(say("source.no_picture"))
        return
    st.html(html(drawn, say("source.picture_alt", place=place), place))


def html(drawn: door.Picture, alt: str, caption: str) -> str:
    """Return the table; whatever stands in a cell is text."""
    letters = "".join(f'<th scope="col">{escape(c) or "⋯"}</th>' for c in drawn.columns)
    lines = "".join(_line(line) for line in drawn.lines)
    return (
        f'<figure class="sheet" aria-label="{escape(alt)}"><div><table>'
        f"<thead><tr><td></td>{letters}</tr></thead><tbody>{lines}</tbody></table></div>"
        f"<figcaption>{escape(caption)}</figcaption></figure>"
    )


def _line(line: door.Line) -> str:
    cells = "".join(_cell(square) for square in line.squares if square)
    if not line.number:
        return f'<tr class="left-out"><th scope="row">⋯</th>{cells}</tr>'
    return f'<tr><th scope="row">{line.number}</th>{cells}</tr>'


def _cell(square: door.Square) -> str:
    kinds = " ".join(
        name for name, holds in (("target", square.target), ("figure", square.figure)) if holds
    )
    spans = f' rowspan="{square.rows}"' if square.rows > 1 else ""
    spans += f' colspan="{square.columns}"' if square.columns > 1 else ""
    text = escape(square.text)
    return f'<td class="{kinds}"{spans}>{f"<mark>{text}</mark>" if square.target else text}</td>'
