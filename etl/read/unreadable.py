"""The refusal of a file, in words that a person can act on."""

from __future__ import annotations

from typing import Any


class UnreadableFile(Exception):  # noqa: N818
    """A file that cannot be taken as a table; nothing of it is loaded.

    ``rule`` names an entry of ``data/catalogue/rules.yml`` that says what is wrong and what to do;
    ``words`` fill the blanks of its sentences.
    """

    def __init__(self, rule: str, words: dict[str, Any] | None = None) -> None:
        # Both go to Exception so that a refusal survives the way back from a worker process.
        super().__init__(rule, words or {})
        self.rule = rule
        self.words: dict[str, Any] = words or {}
