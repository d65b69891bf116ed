"""Turns a released chart into files: a sheet for Excel, a slide that stays editable, a drawing.

A chart is released once counts of a few persons are withheld from it; exporters take no other.
"""

from dashboard.exports.card import ReleasedDossier, release_dossier, to_card
from dashboard.exports.csv import rows_to_csv, to_csv
from dashboard.exports.disclosure import withheld, withheld_rows
from dashboard.exports.docx import write_bulletin
from dashboard.exports.paper import to_paper
from dashboard.exports.picture import NoTypefaceError, has_typeface, to_png
from dashboard.exports.pptx import TemplateError, office, to_pptx, write_deck
from dashboard.exports.release import (
    Behind,
    Released,
    ReleasedDeck,
    behind_charts,
    release,
    release_deck,
    release_together,
)
from dashboard.exports.svg import to_svg
from dashboard.exports.tidy import tidy_rows, write_csv, write_parquet
from dashboard.exports.xlsx import origins_of, rows_to_xlsx, to_xlsx, write_book

__all__ = [
    "Behind",
    "NoTypefaceError",
    "Released",
    "ReleasedDeck",
    "ReleasedDossier",
    "TemplateError",
    "behind_charts",
    "has_typeface",
    "office",
    "origins_of",
    "release",
    "release_deck",
    "release_dossier",
    "release_together",
    "rows_to_csv",
    "rows_to_xlsx",
    "tidy_rows",
    "to_card",
    "to_csv",
    "to_paper",
    "to_png",
    "to_pptx",
    "to_svg",
    "to_xlsx",
    "withheld",
    "withheld_rows",
    "write_book",
    "write_bulletin",
    "write_csv",
    "write_deck",
    "write_parquet",
]
