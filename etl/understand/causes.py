"""What an issue says of a cause: its cells, what the first of them shows, and who may answer."""

from __future__ import annotations

from typing import TYPE_CHECKING

from etl.asked import FINDING
from etl.read.address import ranges
from etl.records import Issue
from etl.understand.mask import LONG_NUMBER, hide
from etl.understand.restricted import restricted_places

if TYPE_CHECKING:
    from collections.abc import Callable, Container, Mapping, Sequence

    from etl.records import Source
    from etl.understand.meaning import Fault
    from etl.understand.sheet import Sheet
    from etl.understand.table import Address


class Causes:
    """Tells the causes of one sheet.

    ``keys``: what an answer holds for → where it is kept. ``area_of``: the area of some cells.
    """

    def __init__(
        self,
        sheet: Sheet,
        source: Source,
        keys: Mapping[str, str],
        area_of: Callable[[Sequence[Address]], str | None],
    ) -> None:
        self.sheet, self.source, self.keys, self.area_of = sheet, source, keys, area_of
        self.catalogue = sheet.vocabulary.catalogue

    def issues(
        self,
        faults: Mapping[Fault, Sequence[Address]],
        warnings: Mapping[Fault, Sequence[Address]],
    ) -> list[Issue]:
        """One issue a cause, naming all its cells; those of warnings are published all the same."""
        causes = [*faults.items(), *warnings.items()]
        if not causes:
            return []
        restricted = restricted_places(self.sheet.grid, self.sheet.vocabulary)
        found = []
        for cause, cells in causes:
            ordered = sorted(set(cells))
            hidden = next(filter(None, (restricted(*cell) for cell in ordered)), None)
            found.append(self._issue(cause, ordered, hidden, published=cause in warnings))
        return found

    def _issue(
        self, cause: Fault, cells: Sequence[Address], restricted: str | None, *, published: bool
    ) -> Issue:
        known, masks = self.catalogue, self.catalogue.masks
        said = {
            name: hide(word, masks) if isinstance(word, str) else word for name, word in cause.words
        }
        first = self.sheet.value(*cells[0])
        figure = published or isinstance(first, float)
        return Issue(
            cause.rule, self.sheet.grid.sheet, ranges(cells),
            self._printed(first, spare_figures=figure and cause.rule != "personal_number"),
            {**said, "count": len(cells)},
            self.source.source_file, self.source.source_id, self.source.dataset,
            form=self._form(cause, said),
            indicator=restricted or _named(said, "indicator", known.indicators),
            ref_area=_named(said, "area", known.areas) or self.area_of(cells),
        )  # fmt: skip

    def _form(self, cause: Fault, said: Mapping[str, object]) -> str:
        """The key that an answer would be kept under, '' where nobody should answer.

        A word that the catalogue knows as something else may say that elsewhere in the sheet, and
        one that is hidden is not kept.
        """
        ask = self.catalogue.rules[cause.rule].ask
        words = dict(cause.words)
        lacking = ask is not None and ask.about not in ("", FINDING, *words)  # one of many rows
        if ask is None or lacking or said.get(ask.about) != words.get(ask.about):
            return ""
        known = cause.rule == "unknown_indicator" and self.sheet.vocabulary.means(words["part"])
        return "" if known else self.keys[ask.holds]

    def _printed(self, value: object, *, spare_figures: bool) -> str:
        """What a cell shows; text that is no published figure may be a telephone: 13812345678."""
        if value is None:
            return ""
        if isinstance(value, float):
            value = format(value, ".15g" if abs(value) < LONG_NUMBER else ".0f")
        return hide(str(value), self.catalogue.masks, spare_figures=spare_figures)[:200]


def _named(said: Mapping[str, object], word: str, known: Container[str]) -> str | None:
    """The code among the words of a cause, for whoever looks for the issues of an indicator."""
    code = str(said.get(word, ""))
    return code if code in known else None
