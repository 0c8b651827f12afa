"""Signing up, the page of one place, my trainings: as Anna, Carla and strangers would."""

import re
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from kennispunt.parties.actions import people
from kennispunt.parties.models import Mandate, Party
from kennispunt.parties.tests.make import APPLIED, make_mandate, make_party
from kennispunt.trainings import queue
from kennispunt.trainings.actions import places
from kennispunt.trainings.models import Edition, Registration
from kennispunt.trainings.tests.make import (
    delivered,
    make_edition,
    make_parties,
    make_training,
    sign_up,
)
from kennispunt.trainings.tokens import token_of

pytestmark = pytest.mark.django_db

State = Registration.State


@pytest.fixture
def as_(client):
    """as_(anna): a client in which this person is signed in; as_(None) is a visitor."""

    def sign_in(person):
        client = Client()
        if person:
            client.force_login(person)
        return client

    return sign_in


def address(edition):
    return f"{edition.get_absolute_url()}inschrijven/"


def place_page(registration):
    return f"/trainingen/plek/{token_of(registration)}/"


def live(edition):
    rows = edition.registrations.live().select_related("person").order_by("pk")
    return {one.person.name: one.state for one in rows}


# --- Signing up ----------------------------------------------------------------------------------


def test_anna_signs_up_herself_and_bram(as_, anna, bram, outbox):
    edition = make_edition()
    response = as_(anna).post(
        address(edition), {"who": [anna.pk, bram.pk], "question": "Hoe begin ik?"}, follow=True
    )

    assert "Je inschrijving is gelukt." in response.content.decode()
    assert live(edition) == {"Anna": "placed", "Bram": "placed"}
    questions = dict(edition.registrations.values_list("person__name", "question"))
    assert questions == {"Anna": "Hoe begin ik?", "Bram": ""}
    to_bram = next(mail for mail in outbox() if mail.to == "bram@example.org")
    assert "Anna schreef je in" in to_bram.text


def test_no_mail_names_a_party_and_no_subject_names_anything(as_, anna, bram, carla, outbox):
    edition = make_edition(places=1)
    sign_up(edition, anna)
    [waits] = sign_up(edition, carla)
    places.cancel(edition.registrations.get(person=anna))
    delivered()
    places.lapse_offers(timezone.now() + timedelta(days=2))
    places.take_free(waits)
    people.leave(Mandate.objects.of(carla).get())

    subjects = " ".join(mail.subject for mail in outbox())
    texts = " ".join(mail.text for mail in outbox())
    assert len(outbox()) == 7
    for word in ("Asser Kring", "Lokaal Hazelmeer"):
        assert word not in texts
    for word in ("Leden werven", "Assen", "Anna", "Carla"):
        assert word not in subjects


def test_carla_lands_on_the_waiting_list_and_is_told(as_, anna, carla):
    edition = make_edition(places=1)
    sign_up(edition, anna)
    page = as_(carla).get(address(edition)).content.decode()
    assert "je komt op de wachtlijst" in page
    assert queue.RULE in page

    response = as_(carla).post(address(edition), {"who": [carla.pk]}, follow=True)
    assert "Je staat op de wachtlijst" in response.content.decode()


def test_back_after_signing_up_everybody_says_so_and_offers_no_empty_list(as_, anna, bram):
    edition = make_edition(places=2)
    sign_up(edition, anna, bram)
    page = as_(anna).get(address(edition)).content.decode()
    assert "<h1>Je staat al ingeschreven</h1>" in page
    assert "/mijn/trainingen/" in page
    assert "wachtlijst" not in page and 'class="form"' not in page


def test_what_was_typed_survives_an_error(as_, anna):
    edition = make_edition()
    response = as_(anna).post(address(edition), {"question": "Een lange vraag", "access": "lift"})

    page = response.content.decode()
    assert response.status_code == 422
    assert "Kies ten minste één persoon." in page
    assert "Een lange vraag" in page
    assert 'value="lift"' in page


def test_the_maximum_is_said_at_the_field(as_, anna, bram):
    edition = make_edition(max_per_party=1)
    response = as_(anna).post(address(edition), {"who": [anna.pk, bram.pk]})

    assert response.status_code == 422
    said = "Van een partij kan 1 persoon komen. Er kan nog 1 persoon bij."
    assert said in response.content.decode()
    assert not edition.registrations.exists()


def test_two_trainings_on_one_day_are_asked_about_once(as_, anna):
    morning = timezone.now().replace(hour=7, minute=0) + timedelta(days=30)
    sign_up(make_edition(starts_at=morning), anna)
    other = make_edition(
        starts_at=morning + timedelta(hours=5), training=make_training("b", title="Geld")
    )
    asked = as_(anna).post(address(other), {"who": [anna.pk]})
    assert "Die dag is er ook: Leden werven" in asked.content.decode()
    assert not other.registrations.exists()

    as_(anna).post(address(other), {"who": [anna.pk], "same_day": "on"})
    assert live(other) == {"Anna": "placed"}


def test_a_provisional_place_is_said_before_sending(as_, make_user):
    person = make_user("gijs")
    make_mandate(person, make_party("Lindewaard", **APPLIED), accepted_on=None)
    edition = make_edition()

    assert "Je plek is voorlopig" in as_(person).get(address(edition)).content.decode()


def test_who_has_no_party_is_told_how_to_come_to_it(as_, make_user):
    page = as_(make_user("gijs")).get(address(make_edition())).content.decode()

    assert "Een plaats is voor lokale partijen" in page
    assert "/partijen/aanmelden/" in page


def test_a_visitor_signs_in_first(as_):
    edition = make_edition()
    response = as_(None).get(address(edition))
    assert response.status_code == 302
    assert response.url == f"/account/login/?next={address(edition)}"


def test_nobody_signs_up_somebody_of_another_party(as_, anna, carla):
    edition = make_edition()
    assert as_(anna).post(address(edition), {"who": [carla.pk]}).status_code == 422
    assert not edition.registrations.exists()


def test_a_removed_member_signs_nobody_up(as_, anna, bram):
    edition = make_edition()
    client = as_(bram)
    people.leave(Mandate.objects.of(bram).get())
    page = client.post(address(edition), {"who": [bram.pk]}).content.decode()

    assert "Een plaats is voor lokale partijen" in page
    assert not edition.registrations.exists()


def test_a_draft_is_nobodys_business(as_, anna):
    edition = make_edition(status=Edition.Status.DRAFT)
    assert as_(anna).get(address(edition)).status_code == 404
    assert as_(None).get(edition.get_absolute_url()).status_code == 404


# --- The page of one place -----------------------------------------------------------------------


@pytest.fixture
def offer(anna, carla):
    """Carla is offered the place that Anna gave up."""
    edition = make_edition(places=1)
    [place] = sign_up(edition, anna)
    [waits] = sign_up(edition, carla)
    places.cancel(place)
    waits.refresh_from_db()
    return waits


def test_carla_takes_the_place_from_the_mail_without_signing_in(as_, offer, outbox):
    link = re.search(r"/trainingen/plek/\S+", outbox()[-1].text)[0]
    page = as_(None).get(link).content.decode()
    assert "Er is een plek vrij" in page
    assert "Carla" not in page
    assert "Lokaal Hazelmeer" not in page

    assert "De plek is van jou" in as_(None).post(link, {"wat": "neem"}).content.decode()
    offer.refresh_from_db()
    assert offer.state == State.PLACED


def test_a_mail_scanner_takes_and_gives_up_nothing(as_, offer):
    for method in ("get", "head", "options"):
        getattr(as_(None), method)(place_page(offer))
    offer.refresh_from_db()
    assert offer.state == State.OFFERED


def test_an_offer_that_is_over_says_so(as_, offer):
    Registration.objects.filter(pk=offer.pk).update(offered_until=timezone.now())
    page = as_(None).post(place_page(offer), {"wat": "neem"}).content.decode()
    assert "Deze plek is niet meer vrij" in page


def test_cancelling_twice_says_so(as_, anna):
    [place] = sign_up(make_edition(), anna)
    link = place_page(place)
    assert "Je bent afgemeld" in as_(None).post(link, {"wat": "meld-af"}).content.decode()
    assert "Afmelden kon niet meer" in as_(None).post(link, {"wat": "meld-af"}).content.decode()


@pytest.mark.parametrize("token", ["x", "WzEsMV0:1wOa0E:abc", "WzEsMF0", "a:b:c:d"])
def test_a_guessed_link_opens_nothing(as_, anna, token):
    sign_up(make_edition(), anna)
    for response in (
        as_(None).get(f"/trainingen/plek/{token}/"),
        as_(None).post(f"/trainingen/plek/{token}/", {"wat": "meld-af"}),
    ):
        assert response.status_code == 404
    assert Registration.objects.live().count() == 1


def test_another_button_does_nothing(as_, anna):
    [place] = sign_up(make_edition(), anna)
    assert as_(None).post(place_page(place), {"wat": "alles"}).status_code == 404


def test_the_online_room_is_for_who_has_a_place(as_, anna, carla):
    link = "https://overleg.example/kamer"
    edition = make_edition(room=None, online_link=link, places=1)
    [place] = sign_up(edition, anna)
    [waits] = sign_up(edition, carla)

    assert link in as_(None).get(place_page(place)).content.decode()
    assert link not in as_(None).get(place_page(waits)).content.decode()
    assert link not in as_(None).get(edition.get_absolute_url()).content.decode()
    assert link not in as_(None).get(edition.training.get_absolute_url()).content.decode()


# --- My trainings --------------------------------------------------------------------------------


def test_my_trainings_are_mine(as_, anna, bram, carla):
    edition = make_edition()
    [own, of_bram] = sign_up(edition, anna, bram)

    page = as_(anna).get("/mijn/trainingen/").content.decode()
    assert "Je hebt een plek" in page
    assert "Wie jij inschreef" in page
    assert "Leden werven" not in as_(carla).get("/mijn/trainingen/").content.decode()
    assert as_(anna).get(f"/mijn/trainingen/{own.pk}/").status_code == 200
    for person, code in ((carla, 404), (anna, 404), (bram, 200), (None, 302)):
        assert as_(person).get(f"/mijn/trainingen/{of_bram.pk}/").status_code == code


def test_the_place_of_a_colleague_is_mine_to_change_as_long_as_i_book(as_, anna, bram, carla):
    [of_anna] = sign_up(make_edition(), anna, by=bram)
    link = f"/mijn/trainingen/collega/{of_anna.pk}/"
    for person, code in ((bram, 200), (anna, 404), (carla, 404), (None, 302)):
        assert as_(person).get(link).status_code == code
    people.leave(Mandate.objects.of(bram).get())

    assert as_(bram).post(link, {"wat": "meld-af"}).status_code == 404
    of_anna.refresh_from_db()
    assert of_anna.state == State.PLACED


def test_what_a_colleague_does_elsewhere_is_not_told(as_, anna, bram):
    morning = timezone.now().replace(hour=7, minute=0) + timedelta(days=30)
    sign_up(make_edition(starts_at=morning), bram)
    other = make_edition(
        starts_at=morning + timedelta(hours=5), training=make_training("b", title="Geld")
    )
    page = as_(anna).post(address(other), {"who": [bram.pk]}).content.decode()
    assert "Iemand die je meeneemt, heeft die dag al een training." in page
    assert "Die dag is er ook" not in page


def test_who_left_no_longer_sees_whom_they_signed_up(as_, anna, bram):
    sign_up(make_edition(), bram, by=bram)
    edition = make_edition(days=60)
    sign_up(edition, anna, by=bram)
    people.leave(Mandate.objects.of(bram).get())

    assert "Wie jij inschreef" not in as_(bram).get("/mijn/trainingen/").content.decode()


def test_answers_change_until_it_begins(as_, anna):
    [place] = sign_up(make_edition(), anna)
    as_(anna).post(f"/mijn/trainingen/{place.pk}/", {"question": "Anders", "access": ""})
    place.refresh_from_db()
    assert place.question == "Anders"

    Edition.objects.update(starts_at=timezone.now() - timedelta(minutes=1))
    assert as_(anna).get(f"/mijn/trainingen/{place.pk}/").status_code == 404


def test_my_page_says_that_a_place_waits(as_, offer, carla):
    assert "Er is een plek vrij. Wil je hem?" in as_(carla).get("/mijn/").content.decode()


def test_many_trainings_cost_as_many_queries_as_one(as_, anna, django_assert_max_num_queries):
    client, counts = as_(anna), []
    for number in range(1, 13):
        sign_up(make_edition(days=10 * number), anna)
        if number in (1, 12):
            with django_assert_max_num_queries(40) as queries:
                client.get("/mijn/trainingen/")
            counts.append(len(queries))
    assert counts[0] == counts[1]


def test_everything_about_me_is_in_the_download(anna):
    from kennispunt.trainings.mine import export

    sign_up(make_edition(), anna, question="Hoe dan?")
    [line] = export(anna)["inschrijvingen"]
    assert (line["question"], line["party__name"]) == ("Hoe dan?", "Asser Kring")


def test_a_party_that_lapsed_today_takes_no_place(as_, daan):
    party = Mandate.objects.of(daan).get().party
    past = (timezone.now() - timedelta(days=1)).date()
    Party.objects.filter(pk=party.pk).update(status_since=past, status_until=past)
    page = as_(daan).get(address(make_edition())).content.decode()
    assert "kun je nu geen plek nemen" in page


def test_the_list_says_where_one_stands(as_, anna, make_user):
    edition = make_edition(places=1)
    sign_up(edition, anna)
    made = [sign_up(edition, one)[0] for one in make_parties(make_user, 3)]
    assert "Je bent nummer 3." in as_(None).get(place_page(made[2])).content.decode()


# --- Whose place it is, and the question before it goes -------------------------------------------


def colleagues_place(anna, bram, **edition):
    """A place that Anna took for Bram."""
    sign_up(make_edition(**edition), bram, by=anna)
    return f"/mijn/trainingen/collega/{Registration.objects.get().pk}/"


def test_the_place_of_a_colleague_says_whose_it_is(as_, anna, bram):
    page = as_(anna).get(colleagues_place(anna, bram)).content.decode()

    assert "Bram heeft een plek" in " ".join(page.split())
    assert "geldt voor je collega en niet voor jou" in page
    assert "Je hebt een plek" not in page and "mijn plek" not in page


def test_the_turn_of_a_colleague_says_whose_it_is(as_, anna, bram, carla):
    edition = make_edition(places=1)
    sign_up(edition, carla)
    sign_up(edition, bram, by=anna)
    place = Registration.objects.get(person=bram)

    page = as_(anna).get(f"/mijn/trainingen/collega/{place.pk}/").content.decode()

    assert "Bram staat op de wachtlijst" in " ".join(page.split())
    assert "Je bent nummer" not in page


@pytest.mark.parametrize("whose", ["own", "colleague"])
def test_a_place_does_not_go_at_one_press(as_, anna, bram, whose):
    address = colleagues_place(anna, bram)
    if whose == "own":
        address = f"/trainingen/plek/{token_of(Registration.objects.get())}/"
    client = as_(anna)

    assert 'value="meld-af"' not in client.get(address).content.decode()
    question = client.get(address, {"wat": "meld-af"}).content.decode()
    assert "Dit kun je niet terugdraaien" in question and 'value="meld-af"' in question
    assert Registration.objects.get().state == "placed"

    client.post(address, {"wat": "meld-af"})
    assert Registration.objects.get().state == "cancelled"


def test_an_offer_is_passed_on_after_a_question(as_, anna, bram):
    edition = make_edition(places=1)
    sign_up(edition, anna)
    sign_up(edition, bram)
    places.cancel(Registration.objects.get(person=anna))
    offered = Registration.objects.get(person=bram)
    address = f"/trainingen/plek/{token_of(offered)}/"

    assert 'value="neem"' in as_(None).get(address).content.decode()
    assert 'value="geef-door"' not in as_(None).get(address).content.decode()
    assert "Geef je je plek door?" in as_(None).get(address, {"wat": "geef-door"}).content.decode()
