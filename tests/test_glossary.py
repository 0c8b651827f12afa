"""The glossary as a test: every model we have is explained there."""

from django.apps import apps
from django.conf import settings


def test_every_model_is_explained():
    glossary = (settings.BASE_DIR / "docs" / "glossary.md").read_text("utf-8")
    ours = [m for m in apps.get_models() if m.__module__.startswith("kennispunt.")]

    assert [m.__name__ for m in ours if f"`{m.__name__}`" not in glossary] == []
