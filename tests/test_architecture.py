"""The architecture as a test: everything points down the layers, never up or sideways."""

import ast
import re

import pytest
from django.apps import apps
from django.conf import settings
from django.contrib.contenttypes.fields import GenericForeignKey

from kennispunt.accounts.models import User

CODE = settings.BASE_DIR / "kennispunt"
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
    for file in (CODE / app).rglob("*.html"):
        for other in re.findall(r"""{%\s*url\s+["'](\w+):""", file.read_text("utf-8")):
            if other in DEPTH:
                assert below(app, other), f"{file} links to {other}"


def test_a_user_does_not_know_what_points_to_it_from_above():
    """user.memberships would be a back door: below parties nobody may know your party."""
    for relation in User._meta.related_objects:
        app = relation.related_model._meta.app_label
        if app in DEPTH and relation.related_model.__module__.startswith("kennispunt."):
            hidden = relation.hidden or relation.get_accessor_name() is None
            # Wagtail's page model brings names of its own; pages knows no party.
            assert hidden or app in {"pages", "accounts"}, f"user.{relation.get_accessor_name()}"
