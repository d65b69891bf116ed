"""Refreshes a deck: each slot is untouched and takes its new meaning, or edited by hand and stays.

What speaks for a whole slide — title, sentences, period, sources — changes only where every chart
of the slide did: a title must not tell of figures that are not there.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from dashboard.exports.pptx.meaning import NOTHING, chart_of, digest, workbook_differs
from dashboard.exports.pptx.package import give_back, names_of, packed
from dashboard.exports.pptx.record import keep, read
from dashboard.exports.pptx.refresh.chart import GraftError
from dashboard.exports.pptx.refresh.further import end_sooner, go_on
from dashboard.exports.pptx.refresh.pairs import later, paired
from dashboard.exports.pptx.refresh.report import Line, Refreshed
from dashboard.exports.pptx.refresh.shape import describe, graft
from dashboard.exports.pptx.slots import CHART, is_title, named, shapes_of, slots_of
from dashboard.exports.pptx.template import opened

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from dashboard.exports.pptx.record import Record, Slot
    from dashboard.exports.pptx.refresh.report import What
    from dashboard.exports.pptx.slots import Found


def refresh(old: bytes, fresh: bytes) -> Refreshed:
    """Write the figures of a deck just made into one that people have edited."""
    edited, made = opened(old), opened(fresh)
    package = edited.part.package
    names = names_of(package)
    work = Work(edited, made)
    for n, slide in enumerate(work.old.slides, start=1):
        work.refresh(n, slide)
    work.look_round()
    go_on(work)
    end_sooner(work)
    keep(package, work.record())
    give_back(names, package)
    return Refreshed(packed(package), tuple(work.lines))


class Work:
    """Two decks, what each was made from, and what became of the slots so far."""

    def __init__(self, old: Any, fresh: Any) -> None:
        self.old = old
        self.before, self.now = (read(deck.part.package) for deck in (old, fresh))
        self.fresh = fresh
        self.new = {found.name: found.shape for slide in fresh.slides for found in slots_of(slide)}
        self.pairs = paired(self.before, self.now)
        self.slots: dict[str, Slot] = dict(self.before.slots)
        self.names = {e.get("name") for slide in old.slides for e in named(slide)} | {
            found.name for slide in old.slides for found in slots_of(slide)
        }
        self.again: set[str] = set()  # slots that were found under another name
        self.shared: dict[Any, What] = {}  # parts of charts, which copies made by programs share
        self.lines: list[Line] = []

    def refresh(self, n: int, slide: Any) -> None:
        """Refresh the slots of one slide; after a copy it may hold those of several."""
        found = slots_of(slide)
        for key in dict.fromkeys(slot.name.partition("/")[0] for slot in found):
            own = [slot for slot in found if slot.name.partition("/")[0] == key]
            for slot in own:
                if slot.name not in self.before.slots:
                    self.lines.append(Line("unknown", slot.name, n))
            known = [slot for slot in own if slot.name in self.before.slots]
            if any(slot.name in self.pairs for slot in known):
                self._slots(n, slide, key, known)
            elif known:
                self.lines.append(Line("gone", key, n))

    def _slots(self, n: int, slide: Any, key: str, known: Sequence[Found]) -> None:
        charts = [slot for slot in known if CHART.fullmatch(slot.part)]
        done: dict[str, str] = {}
        for slot in charts:  # of one copied within its slide, the copy that stays holds the words
            what = self._slot(n, slot)
            done[slot.part] = what if done.get(slot.part, what) else ""
        for name in _unreadable(slide, key, known):
            self.lines.append(Line("edited", name, n, "type"))
            done[name.partition("/")[2]] = ""
        renamed = [*self._renamed(slide, key, known)]
        charted = {part for _, parts in renamed for part in parts if CHART.fullmatch(part)}
        done |= dict.fromkeys(charted, "")
        changed = "updated" in done.values()
        for name, parts in renamed:
            self.again |= {f"{key}/{part}" for part in parts}
            stale = changed and not charted & {*parts}  # words beside figures that are new
            self.lines.append(Line("check" if stale else "edited", name, n, "renamed"))
        for slot in known:
            if slot in charts:
                continue
            speaks_for = _charts_of(slot.part, done)
            if all(done[part] for part in speaks_for):
                self._slot(n, slot, changed=changed)
            else:
                self.lines.append(Line("kept", slot.name, n, "held"))

    def _slot(self, n: int, slot: Found, *, changed: bool = False) -> str:
        """Give one slot its new meaning; returns what became of it, "" where it stays as it is."""
        before, name = self.before.slots[slot.name], self.pairs.get(slot.name)
        if name is None or name not in self.new:
            self.lines.append(Line("gone", slot.name, n))
            return ""
        chart = chart_of(slot.shape)
        if chart is not None and chart.part in self.shared:
            describe(slot.shape, self.new[name])
            self.lines.append(Line(self.shared[chart.part], slot.name, n))
            return self.shared[chart.part]
        if edited(slot.shape, before):
            differs = changed or before.digest != self.now.slots[name].digest
            text = not CHART.fullmatch(slot.part)
            self.lines.append(Line("check" if text and differs else "edited", slot.name, n))
            return "edited" if text else ""
        try:
            written = graft(slot.shape, self.new[name], before, self.now.slots[name])
        except GraftError as why:
            self.lines.append(Line("edited", slot.name, n, str(why)))
            return ""
        what: What = "same" if written.digest == before.digest else "updated"
        self.lines.append(Line(what, slot.name, n))
        self.slots[slot.name] = written
        if chart is not None:
            self.shared[chart.part] = what
        return what

    def _renamed(
        self, slide: Any, key: str, known: Sequence[Found]
    ) -> Iterator[tuple[str, list[str]]]:
        """Yield shapes that say what lost parts of the slide said, and which parts those were.

        A title is one whatever it says. The name may be that of another slide's chart, where
        somebody exchanged two.
        """
        here = {slot.name for slot in known}
        lost = {
            name.partition("/")[2]: slot.digest
            for name, slot in self.before.slots.items()
            if name.startswith(f"{key}/") and name not in here and slot.digest != NOTHING
        }
        for shape in shapes_of(slide) if lost else ():
            if shape.name.startswith(f"{key}/"):
                continue
            said = digest(shape)
            headed = is_title(shape)
            if parts := [p for p, was in lost.items() if was == said or (headed and p == "title")]:
                yield shape.name, parts

    def look_round(self) -> None:
        """Note what the old deck lacks: slots that were deleted, slides that are new."""
        lost = [name for name in self.before.slots if name not in self.names | self.again]
        keys = {name.partition("/")[0] for name in self.names}
        slides = dict.fromkeys(name.partition("/")[0] for name in lost)
        for key in slides:
            if key not in keys:
                self.lines.append(Line("missing", key))
        self.lines += [Line("missing", n) for n in lost if n.partition("/")[0] in keys]
        answered = set(self.pairs.values())
        fresh = [name for name in self.now.slots if name not in answered]
        old = {name.partition("/")[0] for name in self.before.slots}
        for key in dict.fromkeys(name.partition("/")[0] for name in fresh):
            if key not in old:
                title = self.new.get(f"{key}/title")
                called = title.text_frame.text if title is not None else ""
                self.lines.append(Line("new", key, called=called))
        charts = [name for name in fresh if CHART.fullmatch(name.partition("/")[2])]
        self.lines += [
            Line("new", name, called=self.now.slots[name].panel)
            for name in charts
            if name.partition("/")[0] in old
        ]

    def record(self) -> Record:
        """Return what the deck is made from now; slots that stay keep what they were made from."""
        slots = {
            name: self._staying(slot) if slot is self.before.slots.get(name) else slot
            for name, slot in self.slots.items()
        }
        slides = {
            key: replace(made, asked=tuple(later(one, self.before, self.now) for one in made.asked))
            for key, made in self.before.slides.items()
        }
        return replace(self.now, slides=slides, slots=slots)

    def _staying(self, slot: Slot) -> Slot:
        """Return a slot that keeps its figures: of which period, and what it will be asked next."""
        asked = later(slot.asked, self.before, self.now) if slot.asked else None
        return replace(slot, asked=asked, period=slot.period or self.before.choice.period)


def edited(shape: Any, before: Slot) -> bool:
    """Whether a shape says anything but what was written into it."""
    if digest(shape) != before.digest:
        return True
    chart = chart_of(shape)
    return chart is not None and workbook_differs(chart)


def _unreadable(slide: Any, key: str, known: Sequence[Found]) -> list[str]:
    """Return charts of a slide that are there but of a type of later years (漏斗图, 旭日图)."""
    names = {slot.name for slot in known}
    wanted = [e.get("name") for e in named(slide) if e.get("name").startswith(f"{key}/chart-")]
    return [name for name in dict.fromkeys(wanted) if name not in names]


def _charts_of(part: str, charts: dict[str, str]) -> list[str]:
    """Return the charts for which a text speaks: a caption for its own, others for all.

    A renamed chart holds back its own caption only: another's, left with the old figures, would
    stand over a chart that took the new ones.
    """
    kind, _, n = part.partition("-")
    if kind != "caption":
        return list(charts)
    return [chart for chart in charts if f"{chart}-".startswith(f"chart-{n}-")]
