"""A sheet is understood by its words, not by its position."""
