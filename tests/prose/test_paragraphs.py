"""What is proposed of paragraphs as offices write them, and what is not."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from etl.prose import proposals
from tests.understand.committed import ROOT, vocabulary

FOLDERS = (ROOT / "data/catalogue",)
WRITTEN = (Path(__file__).parent / "paragraphs.yml").read_text(encoding="utf-8")
PARAGRAPHS = yaml.safe_load(WRITTEN)


def proposed(text):
    found = proposals(["双拥工作综述", text], FOLDERS, vocabulary()).proposals
    return [[p.indicator, p.obs_value, p.qualifier, p.printed] for p in found]


@pytest.mark.parametrize("paragraph", PARAGRAPHS, ids=lambda paragraph: paragraph["text"][:12])
def test_a_paragraph_says_just_this(paragraph):
    assert sorted(proposed(paragraph["text"]), key=str) == sorted(
        paragraph.get("found", []), key=str
    )
