"""Workbooks in, a vintage out: read, understand, check, publish."""
