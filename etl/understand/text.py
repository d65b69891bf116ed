"""The words of one cell, brought to one spelling."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from itertools import pairwise

# NFKC would make digits of these: 12① would be read as 121. They are marks, never digits.
_CIRCLED = "\u2460-\u2473\u24ea-\u24fe\u2776-\u2793\u3251-\u325f\u32b1-\u32bf"
_RAISED = "⁰¹²³⁴-⁹"  # 12¹ has a note, m² has none
_INVISIBLE = re.compile(
    "[\x00-\x08\x0e-\x1b\x7f\xad\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufe00-\ufe0f\ufeff]"
)
_BREAKS = re.compile(r"_x000[aAdD9]_|\s+")  # _x000D_ is how a workbook stores a carriage return
_EXPORTED = re.compile(r'^=\s?"(.*)"$')  # ="620702": a system export keeps a code a text
_APOSTROPHE = re.compile(r"^'+(?=[0-9.=+-])")
_NOTE = rf"""(?:
        [{_CIRCLED}\u2474-\u2487*＊﹡†‡]
      | (?<![mM])[{_RAISED}]+
      | [\[［【〔]\s?(?:注\s?)?[0-9０-９]{{1,2}}\s?[\]］】〕]
      | [(（]\s?注\s?[0-9０-９]{{0,2}}\s?[)）]
      | (?<![备关附批标加])注\s?[0-9０-９]{{1,2}}
    )"""
_MARK = re.compile(_NOTE, re.VERBOSE)
_MARKS = re.compile(rf"(?:\s?{_NOTE})+$", re.VERBOSE)
_KEPT = re.compile(f"([{_CIRCLED}]|(?<![mM])[{_RAISED}])")
_WIDE = r"\u2e80-\u9fff\uac00-\ud7a3\uf900-\ufaff\U00020000-\U0003134f“”‘’()\[\]:;,%·…—"
_GAP = re.compile(f"(?<=[{_WIDE}]) (?=[{_WIDE}])")

_MOMENT = "0-9〇零一二三四五六七八九十"
_DASH = re.compile(
    rf"(?<=[{_MOMENT}年月日号份度季底末初])\s?(?:[-－‐‑‒–—―−─～~〜∼]+|至|到)\s?"
    rf"(?=[{_MOMENT}第上下本])"
)


@lru_cache(maxsize=50_000)  # sheets repeat their words
def normalise(text: str) -> str:
    """Return ``text`` as one line of simple width without note marks: ``慰　问 金①`` → ``慰问金``.

    White space goes where it stands between Chinese characters and stays between Latin words and
    around digits. A circled or raised digit inside the text is kept as it is. Idempotent.
    """
    if text.isalpha() and unicodedata.is_normalized("NFKC", text):
        return text  # nothing but letters, as most names are: no mark, gap or sign among them
    while (shorter := _once(text)) != text:
        text = shorter
    return text


def _once(text: str) -> str:
    text = _BREAKS.sub(" ", _INVISIBLE.sub("", text)).strip()
    if not text:
        return text
    if found := _EXPORTED.match(text):
        text = found[1].replace('""', '"')
    text, _ = _without_notes(_APOSTROPHE.sub("", text))
    return _GAP.sub("", narrow(text)).strip()


def narrow(text: str) -> str:
    """NFKC for all but the characters that it would turn into digits."""
    if unicodedata.is_normalized("NFKC", text):
        return text
    parts = _KEPT.split(text)
    parts[::2] = [unicodedata.normalize("NFKC", part) for part in parts[::2]]
    return "".join(parts)


def _without_notes(text: str) -> tuple[str, list[str]]:
    """Cut the note marks off the end; a cell that is nothing but marks keeps them."""
    found = _MARKS.search(text)
    if not found or not found.start():
        return text, []
    return text[: found.start()].rstrip(), _MARK.findall(found[0])


def note_marks(text: str) -> tuple[str, ...]:
    """Return the note marks that ``normalise`` cuts off the end: ``12①*`` → ``('①', '*')``."""
    line = _BREAKS.sub(" ", _INVISIBLE.sub("", text)).strip()
    return tuple(_without_notes(line)[1])


def explained(text: str) -> dict[str, str]:
    """Return what a line says of each mark: ``*预计 ②不含`` → ``{'*': '预计', '②': '不含'}``."""
    starts = [mark.start() for mark in _MARK.finditer(text)]
    said = {}
    for start, end in pairwise([*starts, len(text)]):
        mark = _MARK.match(text, start)
        if mark and (words := text[mark.end() : end].strip(" \t\n:：,，;；.。、")):
            said[mark[0]] = words
    return said


def dashes(text: str) -> str:
    """Write the sign between two moments as a hyphen: 1—6月 → 1-6月, 4月至6月 → 4月-6月.

    Dashes elsewhere stay: a cell that is a dash is a mark, and 甚至 and 达到 are words.
    """
    return _DASH.sub("-", text)
