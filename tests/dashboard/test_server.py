"""The server sends scripts compressed, and the page in its reader's language."""

import contextlib
import gzip

import pytest
from streamlit.config import get_option

from dashboard.ui.server import STATIC, Lean

SCRIPT = next((STATIC / "static" / "js").glob("PlotlyChart.*.js"))


async def streamlit(scope, receive, send):
    await send({"type": "http.response.start", "status": 200, "headers": []})
    await send({"type": "http.response.body", "body": b"streamlit"})


def get(address, encoding=b"gzip, deflate"):
    """Ask as a browser does; return headers and body."""
    sent = []
    path, _, query = address.partition("?")
    scope = {
        "type": "http",
        "method": "GET",
        "path": path,
        "query_string": query.encode(),
        "headers": [(b"accept-encoding", encoding)],
    }

    async def send(message):
        sent.append(message)

    with contextlib.suppress(StopIteration):  # nothing in it waits, so one step is all of it
        Lean(streamlit)(scope, None, send).send(None)
    return dict(sent[0]["headers"]), sent[1]["body"]


def test_a_script_is_sent_compressed_and_whole():
    headers, body = get(f"/static/js/{SCRIPT.name}")
    assert headers[b"content-encoding"] == b"gzip"
    assert b"immutable" in headers[b"cache-control"]
    assert gzip.decompress(body) == SCRIPT.read_bytes()
    assert len(body) < SCRIPT.stat().st_size / 2.5


def test_a_browser_that_cannot_unpack_gets_streamlits_answer():
    assert get(f"/static/js/{SCRIPT.name}", encoding=b"identity")[1] == b"streamlit"


@pytest.mark.parametrize(
    "path",
    ["/static/js/none.js", "/static/../../../x.js", "/static/js/../../__init__.js", "/app.js"],
)
def test_what_is_no_script_of_streamlit_is_left_to_it(path):
    assert get(path)[1] == b"streamlit"


@pytest.mark.parametrize(
    ("address", "language"),
    [
        ("/", "zh-CN"),
        ("/?lang=en", "en"),
        ("/trends?area=620700", "zh-CN"),
        ("/counties?lang=en", "en"),
        ("/topics?lang=en", "en"),
    ],
)
def test_the_page_says_its_language(address, language):
    headers, body = get(address)
    assert f'<html lang="{language}">' in body.decode("utf-8")
    assert headers[b"cache-control"] == b"no-cache"
    assert body.rstrip().endswith(b"</html>")


def test_the_first_page_is_found_by_its_name_too():
    headers, _ = get("/overview?lang=en&period=2024-Q2")
    assert headers[b"location"] == b"/?lang=en&period=2024-Q2"


def test_tables_offer_no_file_of_their_own_beside_those_that_withhold_small_counts():
    assert get_option("client.disableDataExport") is True
