"""The contract for verbs: what stands in `actions` changes something, and says how it ended.

A verb gives back the thing that it changed, or how many; or raises TooLate or ValidationError
(ui/answering.py). A read stands with the rows, or in a file beside the verbs.
"""

import ast
import re
from collections import defaultdict
from functools import cache

import pytest
from django.conf import settings

CODE = settings.BASE_DIR / "kennispunt"
# The calls that change a row or a link between rows; a mail is a row of the outbox.
WRITES = {
    "add", "bulk_create", "create", "delete", "end", "get_or_create", "keep", "save", "update",
    "update_or_create",
}  # fmt: skip


def module_of(file) -> str:
    parts = file.relative_to(settings.BASE_DIR).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


@cache
def tree_of(file):
    return ast.parse(file.read_text("utf-8"))


def functions_of(file) -> dict:
    """The functions of a file by their full name."""
    found = [node for node in tree_of(file).body if isinstance(node, ast.FunctionDef)]
    return {f"{module_of(file)}.{node.name}": node for node in found}


@cache
def names_in(file) -> dict[str, str]:
    """Return the meaning of each name of this file: of its imports and of its own functions."""
    imports = [node for node in ast.walk(tree_of(file)) if isinstance(node, ast.ImportFrom)]
    known = {
        one.asname or one.name: f"{node.module}.{one.name}"
        for node in imports
        for one in node.names
    }
    return known | {name.rpartition(".")[2]: name for name in functions_of(file)}


def full_name(node, names) -> str:
    """`people.end` as kennispunt.parties.actions.people.end; "" for what is no name."""
    if isinstance(node, ast.Name):
        return names.get(node.id, node.id)
    if isinstance(node, ast.Attribute):
        return f"{full_name(node.value, names)}.{node.attr}"
    return ""


def used_in(file) -> set[str]:
    return {full_name(node, names_in(file)) for node in ast.walk(tree_of(file))}


FILES = [file for file in CODE.rglob("*.py") if not {"tests", "migrations"} & {*file.parts}]
FILE_OF = {name: file for file in FILES for name in functions_of(file)}
IN_ACTIONS = sorted(name for name in FILE_OF if re.match(r"kennispunt\.\w+\.actions\.", name))
VERBS = [name for name in IN_ACTIONS if not name.rpartition(".")[2].startswith("_")]


def node_of(name):
    return functions_of(FILE_OF[name])[name]


def writes(name, seen: set) -> bool:
    """Whether this function changes something, itself or by another function of ours."""
    seen.add(name)
    names = names_in(FILE_OF[name])
    calls = [node for node in ast.walk(node_of(name)) if isinstance(node, ast.Call)]
    called = {full_name(node.func, names) for node in calls}
    if any(one.rpartition(".")[2] in WRITES for one in called - FILE_OF.keys()):
        return True
    return any(writes(one, seen) for one in called & FILE_OF.keys() if one not in seen)


@cache
def users() -> dict[str, set]:
    """The files that use each function; tests are not asked."""
    found = defaultdict(set)
    for file in FILES:
        for name in used_in(file):
            found[name].add(file)
    return found


def is_used_elsewhere(name) -> bool:
    return bool(users()[name] - {FILE_OF[name]})


@pytest.mark.parametrize("name", VERBS)
def test_verb_says_what_it_does(name):
    assert ast.get_docstring(node_of(name))


@pytest.mark.parametrize("name", VERBS)
def test_verb_gives_back_no_yes_and_no_words(name):
    node = node_of(name)
    promised = {one.id for one in ast.walk(node.returns or node) if isinstance(one, ast.Name)}
    assert not node.returns or not promised & {"bool", "str"}
    for one in ast.walk(node):
        if isinstance(one, ast.Return):
            said = one.value
            assert not (isinstance(said, ast.Constant) and isinstance(said.value, bool | str))
            assert not isinstance(said, ast.JoinedStr | ast.Compare)


@pytest.mark.parametrize("name", VERBS)
def test_verb_changes_something(name):
    assert writes(name, set()), f"{name} only reads: it belongs with the rows, or in a file beside"


@pytest.mark.parametrize("name", VERBS)
def test_verb_is_used_outside_its_file(name):
    assert is_used_elsewhere(name), f"only its own file uses {name}: it begins with _"


@pytest.mark.parametrize("name", sorted({*IN_ACTIONS} - {*VERBS}))
def test_helper_is_of_its_file_alone(name):
    assert not is_used_elsewhere(name)
