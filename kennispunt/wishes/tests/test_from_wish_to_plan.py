"""From a wish or a request to an edition: nothing is typed twice, and no promise is lost."""

import re
from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils.timezone import localdate, now

from kennispunt.parties.permissions import mandates_of
from kennispunt.parties.tests.make import make_area
from kennispunt.trainings.tests.make import make_edition, make_theme, make_training
from kennispunt.ui.rows import TooLate
from kennispunt.wishes import actions, desk, retention
from kennispunt.wishes.models import CustomRequest, Wish

pytestmark = pytest.mark.django_db

CUSTOM = "/balie/trainingen/maatwerk/"
NEW, WANTED = "/balie/trainingen/nieuw/", "/balie/trainingen/wensen/"


@pytest.fixture
def wish(anna):
    party = mandates_of(anna)[0].party
    actions.wish(
        party, by=anna, theme=make_theme("geld"), town=make_area(), people=4,
        text="Een begroting maken", room="De kantine",
    )  # fmt: skip
    return Wish.objects.get()


@pytest.fixture
def asked(anna):
    party = mandates_of(anna)[0].party
    return actions.request_custom(
        party, by=anna, town=make_area(), text="Ruzie in de fractie", people=7,
        when="dinsdagen", room="De kantine",
    )  # fmt: skip


def plan_link(client, address):
    """Return where "Plan eerst een editie" leads."""
    return re.search(r'href="(/balie/trainingen/nieuw/[^"]*)"', client.get(address).text)[1]


def test_edition_for_a_wish_begins_with_what_parties_said(client, petra, wish):
    training = make_training("begroten", theme=make_theme("geld"), title="Begroten")
    make_training("leden-werven")
    client.force_login(petra)

    answer = client.get(plan_link(client, f"{WANTED}{wish.pk}/"))

    assert answer.context["form"]["training"].value() == training.pk
    assert "Een begroting maken" in answer.text
    assert "De kantine" in answer.text


def test_theme_with_more_trainings_chooses_none_and_one_that_we_do_not_give_neither(
    client, petra, wish
):
    client.force_login(petra)
    make_training("begroten", theme=make_theme("geld"), is_offered=False)
    assert client.get(f"{NEW}?wens={wish.pk}").context["form"]["training"].value() is None
    for slug in ("kas", "fondsen"):
        make_training(slug, theme=make_theme("geld"))
    assert client.get(f"{NEW}?wens={wish.pk}").context["form"]["training"].value() is None


def test_edition_for_a_request_has_room_for_all_of_that_party(client, petra, asked):
    client.force_login(petra)

    answer = client.get(plan_link(client, f"{CUSTOM}{asked.pk}/"))

    form = answer.context["form"]
    assert [form[name].value() for name in ("places", "max_per_party", "minimum")] == [7, 7, 1]
    assert "Ruzie in de fractie" in answer.text
    assert "dinsdagen" in answer.text
    assert asked.party.name not in answer.text  # an edition is for everyone to see


@pytest.mark.parametrize(
    "query", ["wens=999", "maatwerk=x", "wens=²", "van=", "wens=1234567890123"]
)
def test_start_that_is_not_there_is_an_empty_form(client, petra, query):
    client.force_login(petra)
    assert client.get(f"{NEW}?{query}").status_code == 200


# --- What we promised ----------------------------------------------------------------------------


def test_promise_comes_back_on_the_desk_on_its_day(client, petra, asked, outbox):
    client.force_login(petra)
    day = localdate() + timedelta(days=10)
    address = f"{CUSTOM}{asked.pk}/"

    client.post(address, {"text": "We zoeken een avond.", "promised_on": day.isoformat()})

    [line] = [one for one in desk.waiting(petra) if one.kind == "maatwerk"]
    assert (line.due, line.address) == (day, address)
    assert asked.party.name not in line.title
    assert "We zoeken een avond." in client.get(address).text

    client.post(address, {"text": "Het is 12 maart.", "edition": make_edition().pk})
    assert [one for one in desk.waiting(petra) if one.kind == "maatwerk"] == []
    assert len([one for one in outbox() if one.purpose == "trainings.custom"]) == 2


def test_what_was_answered_stays_to_be_read(client, petra, asked):
    actions.answer_custom(asked, text="Dat doen we niet.")
    client.force_login(petra)

    page = client.get(WANTED)

    assert list(page.context["answered"]) == [asked]
    assert f"{CUSTOM}{asked.pk}/" in page.text
    assert [one for one in desk.waiting(petra) if one.kind == "maatwerk"] == []


def test_promise_of_yesterday_is_refused(client, petra, asked):
    client.force_login(petra)
    yesterday = localdate() - timedelta(days=1)
    answer = client.post(
        f"{CUSTOM}{asked.pk}/", {"text": "Ja.", "promised_on": yesterday.isoformat()}
    )
    assert answer.status_code == 422
    asked.refresh_from_db()
    assert asked.state == "open"


def test_two_who_keep_a_promise_at_once_answer_once(asked, outbox):
    actions.answer_custom(asked, text="Volgende week meer.", promised_on=localdate())
    other = CustomRequest.objects.get(pk=asked.pk)
    actions.answer_custom(asked, text="Het is dinsdag.")
    with pytest.raises(TooLate):
        actions.answer_custom(other, text="Het is woensdag.")
    assert len(outbox()) == 2


def test_request_with_a_promise_is_not_forgotten_before_its_day(asked):
    actions.answer_custom(asked, text="Later.", promised_on=localdate() + timedelta(days=100))
    assert retention.forget_requests(now() + timedelta(days=95)) == 0
    assert retention.forget_requests(now() + timedelta(days=102)) == 1


def test_database_knows_no_promise_without_an_answer(asked):
    with pytest.raises(IntegrityError), transaction.atomic():
        CustomRequest.objects.filter(pk=asked.pk).update(promised_on=localdate())
