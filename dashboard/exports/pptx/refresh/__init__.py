"""Gives a deck that people have edited the figures of another period, and tells what it did."""

from dashboard.exports.pptx.refresh.again import made_again
from dashboard.exports.pptx.refresh.deck import refresh
from dashboard.exports.pptx.refresh.report import Line, Refreshed, told

__all__ = ["Line", "Refreshed", "made_again", "refresh", "told"]
