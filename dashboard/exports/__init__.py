"""Turns a chart into files: a sheet that Excel opens in Chinese, a slide that stays editable."""

from dashboard.exports.csv import rows_to_csv, to_csv
from dashboard.exports.slide import to_pptx

__all__ = ["rows_to_csv", "to_csv", "to_pptx"]
