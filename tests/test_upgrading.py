"""docs/upgrading.md as a test: it names every private part of a package that we lean on."""

import ast
import re

import pytest
from django.conf import settings
from django.template.utils import get_app_template_dirs

CODE = settings.BASE_DIR / "kennispunt"
DOC = (settings.BASE_DIR / "docs" / "upgrading.md").read_text("utf-8")
SOURCES = [
    file
    for file in CODE.rglob("*.py")
    if not {"tests", "migrations"} & set(file.relative_to(CODE).parts)
]


def is_private(dotted):
    parts = dotted.split(".")
    return "internal" in parts or any(re.match("_[a-z]", part) for part in parts)


def private_imports(tree):
    """Modules of packages that their makers call internal, and private names of any module."""
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and not node.module.startswith("kennispunt"):
            for name in node.names:
                if is_private(f"{node.module}.{name.name}"):
                    yield node.module if is_private(node.module) else name.name
        elif isinstance(node, ast.Import):
            yield from (name.name for name in node.names if is_private(name.name))


def replaced(tree):
    """Names of what a package brought that we put something else in the place of."""
    brought = {
        name.asname or name.name
        for node in ast.walk(tree)
        if isinstance(node, ast.Import | ast.ImportFrom)
        and not (getattr(node, "module", "") or "").startswith("kennispunt")
        for name in node.names
    }
    for node in ast.walk(tree):
        for target in getattr(node, "targets", []):
            whose = isinstance(target, ast.Attribute) and target.value
            if isinstance(whose, ast.Name) and whose.id in brought:
                yield target.attr


def private_names(tree):
    """Yield private names of another's object that are read or set; our own notes are defined here."""
    ours = set(re.findall(r"(?:self|cls)\.(_[a-z]\w+)", ast.unparse(tree)))
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute) and re.match("_[a-z]", node.attr):
            mine = isinstance(node.value, ast.Name) and node.value.id in {"self", "cls"}
            if not mine and node.attr not in ours:
                yield node.attr


# Promised by Django, or a note of our own on a request or a user.
KNOWN = {
    "_save", "_meta", "_base_manager", "_default_manager", "_state", "_db", "_exit", "_mandates",
    "_has_second_factor", "_group_names",
}  # fmt: skip


@pytest.mark.parametrize("find", [private_imports, replaced, private_names])
def test_every_private_part_is_named(find):
    found = {
        name: str(file.relative_to(CODE))
        for file in SOURCES
        for name in find(ast.parse(file.read_text("utf-8")))
        if name not in KNOWN
    }

    assert found, "nothing found: this test looks at nothing"
    assert {name: file for name, file in found.items() if name not in DOC} == {}


def test_every_template_in_the_place_of_another_is_in_a_folder_that_is_named():
    folders = get_app_template_dirs("templates")
    ours = [folder for folder in folders if CODE in folder.parents]
    theirs = [folder for folder in folders if CODE not in folder.parents]
    shadows = {
        file.relative_to(folder).parts[0]
        for folder in ours
        for file in folder.rglob("*.*")
        if any((other / file.relative_to(folder)).exists() for other in theirs)
    }

    assert shadows
    assert [name for name in sorted(shadows) if f"`{name}`" not in DOC] == []


def test_every_test_that_is_named_is_there():
    tests = {file.name: file.read_text("utf-8") for file in CODE.rglob("test_*.py")}
    named = re.findall(r"(test_\w+\.py)(?:::(test_\w+))?", DOC)
    ours = {file.name for file in (settings.BASE_DIR / "tests").glob("test_*.py")}

    assert named
    for file, name in named:
        assert file in tests or file in ours, file
        assert not name or f"def {name}(" in tests[file], name
