"""A sheet is understood by its words, not by its position."""

from etl.understand.context import SheetNames, sheet_names
from etl.understand.ledger import Understood, understand
from etl.understand.vocabulary import Vocabulary

__all__ = ["SheetNames", "Understood", "Vocabulary", "sheet_names", "understand"]
