"""Planning at the desk: permissions, forms, warnings, and the mail that goes out."""

import io
from datetime import date, datetime, timedelta
from decimal import Decimal

import pytest
from django.utils import timezone
from django.utils.timezone import localdate, localtime
from openpyxl import load_workbook

from kennispunt.elections.models import Area
from kennispunt.elections.tests.make import make_area
from kennispunt.office.models import Lookup
from kennispunt.parties.tests.make import make_mandate, make_party
from kennispunt.trainings import desk, plan_checks
from kennispunt.trainings.actions import editions
from kennispunt.trainings.models import (
    Attendance,
    CouncilEvening,
    Edition,
    QuietPeriod,
    Registration,
    Room,
)
from kennispunt.trainings.tests.make import (
    amsterdam,
    make_edition,
    make_parties,
    make_room,
    make_training,
    replan,
    sign_up,
)

pytestmark = pytest.mark.django_db

State, Status = Registration.State, Edition.Status
PLAN = "/balie/trainingen/"


@pytest.fixture
def desk_client(client, petra):
    client.force_login(petra)
    return client


def typed(edition=None, **fields):
    """Return what the form of an edition sends: an evening in Assen."""
    where = {"where": str(make_room().pk)} if edition is None else {}
    data = {
        "training": str((edition.training if edition else make_training()).pk),
        "places": "12", "minimum": "6", "max_per_party": "3", "0-day": "2030-11-05",
        "0-begins": "19:30", "0-ends": "21:30", **where,
    }  # fmt: skip
    if edition:
        start, end = (localtime(one) for one in edition.moments[0])
        data |= {
            "where": str(edition.room_id or "online"), "places": str(edition.places),
            "0-day": f"{start:%Y-%m-%d}", "0-begins": f"{start:%H:%M}", "0-ends": f"{end:%H:%M}",
            "seen": edition.changed_at.isoformat(),
        }  # fmt: skip
    return data | fields


def tomorrow_evening(days=30):
    day = localdate() + timedelta(days=days)
    return amsterdam(day.year, day.month, day.day, 19, 30)


# --- Who may -------------------------------------------------------------------------------------


@pytest.mark.parametrize("who", ["tess", "eva", "maud", "anna", "carla"])
def test_only_project_leaders_plan(request, client, who):
    edition = make_edition()
    client.force_login(request.getfixturevalue(who))
    for address in addresses(edition):
        assert client.get(address).status_code == 403, address
    for address in posts(edition):
        assert client.post(address).status_code == 403, address
    edition.refresh_from_db()
    assert edition.status == Status.OPEN
    assert not Lookup.objects.exists()


def test_a_visitor_is_asked_to_sign_in(client):
    edition = make_edition()
    asked = [client.get(address) for address in addresses(edition)]
    for answer in asked + [client.post(address) for address in posts(edition)]:
        assert (answer.status_code, "/account/login/" in answer.url) == (302, True)


def test_a_project_leader_opens_all_of_it(desk_client):
    edition = make_edition(evenings=2)
    sign_up(edition, *make_people())
    for address in addresses(edition):
        answer = desk_client.get(address)
        assert answer.status_code == 200, address
        assert "no-store" in answer["Cache-Control"], address


def test_a_project_leader_without_second_factor_does_not(client, make_user):
    user = make_user("pia", group="Project leaders", second_factor=False)
    client.force_login(user)
    assert client.get(PLAN).status_code != 200


def make_people():
    from kennispunt.accounts.models import User

    person = User.objects.create_user("ad@example.org", "kennispunt", name="Ad")
    make_mandate(person, make_party("Ad Rem"))
    return [person]


def addresses(edition):
    parts = ("", "wijzig/", "reeks/", "reeks/klaar/", "afzeggen/", "kosten/", "mail/", "deelnemers/", "deelnemers.csv", "deelnemers.xlsx")  # fmt: skip
    own = [f"{PLAN}{edition.pk}/{part}" for part in parts]
    return [PLAN, f"{PLAN}nieuw/", f"{PLAN}jaar/2026.csv", f"{PLAN}jaar/2026.xlsx", *own]


def posts(edition):
    own = [f"{PLAN}{edition.pk}/{part}" for part in (
        "doe/publiceer/", "doe/gooi-weg/", "doe/gaat-door/", "afzeggen/", "deelnemers/1/belde-af/",
        "wijzig/", "mail/",
    )]  # fmt: skip
    return [f"{PLAN}nieuw/", *own]


# --- The list ------------------------------------------------------------------------------------


def test_the_list_has_a_kind_for_each(desk_client):
    coming, past = make_edition(), make_edition(days=-9)
    draft = make_edition(status=Status.DRAFT)
    off = make_edition()
    editions.cancel(off)

    shown = {
        kind: list(desk_client.get(PLAN, {"soort": kind}).context["page"])
        for kind in ("komt", "geweest", "voorbereiding", "afgezegd", "onzin")
    }
    assert shown == {
        "komt": [coming], "geweest": [past], "voorbereiding": [draft], "afgezegd": [off],
        "onzin": [coming],
    }  # fmt: skip


def test_the_list_is_narrowed(desk_client, tess):
    here = make_edition(trainer=tess)
    online = make_edition(room=None, training=make_training("debat", title="Debat"))

    def shown(**asked):
        return list(desk_client.get(PLAN, asked).context["page"])

    assert shown(training="debat") == [online]
    assert shown(waar="online") == [online]
    assert shown(waar="PV22") == [here]
    assert shown(trainer=tess.pk) == [here]
    assert shown(trainer="x\0", waar="") == [here, online]


def test_many_editions_cost_no_more_queries(desk_client, django_assert_num_queries, make_user):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    edition = make_edition()
    sign_up(edition, *make_parties(make_user, 1))
    desk_client.get(PLAN)
    with CaptureQueriesContext(
        connection,
    ) as few:
        desk_client.get(PLAN)
    training, room = edition.training, edition.room
    start = timezone.now() + timedelta(days=20)
    Edition.objects.bulk_create(
        Edition(
            training=training, room=room, status=Status.OPEN,
            starts_at=start + timedelta(hours=index), ends_at=start + timedelta(hours=index + 1),
        )
        for index in range(1000)
    )  # fmt: skip
    with django_assert_num_queries(len(few)):
        desk_client.get(PLAN)


def test_the_list_leads_to_what_the_staff_keeps(starter, desk_client):
    text = desk_client.get(PLAN).content.decode()
    for model in ("quietperiod", "councilevening", "room"):
        address = f"/beheer/snippets/trainings/{model}/"
        assert address in text
        assert desk_client.get(address).status_code == 200


# --- Planning ------------------------------------------------------------------------------------


def test_a_draft_with_two_evenings_then_in_the_agenda(desk_client, client, tess):
    data = typed(
        trainer=str(tess.pk), bring="Een laptop", **{"1-day": "2030-11-12", "1-begins": "22:00",
        "1-ends": "00:30"},
    )  # fmt: skip
    answer = desk_client.post(f"{PLAN}nieuw/", data)
    made = Edition.objects.get()

    assert answer.url == f"{PLAN}{made.pk}/"
    assert (made.status, made.trainer, made.bring) == (Status.DRAFT, tess, "Een laptop")
    assert [localtime(one.ends_at).hour for one in made.meetings.all()] == [21, 0]
    desk_client.post(f"{PLAN}{made.pk}/doe/publiceer/")
    client.logout()
    assert client.get(made.get_absolute_url()).status_code == 200


def test_a_room_is_made_on_the_spot(desk_client):
    make_area()
    data = typed(where="new") | {
        "room-name": "De Nieuwe Hoek", "room-address": "Hoek 1", "room-town": "Assen",
        "room-area": "GM0106", "room-seats": "10", "room-has_induction_loop": "true",
    }  # fmt: skip
    desk_client.post(f"{PLAN}nieuw/", data)

    made = Edition.objects.get()
    assert (made.room.name, made.room.seats) == ("De Nieuwe Hoek", 10)
    assert "De zaal heeft 10 stoelen, en je geeft 12 plaatsen." in plan_checks.concerns(
        plan_checks.Plan.of(made)
    )


def test_what_is_wrong_stands_at_its_field_and_nothing_is_lost(desk_client):
    data = typed(
        where="new", minimum="20", bring="Pen",
        **{"0-ends": "", "1-day": "2030-11-12", "room-name": "Zonder adres"},
    )  # fmt: skip
    answer = desk_client.post(f"{PLAN}nieuw/", data)
    form = answer.context["form"]

    assert answer.status_code == 422
    assert {"0-ends", "1-begins", "1-ends", "where", "minimum"} == set(form.errors)
    assert "address" in form.room_form.errors
    text = answer.content.decode()
    for kept in ("2030-11-12", 'value="Pen"', "Zonder adres"):
        assert kept in text
    assert not Edition.objects.exists()
    assert Room.objects.count() == 1


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({"0-ends": "19:30", "0-begins": "19:31"}, "0-ends"),
        ({"0-day": "2030-03-31", "0-begins": "02:30"}, "0-ends"),
        ({"places": "0"}, "places"),
        ({"max_per_party": "0"}, "max_per_party"),
        ({"opens_at": "2031-01-01T12:00"}, "opens_at"),
        ({"opens_at": "2030-10-02T12:00", "closes_at": "2030-10-01T12:00"}, "closes_at"),
        ({"meetings_needed": "2"}, "meetings_needed"),
        ({"training": ""}, "training"),
        ({"where": ""}, "where"),
        ({"where": "99999"}, "where"),
        ({"0-day": ""}, "0-day"),
        (
            {"1-day": "2030-11-05", "1-begins": "20:00", "1-ends": "22:00"},
            "1-begins",
        ),
        ({"places": "99999999"}, "places"),
    ],
)
def test_what_cannot_be_planned(desk_client, fields, field):
    answer = desk_client.post(f"{PLAN}nieuw/", typed(**fields))
    assert answer.status_code == 422
    assert field in answer.context["form"].errors


def test_looking_first_keeps_nothing(desk_client):
    answer = desk_client.post(f"{PLAN}nieuw/", typed(look="1", **{"0-day": "2030-12-25"}))

    assert answer.context["concerns"][0] == "Woensdag 25 december 2030 is een feestdag."
    assert not Edition.objects.exists()


def test_a_copy_has_all_but_the_day(desk_client, tess):
    source = make_edition(places=9, trainer=tess, bring="Pen", starts_at=tomorrow_evening())
    form = desk_client.get(f"{PLAN}nieuw/?van={source.pk}").context["form"]

    assert form["places"].value() == 9
    assert form["trainer"].value() == tess.pk
    assert form["where"].value() == str(source.room_id)
    assert (form["0-day"].value(), f"{form['0-begins'].value():%H:%M}") == (None, "19:30")
    assert desk_client.get(f"{PLAN}nieuw/?van=9999").status_code == 200


def test_a_series_is_made_looked_at_and_published(desk_client, tess):
    source = make_edition(places=9, starts_at=tomorrow_evening())
    other = make_room("De Hoek", town="Emmen")
    data = {
        "0-day": "2030-11-05", "0-where": str(other.pk), "0-trainer": str(tess.pk),
        "1-day": "2030-12-25", "1-where": "online", "2-where": str(other.pk),
    }  # fmt: skip
    answer = desk_client.post(f"{PLAN}{source.pk}/reeks/", data)
    made = list(Edition.objects.filter(status=Status.DRAFT).order_by("starts_at"))

    assert [(one.room, one.places) for one in made] == [(other, 9), (None, 9)]
    page = desk_client.get(answer.url)
    assert [(one, bool(concerns)) for one, concerns in page.context["pairs"]] == [
        (made[0], False), (made[1], True),
    ]  # fmt: skip
    desk_client.post(answer.url, {"zet": [made[0].pk, source.pk, "x"]})
    assert list(Edition.objects.filter(status=Status.DRAFT)) == [made[1]]


def test_drafts_are_put_in_the_agenda_all_or_none(desk_client):
    source = make_edition(starts_at=tomorrow_evening())
    past = make_edition(days=-1, status=Status.DRAFT)
    coming = make_edition(starts_at=tomorrow_evening(), status=Status.DRAFT)
    address = f"{PLAN}{source.pk}/reeks/klaar/?e={past.pk}&e={coming.pk}"

    answer = desk_client.post(address, {"zet": [past.pk, coming.pk]})

    assert answer.url == address
    [said] = desk_client.get(address).context["messages"]
    assert str(said) == (
        "Leden werven, Assen: De eerste bijeenkomst is al voorbij. Kies een andere dag."
    )
    assert Edition.objects.filter(status=Status.DRAFT).count() == 2


def test_the_same_day_and_place_twice_in_a_series_is_refused(desk_client):
    source = make_edition(starts_at=tomorrow_evening())
    data = {"0-day": "2030-11-05", "0-where": "online", "1-day": "2030-11-05", "1-where": "online"}
    answer = desk_client.post(f"{PLAN}{source.pk}/reeks/", data)
    assert answer.status_code == 422
    assert "1-day" in answer.context["form"].errors


# --- Changing ------------------------------------------------------------------------------------


def test_moving_asks_before_it_mails(desk_client, anna, outbox):
    edition = make_edition(starts_at=tomorrow_evening())
    sign_up(edition, anna)
    moved = typed(edition, **{"0-begins": "20:00", "0-ends": "22:00"})

    answer = desk_client.post(f"{PLAN}{edition.pk}/wijzig/", moved)
    assert answer.status_code == 422
    form = answer.context["form"]
    assert form.errors["tell"] == ["Zet een vinkje als dat mag."]
    assert form["tell"].label == "1 persoon krijgt nu een mail dat tijd of plaats anders is."
    assert len(outbox()) == 1

    answer = desk_client.post(f"{PLAN}{edition.pk}/wijzig/", moved | {"tell": "on"})
    assert answer.status_code == 302
    assert outbox()[-1].subject == "De training is gewijzigd"


def test_changing_something_else_mails_nobody(desk_client, anna, outbox):
    edition = make_edition(starts_at=tomorrow_evening(), places=12)
    sign_up(edition, anna)
    desk_client.post(f"{PLAN}{edition.pk}/wijzig/", typed(edition, bring="Een pen"))

    edition.refresh_from_db()
    assert (edition.bring, len(outbox()), edition.sequence) == ("Een pen", 1, 0)


def test_fewer_places_than_given_is_said_at_the_field(desk_client, anna, bram):
    edition = make_edition(starts_at=tomorrow_evening(), places=12)
    sign_up(edition, anna, bram)
    data = typed(edition, places="1", minimum="1", where="new") | {
        "tell": "on", "room-name": "Nieuw", "room-address": "A 1", "room-town": "Assen",
        "room-area": "GM0106",
    }  # fmt: skip
    answer = desk_client.post(f"{PLAN}{edition.pk}/wijzig/", data)

    assert answer.context["form"].errors["places"] == ["Er zijn al 2 plekken gegeven."]
    edition.refresh_from_db()
    assert (edition.places, Room.objects.filter(name="Nieuw").exists()) == (12, False)


def test_an_old_screen_does_not_undo_a_colleague(desk_client):
    edition = make_edition(starts_at=tomorrow_evening(), places=12)
    old = typed(edition, places="14")
    replan(edition, places=20)
    answer = desk_client.post(f"{PLAN}{edition.pk}/wijzig/", old)

    assert "intussen" in str(answer.context["form"].errors)
    edition.refresh_from_db()
    assert edition.places == 20


def test_what_is_cancelled_is_not_changed(desk_client):
    edition = make_edition()
    editions.cancel(edition)
    assert desk_client.post(f"{PLAN}{edition.pk}/wijzig/", {}).status_code == 302


def test_cancelling_twice_says_so(desk_client, anna, outbox):
    edition = make_edition()
    sign_up(edition, anna)
    for _ in range(2):
        answer = desk_client.post(f"{PLAN}{edition.pk}/afzeggen/", {"reason": "Ziek."})
        assert answer.status_code == 302
    assert len(outbox()) == 2
    assert "Ziek." in outbox()[-1].text


# --- What to think of -----------------------------------------------------------------------------


def concerns(**fields):
    return plan_checks.concerns(plan_checks.Plan.of(make_edition(**fields)))


def test_nothing_to_say():
    assert concerns(starts_at=amsterdam(2030, 11, 5, 19, 30)) == []


def test_holidays_and_sundays():
    assert concerns(starts_at=amsterdam(2030, 4, 22, 19, 30)) == [
        "Maandag 22 april 2030 is een feestdag."
    ]
    assert concerns(starts_at=amsterdam(2030, 11, 3, 14, 0)) == [
        "Zondag 3 november 2030 is een zondag."
    ]


def test_quiet_periods_of_the_province():
    drenthe = make_area("PV22", "Drenthe")
    period = QuietPeriod.objects.create(
        name="de herfstvakantie", starts_on=date(2030, 11, 1), ends_on=date(2030, 11, 9)
    )
    expected = "Dinsdag 5 november 2030 valt in de herfstvakantie"
    at = amsterdam(2030, 11, 5, 19, 30)
    assert concerns(starts_at=at) == [f"{expected}."]

    period.provinces.set([drenthe])
    assert concerns(starts_at=at + timedelta(hours=3))[0] == f"{expected} in Drenthe."
    period.provinces.set([make_area("PV31", "Limburg")])
    assert concerns(starts_at=amsterdam(2030, 11, 6, 19, 30)) == []
    assert concerns(starts_at=amsterdam(2030, 11, 7, 19, 30), room=None) == [
        "Donderdag 7 november 2030 valt in de herfstvakantie in Limburg."
    ]


def test_council_evenings_here_and_around(starter):
    assen, tynaarlo, emmen = (
        Area.objects.get(code=code) for code in ("GM0106", "GM1730", "GM0114")
    )
    for area in (assen, tynaarlo, emmen):
        CouncilEvening.objects.create(area=area, weekday=2)
    at = amsterdam(2030, 11, 5, 19, 30)
    room = make_room(area=assen)

    assert concerns(starts_at=at, room=room) == [
        "Dinsdag 5 november 2030 is raadsavond in: Assen, Tynaarlo."
    ]
    assert concerns(starts_at=at.replace(hour=9), room=room)[:1] != [
        "Dinsdag 5 november 2030 is raadsavond in: Assen, Tynaarlo."
    ]
    assert concerns(starts_at=amsterdam(2030, 11, 6, 19, 30), room=room) == []


def test_the_last_weeks_of_a_campaign():
    [said] = concerns(starts_at=amsterdam(2030, 3, 5, 19, 30))
    assert said.startswith("Dinsdag 5 maart 2030 valt in de campagne: ")
    [said] = concerns(starts_at=amsterdam(2030, 3, 20, 19, 30))
    assert said.startswith("Woensdag 20 maart 2030 is de dag van stemmen: ")


def test_a_trainer_a_room_and_a_day_that_are_taken(starter, tess):
    at = amsterdam(2030, 11, 5, 19, 30)
    assen, tynaarlo, maastricht = (
        make_room(f"Zaal {code}", town=code, area=Area.objects.get(code=code))
        for code in ("GM0106", "GM1730", "GM0935")
    )
    training = make_training("proef", title="Proef")
    make_edition(starts_at=at, room=assen, trainer=tess, training=training)

    assert concerns(starts_at=at + timedelta(hours=1), room=maastricht, trainer=tess) == [
        "De trainer geeft op die tijd ook: Proef (GM0106, 19.30 uur), dinsdag 5 november 2030."
    ]
    assert concerns(starts_at=at, room=assen)[0] == (
        "De zaal is dan bezet: Proef (GM0106, 19.30 uur), dinsdag 5 november 2030."
    )
    assert concerns(starts_at=at, room=tynaarlo)[0].startswith("Die dag is dichtbij ook: ")


# --- Who comes -----------------------------------------------------------------------------------


def test_who_is_on_the_list_sees_that_somebody_looked(desk_client, anna, carla, petra):
    edition = make_edition(places=1)
    sign_up(edition, anna, question="Hoe begin ik?", diet="vega", access="lift")
    sign_up(edition, carla)

    assert "Anna" not in desk_client.get(f"{PLAN}{edition.pk}/").content.decode()
    assert not Lookup.objects.exists()
    for _ in range(2):
        page = desk_client.get(f"{PLAN}{edition.pk}/deelnemers/")
    looked = Lookup.objects.values_list("person", "staff", "what")
    what = "je inschrijving voor een training"
    assert set(looked) == {(anna.pk, petra.pk, what), (carla.pk, petra.pk, what)}
    assert Lookup.objects.count() == 2
    text = page.content.decode()
    for word in ("Anna", "Asser Kring", "vega", "De partij had dit jaar nog geen plek."):
        assert word in text


def test_more_people_cost_no_more_queries(desk_client, make_user, django_assert_num_queries):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    edition = make_edition(places=3)
    people = make_parties(make_user, 12)
    for person in people[:5]:
        sign_up(edition, person)
    desk_client.get(f"{PLAN}{edition.pk}/deelnemers/")
    with CaptureQueriesContext(connection) as few:
        desk_client.get(f"{PLAN}{edition.pk}/deelnemers/")
    for person in people[5:]:
        sign_up(edition, person)
    with django_assert_num_queries(len(few)):
        desk_client.get(f"{PLAN}{edition.pk}/deelnemers/")


def test_somebody_who_phones_is_put_on_and_off(desk_client, anna, outbox):
    edition = make_edition()
    address = f"{PLAN}{edition.pk}/deelnemers/"

    assert desk_client.post(address, {"email": "niemand@example.org"}).status_code == 422
    assert desk_client.post(address, {"email": "ANNA@example.org"}).status_code == 302
    one = edition.registrations.get()
    assert (one.state, one.person) == (State.PLACED, anna)
    assert desk_client.post(address, {"email": "anna@example.org"}).status_code == 422

    desk_client.post(f"{address}{one.pk}/belde-af/")
    one.refresh_from_db()
    assert one.state == State.CANCELLED
    assert [mail.subject for mail in outbox()] == [
        "Je plek bij de training staat vast", "Je bent afgemeld voor de training",
    ]  # fmt: skip
    assert desk_client.post(f"{address}{one.pk}/onzin/").status_code == 404
    assert (
        desk_client.post(f"{PLAN}{edition.pk + 1}/deelnemers/{one.pk}/belde-af/").status_code == 404
    )


def test_of_two_parties_the_desk_chooses(desk_client, anna):
    other = make_party("Nog een partij")
    make_mandate(anna, other)
    edition = make_edition()
    address = f"{PLAN}{edition.pk}/deelnemers/"

    answer = desk_client.post(address, {"email": "anna@example.org"})
    assert answer.context["form"].errors["party"] == ["Kies de partij."]
    desk_client.post(address, {"email": "anna@example.org", "party": other.pk})
    assert edition.registrations.get().party == other


def test_a_place_by_hand_needs_a_free_one(desk_client, anna, carla):
    edition = make_edition(places=1)
    sign_up(edition, anna)
    [waits] = sign_up(edition, carla)
    address = f"{PLAN}{edition.pk}/deelnemers/{waits.pk}/"

    desk_client.post(f"{address}geef-plek/")
    waits.refresh_from_db()
    assert waits.state == State.WAITING
    replan(edition, places=2)
    desk_client.post(f"{address}geef-plek/")
    waits.refresh_from_db()
    assert waits.state == State.PLACED


def test_what_people_eat_stands_there_without_names(desk_client, anna):
    edition = make_edition(asks_diet=True)
    sign_up(edition, anna, diet="vega")
    text = desk_client.get(f"{PLAN}{edition.pk}/deelnemers/").content.decode()

    assert text.count("vega") == 1
    assert "<li>Eten: vega</li>" in text


# --- To take along ---------------------------------------------------------------------------------


def test_who_comes_in_a_file_without_formulas_and_needs(desk_client, anna):
    anna.name = '=HYPERLINK("http://example.org")\x07'
    anna.save()
    edition = make_edition()
    sign_up(edition, anna, diet="vega")

    text = desk_client.get(f"{PLAN}{edition.pk}/deelnemers.csv").content.decode("utf-8-sig")
    columns, row = text.splitlines()
    assert columns == "naam;partij;rol;staat;voorlopig;ingeschreven op"
    assert row.startswith("\"'=HYPERLINK(")
    assert "vega" not in text
    book = load_workbook(io.BytesIO(desk_client.get(f"{PLAN}{edition.pk}/deelnemers.xlsx").content))
    cell = book.active["A2"]
    assert (cell.data_type, cell.value) == ("s", '\'=HYPERLINK("http://example.org")')
    assert desk_client.get(f"{PLAN}{edition.pk}/deelnemers.pdf").status_code == 404
    assert Lookup.objects.filter(person=anna).exists()


def test_the_editions_of_a_year_in_a_file(desk_client, anna, bram):
    edition = make_edition(starts_at=amsterdam(2030, 1, 1, 0, 30), costs=Decimal("120.50"))
    Edition.objects.update(hours=6)
    one, two = sign_up(edition, anna, bram)
    meeting = edition.meetings.get()
    Attendance.objects.create(registration=one, meeting=meeting, was_there=True)
    Attendance.objects.create(registration=two, meeting=meeting, was_there=False)

    book = load_workbook(io.BytesIO(desk_client.get(f"{PLAN}jaar/2030.xlsx").content))
    columns, row = book.active.iter_rows(values_only=True)
    assert dict(zip(columns, row, strict=True)) == {
        "datum": datetime(2030, 1, 1), "training": "Leden werven", "thema": "Leden", "plaats": "Assen",
        "provincie": "Drenthe", "trainer": None, "staat": "gaat door", "plaatsen": 16, "bezet": None,
        "wachtlijst": 0, "aanwezig": None, "partijen": None, "kosten": 120.5, "uren": 6,
        "minder dan vijf": "bezet, aanwezig, partijen",
    }  # fmt: skip
    assert len(desk_client.get(f"{PLAN}jaar/2029.csv").content.splitlines()) == 1
    assert desk_client.get(f"{PLAN}jaar/0.csv").status_code == 404


def test_costs_are_typed_as_one_writes_them_here(desk_client):
    edition = make_edition()
    desk_client.post(f"{PLAN}{edition.pk}/kosten/", {"costs": "€ 1.250,75", "hours": "3,5"})
    edition.refresh_from_db()
    assert (edition.costs, edition.hours) == (Decimal("1250.75"), Decimal("3.5"))
    page = desk_client.get(f"{PLAN}{edition.pk}/kosten/").text
    assert 'value="1250,75"' in page
    assert 'value="3,5"' in page


def test_postcode_is_written_in_one_way(db):
    room = make_room(postcode="9401\u00a0ab")
    room.full_clean()
    assert room.postcode == "9401 AB"


def test_costs_and_hours_are_kept(desk_client):
    edition = make_edition()
    desk_client.post(
        f"{PLAN}{edition.pk}/kosten/", {"costs": "99,50", "hours": "4", "note": "Duur"}
    )
    edition.refresh_from_db()
    assert (edition.costs, edition.hours, edition.note) == (Decimal("99.50"), Decimal(4), "Duur")
    answer = desk_client.post(f"{PLAN}{edition.pk}/kosten/", {"costs": "veel", "note": "Bewaar me"})
    assert answer.status_code == 422
    assert "Bewaar me" in answer.content.decode()


# --- Mail ----------------------------------------------------------------------------------------


def test_a_mail_is_looked_at_then_sent_once(desk_client, anna, carla, outbox):
    edition = make_edition(places=1)
    sign_up(edition, anna)
    sign_up(edition, carla)
    before = len(outbox())
    address = f"{PLAN}{edition.pk}/mail/"
    data = {"part": "waiting", "subject": "Nog even geduld", "body": "We zoeken een grotere zaal."}

    page = desk_client.post(address, data | {"send": "1"})
    assert page.context["preview"]["number"] == 1
    assert "We zoeken een grotere zaal." in page.content.decode()
    assert len(outbox()) == before
    seen = page.context["form"]["seen"].value()
    page = desk_client.post(address, data | {"send": "1", "seen": seen, "body": "Anders."})
    assert page.context["preview"]
    assert len(outbox()) == before

    for _ in range(2):
        assert desk_client.post(address, data | {"send": "1", "seen": seen}).status_code == 302
    [letter] = outbox()[before:]
    assert (letter.to, letter.about) == ("carla@example.org", "Nog even geduld")
    assert edition.mails.get().count == 1


def test_a_mail_to_nobody_is_said_at_the_field(desk_client):
    edition = make_edition()
    data = {"part": "there", "subject": "A", "body": "Bewaar me"}
    answer = desk_client.post(f"{PLAN}{edition.pk}/mail/", data)
    assert answer.context["form"].errors["part"] == ["Hier is nu niemand."]
    assert "Bewaar me" in answer.content.decode()


# --- The desk ------------------------------------------------------------------------------------


def test_what_waits_for_who_plans(petra, tess, anna):
    ready = make_edition(days=5, trainer=tess, minimum=1)
    sign_up(ready, anna)
    make_edition(days=40)
    few = make_edition(days=6, trainer=tess, minimum=2)
    bare = make_edition(days=7, room=None, minimum=0)
    draft = make_edition(days=20, status=Status.DRAFT)
    make_edition(days=90, status=Status.DRAFT)

    found = [(one.title, one.address) for one in desk.planned(petra)]
    assert found == [
        ("Te weinig mensen: Leden werven, Assen", f"{PLAN}{few.pk}/"),
        ("Geen trainer, geen zaal of adres: Leden werven, online", f"{PLAN}{bare.pk}/"),
        ("Nog niet in de agenda: Leden werven, Assen", f"{PLAN}{draft.pk}/"),
    ]
    assert list(desk.planned(tess)) == []


def test_what_waits_costs_one_query(petra, django_assert_num_queries):
    for days in range(3, 10):
        make_edition(days=days)
    list(desk.planned(petra))
    with django_assert_num_queries(1):
        assert len(list(desk.planned(petra))) == 7
