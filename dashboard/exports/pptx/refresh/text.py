"""Writes new words into a shape that people have moved and dressed, and leaves its looks."""

from __future__ import annotations

from copy import deepcopy
from typing import TYPE_CHECKING, Any

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
    for n, words in enumerate(wanted):
        if n >= len(paragraphs):
            paragraphs.append(deepcopy(paragraphs[-1]))
            paragraphs[-2].addnext(paragraphs[-1])
        _graft_paragraph(paragraphs[n], words, size)
    for left_over in paragraphs[len(wanted) :]:
        old.remove(left_over)


def _graft_paragraph(old: Any, fresh: Any, size: int) -> None:
    """Write the runs of a paragraph, each dressed as the one in its place was."""
    runs = old.findall(qn("a:r"))
    dressed = [run.find(qn("a:rPr")) for run in runs]
    wanted = fresh.findall(qn("a:r"))
    for gone in [e for e in old if e.tag in (qn("a:r"), qn("a:br"), qn("a:fld"))]:
        old.remove(gone)
    end = old.find(qn("a:endParaRPr"))
    for n, words in enumerate(wanted):
        run = deepcopy(words)
        if len(dressed) == len(wanted) or len(wanted) == 1:
            _dress(run, dressed[n : n + 1], size)
        if end is None:
            old.append(run)
        else:
            end.addprevious(run)


def _dress(run: Any, looks: Sequence[Any], size: int) -> None:
    """Give a run the look of the one before it."""
    if not looks or looks[0] is None:
        return
    own = run.find(qn("a:rPr"))
    look = deepcopy(looks[0])
    if size and look.get("sz") == str(size) and own.get("sz"):
        look.set("sz", own.get("sz"))
    colours = [e.find(f"{qn('a:solidFill')}/{qn('a:srgbClr')}") for e in (look, own)]
    if all(c is not None for c in colours) and colours[0].get("val").upper() in OURS:
        colours[0].set("val", colours[1].get("val"))  # a gap's grey, white on a dark shade
    run.replace(own, look)
