"""A sheet is understood by its words, not by its position."""

from etl.understand.context import SheetNames, sheet_names
from etl.understand.facts import observations
from etl.understand.ledger import Understood, understand
from etl.understand.mask import LONG_NUMBER, hide, is_personal_number, masked_sheets
from etl.understand.pins import check_layouts
from etl.understand.shown_names import file_shown, sheets_shown
from etl.understand.vocabulary import Vocabulary

__all__ = [
    "LONG_NUMBER",
    "SheetNames",
    "Understood",
    "Vocabulary",
    "check_layouts",
    "file_shown",
    "hide",
    "is_personal_number",
    "masked_sheets",
    "observations",
    "sheet_names",
    "sheets_shown",
    "understand",
]
