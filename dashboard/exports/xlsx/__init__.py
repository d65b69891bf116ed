"""Writes workbooks in the form that an office sends them, with a sheet of sources and coverage."""

from dashboard.exports.xlsx.book import to_xlsx, write_book
from dashboard.exports.xlsx.listing import rows_to_xlsx
from dashboard.exports.xlsx.origins import origins_of

__all__ = ["origins_of", "rows_to_xlsx", "to_xlsx", "write_book"]
