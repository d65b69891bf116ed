"""Spares what Streamlit works out anew in every run though it comes out the same.

The names are Streamlit's own, of the version that requirements.txt pins; the tests compare what
they return with what Streamlit does.
"""

from __future__ import annotations

from functools import lru_cache

from streamlit.elements.widgets import button_group
from streamlit.proto.NewSession_pb2 import CustomThemeConfig
from streamlit.runtime import app_session
from streamlit.string_util import extract_leading_icon

read_theme = app_session._populate_theme_msg


def spare() -> None:
    """Put the thrifty ways in the place of Streamlit's: a tenth of a light page's run."""
    app_session._populate_theme_msg = theme
    # An emoji before an option's name is looked for with a pattern of thousands of them.
    vars(button_group)["extract_leading_icon"] = lru_cache(1024)(extract_leading_icon)


def theme(msg: CustomThemeConfig, section: str = "theme") -> None:
    """Write a section of the theme into a message; the configuration is read once."""
    known = _theme(section)
    if known.ByteSize():  # merging nothing would say that there is such a section
        msg.MergeFrom(known)


@lru_cache
def _theme(section: str) -> CustomThemeConfig:
    message = CustomThemeConfig()
    read_theme(message, section)
    return message
