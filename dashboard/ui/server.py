"""What the server does for every reader: warm up once, send Plotly compressed, say the language."""

from __future__ import annotations

import gc
import gzip
import json
import logging
from collections.abc import AsyncIterator, Awaitable, Callable, MutableMapping, Sequence
from contextlib import asynccontextmanager
from functools import lru_cache
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs

import streamlit as st
from streamlit.runtime.pages_manager import PagesManager

from dashboard.locale import streamlit_words, words
from dashboard.ui.permission import read_only

Scope = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[MutableMapping[str, Any]]]
Send = Callable[[MutableMapping[str, Any]], Awaitable[None]]
App = Callable[[Scope, Receive, Send], Awaitable[None]]

STATIC = Path(st.__file__).parent / "static"
TYPES = {".js": "text/javascript", ".css": "text/css"}
OWN_WORDS = Path(__file__).with_name("own_words.js")
ON_PAPER = Path(__file__).with_name("on_paper.js")
BY_KEYBOARD = Path(__file__).with_name("by_keyboard.js")
UPLOADS = "/_stcore/upload_file"
PAGES = {f"/{page.stem}" for page in (Path(__file__).parents[2] / "pages").glob("*.py")}
FIRST = "/overview"  # stands at /: by its name Streamlit says in English that it does not exist
YEAR = 31_536_000


class Lean:
    """Sends scripts and styles gzipped, each compressed once, and the page in its language.

    Streamlit leaves them uncompressed for a proxy to do; an office has none, and its first page
    is nine megabytes. Their names hold a hash, so a browser keeps them for a year.
    """

    def __init__(self, app: App) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer for a script or a style; take no file where nobody may change anything."""
        path = scope.get("path", "")
        if scope["type"] == "http" and path.startswith(UPLOADS) and read_only():
            await _send(send, b"read-only", "text/plain", status=403)
        elif scope["type"] != "http" or scope["method"] != "GET":
            await self.app(scope, receive, send)
        elif path.startswith("/static/") and Path(path).suffix in TYPES and _takes_gzip(scope):
            body = compressed(path)
            if body is None:
                await self.app(scope, receive, send)
            else:
                await _send(send, body, TYPES[Path(path).suffix], gzipped=True)
        elif path == FIRST:
            query = scope.get("query_string", b"")
            await _send(send, b"", "text/plain", status=307, headers=[(b"location", b"/?" + query)])
        elif _is_document(path):
            await _send(send, document(_language(scope)), "text/html; charset=utf-8")
        else:
            await self.app(scope, receive, send)


@lru_cache(maxsize=256)
def compressed(path: str) -> bytes | None:
    """Return one of Streamlit's own files, gzipped; None where there is no such file."""
    file = (STATIC / path.lstrip("/")).resolve()
    if not file.is_relative_to(STATIC.resolve()) or not file.is_file():
        return None
    return gzip.compress(file.read_bytes(), compresslevel=6)


@lru_cache(maxsize=2)
def document(language: str) -> bytes:
    """Return the page's HTML with the language that a screen reader should speak."""
    html = (STATIC / "index.html").read_text(encoding="utf-8")
    html = html.replace('<html lang="en">', f'<html lang="{language}">', 1)
    scripts = (_own_words(), _on_paper(), BY_KEYBOARD.read_text(encoding="utf-8"))
    written = "".join(f"<script>{script}</script>" for script in scripts)
    return html.replace("</head>", f"{written}</head>", 1).encode("utf-8")


def _on_paper() -> str:
    """Return the script that makes a page ready for paper, with what it says in both languages."""
    said = {
        code: words(own).sentences["paper.more"] for code, own in (("zh-CN", "zh"), ("en", "en"))
    }
    more = json.dumps(said, ensure_ascii=False)
    return ON_PAPER.read_text(encoding="utf-8").replace("MORE = {}", f"MORE = {more}", 1)


def _own_words() -> str:
    """Return the script that says Streamlit's own words in the language of the page."""
    known = json.dumps(streamlit_words(), ensure_ascii=False)
    return OWN_WORDS.read_text(encoding="utf-8").replace("WORDS = {}", f"WORDS = {known}", 1)


def _is_document(path: str) -> bool:
    return path == "/" or path in PAGES


def _language(scope: Scope) -> str:
    query = parse_qs(scope.get("query_string", b"").decode("latin-1"))
    return "en" if query.get("lang") == ["en"] else "zh-CN"


def _takes_gzip(scope: Scope) -> bool:
    return any(name == b"accept-encoding" and b"gzip" in value for name, value in scope["headers"])


async def _send(
    send: Send,
    body: bytes,
    content_type: str,
    *,
    gzipped: bool = False,
    status: int = 200,
    headers: Sequence[tuple[bytes, bytes]] = (),
) -> None:
    length = (b"content-length", b"%d" % len(body))
    headers = [*headers, (b"content-type", content_type.encode()), length]
    if gzipped:
        keep = f"public, immutable, max-age={YEAR}".encode()
        headers += [(b"content-encoding", b"gzip"), (b"vary", b"accept-encoding")]
        headers += [(b"cache-control", keep)]
    else:
        headers += [(b"cache-control", b"no-cache")]
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": body})


@asynccontextmanager
async def warmed(_app: object) -> AsyncIterator[None]:
    """Import what pages need, then freeze it: no collection of garbage looks through it again."""
    warm_up()
    yield


def warm_up() -> None:
    """Load the libraries and compress Plotly before the first reader comes."""
    import pandas  # noqa: F401, ICN001
    import plotly.io  # noqa: F401
    import pptx  # noqa: F401

    import dashboard.ui  # noqa: F401

    # A folder named pages makes Streamlit run app.py in an older way until st.navigation is first
    # called: whoever came first by a link to /trends saw that page without its frame.
    PagesManager.uses_pages_directory = False
    for script in (STATIC / "static" / "js").glob("PlotlyChart.*.js"):
        compressed(f"/static/js/{script.name}")
    gc.collect()
    gc.freeze()


def failed(error: Exception) -> bool:
    """Say in words that a page failed; the details go to the log, not to the reader."""
    logging.getLogger(__name__).error("a page failed", exc_info=error)
    say = words("en" if st.query_params.get("lang") == "en" else "zh")
    st.error(say("app.failed"))
    return True
