"""An app that owns files, as parties and helpdesk do: Anna may read what it owns."""

import pytest

from kennispunt.files import access
from kennispunt.files.models import StoredFile, private_storage

OWNER = "tests.papers"


@pytest.fixture(autouse=True)
def one_store(monkeypatch):
    """After a test with other settings Django makes the store anew: the model follows."""
    field = StoredFile._meta.get_field("content")
    monkeypatch.setattr(field, "storage", private_storage())


@pytest.fixture
def readers(monkeypatch):
    """Who may read the files of the owner now: a set of names to change."""
    names = {"Anna"}
    monkeypatch.setattr(access, "_readers", {})
    access.register(OWNER, lambda user, file: user.is_authenticated and user.name in names)
    return names
