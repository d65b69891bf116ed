"""PDF of a document that we wrote, printed by the LibreOffice that is installed."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import tempfile
from pathlib import Path

NAMES = ("soffice", "libreoffice")
PROGRAM = Path("LibreOffice") / "program" / "soffice.exe"
ON_A_MAC = Path("/Applications/LibreOffice.app/Contents/MacOS/soffice")
BEGIN, END, LAST = b"%PDF-", b"%%EOF", 1024  # a whole PDF says so in its last kilobyte
PATIENCE = 180  # seconds; the first start of a slow machine takes half a minute
PAGES = ("--infilter=HTML (StarWriter)", "odt:writer8", ".odt")  # of HTML: no web page
PRINTED = ("", "pdf", ".pdf")
# Printed at once, HTML has its footer on every other page only.
STEPS = {".html": (PAGES, PRINTED)}


class NoOfficeError(Exception):
    """LibreOffice is not installed."""


class NotPrintedError(Exception):
    """LibreOffice did not make a PDF, or not in time."""


def to_pdf(document: bytes, suffix: str) -> bytes:
    """Print a document (.pptx, .docx, .xlsx, .html) with a profile that no open window shares."""
    office = installed()
    if office is None:
        raise NoOfficeError
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as name:
        folder = Path(name)
        source = folder / f"document{suffix}"
        source.write_bytes(document)
        profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
        options = [profile, "--headless", "--norestore", "--nologo"]
        for reading, writing, made in STEPS.get(suffix, (PRINTED,)):
            how = [*options, *filter(None, [reading]), "--convert-to", writing]
            _run([office, *how, "--outdir", name, str(source)])
            source = source.with_suffix(made)
        content = source.read_bytes() if source.is_file() else b""
        if not content.startswith(BEGIN) or END not in content[-LAST:]:
            raise NotPrintedError
        return content


def installed() -> str | None:
    """Return where LibreOffice is: on the path, or where its installer puts it."""
    on_path = (shutil.which(name) for name in NAMES)
    roots = (os.environ.get(key) for key in ("PROGRAMFILES", "PROGRAMFILES(X86)"))
    usual = (*(Path(root) / PROGRAM for root in roots if root), ON_A_MAC)
    return next(iter((*filter(None, on_path), *(str(p) for p in usual if p.is_file()))), None)


def _run(command: list[str]) -> None:
    """Run LibreOffice to its end; when it takes too long, end it and what it started."""
    try:
        child = subprocess.Popen(  # noqa: S603  a program of this computer, a file of ours
            command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True
        )
    except OSError:  # what bears its name is no program, or not for this computer
        raise NotPrintedError from None
    try:
        child.wait(PATIENCE)
    except subprocess.TimeoutExpired:
        raise NotPrintedError from None
    finally:
        if child.poll() is None:
            _end(child.pid)
            child.wait()


def _end(pid: int) -> None:
    """End a process with its children: soffice is a script that starts the program itself."""
    if sys.platform == "win32":
        tool = Path(os.environ["SYSTEMROOT"]) / "System32" / "taskkill.exe"
        command = [tool, "/T", "/F", "/PID", str(pid)]
        subprocess.run(command, check=False, capture_output=True)  # noqa: S603
    else:
        os.killpg(pid, signal.SIGKILL)
