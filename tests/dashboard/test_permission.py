"""Who may change what is published: a reader at this machine, of a server not read-only."""

import pytest

from dashboard.ui import permission


@pytest.mark.parametrize(
    ("address", "headers", "here"),
    [
        (None, {}, True),
        (None, {"Host": "localhost:8501"}, True),
        (None, {"host": "127.0.0.1:8501"}, True),
        (None, {"Host": "[::1]:8501"}, True),
        ("192.168.1.7", {"Host": "192.168.1.5:8501"}, False),
        (None, {"Host": "localhost:8501", "X-Forwarded-For": "10.0.0.9"}, False),
        (None, {"Host": "evil.example:8501"}, False),
        (None, {"Host": "localhost.evil.example"}, False),
    ],
)
def test_who_sits_at_this_machine(address, headers, here):
    assert permission.from_here(address, headers) == here


@pytest.mark.parametrize(("set_to", "closed"), [("", False), ("0", False), ("1", True)])
def test_a_server_is_read_only_by_its_environment(monkeypatch, set_to, closed):
    monkeypatch.setenv(permission.READ_ONLY, set_to)
    assert permission.read_only() == closed
