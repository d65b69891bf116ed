"""Annotations: what happened in a period, of the indicators and areas that it concerns."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    import duckdb


class Annotation(NamedTuple):
    """A note on a period, in both languages; no indicators or areas: all of them."""

    time_period: str
    indicators: tuple[str, ...]
    ref_areas: tuple[str, ...]
    note: str
    note_en: str

    def concerns(self, indicator: str, area: str) -> bool:
        """Whether figures of an indicator in an area are looked at with this note."""
        return (not self.indicators or indicator in self.indicators) and (
            not self.ref_areas or area in self.ref_areas
        )


def annotations_of(con: duckdb.DuckDBPyConnection, dataset: str) -> tuple[Annotation, ...]:
    """Return the annotations of a dataset, the earliest first."""
    sql = """
        select time_period, indicators, ref_areas, note, note_en from annotation
        where dataset is null or dataset = $dataset order by time_period, note
    """
    rows = con.execute(sql, {"dataset": dataset}).fetchall()
    return tuple(
        Annotation(period, tuple(indicators), tuple(areas), note, note_en)
        for period, indicators, areas, note, note_en in rows
    )
