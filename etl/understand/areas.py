"""Which area each label of an axis is: ambiguous names are settled by scope and by siblings."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from etl.understand.meaning import Fault, fault
from etl.understand.named_areas import is_under, related

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from etl.catalogue import Catalogue

CITY_AND_BELOW = ("prefecture", "county", "local")
TOTAL = ("total",)  # 合计: the parent of its siblings
UNCLEAR = "total"  # what an answer calls the 合计 whose area nothing tells


def settle(
    labels: Sequence[tuple[str, ...]],
    scope: str | None,
    catalogue: Catalogue,
    pins: Mapping[str, str],
) -> list[str | Fault | None]:
    """Return one area a label; '' candidates give None, an unsettled name a fault.

    ``pins`` say which area a name is that nothing on the sheet settles.
    """
    axis = _Axis(labels, scope, catalogue, pins)
    known: dict[tuple[str, ...], str | Fault | None] = {(): None}
    times = Counter(labels)
    for label in times:
        if label not in known:
            known[label] = axis.total() if label == TOTAL else axis.one(label)
    found = [known[label] for label in labels]
    del times[()], times[TOTAL]
    twice = [label for label, count in times.items() if count == len(label) == 2]
    if all(count == 1 or label in twice for label, count in times.items()):
        for label in twice:  # else the axis names every area again for each of its periods
            _part_of_its_name(label, labels, found, catalogue)
    below = next((code for code in found[1:] if isinstance(code, str)), None)
    if below and times[labels[0]] == 1 and axis.may_be_whole(labels[0], below):
        found[0] = axis.unsettled(labels[0], labels[0])
    return found


def _part_of_its_name(
    label: tuple[str, ...],
    labels: Sequence[tuple[str, ...]],
    found: list[str | Fault | None],
    catalogue: Catalogue,
) -> None:
    """吉林 over 长春 is the province, the second 吉林 its city: a whole stands above its parts."""
    first = labels.index(label)
    second = labels.index(label, first + 1)
    if second == first + 1:
        return
    for whole, part in (label, label[::-1]):
        below = found[first + 1]
        inside = isinstance(below, str) and catalogue.areas[below].parent == whole
        if catalogue.areas[part].parent == whole and inside:
            found[first], found[second] = whole, part


class _Axis:
    def __init__(
        self,
        labels: Sequence[tuple[str, ...]],
        scope: str | None,
        catalogue: Catalogue,
        pins: Mapping[str, str],
    ) -> None:
        self.scope, self.catalogue, self.pins = scope, catalogue, pins
        named = [label for label in dict.fromkeys(labels) if label and label != TOTAL]
        self.within = {label: self._within(label) for label in named}
        sure = [codes[0] for codes in self.within.values() if len(codes) == 1]
        self.parents = Counter(self._parent(code) for code in sure)
        self.parents.pop(None, None)
        self.levels = Counter(catalogue.areas[code].level for code in sure)

    def _parent(self, code: str) -> str | None:
        return self.catalogue.areas[code].parent

    def _within(self, codes: tuple[str, ...]) -> tuple[str, ...]:
        """The candidates inside the scope, if any of them is."""
        if self.scope is None:
            return codes
        return tuple(c for c in codes if is_under(c, self.scope, self.catalogue)) or codes

    def one(self, codes: tuple[str, ...]) -> str | Fault:
        left = self.within[codes]
        if len(left) > 1 and self.parents:
            parent = self.parents.most_common(1)[0][0]
            if len(self.parents) == 1 or self.parents[parent] > 1:
                left = (
                    tuple(c for c in left if self._parent(c) == parent)
                    or tuple(c for c in left if c == parent)
                    or left
                )
        if len(left) > 1 and self.levels:
            level = self.levels.most_common(1)[0][0]
            left = tuple(c for c in left if self.catalogue.areas[c].level == level) or left
        if len(left) > 1:
            left = self._in_force(left)
        if len(left) == 1 and not self._lies_elsewhere(left[0]):
            return left[0]
        return self.unsettled(codes, left)

    def _lies_elsewhere(self, code: str) -> bool:
        """Whether an area lies outside the city of the title: a 社区 东城区 is not Beijing's.

        A title may name a county above its neighbours; beyond its city nothing vouches for a name.
        """
        city = self.scope
        if city is None or self.catalogue.areas[city].level not in CITY_AND_BELOW:
            return False
        while city and self.catalogue.areas[city].level in CITY_AND_BELOW[1:]:
            city = self._parent(city)
        return city is not None and not related(code, city, self.catalogue)

    def may_be_whole(self, codes: tuple[str, ...], below: str) -> bool:
        """Whether a first name may be the whole of what stands below it: 吉林 over 长春."""
        whole = self._parent(below)
        return whole in codes and any(self._parent(code) == whole for code in codes)

    def unsettled(self, codes: tuple[str, ...], left: tuple[str, ...]) -> str | Fault:
        """What an answer says of a name that nothing on the sheet settles, else a question."""
        name = ";".join(sorted(codes))
        if (pinned := self.pins.get(name)) in left:
            return str(pinned)
        names = "、".join(self._full_name(code) for code in left[:4])
        rule = "ambiguous_area" if len(left) > 1 else "area_elsewhere"
        return fault(rule, candidates=names, name=name, among=left)

    def _in_force(self, codes: tuple[str, ...]) -> tuple[str, ...]:
        """Of a recoded area (同仁县, 同仁市) the code that is in force today."""
        return tuple(c for c in codes if self.catalogue.areas[c].valid_to is None) or codes

    def _full_name(self, code: str) -> str:
        parent = self._parent(code)
        above = self.catalogue.areas[parent].name if parent else ""
        return above + self.catalogue.areas[code].name

    def total(self) -> str | Fault | None:
        """The common parent of the axis, else the scope: 合计 below counties is the city."""
        if len(self.parents) == 1 or (self.scope and self.scope in self.parents):
            return self.scope if self.scope in self.parents else next(iter(self.parents))
        if self.scope and not self.parents:
            return self.scope
        return self.pins.get(UNCLEAR) or fault("unclear_total", total=UNCLEAR)
