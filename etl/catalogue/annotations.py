"""Reads annotations.yml: what happened in a period, which charts of it should say."""

from __future__ import annotations

from typing import TYPE_CHECKING

from etl.catalogue.files import entries
from etl.catalogue.model import Annotation
from etl.periods import every_period

if TYPE_CHECKING:
    from collections.abc import Container, Sequence
    from pathlib import Path

FIELDS = ("dataset", "period", "indicators", "areas", "zh", "en")


def read_annotations(
    folders: Sequence[Path], indicators: Container[str], areas: Container[str]
) -> tuple[Annotation, ...]:
    """The annotations in the order of their periods; a later folder overrides by key."""
    periods = set(every_period())
    found = []
    for entry in entries(folders, "annotations.yml", FIELDS).values():
        entry.check_known(entry.words("indicators"), indicators)
        entry.check_known(entry.words("areas"), areas)
        period = entry.text("period")
        if period not in periods:
            raise entry.error(
                f"period 是“{period}”；请写 2023、2023-S1、2023-Q1 或 2023-M01",
                f"period is {period!r}; write 2023, 2023-S1, 2023-Q1 or 2023-M01",
            )
        found.append(
            Annotation(
                dataset=entry.optional("dataset"),
                time_period=period,
                indicators=entry.words("indicators"),
                ref_areas=entry.words("areas"),
                note=entry.text("zh"),
                note_en=entry.text("en"),
            )
        )
    return tuple(sorted(found, key=lambda one: (one.time_period, one.note)))
