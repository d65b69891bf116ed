"""A sheet is understood by its words, not by its position."""

from etl.understand.ledger import Understood, understand
from etl.understand.vocabulary import Vocabulary

__all__ = ["Understood", "Vocabulary", "understand"]
