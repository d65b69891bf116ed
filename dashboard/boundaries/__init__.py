"""Outlines of areas from files on this machine, and what is declared about maps of them."""

from dashboard.boundaries.ground import Ground, Region, ground
from dashboard.boundaries.read import BoundaryError
from dashboard.boundaries.rules import MapRules, map_rules

__all__ = ["BoundaryError", "Ground", "MapRules", "Region", "ground", "map_rules"]
