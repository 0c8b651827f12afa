"""A form that is sent twice is done once; the second time says so and leads to what came of it."""

import pytest
from django.test import Client

from kennispunt.accounts import twice
from kennispunt.elections.tests.make import make_result
from kennispunt.parties.actions import people
from kennispunt.parties.models import Application, Case, Invitation, Mandate
from kennispunt.parties.permissions import mandates_of
from kennispunt.parties.tests.make import apply, make_area, make_mandate
from kennispunt.trainings.models import Edition, Registration
from kennispunt.trainings.tests.make import make_edition, make_theme
from kennispunt.wishes import actions as wishing
from kennispunt.wishes.models import CustomRequest, ThemeVote, WishVoice

pytestmark = pytest.mark.django_db


def signed_in(user):
    client = Client()
    client.force_login(user)
    return client


def party_of(user):
    return mandates_of(user)[0].party


@pytest.fixture
def theme(db):
    return make_theme("geld")


@pytest.fixture
def case(make_user):
    make_result(make_area(), **{"Dorpsbelang Lindewaard": 3, "VVD": 2})
    apply(signed_in(make_user("fleur")), list_name="Dorpsbelang Lindewaard")
    return Case.objects.get()


# Each is given the fixtures by name, and gives (person, address, data, words, where it leads).


def sign_up(get):
    edition = make_edition()
    address = f"{edition.get_absolute_url()}inschrijven/"
    return (
        "carla",
        address,
        {"who": get("carla").pk},
        "Je staat al ingeschreven",
        "/mijn/trainingen/",
    )


def sign_up_when_full(get):
    """The first try took the last place: "vol" would frighten."""
    edition = make_edition(places=1)
    address = f"{edition.get_absolute_url()}inschrijven/"
    return "anna", address, {"who": get("anna").pk}, "Je staat al ingeschreven", "/mijn/trainingen/"


def take_back(get):
    anna = get("anna")
    voice = wishing.wish(party_of(anna), by=anna, theme=get("theme"), town=make_area(), people=3)
    there = "/trainingen/wens/vraag/"
    return "anna", f"/trainingen/wens/{voice.pk}/intrekken/", {}, "al weg", there


def revoke(get):
    anna = get("anna")
    mail = people.invite(party_of(anna), email="nieuw@example.org", role="board", by=anna)
    return "anna", f"/mijn/partij/uitnodiging/{mail.pk}/intrekken/", {}, "al", "/mijn/partij/"


def invite(get):
    typed = {"email": "nieuw@example.org", "role": "board"}
    return "anna", "/mijn/partij/uitnodigen/", typed, "al uitgenodigd", "/mijn/partij/"


def send_application(get):
    get("case")
    there = "/mijn/aanmelding/"
    return "fleur", "/partijen/aanmelden/versturen/", {"consent": "on"}, "al verstuurd", there


def propose(get):
    anna = get("anna")
    voice = wishing.wish(party_of(anna), by=anna, theme=get("theme"), town=make_area(), people=3)
    edition = make_edition()
    address = f"/balie/trainingen/wensen/{voice.wish_id}/"
    return "petra", address, {"edition": edition.pk}, "al behandeld", "/balie/trainingen/wensen/"


def answer_request(get):
    anna = get("anna")
    one = wishing.request_custom(party_of(anna), by=anna, town=make_area(), text="Iets", people=3)
    there = "/balie/trainingen/wensen/"
    return "petra", f"/balie/trainingen/maatwerk/{one.pk}/", {"text": "Ja"}, "al beantwoord", there


def accept_person(get):
    party = get("asser_kring")
    asks = make_mandate(get("make_user")("gert"), party, accepted_on=None)
    address = f"/balie/partijen/persoon/{asks.pk}/"
    return "petra", address, {"accept": "yes"}, "al gedaan", "/balie/"


def knows_person(get):
    get("anna")
    asks = make_mandate(get("make_user")("gert"), get("asser_kring"), accepted_on=None)
    address = f"/mijn/partij/verzoek/{asks.pk}/"
    return "anna", address, {"known": "1"}, "al gedaan", "/mijn/partij/"


FORMS = [
    sign_up, sign_up_when_full, take_back, revoke, invite, send_application, propose,
    answer_request, accept_person, knows_person,
]  # fmt: skip


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("other_browser", [False, True])
def test_a_form_sent_twice_says_what_is_already_so(request, form, other_browser, make_user):
    person, address, typed, words, there = form(request.getfixturevalue)
    user = (
        Application.objects.get().person if person == "fleur" else request.getfixturevalue(person)
    )
    first = signed_in(user)
    second = signed_in(user) if other_browser else first
    if form is not send_application:  # the fixture sent it
        answer = first.post(address, typed)
        assert answer.status_code == 302, answer.text
    counts = counted()

    answer = second.post(address, typed)

    if form is invite and other_browser:  # the form itself says it, at the field
        assert words in answer.text
        assert counted() == counts
        return
    assert answer.status_code == 302
    assert answer.url.startswith(there)
    page = second.get(answer.url)
    assert words in page.text or twice.ONCE in page.text
    if other_browser:
        assert words in page.text
    assert counted() == counts


def counted():
    models = (Registration, WishVoice, CustomRequest, Invitation, Mandate, ThemeVote, Edition)
    return [model.objects.count() for model in models]


def test_a_colleague_who_is_there_already_does_not_stop_the_other(anna, bram):
    edition = make_edition()
    address = f"{edition.get_absolute_url()}inschrijven/"
    browser = signed_in(anna)
    browser.post(address, {"who": anna.pk})

    assert browser.post(address, {"who": [anna.pk, bram.pk]}).status_code == 302

    assert edition.registrations.count() == 2


def test_who_is_on_the_list_of_another_party_is_no_answer(anna, carla):
    edition = make_edition()
    address = f"{edition.get_absolute_url()}inschrijven/"
    signed_in(carla).post(address, {"who": carla.pk})

    answer = signed_in(anna).post(address, {"who": carla.pk})

    assert answer.status_code == 422
    assert "al ingeschreven" not in answer.text


# --- Any form -------------------------------------------------------------------------------------


@pytest.fixture
def ask(rf, anna, client):
    """ask("/x/", status, **typed): what the middleware makes of an answer of that status."""
    from django.contrib.messages.middleware import MessageMiddleware
    from django.http import HttpResponse
    from django.shortcuts import redirect

    session = client.session

    def go(path, status, user=anna, **typed):
        request = rf.post(path, typed)
        request.COOKIES["sessionid"] = "x"
        request.session, request.user = session, user

        def view(request):
            return redirect("/done/") if status == 302 else HttpResponse("x", status=status)

        return MessageMiddleware(twice.done_once(view))(request)

    return go


@pytest.mark.parametrize("status", [200, 403, 404, 409, 422])
def test_the_same_form_again_leads_to_what_came_of_it(ask, status):
    ask("/x/", 302, text="a")

    answer = ask("/x/", status, text="a")

    assert (answer.status_code, answer.url) == (302, "/done/")


@pytest.mark.parametrize(
    "between",
    [
        lambda ask: ask("/x/", 422, text="b"),
        lambda ask: ask("/y/", 422, text="a"),
        lambda ask: ask("/x/", 500, text="a"),
    ],
)
def test_another_form_or_a_fault_of_ours_is_told_as_it_is(ask, between):
    ask("/x/", 302, text="a")

    assert between(ask).status_code in {422, 500}


def test_what_was_done_in_between_makes_it_a_new_try(ask):
    ask("/x/", 302, text="a")
    ask("/cancel/", 302)

    assert ask("/x/", 422, text="a").status_code == 422


def test_of_another_person_or_long_ago_it_is_a_new_try(ask, carla, monkeypatch):
    ask("/x/", 302, text="a")
    assert ask("/x/", 422, user=carla, text="a").status_code == 422

    monkeypatch.setattr(twice.time, "time", lambda: 10**10)
    assert ask("/x/", 422, text="a").status_code == 422


def test_what_is_remembered_says_nothing(ask, client):
    ask("/x/", 302, text="een geheim")

    assert "geheim" not in str(dict(client.session))
