"""The agenda: list and map, what one looks for, and what stays the same however full it is."""

import json
from datetime import timedelta
from io import BytesIO
from xml.etree import ElementTree

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from icalendar import Calendar
from PIL import Image

from kennispunt.elections.models import Area
from kennispunt.pagecache.changes import version
from kennispunt.pagecache.store import seconds_good
from kennispunt.parties.tests.make import make_mandate, make_party
from kennispunt.trainings import finding
from kennispunt.trainings.models import Edition, Meeting
from kennispunt.trainings.tests.make import (
    amsterdam,
    make_edition,
    make_parties,
    make_room,
    make_theme,
    make_training,
    sign_up,
)
from tests.html import faults, parse

pytestmark = pytest.mark.django_db

AGENDA = "/trainingen/"


def area(code) -> Area:
    return Area.objects.get(code=code)


def titles(answer):
    """The lines of the list, from top to bottom."""
    return [edition.training.title for _, rows in answer.context["parts"] for edition, _ in rows]


@pytest.fixture
def three(starter):
    """In Assen, Drachten and online, in this order of time; each of another training."""
    assen = make_room(area=area("GM0106"))
    drachten = make_room("De Lawei", town="Drachten", area=area("GM0090"))
    return [
        make_edition(days=10, room=assen, training=make_training("a", title="In Assen")),
        make_edition(days=11, room=drachten, training=make_training("b", title="In Drachten")),
        make_edition(days=12, room=None, training=make_training("c", title="Thuis")),
    ]


# --- The list ------------------------------------------------------------------------------------


def test_everyone_reads_what_comes_the_first_one_first(client, three):
    answer = client.get(AGENDA)

    assert titles(answer) == ["In Assen", "In Drachten", "Thuis"]
    assert "Genoeg plaats" in answer.text
    assert faults(answer.content) == []


def test_what_is_planned_cancelled_or_over_is_not_on_it(client):
    make_edition(status=Edition.Status.DRAFT)
    make_edition(status=Edition.Status.CANCELLED, cancelled_at=timezone.now())
    make_edition(days=-3)

    answer = client.get(AGENDA)

    assert titles(answer) == []
    assert "Er staat nu geen training op de agenda" in answer.text
    assert faults(answer.content) == []


def test_founders_see_what_is_for_them(client):
    make_edition(training=make_training("oprichten", for_founders=True))
    make_edition(training=make_training("besturen"))

    assert client.get(AGENDA).text.count("voor oprichters</span>") == 1
    assert len(titles(client.get(AGENDA, {"voor": "oprichters"}))) == 1


def test_it_goes_in_pages_and_keeps_what_was_chosen(client):
    for number in range(25):
        make_edition(days=10 + number)

    first, second = client.get(AGENDA, {"voor": "bestuur"}), client.get(AGENDA, {"page": 2})

    assert (len(titles(first)), len(titles(second))) == (20, 5)
    assert "?voor=bestuur&amp;page=2" in first.text


# --- Near my town --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("typed", "order"),
    [
        ("Drachten", ["In Drachten", "Thuis", "In Assen"]),  # the main town of Smallingerland
        ("smallingerland", ["In Drachten", "Thuis", "In Assen"]),
        ("assen", ["In Assen", "Thuis", "In Drachten"]),
        ("Groningen", ["In Assen", "Thuis", "In Drachten"]),  # the municipality, not the province
    ],
)
def test_the_nearest_to_my_town_stands_first_and_what_is_far_last(client, three, typed, order):
    answer = client.get(AGENDA, {"bij": typed})

    assert titles(answer) == order
    assert "&nbsp;km" in answer.text
    assert [title for title, _ in answer.context["parts"]] == [
        "Binnen 25 kilometer", "Online", "Verder weg"
    ]  # fmt: skip
    assert faults(answer.content) == []


def test_who_types_a_main_town_sees_it_again(client, three):
    assert "Agenda bij Drachten" in client.get(AGENDA, {"bij": "drachten"}).text
    assert "Agenda bij Smallingerland" in client.get(AGENDA, {"bij": "smallingerland"}).text


def test_kilometres_are_those_of_the_crow(starter):
    far = finding.kilometres(area("GM0106"), area("GM0363"))  # Assen and Amsterdam

    assert 125 < far < 150
    assert finding.kilometres(area("GM0106"), area("GM0106")) == 0
    assert finding.kilometres(area("GM0106"), Area()) is None


def test_two_towns_of_one_name_are_asked_about(client, three):
    answer = client.get(AGENDA, {"bij": "Bergen", "wanneer": "avond"})

    assert [town.name for town in answer.context["towns"]] == ["Bergen (L.)", "Bergen (NH.)"]
    assert "?bij=bergen-nh&amp;wanneer=avond" in answer.text
    assert client.get(AGENDA, {"bij": "bergen-nh"}).context["near"].name == "Bergen (NH.)"


def test_town_that_merged_leads_to_what_it_became(client, three):
    assert client.get(AGENDA, {"bij": "Haren"}).context["near"].name == "Groningen"


@pytest.mark.parametrize(
    "typed", ["Nergenshuizen", "' OR 1=1 --", "<script>", "%00", "Nergens\x00huizen", "x" * 5000]
)
def test_town_that_we_do_not_know_is_said_and_the_agenda_stays(client, three, typed):
    answer = client.get(AGENDA, {"bij": typed})

    assert answer.status_code == 200
    assert "We vonden geen gemeente" in answer.text
    assert titles(answer) == ["In Assen", "In Drachten", "Thuis"]
    assert "<script>alert" not in answer.text
    assert faults(answer.content) == []


def test_room_in_an_area_without_a_place_stands_before_what_is_far(client, three):
    Area.objects.filter(code="GM0106").update(latitude=None, longitude=None)

    assert titles(client.get(AGENDA, {"bij": "Drachten"})) == ["In Drachten", "In Assen", "Thuis"]


# --- What one looks for --------------------------------------------------------------------------


def test_evening_saturday_and_online(client):
    begins = [(3, 19, "Avond"), (4, 14, "Middag"), (6, 10, "Zaterdag"), (7, 19, "Zondagavond")]
    for day, hour, title in begins:
        make_edition(
            starts_at=amsterdam(2098, 12, day, hour, 30),
            training=make_training(title.lower(), title=title),
        )
    make_edition(
        starts_at=amsterdam(2099, 1, 6, 20, 0), room=None,
        training=make_training("thuis", title="Thuis"),
    )  # fmt: skip

    assert titles(client.get(AGENDA, {"wanneer": "avond"})) == ["Avond", "Zondagavond", "Thuis"]
    assert titles(client.get(AGENDA, {"wanneer": "zaterdag"})) == ["Zaterdag"]
    assert titles(client.get(AGENDA, {"waar": "online"})) == ["Thuis"]
    assert "Thuis" not in titles(client.get(AGENDA, {"waar": "zaal"}))


def test_theme_and_audience(client):
    make_edition(training=make_training("a", title="Geld", theme=make_theme("geld")))
    make_edition(training=make_training("b", title="Debat", for_board=False, for_councillors=True))

    assert titles(client.get(AGENDA, {"thema": "geld"})) == ["Geld"]
    assert titles(client.get(AGENDA, {"voor": "raad"})) == ["Debat"]
    nothing = client.get(AGENDA, {"thema": "geld", "voor": "raad"})
    assert "Zo’n training staat nu niet op de agenda" in nothing.text
    assert faults(nothing.content) == []


@pytest.mark.parametrize(
    "query", [{"voor": "iedereen"}, {"wanneer": "nu"}, {"waar": "ergens"}, {"page": "-7"}]
)
def test_word_that_we_do_not_know_chooses_nothing(client, query):
    make_edition()

    assert len(titles(client.get(AGENDA, query))) == 1


# --- The map -------------------------------------------------------------------------------------


def test_the_map_lights_where_the_list_is_and_says_so(client, three):
    answer = client.get(AGENDA)

    places = [(one.map_x, one.map_y) for one in (area("GM0106"), area("GM0090"))]
    assert answer.context["lights"] == sorted(places)
    assert "De gele stippen: Assen en Drachten. De andere trainingen zijn online." in answer.text
    assert client.get(AGENDA, {"thema": "niets"}).context["lights"] == []


def many(count):
    """So many editions in every corner, each with somebody who waits."""
    rooms = [
        make_room(f"Zaal {one.name}", town=one.name, area=one)
        for one in Area.objects.municipalities().exclude(map_x=None)
    ]
    training, now = make_training(), timezone.now()
    made = Edition.objects.bulk_create(
        Edition(
            training=training, room=rooms[number % len(rooms)], status=Edition.Status.OPEN,
            starts_at=now + timedelta(days=number + 1),
            ends_at=now + timedelta(days=number + 1, hours=2),
        )
        for number in range(count)
    )  # fmt: skip
    Meeting.objects.bulk_create(
        Meeting(edition=one, starts_at=one.starts_at, ends_at=one.ends_at) for one in made
    )


@pytest.mark.parametrize("query", [{}, {"bij": "assen", "voor": "bestuur"}])
def test_a_thousand_editions_cost_no_more_queries_than_three(client, three, query):
    with CaptureQueriesContext(connection) as few:
        client.get(AGENDA, query)
    many(1000)
    with CaptureQueriesContext(connection) as full:
        answer = client.get(AGENDA, query)

    assert len(full) == len(few)
    assert len(answer.content) < 60 * 1024
    assert len(titles(answer)) == 20


# --- Cached pages ----------------------------------------------------------------------------------


def test_who_signs_up_empties_no_pages_and_shows_within_a_minute(client, page_cache, make_user):
    edition = make_edition(places=1)
    [anna] = make_parties(make_user, 1)
    page_cache.commit()
    assert client.get(AGENDA)["ETag"] == client.get(AGENDA)["ETag"]
    before = version()

    sign_up(edition, anna)
    page_cache.commit()

    assert version() == before
    assert "Vol" in Client().get(AGENDA, {"a": "b"}).text  # made anew
    assert 0 < seconds_good(client.get(f"{AGENDA}?a=b")) <= 60


@pytest.mark.parametrize(
    ("fields", "seconds"),
    [
        ({"opens_at": timedelta(seconds=20)}, 20),
        ({"closes_at": timedelta(seconds=40)}, 40),
        ({"closes_at": timedelta(hours=5)}, 60),  # how many places are left
    ],
)
def test_kept_page_ends_when_sign_up_opens_or_closes(client, fields, seconds):
    fields = {name: timezone.now() + wait for name, wait in fields.items()}
    edition = make_edition(**fields)
    for address in (AGENDA, edition.get_absolute_url(), edition.training.get_absolute_url(), "/"):
        assert seconds - 15 <= seconds_good(client.get(address)) <= seconds, address


# --- The pages of a training and an edition ------------------------------------------------------


def test_training_says_what_for_whom_and_when(client, starter):
    training = make_training(
        "naam", title="Je naam", body="Hoogstens {{feit: naam-max-tekens}}. {{wet: Kieswet G 3}}",
        preparation="Lees eerst.", further="[Registreer je naam](artikel:naam-registreren)",
        for_founders=True,
    )  # fmt: skip
    make_edition(training=training, room=make_room(area=area("GM0106")))

    answer = client.get(training.get_absolute_url())

    for text in ("35", "Lees eerst.", "bestuursleden en oprichters", "Assen", "Kieswet"):
        assert text in answer.text
    assert "/onderwerpen/oprichten/naam-registreren/" in answer.text
    assert faults(answer.content) == []


def test_training_that_is_not_on_the_agenda_leads_there(client):
    training = make_training(is_offered=False)

    answer = client.get(training.get_absolute_url())

    assert "We geven haar niet meer" in answer.text
    assert 'href="/trainingen/"' in answer.text


def test_edition_tells_how_to_get_there_and_who_gives_it(client, make_user):
    tess = make_user("tess")
    tess.name = "Tess de Vries"
    tess.save()
    room = make_room(
        travel="Bus 3", parking="Gratis", accessibility="Zonder trap", has_induction_loop=False
    )
    edition = make_edition(
        room=room, trainer=tess, bring="Een laptop", evenings=2,
        starts_at=amsterdam(2098, 12, 3, 19, 30),
    )  # fmt: skip

    text = client.get(edition.get_absolute_url()).text

    for part in (
        "Singel 1", "Bus 3", "Gratis", "Zonder trap", "Ringleiding", "<dd>Nee</dd>", "Een laptop",
        "<dd>Tess</dd>", "Woensdag 3 december 2098", "Woensdag 10 december 2098",
        "19.30–\u206021.30\u00a0uur", "hoogstens 3 mensen",
    ):  # fmt: skip
        assert part in text, part
    assert "de Vries" not in text


def test_online_link_is_for_participants_alone(client):
    edition = make_edition(room=None, online_link="https://overleg.example/geheim")
    addresses = (
        edition.get_absolute_url(), AGENDA, "/trainingen/agenda.ics", "/trainingen/feed/",
        "/api/v1/trainingen", f"{edition.get_absolute_url().rstrip('/')}.ics",
    )  # fmt: skip

    for address in addresses:
        answer = client.get(address)
        assert answer.status_code == 200
        assert "geheim" not in answer.text, address


def later(**how):
    return timezone.now() + timedelta(**how)


@pytest.mark.parametrize(
    ("fields", "says", "button"),
    [
        ({}, "Genoeg plaats", "Plaats nemen"),
        ({"opens_at": {"days": 2}}, "Inschrijven kan vanaf", None),
        ({"closes_at": {"days": -1}}, "Inschrijven kan niet meer", None),
        ({"days": -1, "hours": 48}, "De training is begonnen", None),
        ({"days": -5}, "Deze training is geweest", None),
    ],
)
def test_button_says_what_one_can_do(client, fields, says, button):
    moments = {name: later(**how) for name, how in fields.items() if isinstance(how, dict)}
    edition = make_edition(**fields | moments)

    answer = client.get(edition.get_absolute_url())

    assert says in answer.text
    buttons = [a.text for a in parse(answer.content).iter("a") if a.get("class") == "button"]
    assert buttons == [button] * bool(button)
    assert faults(answer.content) == []


def test_full_edition_shows_the_rule_of_the_waiting_list(client, make_user):
    edition = make_edition(places=1)
    for person in make_parties(make_user, 2):
        sign_up(edition, person)

    answer = client.get(edition.get_absolute_url())

    assert "Vol, 1 op de wachtlijst" in answer.text
    assert "Eerst de partijen die" in answer.text
    assert "Zet me op de wachtlijst" in answer.text


def test_fewer_places_than_are_taken_is_no_error(client, make_user):
    edition = make_edition(places=2)
    for person in make_parties(make_user, 2):
        sign_up(edition, person)
    Edition.objects.update(places=1)

    assert "1 van de 1 bezet" in client.get(edition.get_absolute_url()).text


def test_cancelled_edition_says_why_and_where_the_next_is(client, three):
    assen, drachten, _ = three
    Edition.objects.filter(pk=assen.pk).update(
        status="cancelled", cancelled_at=timezone.now(), cancel_reason="De trainer is ziek."
    )
    same = make_edition(
        days=40, training=assen.training,
        room=make_room("Ver weg", town="Maastricht", area=area("GM0935")),
    )  # fmt: skip

    text = client.get(assen.get_absolute_url()).text

    assert "Deze training gaat niet door" in text
    assert "De trainer is ziek." in text
    assert f'href="{same.get_absolute_url()}"' in text  # the same training goes before a near one
    same.delete()
    assert f'href="{drachten.get_absolute_url()}"' in client.get(assen.get_absolute_url()).text


def test_who_has_a_place_sees_that_and_a_visitor_does_not(client, make_user):
    anna = make_user("anna")
    make_mandate(anna, make_party())
    edition = make_edition()
    sign_up(edition, anna)
    assert "Je hebt een plaats" not in client.get(edition.get_absolute_url()).text

    client.force_login(anna)

    assert "Je hebt een plaats" in client.get(edition.get_absolute_url()).text


@pytest.mark.parametrize("slug", ["bestaat-niet", "leden-werven"])
def test_edition_of_another_training_or_in_preparation_is_not_there(client, slug):
    make_training()
    other = make_edition(training=make_training("iets-anders"))
    draft = make_edition(status=Edition.Status.DRAFT)

    assert client.get(f"/trainingen/{slug}/{other.pk}/").status_code == 404
    assert client.get(draft.get_absolute_url()).status_code == 404
    assert client.get(f"/trainingen/leden-werven/{draft.pk}.ics").status_code == 404


# --- To take along -------------------------------------------------------------------------------


def test_agenda_is_a_calendar_that_says_what_is_off(client):
    kept = make_edition(starts_at=amsterdam(2098, 10, 26, 0, 30), evenings=2)
    off = make_edition(status=Edition.Status.CANCELLED, cancelled_at=timezone.now())

    answer = client.get("/trainingen/agenda.ics")
    events = Calendar.from_ical(answer.content).walk("VEVENT")

    assert answer["Content-Type"].startswith("text/calendar")
    states = {str(one["uid"]).partition("-")[0]: str(one["status"]) for one in events}
    assert states == {str(kept.pk): "CONFIRMED", str(off.pk): "CANCELLED"}
    assert len(events) == 3
    assert events[0]["dtstart"].params["TZID"] == "Europe/Amsterdam"


def test_one_edition_goes_into_my_own_calendar(client):
    edition = make_edition(evenings=3)

    answer = client.get(f"/trainingen/leden-werven/{edition.pk}.ics")

    assert len(Calendar.from_ical(answer.content).walk("VEVENT")) == 3
    assert client.get(edition.get_absolute_url()).text.count(f"/{edition.pk}.ics") == 1


def test_feed_has_what_changed_last_on_top(client):
    first, second = make_edition(days=5), make_edition(days=9)
    first.status, first.cancelled_at = Edition.Status.CANCELLED, timezone.now()
    first.save()

    feed = ElementTree.fromstring(client.get("/trainingen/feed/").content)
    names = [entry.findtext("{*}title") for entry in feed.iterfind("{*}entry")]

    assert len(names) == 2
    assert names[0].startswith("Gaat niet door: Leden werven, Assen")
    assert second.get_absolute_url() in ElementTree.tostring(feed, "unicode")


# --- What others show ----------------------------------------------------------------------------


def said(client, address):
    """Return what the page says of itself to search engines: the things in its data block."""
    page = parse(client.get(address).content)
    [block] = [one for one in page.iter("script") if one.get("type") == "application/ld+json"]
    return json.loads(block.text)["@graph"]


def test_search_engines_read_where_and_when(client, make_user, settings):
    edition = make_edition(
        room=make_room(postcode="9401 AB"), starts_at=amsterdam(2098, 12, 3, 19, 30), places=2,
        evenings=2,
    )  # fmt: skip
    for person in make_parties(make_user, 3):
        sign_up(edition, person)

    event, steps = said(client, edition.get_absolute_url())

    assert event["eventStatus"] == "https://schema.org/EventScheduled"
    assert event["eventAttendanceMode"] == "https://schema.org/OfflineEventAttendanceMode"
    assert event["location"]["address"]["postalCode"] == "9401 AB"
    assert event["startDate"] == "2098-12-03T19:30:00+01:00"
    assert (event["remainingAttendeeCapacity"], len(event["subEvent"])) == (0, 2)
    assert event["url"] == settings.SITE_URL + edition.get_absolute_url()
    names = [step["name"] for step in steps["itemListElement"]]
    assert names == ["Home", "Trainingen", "Leden werven", "Assen"]


def test_search_engines_read_that_it_is_online_or_off(client):
    online = make_edition(room=None, online_link="https://overleg.example/geheim")
    off = make_edition(status=Edition.Status.CANCELLED, cancelled_at=timezone.now())

    event = said(client, online.get_absolute_url())[0]
    assert event["eventAttendanceMode"] == "https://schema.org/OnlineEventAttendanceMode"
    assert event["location"]["@type"] == "VirtualLocation"
    assert "geheim" not in str(event)
    event = said(client, off.get_absolute_url())[0]
    assert event["eventStatus"] == "https://schema.org/EventCancelled"
    assert [one["@type"] for one in said(client, off.training.get_absolute_url())] == [
        "Event", "BreadcrumbList",
    ]  # fmt: skip


def test_training_has_a_card_of_its_own(client, settings):
    training = make_training(title="De kas op orde")
    page = parse(client.get(training.get_absolute_url()).content)
    properties = {one.get("property"): one.get("content") for one in page.iter("meta")}

    card = client.get(properties["og:image"].removeprefix(settings.SITE_URL))

    assert Image.open(BytesIO(card.content)).size == (1200, 630)
    assert "immutable" in card["Cache-Control"]
    old = "/trainingen/kaart/leden-werven-0123456789.png"
    assert client.get(old).status_code == 404
    assert properties["og:url"] == settings.SITE_URL + training.get_absolute_url()


# --- On the front page ---------------------------------------------------------------------------


def test_home_shows_the_first_three_and_lights_the_map(client, starter):
    assert "Eerstvolgende trainingen" not in client.get("/").text
    for days in (40, 30, 20, 10):
        make_edition(days=days, room=make_room(area=area("GM0106")))

    answer = client.get("/")

    shown = [one.starts_at for one in answer.context["trainings"]["editions"]]
    assert len(shown) == 3
    assert shown == sorted(shown)
    assert "binnenkort een training" in answer.text
    assert faults(answer.content) == []
