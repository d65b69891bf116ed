"""Writes workbooks in the form that an office sends them, with a sheet of sources and coverage."""

from dashboard.exports.xlsx.book import to_xlsx

__all__ = ["to_xlsx"]
