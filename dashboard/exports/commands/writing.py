"""How commands write: a document under the name that is wanted, printed where that is a PDF."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from dashboard.exports import pdf
from dashboard.exports.commands.opening import RefusedError

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path
    from typing import TypeVar

    from dashboard.locale import Words

    Maker = TypeVar("Maker")

PDF = ".pdf"


def write(out: Path, document: bytes, suffix: str, say: Words) -> None:
    """Write a document (.pptx, .docx …), or its PDF where the name ends so."""
    as_pdf = by_suffix(out, {suffix: False, PDF: True}, say)
    out.write_bytes(printed(document, suffix, say) if as_pdf else document)


def save(out: Path, document: bytes, say: Words) -> None:
    """Write a file, and say that it is there."""
    out.write_bytes(document)
    sys.stdout.write(f"{say('bulletin.written', file=out.name)}\n")


def printed(document: bytes, suffix: str, say: Words) -> bytes:
    """Return the PDF of a document; without LibreOffice say how to install it."""
    try:
        return pdf.to_pdf(document, suffix)
    except pdf.NoOfficeError:
        raise RefusedError(say("export.no_office")) from None
    except pdf.NotPrintedError:
        raise RefusedError(say("export.not_printed")) from None


def by_suffix(out: Path, makers: Mapping[str, Maker], say: Words) -> Maker:
    """Return what makes the kind of file that a name asks for."""
    try:
        return makers[out.suffix.lower()]
    except KeyError:
        raise RefusedError(say("export.suffix", known=say.listed([*makers]))) from None
