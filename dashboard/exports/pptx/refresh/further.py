"""Slides on which a table goes on: they come behind the first where it grew, and go as it shrinks.

Only where nobody changed a part of the table; a slide that goes is one to which nobody added.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from dashboard.exports.pptx.refresh.report import Line
from dashboard.exports.pptx.refresh.slides import add_behind, is_untouched, take_out
from dashboard.exports.pptx.slots import slots_of

if TYPE_CHECKING:
    from dashboard.exports.pptx.refresh.deck import Work

CHANGED = ("edited", "missing", "unknown")


def go_on(work: Work) -> None:
    """Add the slides on which a table of the file goes on that grew longer."""
    for line in [line for line in work.lines if line.what == "new"]:
        if not _goes_on(line.slot, work):
            continue
        own = {name for name in work.now.slots if _key(name) == line.slot}
        [slide] = [s for s in work.fresh.slides if own & {found.name for found in slots_of(s)}]
        place = _last_of(_base_of(line.slot), work)
        add_behind(work.old, place, slide)
        work.slots |= {name: work.now.slots[name] for name in own}
        work.lines.remove(line)
        _count(1, place, work)
        work.lines.append(replace(line, what="added", slide=place + 1))


def end_sooner(work: Work) -> None:
    """Take out slides on which a table no longer goes on: its figures stand on the others."""
    answered = {*work.pairs.values()}
    for line in [line for line in reversed(work.lines) if line.what == "gone"]:
        now = {name for name in work.now.slots if _base_of(name) == _base_of(line.slot)}
        if not (now and now <= answered and _goes_on(line.slot, work)):
            continue
        written = {n: s.digest for n, s in work.before.slots.items() if _key(n) == line.slot}
        slide = work.old.slides[line.slide - 1]
        if not is_untouched(slide, written):
            continue
        title = slide.shapes.title.text_frame.text
        take_out(work.old, line.slide)
        work.slots = {name: slot for name, slot in work.slots.items() if name not in written}
        work.lines.remove(line)
        _count(-1, line.slide, work)
        work.lines.insert(0, Line("removed", line.slot, called=title))


def _key(name: str) -> str:
    return name.partition("/")[0]


def _base_of(name: str) -> str:
    """Return the slide on which a table began: annex of annex~2 and its parts."""
    return _key(name).partition("~")[0]


def _goes_on(key: str, work: Work) -> bool:
    """Whether a slide is a further one of a table of the file, of which people changed no part."""
    base = _base_of(key)
    is_further = "~" in key and "/" not in key
    changed = {_base_of(line.slot) for line in work.lines if line.what in CHANGED}
    return is_further and base in map(_base_of, work.names) and base not in changed


def _last_of(base: str, work: Work) -> int:
    """Return the place of the last slide on which a table stands, of the first copy of it."""
    places: dict[str, int] = {}
    for n, slide in enumerate(work.old.slides, start=1):
        for found in slots_of(slide):
            places.setdefault(_key(found.name), n)
    return max(n for key, n in places.items() if _base_of(key) == base)


def _count(more: int, place: int, work: Work) -> None:
    """Tell of all that stands behind a slide that it stands one further, or one nearer."""
    work.lines = [replace(one, slide=one.slide + more * (one.slide > place)) for one in work.lines]
