"""Reads topics.yml: which indicators the page 专题 puts together, and in which role."""

from __future__ import annotations

from typing import TYPE_CHECKING

from etl.catalogue.files import entries
from etl.catalogue.model import TopicPart

if TYPE_CHECKING:
    from collections.abc import Container, Sequence
    from pathlib import Path

ADDED_UP = ("funds_spent", "funds_in_budget")  # roles whose parts are stacked


def read_topics(
    folders: Sequence[Path],
    indicators: Container[str],
    breakdowns: Container[tuple[str, str]],
) -> tuple[TopicPart, ...]:
    """The parts of every role in their order; a later folder replaces a role's."""
    found = []
    for role, entry in entries(folders, "topics.yml", ("parts",)).items():
        for position, text in enumerate(entry.words("parts")):
            indicator, _, breakdown = text.partition(" = ")
            entry.check_known([indicator], indicators)
            dimension, _, code = breakdown.partition(":")
            if breakdown and (dimension, code) not in breakdowns:
                raise entry.error(
                    f"{text}：请先把 {breakdown} 写入 breakdowns.csv",
                    f"{text}: add {breakdown} to breakdowns.csv",
                )
            found.append(TopicPart(role, position, indicator, breakdown or "_T"))
        once = [part.indicator for part in found if part.role == role]
        if role in ADDED_UP and len(once) > len(set(once)):
            raise entry.error(
                "把指标和它自己的分项加在一起；请去掉一个",
                "adds an indicator to its own part; leave one of them out",
            )
    return tuple(found)
