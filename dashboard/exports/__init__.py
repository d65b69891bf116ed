"""Turns a chart into files: a sheet that Excel opens in Chinese, a slide that stays editable."""

from dashboard.exports.csv import to_csv
from dashboard.exports.slide import to_pptx

__all__ = ["to_csv", "to_pptx"]
