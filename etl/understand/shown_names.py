"""The names of files and sheets as they may be kept: 张三报表.xlsx is 〔姓名〕报表.xlsx."""

from __future__ import annotations

import re
from itertools import chain, count
from typing import TYPE_CHECKING

from etl.understand.mask import hide, nobody, sheet_shown
from etl.understand.names import is_name

if TYPE_CHECKING:
    from collections.abc import Sequence

    from etl.understand.vocabulary import Vocabulary

CHINESE = re.compile("[一-鿿]+")


def file_shown(name: str, vocabulary: Vocabulary) -> str:
    """A file's name without the person whom it is named after, beside areas and 报表 or 终稿."""

    def shown(match: re.Match[str]) -> str:
        before, core, behind = _core(match[0], vocabulary)
        is_person = is_name(core, vocabulary, sure=True)
        return before + (nobody(vocabulary) if is_person else core) + behind

    return hide(CHINESE.sub(shown, name), vocabulary.catalogue.masks)


def sheets_shown(names: Sequence[str], vocabulary: Vocabulary) -> dict[str, str]:
    """The names of a workbook's sheets by those that they have, no two of them alike."""
    found: dict[str, str] = {}
    for name in names:
        shown = sheet_shown(name, vocabulary)
        if shown != name:
            taken = {*names, *found.values()}
            numbered = (f"{shown}{number}" for number in count(2))
            shown = next(free for free in chain([shown], numbered) if free not in taken)
        found[name] = shown
    return found


def _core(text: str, vocabulary: Vocabulary) -> tuple[str, str, str]:
    """What is left of a run of signs between areas and words about files: 甘州区 张三 报表."""
    start, end, known = 0, len(text), {*vocabulary.catalogue.words["file_word"]}
    while size := _known(text[start:end], known, vocabulary, at_end=False):
        start += size
    while size := _known(text[start:end], known, vocabulary, at_end=True):
        end -= size
    return text[:start], text[start:end], text[end:]


def _known(text: str, known: set[str], vocabulary: Vocabulary, *, at_end: bool) -> int:
    """The length of the longest word or area that a text begins or ends with."""
    for size in range(min(vocabulary.longest_area, len(text)), 0, -1):
        word = text[-size:] if at_end else text[:size]
        if word in known or (size > 1 and word in vocabulary.areas):
            return size
    return 0
