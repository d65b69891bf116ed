"""Writes new words into a shape that people have moved and dressed, and leaves its looks."""

from __future__ import annotations

from collections import Counter
from copy import deepcopy
from typing import TYPE_CHECKING, Any

from lxml.etree import tostring
from pptx.oxml.ns import qn

from dashboard.exports.pptx.table import PAPER
from dashboard.exports.pptx.text import GREY, INK, RED

if TYPE_CHECKING:
    from collections.abc import Sequence

OURS = (INK, GREY, RED, PAPER)


def graft_text(old: Any, fresh: Any, size: int) -> None:
    """Write the paragraphs of one text body into another.

    ``size`` is the type size that was written last time: where it stands unchanged, the one that
    the new words need takes its place.
    """
    paragraphs, wanted = old.findall(qn("a:p")), fresh.findall(qn("a:p"))
    if not paragraphs:
        old.extend(map(deepcopy, wanted))
        return
    for n, words in enumerate(wanted):
        if n >= len(paragraphs):
            paragraphs.append(deepcopy(paragraphs[-1]))
            paragraphs[-2].addnext(paragraphs[-1])
        _graft_paragraph(paragraphs[n], words, size)
    for left_over in paragraphs[len(wanted) :]:
        old.remove(left_over)


def _graft_paragraph(old: Any, fresh: Any, size: int) -> None:
    """Write the runs of a paragraph, each dressed as the one in its place was.

    A single one is dressed as most of the words were: people make one word of a sentence bold.
    """
    wanted = fresh.findall(qn("a:r"))
    runs = old.findall(qn("a:r"))
    if len(wanted) == 1 and runs:
        runs = [_most(runs)]
    dressed = [run.find(qn("a:rPr")) for run in runs]
    for gone in [e for e in old if e.tag in (qn("a:r"), qn("a:br"), qn("a:fld"))]:
        old.remove(gone)
    end = old.find(qn("a:endParaRPr"))
    for n, words in enumerate(wanted):
        run = deepcopy(words)
        if len(dressed) == len(wanted):
            _dress(run, dressed[n], size)
        if end is None:
            old.append(run)
        else:
            end.addprevious(run)


def _most(runs: Sequence[Any]) -> Any:
    """Return the first run that looks as most of the words do."""
    looks = [b"" if (look := run.find(qn("a:rPr"))) is None else tostring(look) for run in runs]
    words: Counter[bytes] = Counter()
    for run, look in zip(runs, looks, strict=True):
        words[look] += len(run.findtext(qn("a:t"), ""))
    return runs[looks.index(words.most_common(1)[0][0])]


def _dress(run: Any, before: Any, size: int) -> None:
    """Give a run the look of the one before it."""
    if before is None:
        return
    own = run.find(qn("a:rPr"))
    look = deepcopy(before)
    if size and look.get("sz") == str(size) and own.get("sz"):
        look.set("sz", own.get("sz"))
    colours = [e.find(f"{qn('a:solidFill')}/{qn('a:srgbClr')}") for e in (look, own)]
    if all(c is not None for c in colours) and colours[0].get("val").upper() in OURS:
        colours[0].set("val", colours[1].get("val"))  # a gap's grey, white on a dark shade
    run.replace(own, look)
