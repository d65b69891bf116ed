"""Series from reports: every month, quarter, half and year that the reports reach."""

from etl.series.build import build, doubt

__all__ = ["build", "doubt"]
