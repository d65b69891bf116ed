"""Texts from outside, names and files', without the characters that no document may hold."""

from __future__ import annotations

import re

FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")  # in XML


def printable(text: str) -> str:
    """Return a text as documents can hold it: one vertical tab makes a deck that nobody opens."""
    return FORBIDDEN.sub("", text)
