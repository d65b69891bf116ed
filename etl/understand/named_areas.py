"""The areas that running text names, and which of two lies inside the other."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from etl.catalogue import Catalogue
    from etl.understand.vocabulary import Vocabulary

TOKEN = re.compile(r"[一-鿿]+")


def areas_inside(text: str, vocabulary: Vocabulary) -> list[tuple[str, ...]]:
    """Return the areas named in running text: full names anywhere, short ones as whole tokens."""
    if codes := vocabulary.areas.get(text):
        return [codes]
    found: list[tuple[str, ...]] = []
    position = end = 0  # of the last name
    while position < len(text):
        for size in range(min(vocabulary.longest_area, len(text) - position), 1, -1):
            codes = vocabulary.areas.get(text[position : position + size])
            if codes and size == 2:
                beside = found[-1:] if position == end else []
                full = _short_county(codes, beside, vocabulary) if position == end else ()
                if not full and _lies_inside(codes, beside, vocabulary):
                    found.append(())  # 张掖市民乐 is its county, 石家庄市新华书店 is not: ask
                codes = full
            if codes and not text[position].isdigit() and _is_whole_word(text, position, size):
                found.append(codes)
                position += size - 1
                end = position + 1
                break
        position += 1
    if not found:
        found = [
            vocabulary.areas[token] for token in TOKEN.findall(text) if token in vocabulary.areas
        ]
    return found


def _short_county(
    codes: tuple[str, ...], around: list[tuple[str, ...]], vocabulary: Vocabulary
) -> tuple[str, ...]:
    """The counties of two characters that a title begins with, or names behind their city: 邱县."""
    known = vocabulary.catalogue
    full = [code for code in codes if len(known.areas[code].name) == 2]
    if not around:  # 城区 and 郊区 are many
        return tuple(code for code in full if known.areas[code].name.endswith("县"))
    return tuple(code for code in full if any(is_under(code, w, known) for w in around[0]))


def _lies_inside(
    codes: tuple[str, ...], around: list[tuple[str, ...]], vocabulary: Vocabulary
) -> bool:
    """Whether a short name behind a city's may be a county of it."""
    known = vocabulary.catalogue
    return any(
        code != city and is_under(code, city, known)
        for cities in around
        for city in cities
        for code in codes
    )


def _is_whole_word(text: str, start: int, size: int) -> bool:
    """Whether a name in Latin letters stands alone: Oman is not in Romania."""
    around = text[max(start - 1, 0) : start + 1], text[start + size - 1 : start + size + 1]
    return not any(len(pair) == 2 and pair.isascii() and pair.isalpha() for pair in around)


def narrowest(
    areas: list[tuple[str, ...]], catalogue: Catalogue, scope: str | None = None
) -> str | None:
    """Return the one area that lies inside all others named, or None where they disagree."""
    chosen: str | None = None
    for candidates in sorted(areas, key=len):
        around = chosen or scope
        inside = [c for c in candidates if around is None or related(c, around, catalogue)]
        if len(inside) != 1:
            inside = [c for c in inside or candidates if not catalogue.areas[c].generic]
        if len(inside) != 1 or (chosen and not related(inside[0], chosen, catalogue)):
            return None
        if chosen is None or is_under(inside[0], chosen, catalogue):
            chosen = inside[0]
    return chosen


def is_under(code: str, scope: str, catalogue: Catalogue) -> bool:
    """Whether ``code`` is ``scope`` or lies inside it."""
    current: str | None = code
    while current is not None:
        if current == scope:
            return True
        current = catalogue.areas[current].parent
    return False


def related(one: str, other: str, catalogue: Catalogue) -> bool:
    """Whether one of two areas lies inside the other."""
    return is_under(one, other, catalogue) or is_under(other, one, catalogue)
