"""Says figures, periods and findings in Chinese and in English."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from string import Formatter
from typing import Literal

import yaml

Language = Literal["zh", "en"]
LANGUAGES: tuple[Language, ...] = ("zh", "en")


class Counting(Formatter):
    """Fills ``{n:figure|figures}`` with the word that goes with a number: 1 figure, 2 figures."""

    def format_field(self, value: object, format_spec: str) -> str:
        """Choose the singular for one; format anything else as usual."""
        one, several, many = format_spec.partition("|")
        if not several:
            return format(value, format_spec)
        return one if str(value) == "1" else many


COUNTING = Counting()


class Words:
    """The words of one language: ``words("trend.title", n=3)`` fills the blanks of a sentence."""

    def __init__(self, language: Language, sentences: dict[str, str]) -> None:
        self.language = language
        self.sentences = sentences

    def __call__(self, key: str, **blanks: object) -> str:
        """Return the sentence of ``key`` with its blanks filled."""
        sentence = self.sentences[key]
        return (COUNTING.vformat(sentence, (), blanks) if "|" in sentence
                else sentence.format(**blanks))  # fmt: skip

    def pick(self, zh: str, en: str) -> str:
        """Choose between a name in Chinese and one in English; Chinese where there is no other."""
        return zh if self.language == "zh" else en or zh

    def either(self, key: str, fallback: str) -> str:
        """Return the sentence of ``key``, or that of ``fallback`` where there is none."""
        return self.sentences.get(key) or self.sentences[fallback]

    def listed(self, parts: list[str] | tuple[str, ...]) -> str:
        """Join names as the language does: 甲、乙、丙."""
        return self.sentences["join.names"].join(parts)


@cache
def words(language: Language) -> Words:
    """Return the words of a language."""
    path = Path(__file__).with_name(f"{language}.yml")
    return Words(language, _flat(yaml.safe_load(path.read_text(encoding="utf-8"))))


def streamlit_words() -> dict[str, str]:
    """Return what Streamlit says in English, and what a Chinese page says instead."""
    text = Path(__file__).with_name("streamlit.yml").read_text(encoding="utf-8")
    return {str(english): str(chinese) for english, chinese in yaml.safe_load(text).items()}


def _flat(tree: dict[str, object], prefix: str = "") -> dict[str, str]:
    """Turn nested keys into dotted ones."""
    flat: dict[str, str] = {}
    for key, value in tree.items():
        if isinstance(value, dict):
            flat |= _flat(value, f"{prefix}{key}.")
        else:
            flat[f"{prefix}{key}"] = str(value)
    return flat
