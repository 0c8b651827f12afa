"""From a form that was sent to the answer: done, refused at its field, or too late."""

import pytest
from django import forms
from django.contrib.messages import get_messages
from django.contrib.messages.storage.fallback import FallbackStorage
from django.core.exceptions import ValidationError
from django.http import Http404

from kennispunt.ui.answering import form_page, posted, refusal_in, refusal_said, unless_too_late
from kennispunt.ui.rows import TooLate


class PlacesForm(forms.Form):
    places = forms.IntegerField()
    reason = forms.CharField(required=False)


@pytest.fixture
def sent(rf):
    def make(data=None, path="/balie/"):
        request = rf.get(path) if data is None else rf.post(path, data)
        request.session = {}
        request._messages = FallbackStorage(request)
        return request

    return make


def said(request):
    return [(one.level_tag, one.message) for one in get_messages(request)]


def test_what_was_posted_is_there_also_when_it_is_nothing(sent):
    assert posted(sent()) is None
    assert PlacesForm(posted(sent({}))).is_bound


def test_another_form_of_the_page_is_left_alone(sent):
    assert posted(sent({"code": "1"}), "answer") is None
    assert posted(sent({"answer": ""}), "answer") is not None


@pytest.mark.parametrize(
    ("problem", "field"),
    [
        (ValidationError("Vol."), "reason"),
        (ValidationError("Vol.", code="full"), "places"),
        (ValidationError({"places": "Vol."}), "places"),
        (ValidationError({"unknown": "Vol."}), "__all__"),
    ],
)
def test_what_an_action_refuses_stands_at_its_field(problem, field):
    form = PlacesForm({"places": "3"})
    assert form.is_valid()

    with refusal_in(form, at="reason", full="places"):
        raise problem

    assert form.errors == {field: ["Vol."]}


def test_a_page_with_a_form_that_was_refused_says_so_to_machines_too(sent):
    form, request = PlacesForm({"places": "x"}), sent({})
    given = form_page(request, "ui/form.html", {"form": PlacesForm(), "other": form})
    assert given.status_code == 422

    given = form_page(request, "ui/form.html", {"form": PlacesForm(), "n": 1})
    assert given.status_code == 200


def test_a_form_in_the_address_of_a_page_is_no_refusal(sent):
    form, request = PlacesForm({"places": "x"}), sent()

    assert form_page(request, "ui/form.html", {"form": form}).status_code == 200


def test_what_a_button_is_refused_is_said_on_the_next_page(sent):
    request = sent({})
    with refusal_said(request):
        raise ValidationError("Dit kan niet.")
    assert said(request) == [("error", "Dit kan niet.")]


def test_who_is_too_late_comes_where_one_sees_how_it_stands(sent):
    def late(request, pk):
        raise TooLate("Al gedaan.")

    request = sent({}, "/balie/partijen/7/")
    assert unless_too_late()(late)(request, pk=7)["Location"] == "/balie/partijen/7/"
    assert said(request) == [("info", "Al gedaan.")]
    assert unless_too_late("/balie/")(late)(request, pk=7)["Location"] == "/balie/"
    there = unless_too_late("parties:case", "pk")(late)(request, pk=7)["Location"]
    assert there == "/balie/partijen/7/"


def test_what_is_not_there_stays_not_there(sent):
    def nothing(request):
        raise Http404

    with pytest.raises(Http404):
        unless_too_late()(nothing)(sent())
