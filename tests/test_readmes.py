"""The READMEs as a test: each names every file of its app, and what a document names is there."""

import pkgutil
import re

import pytest
from django.conf import settings

HOUSE = settings.BASE_DIR
CODE = HOUSE / "kennispunt"
APPS = sorted(file.parent.name for file in CODE.glob("*/apps.py"))
FOLDERS = ("", "actions", "models", "views", "eligibility")
READMES = [HOUSE / "README.md", *CODE.glob("*/README.md")]
DOCUMENTS = [*READMES, *(HOUSE / "docs").rglob("*.md")]


def understood():
    """The names that mean the same in every app."""
    text = (HOUSE / "docs" / "new-app.md").read_text("utf-8")
    _, _, names = text.partition("Files that need no line in a README")
    return set(re.findall(r"`(\w+\.py)`", names.partition("\n\n")[0]))


def named(text):
    """Every file of Python that is named, with its folder when that is said."""
    return set(re.findall(r"(?<![\w/*>])[\w/]+\.py\b", text))


def dotted(text):
    """Every name in our package, also those behind an import. The domain is an example."""
    for module, names in re.findall(r"from (kennispunt[\w.]*) import ([\w, ]+)", text):
        yield from (f"{module}.{name.strip()}" for name in names.split(","))
    yield from re.findall(r"(?<![\w@/.-])kennispunt\.(?!example\b)\w+(?:\.\w+)*", text)


def is_there(name):
    try:
        pkgutil.resolve_name(name)
    except (ImportError, AttributeError):
        return False
    return True


@pytest.mark.parametrize("app", APPS)
def test_readme_names_every_file_of_its_app(app):
    files = {
        file.relative_to(CODE / app).as_posix()
        for folder in FOLDERS
        for file in (CODE / app / folder).glob("*.py")
        if file.name not in understood()
    }
    assert files - named((CODE / app / "README.md").read_text("utf-8")) == set()


def test_every_file_that_a_readme_names_is_there():
    places = [HOUSE, CODE, *(CODE / app for app in APPS)]
    gone = [
        f"{readme.relative_to(HOUSE)}: {name}"
        for readme in READMES
        for name in named(readme.read_text("utf-8"))
        if not any((place / name).exists() for place in places)
    ]
    assert gone == []


def test_every_name_in_our_package_that_a_document_gives_is_there():
    gone = [
        f"{document.relative_to(HOUSE)}: {name}"
        for document in DOCUMENTS
        for name in dotted(document.read_text("utf-8"))
        if not is_there(name)
    ]
    assert gone == []
