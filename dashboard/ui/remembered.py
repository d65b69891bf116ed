"""What a reader's browser keeps of the views taken, as one cookie: codes only, no words of theirs.

A cookie comes with the first word of a session, so a page that is loaded anew knows it at once,
also over the network, where nothing may be written on the office's machine.
"""

from __future__ import annotations

import json
import zlib
from base64 import urlsafe_b64decode, urlsafe_b64encode
from binascii import Error

import streamlit as st

from dashboard.decks import QUESTIONS, Asked

NAME = "basket"
LONGEST = 3_800  # characters: a browser keeps 4,096 bytes of a cookie and its name
WIDEST = 200_000  # bytes that a cookie may unpack to
DAYS = 366

Taken = dict[str, list[Asked]]  # by dataset


def remembered() -> Taken:
    """Return what this reader's browser kept."""
    return unpacked(str(st.context.cookies.get(NAME, "")))


def remember(taken: Taken) -> None:
    """Have the browser keep what was taken; of what is too long the last ones are left out."""
    kept = {dataset: list(views) for dataset, views in taken.items() if views}
    while len(packed(kept)) > LONGEST:
        longest = max(kept.values(), key=len)
        longest.pop()
    age = DAYS * 86_400 if any(kept.values()) else 0
    cookie = f"{NAME}={packed(kept)}; path=/; max-age={age}; SameSite=Lax"
    st.html(f"<script>document.cookie = '{cookie}'</script>", unsafe_allow_javascript=True)


def packed(taken: Taken) -> str:
    """Return views as letters, digits, - and _."""
    plain = {dataset: [[v.question, *map(list, v.choices)] for v in views]
             for dataset, views in taken.items()}  # fmt: skip
    said = json.dumps(plain, ensure_ascii=False, separators=(",", ":")).encode()
    return urlsafe_b64encode(zlib.compress(said, 9)).decode().rstrip("=")


def unpacked(text: str) -> Taken:
    """Return what was packed; of what is no such thing, nothing. Anybody can write a cookie."""
    try:
        raw = urlsafe_b64decode(text + "=" * (-len(text) % 4))
        said = json.loads(zlib.decompressobj().decompress(raw, WIDEST))
    except (ValueError, Error, zlib.error, RecursionError):
        return {}
    if not isinstance(said, dict):
        return {}
    views = {dataset: _views(listed) for dataset, listed in said.items()}
    return {dataset: found for dataset, found in views.items() if found}


def _views(listed: object) -> list[Asked]:
    """Return the views of a list that a report may ask."""
    views = []
    for view in listed if isinstance(listed, list) else ():
        match view:
            case [str(question), *choices] if question in QUESTIONS and all(map(_pair, choices)):
                views.append(Asked(question, tuple((key, said) for key, said in choices)))
    return list(dict.fromkeys(views))


def _pair(choice: object) -> bool:
    match choice:
        case [str(key), str(said)]:
            return key.isprintable() and said.isprintable()
    return False
