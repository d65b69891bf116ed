"""Where a report in words speaks of: its place, and the part of it that a clause begins with."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING

from etl.prose.figures import CLAUSE_ENDS

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from etl.catalogue import Catalogue

LEVELS = ("prefecture", "county")
TITLE = 5  # a place in the title counts as much as five in the text
LONGEST = 12  # signs of a name
WHOLE = re.compile("[我全本该][市县区州旗盟]")  # speaks of the report's own place
TOGETHER = tuple("、和及与等")  # 临泽县、高台县: neither


class Gazetteer:
    """The names of prefectures and counties, and which of them a text speaks of."""

    def __init__(self, catalogue: Catalogue) -> None:
        self.areas = catalogue.areas
        self.full: dict[str, set[str]] = {}
        self.short: dict[str, set[str]] = {}
        for code, area in catalogue.areas.items():
            if area.level in LEVELS:
                for name in {area.name, *area.aliases}:
                    self.full.setdefault(name, set()).add(code)
                if len(area.short_name) > 1:
                    self.short.setdefault(area.short_name, set()).add(code)

    def of(self, paragraphs: Sequence[Sequence[str]]) -> str:
        """The code of the area named most, the title counting more; '' where two are alike."""
        votes: Counter[str] = Counter()
        for number, paragraph in enumerate(paragraphs):
            for code in self._named("".join(paragraph)):
                votes[code] += TITLE if number < 2 else 1
        (first, most), *rest = [*votes.most_common(2), ("", 0), ("", 0)][:2]
        return first if most > rest[0][1] else ""

    def within(self, said: str, own: str) -> str:
        """Whose figure it is: 甘州区走访8户 is no figure of 张掖市. '' where two areas share it."""
        area = own
        for clause in re.split(f"[{CLAUSE_ENDS}]", said):
            size = self._begins(clause)
            if size:
                codes = self.full[clause[:size]]
                several = clause[size:].startswith(TOGETHER) or len(codes) > 1
                area = "" if several else next(iter(codes))
            elif whole := WHOLE.search(clause):
                area = self._whole(whole[0], own)
        return area

    def _whole(self, word: str, own: str) -> str:
        """The report's own place; 全市 in a county's report is the city above it."""
        area = self.areas.get(own)
        if area and area.level == "county" and word.endswith("市") and not area.name.endswith("市"):
            return area.parent or ""
        return own

    def _begins(self, clause: str) -> int:
        """How many signs of an area's full name a clause begins with."""
        sizes = range(min(LONGEST, len(clause)), 2, -1)
        return next((size for size in sizes if clause[:size] in self.full), 0)

    def _named(self, text: str) -> Iterable[str]:
        """The areas that a text names beyond doubt, longest names first."""
        at = 0
        while at < len(text):
            for size in range(min(LONGEST, len(text) - at), 1, -1):
                name = text[at : at + size]
                codes = self.full.get(name, set()) | self.short.get(name, set())
                if codes:
                    if len(codes) == 1:
                        yield next(iter(codes))
                    at += size - 1
                    break
            at += 1
