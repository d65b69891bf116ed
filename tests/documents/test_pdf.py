"""LibreOffice that is missing, hangs or writes nothing: a sentence within bounded time."""

import os
import time
from pathlib import Path

import pytest

from dashboard.exports import pdf
from dashboard.exports.__main__ import main
from tests.dashboard.small_vintage import write_vintage

# What stands in for soffice; the last argument is the document, in whose folder the PDF belongs.
OFFICES = {
    "writes nothing": "exit 0",
    "fails": "exit 77",
    "writes an empty file": ': > "${file%.*}.pdf"',
    "is cut short": 'printf "%%PDF-1.7 cut" > "${file%.*}.pdf"',
}


@pytest.fixture
def office(tmp_path, monkeypatch):
    """Return a way to put a script where LibreOffice is looked for."""
    folder = tmp_path / "bin"
    folder.mkdir()
    monkeypatch.setenv("PATH", f"{folder}{os.pathsep}/bin{os.pathsep}/usr/bin")

    def put(script, head="#!/bin/sh"):
        program = folder / "soffice"
        program.write_text(f"{head}\nfor file; do :; done\n{script}\n", encoding="utf-8")
        program.chmod(0o755)

    return put


@pytest.mark.parametrize("script", OFFICES.values(), ids=OFFICES)
def test_what_is_no_whole_pdf_is_not_given_out(office, script):
    office(script)
    with pytest.raises(pdf.NotPrintedError):
        pdf.to_pdf(b"PK", ".pptx")


def test_a_program_that_cannot_run_prints_nothing(office):
    office("", head="#!/nowhere/sh")
    with pytest.raises(pdf.NotPrintedError):
        pdf.to_pdf(b"PK", ".pptx")


def test_an_office_that_hangs_is_ended_with_what_it_started(office, tmp_path, monkeypatch):
    monkeypatch.setattr(pdf, "PATIENCE", 1)  # the clock
    office(f"sleep 300 & echo $! > {tmp_path / 'child'}; wait")
    begun = time.monotonic()
    with pytest.raises(pdf.NotPrintedError):
        pdf.to_pdf(b"PK", ".pptx")
    assert time.monotonic() - begun < 20
    child = (tmp_path / "child").read_text().strip()
    while _lives(child):  # it is killed already, and dies as soon as it gets the processor
        assert time.monotonic() - begun < 20
        time.sleep(0.05)


def _lives(process):
    """Whether a process is there and not only waiting to be buried."""
    try:
        return ") Z " not in Path(f"/proc/{process}/stat").read_text()
    except (FileNotFoundError, ProcessLookupError):
        return False


@pytest.mark.parametrize(("there", "sentence"), [(False, "LibreOffice"), (True, "PDF")])
def test_the_command_says_so(office, tmp_path, monkeypatch, capsys, there, sentence):
    if there:
        office("exit 0")
    else:
        monkeypatch.setenv("PATH", str(tmp_path / "nothing"))
    vintages = write_vintage(tmp_path)
    out = tmp_path / "deck.pdf"
    asked = ["deck", "--area", "620700", "--period", "2024-Q2", "--vintages", str(vintages)]
    assert main([*asked, "--out", str(out)]) == 1
    told = capsys.readouterr().err
    assert sentence in told
    assert "Traceback" not in told
    assert not out.exists()
