"""The groups that the rows of a table stand in: 一、走访慰问 above its rows, 慰问金 above 其中."""

from __future__ import annotations

from typing import TYPE_CHECKING

from etl.understand.moments import yearlike
from etl.understand.reading import names_but_an_indicator
from etl.understand.sheet import Sheet, is_number

if TYPE_CHECKING:
    from etl.records import Value
    from etl.understand.blocks import Block
    from etl.understand.vocabulary import Label


class RowGroups:
    """The rows of a body by the labels of their indicator stubs."""

    def __init__(self, sheet: Sheet, block: Block, stubs: list[int], values: list[int]) -> None:
        self.sheet, self.block, self.vocabulary = sheet, block, sheet.vocabulary
        self.stubs, self.values = stubs, values  # columns

    def above(self) -> dict[int, tuple[Label, ...]]:
        """Return the labels of the groups of each row: of a part the row above, else by numbers.

        A group is a row that names something and holds no figure; 其中 and its like belong to the
        last row that is no part itself.
        """
        parts = {stub: self._parts(stub) for stub in self.stubs}
        parts = {s: may for s, may in parts.items() if may or not self._all_stand_alone(s)}
        bare = self._bare() if parts else set()
        if not bare and not any(parts.values()):
            return {}
        found: dict[int, tuple[Label, ...]] = {}
        for stub in parts:
            held = self.sheet.coded(stub, self.block.body)
            labels = [self.sheet.said_by(value) for value in held.values]
            may_be_part = [value in parts[stub] for value in held.values]
            group: tuple[Label, ...] = ()
            silent = False  # the group says nothing to a row with an indicator of its own
            leader: tuple[int, Label] | None = None
            led: dict[tuple[int, ...], tuple[Label, ...]] = {}  # equal groups are one object
            is_part = False
            for row, number in zip(self.block.body, held.numbers.tolist(), strict=True):
                label = labels[number]
                if label is None:
                    continue
                is_part = may_be_part[number] and (
                    label.of_which
                    or leader is not None
                    and self._is_part((row, label), leader, stub, after_part=is_part)
                )
                if is_part:
                    above = (*group, leader[1]) if leader else group
                    found[row] = led.setdefault(tuple(map(id, above)), above)
                    continue
                if group and not (silent and label.indicators):
                    found[row] = group
                if row in bare:
                    group, leader = led.setdefault((id(label),), (label,)), None
                    silent = names_but_an_indicator(label, self.vocabulary)
                else:
                    leader = row, label
        return found

    def _all_stand_alone(self, stub: int) -> bool:
        """Whether every label names an indicator and no more: then none heads the others."""
        texts = (v for v in self.sheet.held(stub, self.block.body) if isinstance(v, str))
        labels = map(self.vocabulary.label, texts)
        return all(names_but_an_indicator(label, self.vocabulary) for label in labels)

    def _parts(self, stub: int) -> set[Value]:
        """The texts of a stub that may name a part of a row above: 其中：部队, or 部队 alone."""
        texts = (v for v in self.sheet.held(stub, self.block.body) if isinstance(v, str))
        labels = {text: self.vocabulary.label(text) for text in texts}
        return {
            text
            for text, label in labels.items()
            if label.of_which or label.breakdowns and not (label.indicators or label.areas)
        }

    def _is_part(
        self, own: tuple[int, Label], leader: tuple[int, Label], stub: int, *, after_part: bool
    ) -> bool:
        """Whether a row that names but a breakdown is part: after 其中, or deeper than one above.

        其中：自主就业 / 政府安排工作; 慰问金 / 　部队; （一）慰问金 / 1.部队; 输送新兵 / 男 / 女.
        """
        (row, label), (above_row, above) = own, leader
        whole = {code for code, _ in above.indicators}
        if any(self._divides(part, code) for part in label.breakdowns for code in whole):
            return True
        deeper = _numbering(label) > _numbering(above) > 0 or self._indent(
            row, stub
        ) > self._indent(above_row, stub)
        return after_part or deeper

    def _divides(self, part: tuple[str, str], indicator: str) -> bool:
        """Whether a part is one of those that make up all of an indicator: 男, 线上."""
        exhaustive = self.vocabulary.catalogue.breakdowns[part].exhaustive
        return exhaustive and self.vocabulary.applies(part, indicator)

    def _indent(self, row: int, stub: int) -> int:
        """How far a label is moved in, in half characters: U+3000 is two spaces wide."""
        value = str(self.sheet.value(row, stub) or "")
        return sum(2 if c == "\u3000" else 1 for c in value[: len(value) - len(value.lstrip())])

    def _bare(self) -> set[int]:
        """The rows of the body that hold no figure in a value column, nor should."""
        rows = self.block.body
        for column in map(self.sheet.stored, self.values):  # most rows end at the first
            rows = [row for row in rows if type(column[row]) is not float]
        return {row for row in rows if self._is_bare(row)}

    def _is_bare(self, row: int) -> bool:
        """Whether no value column of a row holds a figure, nor should have."""
        cells = self.sheet.rows[row]
        for column in self.values:
            value = cells[column]
            if is_number(value) or (row, column) in self.sheet.missing:
                return False
            label = self.vocabulary.label(value) if isinstance(value, str) and value else None
            if label and (label.number is not None or yearlike(label) or _is_told(label)):
                return False
        return True


def _numbering(label: Label) -> int:
    """How deep a label's numbering lies: 一、 1, （一） 2, 1. 3, （1） or 1.1 4; 0 without one."""
    mark = label.ordinal
    if not mark:
        return 0
    in_digits = any(c.isascii() and c.isdigit() for c in mark)
    return 1 + 2 * in_digits + (mark[0] == "(") + mark.rstrip(".、 ").count(".")


def _is_told(label: Label) -> bool:
    """未报 is what a row reports; —, × and / also fill the rows that only name a group."""
    return bool(label.status) and label.text.isalpha()
