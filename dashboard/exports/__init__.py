"""Turns a chart into files: a sheet for Excel, a slide that stays editable, a drawing."""

from dashboard.exports.csv import rows_to_csv, to_csv
from dashboard.exports.slide import to_pptx
from dashboard.exports.svg import to_svg

__all__ = ["rows_to_csv", "to_csv", "to_pptx", "to_svg"]
