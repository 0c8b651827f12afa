"""Signed links: an odd, old or forged one is nobody's; those that were mailed go on working."""

from datetime import timedelta
from time import time

import pytest
from django.core import signing

from kennispunt.elections.forms import LOOKED_AT
from kennispunt.files.forms import CHOSEN
from kennispunt.pages.reactions import TICKET
from kennispunt.parties.confirming import STILL
from kennispunt.signpost.asking import CONFIRM
from kennispunt.trainings.tokens import EVALUATION, PLACE
from kennispunt.ui.links import Signed, full_address

# Every token as it was made before this file: those lie in mailboxes, so the salts stay.
MAILED = {
    "place": (PLACE, "kennispunt.trainings.place", [12, 3]),
    "evaluation": (EVALUATION, "kennispunt.trainings.evaluation", [12, "after"]),
    "still": (STILL, "parties.still", [7, "2026-11-28"]),
    "signpost": (CONFIRM, "signpost.confirm", [5, "info@raad.example"]),
    "reaction": (TICKET, "kennispunt.pages.reaction", 9),
    "file": (CHOSEN, "kennispunt.files.forms", "b1a7"),
    "results": (LOOKED_AT, "elections.results", [["a.csv", "1;2"]]),
}


@pytest.mark.parametrize("name", MAILED)
def test_what_was_mailed_goes_on_working(name):
    kind, salt, value = MAILED[name]

    assert kind.read(signing.dumps(value, salt=salt)) == value


@pytest.mark.parametrize("name", MAILED)
def test_old_forged_or_of_another_kind_is_none(name):
    kind, salt, value = MAILED[name]
    other = signing.dumps(value, salt="another")
    token = signing.dumps(value, salt=salt)

    assert all(
        kind.read(one) is None
        for one in ("", "x", ":", "é:ü:ñ", "\ud800", other, token + "x", "A" + token, token[:-1])
    )


@pytest.mark.parametrize("value", [None, 1, "1", [], [1], [1, 2], [1, "a", 2], ["a", 1], {"1": 2}])
def test_another_shape_under_our_own_signature_is_none(value):
    kind = Signed("proef", int, str)

    assert kind.read(signing.dumps(value, salt="proef")) is None


def test_token_works_for_a_while(monkeypatch):
    kind = Signed("proef", int, works=timedelta(days=1))
    token = kind.token(4)
    assert kind.read(token) == 4
    later = time() + 86_401

    monkeypatch.setattr("time.time", lambda: later)

    assert kind.read(token) is None


def test_full_address_of_a_name_a_path_and_a_thing(settings):
    settings.SITE_URL = "https://kennispunt.example"

    class Thing:
        def get_absolute_url(self):
            return "/ding/3/"

    assert full_address("elections:election", "gr2026").endswith(".example/kalender/gr2026/")
    assert full_address("/over/") == "https://kennispunt.example/over/"
    assert full_address(Thing()) == "https://kennispunt.example/ding/3/"


@pytest.mark.django_db
@pytest.mark.parametrize(
    "path",
    [
        "/trainingen/plek/x/", "/trainingen/evaluatie/x/", "/mijn/partij/nog/x/", "/reactie/x/",
        "/wegwijzer/bevestigen/x/", "/mail/stoppen/x/", "/partijen/uitnodiging/x/",
    ],
)  # fmt: skip
def test_every_dead_link_gives_the_same_page_with_a_next_step(client, path):
    page = client.get(path)

    assert page.status_code == 404
    assert "<h1>Deze link werkt niet meer</h1>" in page.text
    assert 'class="button button--second"' in page.text
