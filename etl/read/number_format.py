"""What a number format does to the number that a person sees."""

from __future__ import annotations

import re

# Quoted text, escaped characters, [colours] and padding print no percentage: 0"%" shows 51 as 51%.
LITERAL = re.compile(r'"[^"]*"|\\.|_.|\*.|\[[^\]]*\]')


def is_percent(number_format: str) -> bool:
    """Tell whether a format multiplies by 100: 0.5125 stored is seen as 51.25%."""
    return "%" in LITERAL.sub("", number_format)
