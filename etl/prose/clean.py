"""Scraped text brought to plain simplified sentences: pinyin, traditional signs, doubled lines."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from etl.understand.mask import hide
from etl.understand.text import normalise

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from etl.catalogue import Catalogue

# 岢岚(kělán)县: lower case only, so that (GEP) stays; neutral tones have no mark, as in (de).
PINYIN = re.compile(r"[(（]\s*[a-zāáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜüńňǹḿ]+\s*[)）]")
TRADITIONAL_SHARE = 0.05  # fewer are names: 乾 stays in 乾县 of a simplified text
SENTENCE = re.compile(r"[^。!?]{1,800}[。!?]?")


def sentences(
    paragraphs: Sequence[str], catalogue: Catalogue, simplified: dict[int, str]
) -> list[list[str]]:
    """Return the sentences of each paragraph, each once: sites print an article twice."""
    seen: set[str] = set()
    found = []
    for paragraph in _simple([PINYIN.sub("", line) for line in paragraphs], simplified):
        safe = hide(normalise(paragraph), catalogue.masks, spare_figures=False)
        fresh = [said for said in _split(safe) if said not in seen]
        seen.update(fresh)
        if fresh:
            found.append(fresh)
    return found


def _simple(lines: list[str], simplified: dict[int, str]) -> list[str]:
    """The lines in simplified signs, where the text as a whole is in traditional ones."""
    signs = [sign for line in lines for sign in line if sign > "\u2e80"]
    traditional = sum(ord(sign) in simplified for sign in signs)
    if traditional < TRADITIONAL_SHARE * len(signs):
        return lines
    return [line.translate(simplified) for line in lines]


def _split(paragraph: str) -> Iterator[str]:
    for match in SENTENCE.finditer(paragraph):
        if said := match.group().strip():
            yield said
