"""The calendar as a visitor, an agenda and a program see it. `today` is 24 November 2026."""

import json
import re
from datetime import date, timedelta
from itertools import pairwise

import html5lib
import icalendar
import pytest
from django.template import Context, Template

from kennispunt.elections import due, feeds, views
from kennispunt.elections.calendar import KINDS, coming, election
from kennispunt.elections.costs import costs, support_name
from kennispunt.elections.models import Area
from kennispunt.elections.situations import SITUATIONS
from kennispunt.elections.templatetags.elections import by_when
from kennispunt.elections.tests.make import make_result
from kennispunt.facts import api
from kennispunt.facts.models import Fact

TODAY = date(2026, 11, 24)

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def on_24_november(monkeypatch):
    monkeypatch.setattr(views, "localdate", lambda: TODAY)


def read(response):
    return html5lib.parse(response.content, namespaceHTMLElements=False)


def text_of(element):
    return " ".join(" ".join(element.itertext()).split())


def links(page):
    return {link.get("href") for link in page.iter("a")}


PAGES = [
    "/kalender/",
    *(f"/kalender/{one.slug}/" for one in coming(TODAY)),
    *(f"/kalender/{one.slug}/{slug}/" for one in coming(TODAY) for slug in SITUATIONS),
    *(f"/kalender/waterschap-2027/{slug}/blad/" for slug in SITUATIONS),
    "/kalender/herindeling-2026/",
    "/kalender/herindeling-2026/nieuw/",
    "/kalender/tweede-kamer-2030/",
    "/kalender/europees-parlement-2029/nieuw/",
    "/kalender/gemeenteraad-2018/zetel/",
]


@pytest.mark.parametrize("address", PAGES)
def test_every_page_has_one_h1_and_headings_that_nest(client, starter, address):
    response = client.get(address)
    levels = [int(e.tag[1]) for e in read(response).iter() if e.tag in ("h1", "h2", "h3", "h4")]

    assert response.status_code == 200
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(after - before <= 1 for before, after in pairwise(levels))


@pytest.mark.parametrize("address", PAGES)
def test_page_asks_the_database_for_facts_laws_and_addresses_of_texts_only(
    client, address, django_assert_max_num_queries
):
    with django_assert_max_num_queries(3) as asked:
        client.get(address)
    tables = ("facts_fact", "facts_law", "pages_basepage", "django_content_type")
    assert all(any(one in query["sql"] for one in tables) for query in asked.captured_queries)


def test_overview_says_what_is_due_now_and_links_to_it(client):
    page = read(client.get("/kalender/"))
    card = next(e for e in page.iter("section") if e.get("class") == "due")

    assert "nog 27 dagen" in text_of(card)
    assert "maandag 21 december 2026" in text_of(card)
    assert "/kalender/provinciale-staten-2027/nieuw/#registratie" in links(page)


def test_timeline_of_a_new_party_shows_its_days_with_name_and_law(client):
    page = read(client.get("/kalender/waterschap-2027/nieuw/"))
    days = {li.get("id"): text_of(li) for li in page.iter("li") if li.get("id")}
    named = [one.get("id") for one in page.iter() if one.tag in ("li", "h3")]
    dates = [
        one.get("datetime") for one in page.iter("time") if one.get("class") == "timeline__day"
    ]

    expected = [day.name for day in election("WS", 2027).days_for("nieuw")]
    assert sorted(name for name in named if name in expected) == sorted(expected)
    assert dates == sorted(set(dates))  # each date once
    assert "Uiterlijk maandag 21 december 2026" in days["registratie"]
    assert "Kieswet G 2a" in days["registratie"]
    assert "van 9.00 tot 17.00 uur" in days["kandidaatstelling"]
    assert "Ons advies: begin drie maanden van tevoren" in days["statuten"]


@pytest.mark.parametrize(
    ("situation", "models"),
    [
        ("nieuw", ["G 1-1", "H 1", "H 3-1", "H 9", "H 4"]),
        ("zetel", ["H 1", "H 3-1", "H 9"]),
        ("samen", ["G 1-1", "H 1", "H 3-2", "H 3-1", "H 9", "H 4"]),
    ],
)
def test_each_situation_hands_in_its_own_forms(client, situation, models):
    page = read(client.get(f"/kalender/provinciale-staten-2027/{situation}/"))
    items = " ".join(text_of(ul) for ul in page.iter("ul") if ul.get("class") == "checklist")

    found = re.findall(r"model ([GH] \d(?:-\d)?)", items)
    assert sorted(found) == sorted(models)
    assert "https://www.rijksoverheid.nl/onderwerpen/verkiezingen/verkiezingentoolkit/modellen" in (
        links(page)
    )


def test_last_moment_of_a_day_is_said_with_its_hour():
    days = {day.name: by_when(day) for day in election("PS", 2027).days}

    assert days["kandidaatstelling"] == "Maandag 1 februari 2027, van 9.00 tot 17.00 uur"
    assert days["waarborgsom"] == "Uiterlijk maandag 18 januari 2027"


def test_a_past_election_points_to_the_next(client):
    page = client.get("/kalender/provinciale-staten-2023/")

    assert "Deze verkiezing is geweest" in page.text
    assert "/kalender/provinciale-staten-2027/" in links(read(page))


def test_codes_and_kinds_lead_to_the_page_itself(client):
    assert client.get("/kalender/ab-2027/").url == "/kalender/waterschap-2027/"
    assert client.get("/kalender/gemeenteraad/").url == "/kalender/gemeenteraad-2030/"
    assert client.get("/kalender/herindeling/").url == "/kalender/herindeling-2027/"
    assert client.get("/kalender/ps/nieuw/").url == "/kalender/provinciale-staten-2027/nieuw/"


@pytest.mark.parametrize(
    ("address", "says"),
    [
        ("/kalender/gemeenteraad-2027/", "Voor de gemeenteraad is er in 2027 geen verkiezing"),
        ("/kalender/gemeenteraad-2150/", "We rekenen van 2014 tot en met 2100"),
        ("/kalender/burgemeester-2027/", "Deze soort verkiezing kennen we niet: burgemeester."),
        ("/kalender/waterschap-2027/oud/", "Deze situatie kennen we niet: oud."),
        ("/kalender/europees-parlement-2034/", "geen verkiezing of geen regel"),
    ],
)
def test_what_is_not_there_says_so_and_shows_what_is(client, address, says):
    response = client.get(address)

    assert response.status_code == 404
    assert says in response.text
    assert "/kalender/provinciale-staten-2027/" in links(read(response))


def test_a_kind_whose_next_day_nobody_knows_says_so(client, monkeypatch):
    monkeypatch.setattr(views, "localdate", lambda: date(2029, 6, 8))
    page, program = (client.get(f"/kalender/europees-parlement{end}") for end in ("/", ".json"))

    assert (page.status_code, program.status_code) == (404, 404)
    assert "nog geen volgende verkiezing voor het Europees Parlement" in page.text


def test_nothing_can_be_sent_to_the_calendar(client):
    assert client.post("/kalender/").status_code == 405


# --- Per area -----------------------------------------------------------------------------------


def test_founder_in_assen_finds_what_to_do_by_when(client, starter):
    page = client.get("/kalender/gebied/?q=assen", follow=True)
    first = text_of(next(e for e in read(page).iter("section") if "contest" in e.get("class", "")))

    assert page.redirect_chain[-1][0] == "/kalender/gebied/assen/"
    assert "maandag 21 december 2026" in first
    assert "Nog 27 dagen" in first
    assert "/kalender/provinciale-staten-2027/nieuw/" in links(read(page))


def test_area_has_its_own_elections_those_of_its_province_and_its_water_boards(client, starter):
    titles = [text_of(h2) for h2 in read(client.get("/kalender/gebied/assen/")).iter("h2")]

    assert {"Provincie Drenthe", "Gemeente Assen", "Waterschap Hunze en Aa's"} <= set(titles)
    assert titles.index("Provincie Drenthe") < titles.index("Gemeente Assen")


def test_island_elects_its_council_and_its_electoral_college(client, starter):
    titles = [text_of(h2) for h2 in read(client.get("/kalender/gebied/bonaire/")).iter("h2")]

    assert {"Openbaar lichaam Bonaire", "Openbaar lichaam Bonaire: kiescollege"} <= set(titles)


def test_number_of_seats_is_not_guessed(client, starter):
    page = read(client.get("/kalender/gebied/assen/"))
    seats = [dl for dl in page.iter("dl") if "facts" in dl.get("class", "")]

    assert [text_of(dl)[:18] for dl in seats] == ["Zetels niet bekend"] * len(seats)


def test_name_of_two_areas_asks_which_one(client, starter):
    page = read(client.get("/kalender/gebied/?q=Bergen"))
    found = {link for link in links(page) if link.startswith("/kalender/gebied/")}

    assert len(found) == 2


def test_name_of_no_area_says_so(client, starter):
    page = client.get("/kalender/gebied/?q=Atlantis")

    assert page.status_code == 200
    assert "We vonden geen gebied met deze naam" in page.text


def test_gemeente_that_is_no_more_shows_what_replaced_it(client, starter):
    page = client.get("/kalender/gebied/delfzijl/")

    assert "Dit gebied bestaat niet meer" in page.text
    assert "/kalender/gebied/eemsdelta/" in links(read(page))
    assert "Gemeente Eemsdelta" in [text_of(h2) for h2 in read(page).iter("h2")]


def test_gemeente_that_will_merge_votes_as_what_it_becomes(client, starter):
    page = read(client.get("/kalender/gebied/wijdemeren/"))
    titles = [text_of(h2) for h2 in page.iter("h2")]

    assert "Gemeente Hilversum" in titles
    assert "Gemeente Wijdemeren" not in titles


def test_agenda_of_a_gemeente_that_is_no_more_answers_with_what_replaced_it(client, starter):
    old, new = (client.get(f"/kalender/gebied/{name}.ics") for name in ("delfzijl", "eemsdelta"))

    assert old.status_code == 200
    assert old.content == new.content
    assert b"Verkiezingen in Eemsdelta" in old.content
    assert "gemeenteraad-2030-registratie@kalender.kennispunt" in {
        str(e["UID"]) for e in events(old)
    }


def test_code_of_an_area_leads_to_its_page(client, starter):
    assert client.get("/kalender/gebied/GM0106/").url == "/kalender/gebied/assen/"


def test_unknown_area_says_so(client, starter):
    page, agenda = (client.get(f"/kalender/gebied/atlantis{end}") for end in ("/", ".ics"))

    assert (page.status_code, agenda.status_code) == (404, 404)
    assert "Dit gebied kennen we niet: atlantis." in page.text
    assert agenda.text == "Dit gebied kennen we niet: atlantis.\n"


@pytest.mark.parametrize("name", ["assen", "groningen", "utrecht"])
def test_page_of_an_area_costs_few_queries(client, starter, name, django_assert_max_num_queries):
    with django_assert_max_num_queries(8):
        assert client.get(f"/kalender/gebied/{name}/").status_code == 200


# --- The agenda ---------------------------------------------------------------------------------


def events(response):
    return icalendar.Calendar.from_ical(response.content).walk("VEVENT")


def test_agenda_opens_in_a_calendar_library_with_every_day_of_the_party(client):
    response = client.get("/kalender/provinciale-staten/nieuw.ics")
    found = {str(event["UID"]): event.decoded("DTSTART") for event in events(response)}

    assert response["Content-Type"] == "text/calendar; charset=utf-8"
    assert found == {
        f"provinciale-staten-2027-{day.name}@kalender.kennispunt": day.date
        for day in election("PS", 2027).days_for("nieuw")
    }


def test_agenda_of_an_area_holds_what_is_to_come_in_one_situation(client, starter):
    new, seated = (
        events(client.get(f"/kalender/gebied/assen/{word}.ics")) for word in ("nieuw", "zetel")
    )

    assert min(event.decoded("DTSTART") for event in new) >= date(2026, 12, 21)
    names = {str(event["UID"]).split("@")[0] for event in seated}
    assert "provinciale-staten-2027-kandidaatstelling" in names
    assert not [name for name in names if "registratie" in name or "waarborgsom" in name]
    assert client.get("/kalender/gebied/assen/anders.ics").status_code == 404


def test_event_names_its_election_and_rings_for_what_a_party_must_do(client):
    by_name = {str(event["UID"]): event for event in events(client.get("/kalender/ps/nieuw.ics"))}
    due = by_name["provinciale-staten-2027-registratie@kalender.kennispunt"]
    told = by_name["provinciale-staten-2027-besloten-zitting@kalender.kennispunt"]

    assert due["SUMMARY"] == (
        "Provinciale staten 2027: laatste dag om de naam van je partij te registreren"
    )
    rings = [alarm.decoded("TRIGGER") for alarm in due.walk("VALARM")]
    assert rings == [timedelta(days=-7, hours=9), timedelta(days=-1, hours=9)]
    assert not told.walk("VALARM")


def test_every_agenda_has_unique_ids_and_no_errors(client):
    for kind in KINDS.values():
        calendar = icalendar.Calendar.from_ical(client.get(f"/kalender/{kind.slug}.ics").content)
        ids = [str(event["UID"]) for event in calendar.walk("VEVENT")]
        assert len(ids) == len(set(ids)), kind
        assert [event.errors for event in calendar.walk() if event.errors] == []


def test_a_changed_date_reaches_the_agenda_with_the_same_id_and_a_higher_sequence(monkeypatch):
    def first_event():
        body = feeds.agenda("", [election("PS", 2027)])
        return icalendar.Calendar.from_ical(body).walk("VEVENT")[0]

    before = first_event()
    monkeypatch.setattr(feeds, "revised", lambda: date(2026, 12, 1))
    after = first_event()

    assert after["UID"] == before["UID"]
    assert after["SEQUENCE"] > before["SEQUENCE"]
    assert after.decoded("LAST-MODIFIED") > before.decoded("LAST-MODIFIED")


def test_an_agenda_that_did_not_change_is_not_sent_again(client):
    first = client.get("/kalender/waterschap.ics")
    second = client.get("/kalender/waterschap.ics", headers={"If-None-Match": first["ETag"]})

    assert (first.status_code, second.status_code, second.content) == (200, 304, b"")
    assert (
        client.get("/kalender/waterschap.ics", headers={"If-None-Match": '"x"'}).status_code == 200
    )


def test_a_subscription_to_an_election_that_is_over_answers_with_the_next(client):
    ids = {str(event["UID"]) for event in events(client.get("/kalender/waterschap-2019.ics"))}

    assert "waterschap-2019-stemming@kalender.kennispunt" in ids
    assert "waterschap-2027-stemming@kalender.kennispunt" in ids


def test_after_the_election_the_subscription_keeps_it_and_adds_the_next(client, monkeypatch):
    monkeypatch.setattr(views, "localdate", lambda: date(2027, 3, 18))
    ids = {str(event["UID"]) for event in events(client.get("/kalender/ps.ics"))}

    assert "provinciale-staten-2027-aannemen@kalender.kennispunt" in ids
    assert "provinciale-staten-2031-registratie@kalender.kennispunt" in ids


def test_an_agenda_that_never_was_says_so(client):
    response = client.get("/kalender/gemeenteraad-2027.ics")

    assert response.status_code == 404
    assert response.text == "Voor de gemeenteraad is er in 2027 geen verkiezing of geen regel.\n"


def test_json_has_the_days_of_the_command(client):
    answer = client.get("/kalender/eilandsraad-2027.json").json()

    assert answer["voting"] == "2027-03-17"
    assert answer["days"] == [day.as_dict() for day in election("ER", 2027).days]
    assert client.get("/kalender/eilandsraad-2028.json").status_code == 404


# --- For other apps -----------------------------------------------------------------------------


def test_home_gets_the_next_dates_with_their_addresses(db):
    card = due.due_card(TODAY, then=2)

    assert (card["title"], card["left"]) == (
        "Laatste dag om de naam van je partij te registreren",
        "nog 27 dagen",
    )
    assert [day["url"] for day in card["next"]] == [
        "/kalender/provinciale-staten-2027/nieuw/#aankondiging",
        "/kalender/provinciale-staten-2027/nieuw/#waarborgsom",
    ]


@pytest.mark.parametrize(
    ("kind", "seats", "fact"),
    [
        ("GR", 17, "steun-gr-klein"),
        ("GR", 19, "steun-gr-midden"),
        ("HERINDELING", 38, "steun-gr-midden"),
        ("GR", 39, "steun-gr-groot"),
        ("GR", None, ""),
        ("PS", 47, "steun-ps"),
        ("KC", None, "steun-kc"),
    ],
)
def test_declarations_follow_the_seats_and_are_never_guessed(kind, seats, fact):
    assert support_name(kind, seats) == fact


@pytest.mark.parametrize(
    ("kind", "seats", "words"),
    [
        (
            "GR",
            None,
            "10 verklaringen in een kleine raad, 20 verklaringen vanaf 19 zetels, 30 verklaringen vanaf 39 zetels",
        ),
        ("GR", 20, "20 verklaringen"),
        ("PS", 47, "30 verklaringen per kieskring"),
        ("EP", None, "niet bekend"),
    ],
)
def test_declarations_are_said_with_the_size_of_the_council(starter, kind, seats, words):
    page = Context({"costs": costs(kind, api.book(), seats=seats), "kind": KINDS[kind]})
    said = Template("{% load elections %}{% support costs kind %}").render(page)

    assert re.sub(r"<[^>]+>", "", said).replace(" (bron)", "") == words


@pytest.mark.parametrize("kind", ["GR", "HERINDELING", "PS", "WS", "ER", "KC", "TK"])
def test_every_election_with_a_rule_has_its_deposits(starter, kind):
    found = costs(kind, api.book())

    assert found.name_deposit.name.startswith("waarborgsom-naam-")
    assert found.list_deposit.name.startswith("waarborgsom-lijst-")


def test_amounts_of_the_pages_are_the_facts(client, starter):
    before = client.get("/kalender/waterschap-2027/nieuw/").text
    Fact.objects.filter(name="waarborgsom-lijst-ws").update(value="777")
    after = client.get("/kalender/waterschap-2027/nieuw/").text

    assert "€ 777" not in before
    assert "€ 777" in after


def test_gemeente_whose_seats_are_not_known_shows_the_three_numbers(client, starter):
    page = text_of(read(client.get("/kalender/gebied/assen/")).find("body"))

    for words in ("10 verklaringen", "vanaf 19 zetels", "vanaf 39 zetels"):
        assert words in " ".join(page.replace(" (bron)", "").split())


# --- The command --------------------------------------------------------------------------------


def test_command_prints_one_object_per_line(capsys):
    from django.core.management import call_command

    call_command("election_calendar", "PS", "2027", "--json")
    days = [json.loads(line) for line in capsys.readouterr().out.splitlines()]

    assert list(days[0])[:6] == ["date", "what", "article", "who", "hour", "certainty"]
    assert days[0] | {"date": "2026-12-21", "article": "Kieswet G 2 lid 1", "hour": None} == days[0]
    assert len(days) == len(election("PS", 2027).days)


def test_command_refuses_in_one_line():
    from django.core.management import CommandError, call_command

    with pytest.raises(CommandError, match="Voor de gemeenteraad is er in 2027 geen verkiezing"):
        call_command("election_calendar", "GR", "2027")


# --- Seats, where a result tells them ---------------------------------------------------------------


def asked_in(client, place):
    page = read(client.get(f"/kalender/gebied/{place}/"))
    section = next(
        one
        for one in page.iter("section")
        if one.get("class") == "ruled contest" and "Gemeente" in text_of(one)[:9]
    )
    return text_of(section)


def test_number_of_seats_comes_from_the_last_result(client, starter):
    assen = Area.objects.get(code="GM0106")
    make_result(assen, on=date(2022, 3, 16), Wij=17)
    make_result(assen, on=date(2026, 3, 18), Wij=35)

    text = asked_in(client, "assen")
    assert "Zetels 35 bij de verkiezing van 18 maart 2026" in text
    assert "in een kleine raad" not in text


def test_result_of_before_a_merger_tells_nothing_of_the_new_council(client, starter):
    make_result(Area.objects.get(code="GM0402"), on=date(2022, 3, 16), Wij=37)
    assert "Zetels niet bekend" in asked_in(client, "hilversum")

    make_result(Area.objects.get(code="GM0402"), on=date(2026, 11, 18), Wij=39)
    assert "Zetels 39" in asked_in(client, "hilversum")
