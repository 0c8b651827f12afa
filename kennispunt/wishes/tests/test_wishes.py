"""Wishes, made-to-measure requests and the vote: permissions, sums, and what others see."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from kennispunt.elections.models import Area
from kennispunt.mail import preferences
from kennispunt.office.models import Lookup
from kennispunt.office.staff import WorkList
from kennispunt.parties.models import Mandate, Party
from kennispunt.parties.tests.make import APPLIED, FOUNDING, make_area, make_mandate, make_party
from kennispunt.trainings.models import Edition
from kennispunt.trainings.tests.make import amsterdam, make_edition, make_parties, make_theme
from kennispunt.ui.rows import TooLate
from kennispunt.wishes import actions, desk, mine, retention
from kennispunt.wishes.models import CustomRequest, ThemeVote, Wish, WishVoice
from kennispunt.wishes.periods import vote_on
from kennispunt.wishes.towns import towns_of
from kennispunt.wishes.voting import voted_by

ASK = "/trainingen/wens/vraag/"


def waiting(user):
    return WorkList(desk.waiting(user))[:]


@pytest.fixture
def theme(db):
    return make_theme("geld")


@pytest.fixture
def assen(db):
    return make_area()


def wish(person, theme, town=None, **fields):
    party = Mandate.objects.get(person=person).party
    return actions.wish(party, by=person, theme=theme, town=town or make_area(), **fields)


def typed(theme, town="GM0106", **fields):
    return {"theme": theme.pk, "town": town, "people": 3, "text": "", "room": ""} | fields


# --- Asking --------------------------------------------------------------------------------------


def test_anna_asks_in_her_own_town_and_offers_a_room(client, anna, theme):
    client.force_login(anna)

    assert client.post(ASK, typed(theme, room="De Singel, 20 stoelen")).status_code == 302

    voice = WishVoice.objects.get()
    assert (voice.party.name, voice.town.name, voice.people) == ("Asser Kring", "Assen", 3)
    assert (voice.wish.theme, voice.wish.region.name) == (theme, "Drenthe")
    assert "De Singel, 20 stoelen" in client.get(ASK).text


def test_carla_says_yes_to_the_wish_of_others(client, anna, carla, theme):
    wish(anna, theme)
    client.force_login(carla)

    page = client.get(ASK)
    assert [(one.theme, number) for one, number in page.context["others"]] == [(theme, None)]
    assert "Asser Kring" not in page.text
    chosen = client.get(f"{ASK}?thema=geld")
    assert chosen.context["form"].initial["theme"] == theme
    client.post(ASK, typed(theme))

    assert Wish.objects.get().voices.count() == 2
    assert client.get(ASK).context["others"] == []


def test_a_party_counts_once_and_the_second_time_changes_what_it_said(anna, bram, theme):
    wish(anna, theme, people=2)
    wish(bram, theme, people=5)

    assert list(WishVoice.objects.values_list("people", "person")) == [(5, bram.pk)]


def test_wishes_of_towns_in_one_province_add_up(make_user, anna, theme):
    emmer = make_user("fleur")
    make_mandate(emmer, make_party("Emmer Belang", area="GM0114"))
    wish(anna, theme)
    wish(emmer, theme, town=make_area("GM0114"))

    assert [(one.region.name, one.parties) for one in Wish.objects.counted()] == [("Drenthe", 2)]


def test_taken_back_is_gone_and_an_empty_wish_with_it(client, anna, theme):
    voice = wish(anna, theme)
    client.force_login(anna)

    assert client.post(f"/trainingen/wens/{voice.pk}/intrekken/").status_code == 302
    assert (
        "Deze wens was al weg"
        in client.post(f"/trainingen/wens/{voice.pk}/intrekken/", follow=True).text
    )

    assert not Wish.objects.exists()


def test_nobody_takes_back_the_wish_of_another_party(client, anna, carla, theme):
    voice = wish(anna, theme)
    client.force_login(carla)

    assert client.post(f"/trainingen/wens/{voice.pk}/intrekken/").status_code == 404
    with pytest.raises(ValidationError):
        actions.take_back(voice, by=carla)

    assert WishVoice.objects.exists()


def test_party_of_a_province_asks_in_each_of_its_gemeenten(make_user, assen):
    make_area("GM0114")
    mandate = make_mandate(make_user("fleur"), make_party("Drents Belang", area="PV22"))

    assert [one.name for one in towns_of(mandate)] == ["Assen", "Emmen"]


def test_town_where_the_party_does_not_take_part_is_refused(client, anna, theme):
    make_area("GM0114")
    client.force_login(anna)

    answer = client.post(ASK, typed(theme, "GM0114"))

    assert answer.status_code == 422
    assert list(answer.context["form"].errors) == ["town"]
    with pytest.raises(ValidationError, match="gemeente"):
        wish(anna, theme, town=make_area("GM0114"))


@pytest.mark.parametrize("people", ["0", "-1", "99999", "x", ""])
def test_odd_number_of_people_is_an_answer_not_an_error(client, anna, theme, people):
    client.force_login(anna)

    assert client.post(ASK, typed(theme, people=people)).status_code == 422
    assert not Wish.objects.exists()


# --- Who may -------------------------------------------------------------------------------------


def test_visitor_reads_the_wishes_and_must_sign_in_to_ask(client, anna, theme):
    wish(anna, theme)

    page = client.get("/trainingen/wens/")

    assert page.status_code == 200
    assert "Asser Kring" not in page.text
    assert client.get(ASK).url.startswith("/account/login/")
    assert client.get("/trainingen/stem/geef/").url.startswith("/account/login/")


@pytest.mark.parametrize("person", ["eva", "maud", "tess", "petra"])
def test_who_speaks_for_no_party_reads_how_and_changes_nothing(request, client, person, theme):
    make_area()
    client.force_login(request.getfixturevalue(person))

    assert "lokale partijen" in client.post(ASK, typed(theme)).text
    client.post("/trainingen/wens/maatwerk/", {"town": "GM0106", "text": "Iets", "people": 3})

    assert not Wish.objects.exists()
    assert not CustomRequest.objects.exists()


def test_removed_member_can_do_nothing_any_more(client, bram, theme):
    voice = wish(bram, theme)
    Mandate.objects.filter(person=bram).update(ended_on=timezone.localdate())
    client.force_login(bram)

    client.post(ASK, typed(make_theme("leden")))
    client.post(f"/trainingen/wens/{voice.pk}/intrekken/")
    client.post("/trainingen/wens/maatwerk/", {"town": "GM0106", "text": "Iets", "people": 3})

    assert list(WishVoice.objects.all()) == [voice]
    assert not CustomRequest.objects.exists()


def test_a_party_that_is_not_decided_asks_but_does_not_count_yet(make_user, theme):
    fleur = make_user("fleur")
    party = make_party("Nieuw Geluid", **APPLIED)
    make_mandate(fleur, party)
    wish(fleur, theme)
    assert list(Wish.objects.counted()) == []

    Party.objects.filter(pk=party.pk).update(status=Party.Status.ELIGIBLE)

    assert [one.parties for one in Wish.objects.counted()] == [1]


@pytest.mark.parametrize("person", ["tess", "eva", "maud", "anna", "carla"])
@pytest.mark.parametrize("part", ["wensen/", "wensen/1/", "maatwerk/1/"])
def test_desk_of_wishes_is_for_the_project_leader(request, client, person, part):
    client.force_login(request.getfixturevalue(person))

    assert client.get(f"/balie/trainingen/{part}").status_code == 403


# --- What others see -----------------------------------------------------------------------------


def test_fewer_than_five_is_all_that_is_told(client, make_user, theme):
    people = make_parties(make_user, 5)
    for person in people[:4]:
        wish(person, theme)
    four = client.get("/trainingen/wens/").text
    wish(people[4], theme)
    five = client.get("/trainingen/wens/").text

    assert "minder dan vijf partijen" in four
    assert "4 partijen" not in four
    assert "5 partijen</td>" in five


@pytest.mark.parametrize("number", [1, 3])
def test_wishes_cost_the_same_number_of_queries(
    client, make_user, number, django_assert_max_num_queries
):
    themes = [make_theme(f"thema-{index}") for index in range(number)]
    for person in make_parties(make_user, number):
        for theme in themes:
            wish(person, theme)

    with django_assert_max_num_queries(8):
        client.get("/trainingen/wens/")


# --- At the threshold ----------------------------------------------------------------------------


def test_at_five_parties_it_waits_on_the_desk_of_petra(make_user, petra, tess, theme):
    people = make_parties(make_user, 5)
    for person in people[:4]:
        wish(person, theme)
    assert list(waiting(petra)) == []
    wish(people[4], theme)

    [line] = waiting(petra)

    assert line.title == "5 partijen willen een training: Geld, Drenthe"
    assert list(waiting(tess)) == []


def test_petra_proposes_an_edition_to_who_asked(client, make_user, petra, theme, outbox):
    people = make_parties(make_user, 5)
    for person in people:
        wish(person, theme)
    preferences.choose(people[1].email, "trainings.proposal", False)
    Mandate.objects.filter(person=people[2]).update(ended_on=timezone.localdate())
    people[3].delete()
    edition, one = make_edition(), Wish.objects.get()
    client.force_login(petra)

    answer = client.post(f"/balie/trainingen/wensen/{one.pk}/", {"edition": edition.pk})

    assert answer.status_code == 302
    assert [mail.to for mail in outbox()] == [people[0].email, people[4].email]
    mail = outbox()[0]
    assert mail.subject == "De training die je wenste, is gepland"
    assert f"/trainingen/leden-werven/{edition.pk}/inschrijven/" in mail.text
    assert b"List-Unsubscribe:" in bytes(mail.message)
    one.refresh_from_db()
    assert (one.edition, one.closed_on) == (edition, timezone.localdate())
    assert "wens" not in {waits.kind for waits in waiting(petra)}


def test_two_proposals_at_once_are_one(petra, anna, theme, outbox):
    wish(anna, theme)
    one, edition = Wish.objects.get(), make_edition()

    actions.propose(one, edition)
    with pytest.raises(TooLate, match="al behandeld"):
        actions.propose(one, edition)

    assert len(outbox()) == 1


def test_after_a_proposal_a_new_wish_begins(anna, theme):
    first = wish(anna, theme)
    actions.propose(first.wish, make_edition())

    assert wish(anna, theme).wish != first.wish


@pytest.mark.parametrize(
    "fields", [{"days": -3}, {"status": Edition.Status.DRAFT}], ids=["over", "draft"]
)
def test_edition_that_nobody_can_join_is_not_proposed(client, anna, petra, theme, fields, outbox):
    one, edition = wish(anna, theme).wish, make_edition(**fields)
    client.force_login(petra)

    assert (
        client.post(f"/balie/trainingen/wensen/{one.pk}/", {"edition": edition.pk}).status_code
        == 422
    )
    with pytest.raises(ValidationError):
        actions.propose(one, edition)

    assert outbox() == []


# --- Made to measure -----------------------------------------------------------------------------


def test_anna_asks_for_something_made_for_her_party_and_gets_an_answer(client, anna, petra, outbox):
    client.force_login(anna)
    client.post(
        "/trainingen/wens/maatwerk/",
        {"town": "GM0106", "text": "Hoe kiezen we een lijsttrekker?", "people": 8, "when": ""},
    )
    assert "Wacht op ons antwoord" in client.get("/mijn/trainingen/").text
    [line] = waiting(petra)
    assert line.title == "Vraag om maatwerk uit Assen"

    client.force_login(petra)
    client.post(line.address, {"text": "Bel ons even."})

    assert [mail.to for mail in outbox()] == ["anna@example.org"]
    assert "Bel ons even." in outbox()[0].text
    assert "partij" not in outbox()[0].subject
    assert list(waiting(petra)) == []
    assert client.get(line.address).status_code == 200
    client.force_login(anna)
    assert "Bel ons even." in client.get("/mijn/trainingen/").text


def test_planned_request_carries_the_link_to_sign_up(client, anna, petra, outbox):
    request = ask_custom(anna)
    edition = make_edition()
    client.force_login(petra)

    client.post(
        f"/balie/trainingen/maatwerk/{request.pk}/",
        {"text": "We komen langs.", "edition": edition.pk},
    )

    request.refresh_from_db()
    assert (request.state, request.edition) == ("planned", edition)
    assert f"/{edition.pk}/inschrijven/" in outbox()[0].text
    assert Lookup.objects.get().person == anna  # who sees that Petra looked
    with pytest.raises(TooLate, match="al beantwoord"):
        actions.answer_custom(request, text="Nog eens.")
    assert len(outbox()) == 1


def ask_custom(person, text="Iets"):
    party = Mandate.objects.get(person=person).party
    return actions.request_custom(party, by=person, town=make_area(), text=text, people=4)


def test_sent_twice_is_one_request_and_at_most_three_wait(anna, bram):
    assert ask_custom(anna) == ask_custom(anna)
    ask_custom(anna, "Nog iets")
    ask_custom(bram)
    with pytest.raises(ValidationError, match="Wacht op ons antwoord"):
        ask_custom(bram, "En nog iets")

    assert CustomRequest.objects.count() == 3


def test_requests_of_others_are_not_mine(client, anna, carla):
    ask_custom(anna)
    client.force_login(carla)

    assert "Wat je ons vroeg" not in client.get("/mijn/trainingen/").text


# --- The vote ------------------------------------------------------------------------------------

JUNE = amsterdam(2026, 6, 1, 12)


def test_anna_votes_and_changes_it(client, anna, theme):
    leden = make_theme("leden")
    year = vote_on(timezone.localdate()).year
    actions.vote(anna_party(anna), by=anna, themes=[theme], now=JUNE)
    actions.vote(anna_party(anna), by=anna, themes=[leden], now=JUNE)

    assert list(ThemeVote.objects.values_list("theme__slug", "year")) == [("leden", 2027)]
    client.force_login(anna)
    assert client.get("/trainingen/stem/geef/").status_code == 200
    assert year >= 2027


def anna_party(person):
    return Mandate.objects.get(person=person).party


def test_one_vote_of_at_most_three_themes_per_party(anna, theme):
    themes = [make_theme(f"thema-{index}") for index in range(4)]

    with pytest.raises(ValidationError, match="hoogstens 3"):
        actions.vote(anna_party(anna), by=anna, themes=themes, now=JUNE)
    actions.vote(anna_party(anna), by=anna, themes=themes[:3], now=JUNE)

    assert voted_by(anna_party(anna), 2027) == themes[:3]


def test_no_themes_is_no_vote(anna, theme):
    actions.vote(anna_party(anna), by=anna, themes=[theme], now=JUNE)
    actions.vote(anna_party(anna), by=anna, themes=[], now=JUNE)

    assert not ThemeVote.objects.exists()


@pytest.mark.parametrize(
    ("moment", "is_open"),
    [
        ((2026, 1, 1, 0, 0), True),
        ((2026, 12, 15, 23, 59), True),
        ((2026, 12, 16, 0, 0), False),
        ((2026, 12, 31, 23, 59), False),
    ],
)
def test_vote_is_open_from_new_year_until_the_last_day(anna, theme, moment, is_open):
    now = amsterdam(*moment)
    if is_open:
        actions.vote(anna_party(anna), by=anna, themes=[theme], now=now)
    else:
        with pytest.raises(ValidationError, match="gesloten"):
            actions.vote(anna_party(anna), by=anna, themes=[theme], now=now)

    assert ThemeVote.objects.exists() == is_open
    assert vote_on(date(2026, 12, 15)).year == 2027


@pytest.mark.parametrize("person", ["bram", "daan", "tess", "petra"])
def test_who_holds_no_vote_does_not_vote(request, client, person, theme):
    client.force_login(request.getfixturevalue(person))

    answer = client.post("/trainingen/stem/geef/", {"themes": [theme.pk]})

    assert "Stemmen doet één persoon per partij" in answer.text
    assert not ThemeVote.objects.exists()


def test_who_was_removed_votes_no_more(client, anna, theme):
    Mandate.objects.filter(person=anna).update(ended_on=timezone.localdate())
    client.force_login(anna)

    assert "Meld je partij aan" in client.post("/trainingen/stem/geef/", {"themes": theme.pk}).text
    assert not ThemeVote.objects.exists()


def test_result_hides_small_numbers_and_the_desk_sees_them(client, make_user, petra, theme):
    leden = make_theme("leden")
    voters = make_parties(make_user, 6)
    Mandate.objects.update(may_vote=True)
    for number, person in enumerate(voters):
        chosen = [theme, leden] if number < 4 else [theme]
        actions.vote(anna_party(person), by=person, themes=chosen, now=JUNE)
    ThemeVote.objects.update(year=vote_on(timezone.localdate()).year)

    shown = {one.slug: number for one, number in client.get("/trainingen/stem/").context["results"]}
    client.force_login(petra)
    desk = client.get("/balie/trainingen/wensen/").context["results"]

    assert shown == {"geld": 6, "leden": None}
    assert {one.slug: one.count for one in desk} == {"geld": 6, "leden": 4}


# --- What we keep --------------------------------------------------------------------------------


def test_wishes_are_forgotten_in_time(anna, carla, theme):
    now = timezone.now()
    old, proposed = wish(anna, theme), wish(anna, make_theme("leden"))
    kept = wish(carla, make_theme("leden"), text="Nog wel")
    WishVoice.objects.filter(pk=old.pk).update(made_on=(now - timedelta(days=366)).date())
    assert retention.forget_wishes(now) == 1
    assert list(Wish.objects.all()) == [kept.wish]

    actions.propose(kept.wish, make_edition())
    assert retention.forget_wishes(now + timedelta(days=89)) == 0
    assert retention.forget_wishes(now + timedelta(days=92)) == 2
    assert proposed.wish == Wish.objects.get()  # what came of it, without who asked


def test_answered_request_is_forgotten_and_an_open_one_waits(anna):
    now = timezone.now()
    answered, waits = ask_custom(anna), ask_custom(anna, "Nog iets")
    actions.answer_custom(answered, text="Ja.")

    assert retention.forget_requests(now + timedelta(days=91)) == 1
    assert list(CustomRequest.objects.all()) == [waits]


def test_a_request_that_nobody_answered_goes_after_a_year(anna, asser_kring):
    request = {"party": asser_kring, "person": anna, "town": make_area(), "people": 3}
    made = CustomRequest.objects.create(text="Wij willen iets", made_at=timezone.now(), **request)
    assert retention.forget_requests(made.made_at + timedelta(days=364)) == 0
    assert retention.forget_requests(made.made_at + timedelta(days=366)) == 1


def test_my_data_has_it_and_erasing_takes_it_away(anna, theme):
    wish(anna, theme, text="Van alles", room="Bij mij thuis")
    ask_custom(anna)
    actions.vote(anna_party(anna), by=anna, themes=[theme], now=JUNE)
    mine_now = mine.export(anna)
    assert [len(mine_now[part]) for part in ("wensen", "maatwerk", "stemmen op thema’s")] == [
        1, 1, 1,
    ]  # fmt: skip

    actions.forget(anna)

    voice = WishVoice.objects.get()
    assert (voice.person, voice.text, voice.room) == (None, "", "")
    assert not CustomRequest.objects.exists()
    assert ThemeVote.objects.get().cast_by is None


def test_founders_may_ask_for_a_training_too(daan, theme):
    assert FOUNDING["status"] == Party.Status.FOUNDING
    town = Area.objects.get(code="GM0114")

    assert wish(daan, theme, town=town).party.name == "Wij Molenkerk"
