"""A server on the small vintage, and a real Chromium that must be there."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from contextlib import contextmanager
from pathlib import Path

import pytest
from playwright.sync_api import sync_playwright

from tests.dashboard.small_vintage import write_vintage

ROOT = Path(__file__).parents[2]
CHROMIUM = ("--no-sandbox", "--disable-gpu", "--disable-background-networking")
PATIENCE = 60


@pytest.fixture(scope="session")
def site(tmp_path_factory):
    """Serve the small vintage; yield the address."""
    with serving(write_vintage(tmp_path_factory.mktemp("browser"))) as address:
        yield address


@contextmanager
def serving(vintages, **environment):
    """Serve a folder of vintages at an address of its own."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    server = subprocess.Popen(
        [sys.executable, "-m", "streamlit", "run", "app.py", f"--server.port={port}"],
        cwd=ROOT,
        env=os.environ | {"VINTAGES": str(vintages)} | environment,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    address = f"http://127.0.0.1:{port}"
    try:
        wait_for(f"{address}/_stcore/health", server)
        yield address
    finally:
        server.terminate()
        server.wait(10)


def wait_for(address, server):
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until and server.poll() is None:
        try:
            urllib.request.urlopen(address, timeout=1)
        except OSError:
            time.sleep(0.2)
        else:
            return
    pytest.fail("the server did not start")


@pytest.fixture(scope="session")
def chromium():
    path = shutil.which("chromium") or shutil.which("chromium-browser")
    if path is None:
        pytest.fail("chromium is not on the PATH; on Debian: apt install chromium")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=list(CHROMIUM))
        yield browser
        browser.close()


@pytest.fixture
def page(chromium, site):
    """A fresh page that notes what it asks for and what goes wrong in it."""
    context = chromium.new_context(viewport={"width": 1440, "height": 900})
    fresh = context.new_page()
    fresh.set_default_timeout(20_000)
    fresh.asked, fresh.wrong = [], []
    fresh.on("request", lambda request: fresh.asked.append(request.url))
    fresh.on("pageerror", lambda error: fresh.wrong.append(str(error)))
    fresh.on("console", lambda message: note(fresh, message))
    yield fresh
    context.close()


def note(page, message):
    """Keep errors; not Streamlit's own search for its base, which is a 404 below a page's name."""
    if message.type == "error" and "/_stcore/" not in message.location.get("url", ""):
        page.wrong.append(message.text)
