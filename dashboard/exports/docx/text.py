"""Text in a document: paragraphs in a style, without what XML cannot hold."""

from __future__ import annotations

from typing import Any

from dashboard.locale.outside import printable


def clean(text: str) -> str:
    """Return a text without the signs that no file of Word may hold; names of files have any."""
    return printable(text)


def add_text(document: Any, text: str, style: str) -> Any:
    """Add a paragraph in a style, at the end."""
    return document.add_paragraph(clean(text), style)
