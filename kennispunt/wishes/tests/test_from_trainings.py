"""Wishes were a part of trainings: what was kept about them by the type of a model came along."""

from importlib import import_module

import pytest
from django.apps import apps
from django.contrib.auth.models import Group, Permission
from django.contrib.contenttypes.models import ContentType

moving = import_module("kennispunt.wishes.migrations.0001_from_trainings")
pytestmark = pytest.mark.django_db


def types_of(app):
    models = ("wish", "wishvoice", "customrequest", "themevote")
    return dict(
        ContentType.objects.filter(app_label=app, model__in=models).values_list("model", "pk")
    )


def test_types_and_the_rights_on_them_come_along():
    group = Group.objects.create(name="Wie wensen leest")
    group.permissions.add(Permission.objects.get(codename="view_wish"))
    moving.go_back(apps, None)
    before = types_of("trainings")

    moving.come_along(apps, None)

    assert types_of("wishes") == before and len(before) == 4
    right = group.permissions.get()
    assert (right.content_type.app_label, right.codename) == ("wishes", "view_wish")


def test_a_type_that_is_there_already_stays():
    """Code of yesterday that still serves may make one again; nothing stumbles over it."""
    ContentType.objects.create(app_label="trainings", model="wish")
    here = types_of("wishes")

    moving.come_along(apps, None)

    assert types_of("wishes") == here
