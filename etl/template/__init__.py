"""Blank reporting workbooks: areas, indicators and a period in, a form to fill in out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from etl.template.draw import draw
from etl.template.form import Form, design

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from etl.catalogue import Catalogue

__all__ = ["Form", "design", "draw", "template"]


def template(
    areas: Sequence[str],
    period: str,
    indicators: Sequence[str],
    catalogue: Catalogue,
    vintage: Path | None = None,
    dataset: str = "reported",
) -> tuple[str, bytes]:
    """Return a form's title and the form as an .xlsx.

    Last year's figures come from ``vintage``, those of restricted indicators left out.
    """
    form = design(areas, period, indicators, catalogue, vintage, dataset)
    return form.title, draw(form, catalogue)
