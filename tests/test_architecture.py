"""The architecture as a test: everything points down the layers, never up or sideways."""

import ast
import re

import pytest
from django.apps import apps
from django.conf import settings
from django.contrib.contenttypes.fields import GenericForeignKey
from django.forms.renderers import get_default_renderer

from kennispunt.accounts.models import User

CODE = settings.BASE_DIR / "kennispunt"
HALF_QUESTIONS = {"Who", "What", "Whom", "Whose", "Where", "Which"}
DEPTH = {app: depth for depth, layer in enumerate(settings.LAYERS) for app in layer}


def imported(file):
    """Every dotted name this file imports."""
    for node in ast.walk(ast.parse(file.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def below(app, other):
    return other == app or DEPTH.get(other, -1) > DEPTH[app]


def templates(app):
    """Every template of this app, pages and mails, with its text."""
    for file in (CODE / app / "templates").rglob("*.*"):
        yield file, file.read_text("utf-8")


def lowest(path):
    """The lowest app that has this file; a higher app may have one of the same name to fill it in."""
    return max((app for app in DEPTH if (CODE / app / path).exists()), key=DEPTH.get, default=None)


def test_every_app_has_a_layer():
    folders = {file.parent.name for file in CODE.glob("*/apps.py")}
    assert folders == set(DEPTH)


@pytest.mark.parametrize("app", DEPTH)
def test_app_imports_only_from_the_layers_below(app):
    for file in (CODE / app).rglob("*.py"):
        for name in imported(file):
            package, _, rest = name.partition(".")
            other = rest.partition(".")[0]
            if package == "kennispunt":
                assert below(app, other), f"{file} imports {name}"


@pytest.mark.parametrize("app", DEPTH)
def test_app_has_its_models_where_one_looks_for_them(app):
    for model in apps.get_app_config(app).get_models():
        home = f"kennispunt.{app}.models"
        assert model.__module__.startswith(home), f"{model.__module__} is not {home}"


@pytest.mark.parametrize("app", DEPTH)
def test_app_has_foreign_keys_only_to_the_layers_below(app):
    for model in apps.get_app_config(app).get_models():
        for field in [*model._meta.local_fields, *model._meta.local_many_to_many]:
            other = field.is_relation and field.related_model._meta.app_label
            if other in DEPTH:
                assert below(app, other), f"{field} points to {other}"


@pytest.mark.parametrize("app", DEPTH)
def test_app_has_no_generic_foreign_keys(app):
    for model in apps.get_app_config(app).get_models():
        own = [f for f in model._meta.private_fields if isinstance(f, GenericForeignKey)]
        assert own == [], f"{model} can point anywhere"


@pytest.mark.parametrize("app", DEPTH)
def test_app_names_no_model_of_a_higher_layer(app):
    for file in (CODE / app).rglob("*.py"):
        for other in re.findall(r"""get_model\(\s*["'](\w+)""", file.read_text("utf-8")):
            if other in DEPTH:
                assert below(app, other), f"{file} gets a model of {other}"


@pytest.mark.parametrize("app", DEPTH)
def test_template_links_only_to_the_layers_below(app):
    for file, text in templates(app):
        for other in re.findall(r"""{%\s*url\s+["'](\w+):""", text):
            if other in DEPTH:
                assert below(app, other), f"{file} links to {other}"


@pytest.mark.parametrize("app", DEPTH)
def test_template_stands_on_templates_of_the_layers_below(app):
    for file, text in templates(app):
        for quoted in re.findall(r"{%\s*(?:extends|include)\s+(\S+)", text):
            name = quoted.strip("\"'")
            if owner := lowest(f"templates/{name}"):
                assert below(app, owner), f"{file} uses {name} of {owner}"
            else:
                get_default_renderer().get_template(name)  # of a library: it must be there


@pytest.mark.parametrize("app", DEPTH)
def test_template_uses_tags_of_the_layers_below(app):
    for file, text in templates(app):
        for tags in re.findall(r"{%\s*load\s+(?:[^%]+\sfrom\s)?([^%]+)%}", text):
            for library in tags.split():
                if owner := lowest(f"templatetags/{library}.py"):
                    assert below(app, owner), f"{file} loads {library} of {owner}"


@pytest.mark.parametrize("app", DEPTH)
def test_app_fills_in_templates_of_the_layers_below_only(app):
    for file, _ in templates(app):
        folder = file.relative_to(CODE / app / "templates").parts[0]
        assert folder not in DEPTH or below(app, folder), f"{file} is for {folder} to make"


@pytest.mark.parametrize("app", DEPTH)
def test_docstring_begins_with_a_verb_or_a_name(app):
    """Half a question ("Who may open a page") reads as a whole one until its end: PEP 257."""
    for file in (CODE / app).rglob("*.py"):
        if {"tests", "migrations"} & {*file.parts}:
            continue
        for node in ast.walk(ast.parse(file.read_text("utf-8"))):
            if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef):
                first = (ast.get_docstring(node) or "").partition(" ")[0].rstrip(",:")
                assert first not in HALF_QUESTIONS, f"{file}: {ast.get_docstring(node)}"


def test_a_user_does_not_know_what_points_to_it_from_above():
    """user.memberships would be a back door: below parties nobody may know your party."""
    for relation in User._meta.related_objects:
        app = relation.related_model._meta.app_label
        if app in DEPTH and relation.related_model.__module__.startswith("kennispunt."):
            hidden = relation.hidden or relation.get_accessor_name() is None
            # Wagtail's page model brings names of its own; pages knows no party.
            assert hidden or app in {"pages", "accounts"}, f"user.{relation.get_accessor_name()}"
