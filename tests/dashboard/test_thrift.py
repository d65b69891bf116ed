"""What is worked out once is what Streamlit works out each time."""

from streamlit.elements.widgets import button_group
from streamlit.proto.NewSession_pb2 import NewSession
from streamlit.runtime import app_session
from streamlit.string_util import extract_leading_icon

from dashboard.ui import thrift


def themed(populate):
    """Return the themes that a browser is sent: those of .streamlit/config.toml, and none."""
    theme = NewSession().custom_theme
    populate(theme)
    for part, section in (
        (theme.light, "theme.light"),
        (theme.dark, "theme.dark"),
        (theme.sidebar, "theme.sidebar"),
        (theme.dark.sidebar, "theme.dark.sidebar"),
    ):
        populate(part, section)
    return theme


def test_the_theme_read_once_is_the_one_of_the_configuration():
    known = themed(thrift.theme)
    assert known == themed(thrift.read_theme)
    assert known.light.primary_color == "#A61B1B"
    assert known.heading_font_weights
    assert not known.HasField("sidebar")


def test_a_run_asks_the_thrifty_ways(monkeypatch):
    monkeypatch.setattr(app_session, "_populate_theme_msg", thrift.read_theme)
    monkeypatch.setattr(button_group, "extract_leading_icon", extract_leading_icon)
    thrift.spare()
    assert app_session._populate_theme_msg is thrift.theme
    assert button_group.extract_leading_icon("🚨 逾期") == ("🚨", "逾期")
    assert button_group.extract_leading_icon.cache_info().currsize == 1
