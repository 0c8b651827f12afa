"""An app that owns files, as parties and helpdesk do: Anna may read what it owns."""

import pytest

from kennispunt.files import access

OWNER = "tests.papers"


@pytest.fixture
def readers(monkeypatch):
    """Who may read the files of the owner now: a set of names to change."""
    names = {"Anna"}
    monkeypatch.setattr(access, "_readers", {})
    access.register(OWNER, lambda user, file: user.is_authenticated and user.name in names)
    return names
