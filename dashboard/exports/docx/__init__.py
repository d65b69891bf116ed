"""Writes a deck as a document that an office sends: 通报 and 简报 in Word's own format."""

from dashboard.exports.docx.bulletin import write_bulletin

__all__ = ["write_bulletin"]
