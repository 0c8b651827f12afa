"""The heading of the page of one place, for its person and for the one who signed them up."""

import pytest

from kennispunt.trainings.headings import heading, trouble
from kennispunt.trainings.models import Edition, Registration


def said(state, *, of="", is_offer=False, result="", status="open", provisional=False):
    place = Registration(
        edition=Edition(status=status), state=state, is_provisional=provisional
    )  # never kept
    return heading(place, of=of, is_offer=is_offer, result=result)


@pytest.mark.parametrize(
    ("state", "more", "own", "of_bram"),
    [
        ("placed", {}, "Je hebt een plek", "Bram heeft een plek"),
        (
            "placed",
            {"provisional": True},
            "Je hebt een voorlopige plek",
            "Bram heeft een voorlopige plek",
        ),
        ("placed", {"result": "taken"}, "De plek is van jou", "Bram heeft een plek"),
        (
            "placed",
            {"status": "cancelled"},
            "Deze training gaat niet door",
            "Deze training gaat niet door",
        ),
        ("offered", {"is_offer": True}, "Er is een plek vrij", "Er is een plek vrij voor Bram"),
        ("offered", {}, "Er is een nieuwer aanbod", "Er is een nieuwer aanbod"),
        ("waiting", {}, "Je staat op de wachtlijst", "Bram staat op de wachtlijst"),
        ("cancelled", {}, "Je bent afgemeld", "Bram is afgemeld"),
        ("ended", {}, "Je plek is vervallen", "De plek van Bram is vervallen"),
    ],
)
def test_heading_says_how_it_stands_and_with_whom(state, more, own, of_bram):
    assert said(state, **more) == own
    assert said(state, of="Bram", **more) == of_bram


def test_trouble_says_why_and_what_now():
    assert trouble("taken", of="") is None
    assert trouble("gone", of="") == trouble("gone", of="Bram")
    assert trouble("too_late", of="")[1].startswith("Je was al afgemeld")
    assert trouble("too_late", of="Bram")[1].startswith("Bram was al afgemeld")
    assert "bij een andere training" in trouble("elsewhere", of="")[0]
    assert "Meld Bram daar eerst af" in trouble("elsewhere", of="Bram")[1]
