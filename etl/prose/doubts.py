"""Why a figure beside the words of an indicator is no observation: a plan, a change, an average."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from etl.prose.figures import Found
    from etl.prose.match import Place

NEAR = 6  # signs before a figure in which 增长 speaks of it


class Doubts:
    """The lists of prose.yml that refuse a figure; all are regular expressions but ``names``."""

    def __init__(self, lists: Mapping[str, Sequence[str]]) -> None:
        self.planned, self.ahead = _any(lists["planned"]), _any(lists["ahead"])
        self.changed = _any(lists["changed"], f"[^,]{{0,{NEAR}}}$")
        self.left_behind = _any(lists["left_behind"])
        self.each, self.added = _any(lists["each"]), _any(lists["added"])
        self.names = lists["names"]
        self.subject = re.compile(
            f"(?P<ours>{_either(lists['ours'])})|(?P<others>{_either(lists['others'])})"
        )

    def about(self, figure: Found, place: Place) -> bool:
        """Whether the figure is anything but a level that the place itself reached."""
        return bool(
            self.planned.search(place.clause)
            or self.ahead.search(place.said)
            or self.changed.search(place.led_by)
            or self.left_behind.match(place.after)
            or self.each.search(place.before)
            or any(figure.printed in name and name in place.clause for name in self.names)
            or self._of_others(place.said)
        )

    def adds_to_stock(self, place: Place) -> bool:
        """新增悬挂光荣牌215块 is no stand of 光荣牌."""
        return bool(self.added.search(place.led_by))

    def _of_others(self, said: str) -> bool:
        """Whether the last that the sentence spoke of is the country, the province or a village."""
        whose = [match["ours"] is None for match in self.subject.finditer(said)]
        return bool(whose) and whose[-1]


def _either(patterns: Sequence[str]) -> str:
    return "|".join(patterns) or "(?!)"


def _any(patterns: Sequence[str], behind: str = "") -> re.Pattern[str]:
    return re.compile(f"(?:{_either(patterns)}){behind}")
