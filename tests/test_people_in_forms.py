"""No form is a list of accounts: where a person can be chosen, it is from who works here."""

import importlib
import pkgutil
from copy import deepcopy

import pytest
from django import forms
from django.forms.models import apply_limit_choices_to_to_formfield
from wagtail.admin.viewsets import viewsets
from wagtail.models import get_page_models
from wagtail.snippets.models import get_snippet_models

import kennispunt
from kennispunt.accounts.models import User

pytestmark = pytest.mark.django_db


def every_form():
    """Every class of a form: ours, and what Wagtail makes of pages, snippets and its own views."""
    for module in pkgutil.walk_packages(kennispunt.__path__, "kennispunt."):
        if "form" in module.name.rpartition(".")[2]:
            importlib.import_module(module.name)
    yield from of_class(forms.BaseForm)
    for model in get_page_models():
        yield model.get_edit_handler().get_form_class()
    for model in get_snippet_models():
        yield model.snippet_viewset.get_form_class()
    for viewset in viewsets.viewsets:
        if hasattr(viewset, "get_form_class"):
            yield viewset.get_form_class()


def of_class(form):
    for one in form.__subclasses__():
        yield one
        yield from of_class(one)


def choices_of_people():
    """Each field of a form that offers accounts, with what it offers."""
    for form in every_form():
        for name, field in getattr(form, "base_fields", {}).items():
            queryset = getattr(field, "queryset", None)
            if queryset is not None and issubclass(queryset.model, User):
                field = deepcopy(field)
                apply_limit_choices_to_to_formfield(field)
                yield f"{form.__name__}.{name}", field.queryset


def test_no_form_offers_who_does_not_work_here(anna, eva, tess):
    found = list(choices_of_people())

    assert any("steward" in name for name, _ in found) and any(
        "trainer" in name for name, _ in found
    )
    assert [name for name, offered in found if anna in offered] == []


def test_a_steward_is_chosen_from_the_staff(anna, eva, tess, petra, make_user):
    gone = make_user("els", group="Editors")
    User.objects.filter(pk=gone.pk).update(is_active=False)
    offered = [set(people) for name, people in choices_of_people() if name.endswith(".steward")]

    assert offered and all(people == {eva, petra} for people in offered)
