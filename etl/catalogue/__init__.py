"""Loads the catalogue: indicators, areas, breakdowns, units, statuses, rules, expectations."""

from __future__ import annotations

from typing import TYPE_CHECKING

from etl.catalogue.annotations import read_annotations
from etl.catalogue.answers import chosen, in_force, pins_of, read_answers, verdicts_of
from etl.catalogue.areas import members_of, read_areas, read_recodes
from etl.catalogue.corrections import Correction, read_corrections
from etl.catalogue.expectations import read_reporting
from etl.catalogue.files import CatalogueError, content_hash
from etl.catalogue.indicators import read_indicators
from etl.catalogue.model import (
    Annotation,
    Area,
    Breakdown,
    Catalogue,
    DefinitionChange,
    Indicator,
    Mask,
    Recode,
    Relation,
    Reporting,
    Rule,
    Status,
    Term,
    Unit,
)
from etl.catalogue.pins import Known, read_layouts
from etl.catalogue.progress import read_curves, read_lamps
from etl.catalogue.relations import read_relations
from etl.catalogue.topics import read_topics
from etl.catalogue.words import (
    read_breakdowns,
    read_choices,
    read_masks,
    read_roles,
    read_rules,
    read_statuses,
    read_units,
)

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

__all__ = [
    "Annotation",
    "Area",
    "Breakdown",
    "Catalogue",
    "CatalogueError",
    "DefinitionChange",
    "Correction",
    "Indicator",
    "Mask",
    "Recode",
    "Relation",
    "Reporting",
    "Rule",
    "Status",
    "Term",
    "Unit",
    "content_hash",
    "load_catalogue",
]


def load_catalogue(folders: Sequence[Path]) -> Catalogue:
    """The catalogue of all folders that exist; what a later one says overrides by key."""
    folders = [folder for folder in folders if folder.is_dir()]
    units = read_units(folders)
    indicators = read_indicators(folders, units)
    breakdowns = read_breakdowns(folders, indicators)
    _check_pins(indicators, breakdowns)
    areas = read_areas(folders)
    members = members_of(areas.values())
    words = read_roles(folders)
    parts = Known(indicators, areas, breakdowns)
    answers = in_force(read_answers(folders))
    return Catalogue(
        indicators=indicators,
        areas=areas,
        recodes=read_recodes(folders, areas),
        breakdowns=breakdowns,
        units=units,
        statuses=read_statuses(folders),
        rules=read_rules(folders),
        relations=read_relations(folders, indicators, breakdowns),
        reporting=read_reporting(folders, indicators, areas, members),
        annotations=read_annotations(folders, indicators, areas),
        topics=read_topics(folders, indicators, breakdowns),
        corrections=read_corrections(folders, indicators, areas, units),
        members=members,
        layouts=read_layouts(folders, parts),
        answers=pins_of(answers, parts),
        chosen=chosen(answers),
        verdicts=verdicts_of(answers, units),
        choices=read_choices(folders),
        lamps=read_lamps(folders),
        curves=read_curves(folders, indicators),
        words=words,
        masks=read_masks(folders, words),
        hash=content_hash(folders),
    )


def _check_pins(
    indicators: dict[str, Indicator], breakdowns: dict[tuple[str, str], Breakdown]
) -> None:
    for indicator in indicators.values():
        for alias in indicator.aliases:
            for pin in alias.partition(" = ")[2].split(";"):
                dimension, _, code = pin.partition(":")
                if pin and (dimension, code) not in breakdowns:
                    where = f"indicators.yml {indicator.indicator}"
                    raise CatalogueError(
                        where,
                        f"{alias}：请先把 {pin} 写入 breakdowns.csv",
                        f"{alias}: add {pin} to breakdowns.csv",
                    )
