"""Two steps to a few places that help, in an order that favours nobody."""

from datetime import date, datetime

import pytest
from django.utils.timezone import make_aware

from kennispunt.facts.usage import uses
from kennispunt.pages.models import CheckedLink
from kennispunt.signpost.models import Entry
from kennispunt.signpost.order import entries_for
from kennispunt.signpost.outside_links import entry_links
from kennispunt.signpost.tests.make import make_entry

pytestmark = pytest.mark.django_db


MANY = pytest.mark.parametrize("number", [10, 1000])


def make_many(number):
    """So many entries at once, all for the same reader."""
    made = make_entry("Adres 0")
    fields = {f.name: getattr(made, f.name) for f in Entry._meta.concrete_fields}
    for unique in ("id", "origin", "latest_revision"):
        del fields[unique]
    Entry.objects.bulk_create(
        Entry(**fields | {"slug": f"adres-{one}", "title": f"Adres {one}"})
        for one in range(1, number)
    )


def titles(answer):
    return [entry.title for entry in answer.context["entries"]]


def test_two_steps_lead_to_who_helps(client):
    for title in ("Raad en Daad", "Raad en Raad", "Tweede Kring"):
        make_entry(title, roles=["raadslid"], needs=["lastig"])
    make_entry("Staten en Daad", roles=["statenlid"], needs=["lastig"])

    first = client.get("/wegwijzer/").text
    second = client.get("/wegwijzer/raadslid/").text
    third = client.get("/wegwijzer/raadslid/lastig/")

    assert 'href="/wegwijzer/raadslid/"' in first
    assert 'href="/wegwijzer/raadslid/lastig/"' in second
    assert titles(third) == ["Raad en Daad", "Raad en Raad", "Tweede Kring"]


def test_fewer_than_three_are_no_choice_and_stand_on_the_page_of_the_role(client):
    for title in ("Raad en Daad", "Raad en Raad", "Tweede Kring"):
        make_entry(title, needs=["lastig"])
    make_entry("Cijferhuis", needs=["cijfers", "geld"])
    make_entry("Rekenkring", needs=["cijfers", "lastig"])

    page = client.get("/wegwijzer/raadslid/")

    assert [slug for slug, _ in page.context["needs"]] == ["lastig"]
    assert [one.title for one in page.context["besides"]] == ["Cijferhuis"]
    assert titles(client.get("/wegwijzer/raadslid/cijfers/")) == ["Cijferhuis", "Rekenkring"]


def test_made_for_few_comes_first_then_the_alphabet_and_paid_last(client):
    make_entry("Beta", roles=["raadslid"])
    make_entry("Alfa", roles=["raadslid", "wethouder"])
    make_entry("Gamma", roles=["raadslid", "wethouder"])
    make_entry("Aanbod", roles=["raadslid"], is_commercial=True)

    answer = client.get("/wegwijzer/raadslid/lastig/")

    assert titles(answer) == ["Beta", "Alfa", "Gamma", "Aanbod"]
    assert "Betaald aanbod" in answer.text
    assert "Niemand betaalt voor een plek" in answer.text


def test_more_than_five_come_behind_a_fold(client):
    for number in range(7):
        make_entry(f"Adres {number}")

    answer = client.get("/wegwijzer/raadslid/lastig/")

    assert len(answer.context["entries"]) == 5
    assert "Nog 2 adressen" in answer.text


@pytest.mark.parametrize(
    "address", ["/wegwijzer/", "/wegwijzer/wethouder/", "/wegwijzer/wethouder/geld/"]
)
def test_help_in_danger_is_always_on_top(client, address):
    make_entry("Dag en nacht", is_urgent=True, roles=["raadslid"], needs=["veiligheid"])

    text = client.get(address).text

    assert text.index("/wegwijzer/hulp/dag-en-nacht/") < text.index("</main>")
    assert 'href="tel:112"' in text


TEAM = {"is_urgent": True, "phone": "070 373 83 14", "needs": ["veiligheid"]}


def main_of(text):
    return text[text.index("<main") :]


@pytest.mark.parametrize(
    "address",
    [
        "/wegwijzer/",
        "/wegwijzer/raadslid/",
        "/wegwijzer/raadslid/veiligheid/",
        "/wegwijzer/hulp/team/",
        "/wegwijzer/hulp/hulp-bij-agressie/",
        "/zoeken/?q=raadslid+wordt+bedreigd",
        "/zoeken/?q=ik+ben+bedreicht",
        "/zoeken/?q=ze+stalken+mij",
        "/zoeken/?q=geintimideerd+door+inwoner&soort=wegwijzer",
    ],
)
def test_somebody_in_danger_gets_numbers_to_press_before_anything_else(client, address):
    make_entry("Team", **TEAM)
    make_entry("Hulp bij agressie", needs=["veiligheid"])

    text = main_of(client.get(address).text)
    numbers = text.index('href="tel:112"'), text.index('href="tel:0703738314"')

    assert max(numbers) < min(
        text.index(one)
        for one in ('class="register', 'class="best"', "<dl", "</main")
        if one in text
    )


@pytest.mark.parametrize("question", ["statuten wijzigen", "geweldig programma", "bedrijf"])
def test_who_is_not_in_danger_sees_no_alarm(client, question):
    make_entry("Team", **TEAM)

    assert "tel:112" not in client.get("/zoeken/", {"q": question}).text


@pytest.mark.parametrize("address", ["/wegwijzer/koning/", "/wegwijzer/raadslid/goud/"])
def test_role_or_need_that_is_none(client, address):
    assert client.get(address).status_code == 404


def test_entry_that_is_taken_down_is_nowhere(client):
    gone = make_entry("Weg", is_live=False)

    assert client.get(gone.get_absolute_url()).status_code == 404
    assert titles(client.get("/wegwijzer/alles/")) == []
    assert entries_for("raadslid", "lastig") == []


def test_list_is_narrowed_to_the_words_of_a_reader(client):
    make_entry("Raad en Daad", words=["Ik word bedreigd"])
    make_entry("Cijferhuis", words=["Hoe staat het ervoor?"])

    assert titles(client.get("/wegwijzer/alles/?q=Bedreigd")) == ["Raad en Daad"]
    assert "Niets gevonden" in client.get("/wegwijzer/alles/?q=zeppelin").text


def test_reader_sees_when_a_check_is_overdue(client):
    entry = make_entry(checked_on=date(2020, 1, 1), check_again_on=date(2020, 6, 1))

    assert "opnieuw" in client.get(entry.get_absolute_url()).text.lower()


@MANY
def test_pages_cost_the_same_for_ten_and_a_thousand(client, number, django_assert_max_num_queries):
    make_many(number)

    with django_assert_max_num_queries(2):
        client.get("/wegwijzer/raadslid/")
    with django_assert_max_num_queries(3):
        client.get("/wegwijzer/raadslid/lastig/")
    with django_assert_max_num_queries(1):
        client.get("/wegwijzer/alles/")


def test_search_finds_an_entry_by_the_words_of_a_reader(client):
    entry = make_entry("Raad en Daad", words=["Iemand bedreigt mij"])

    assert entry.get_absolute_url() in client.get("/zoeken/?q=bedreigt").text

    entry.is_live = False
    entry.save()
    assert entry.get_absolute_url() not in client.get("/zoeken/?q=bedreigt").text


def test_link_is_called_checked_only_when_it_was(client):
    entry = make_entry()
    assert "nog niet nagekeken" in client.get(entry.get_absolute_url()).text

    day = make_aware(datetime(2026, 11, 20, 12))
    CheckedLink.objects.create(address=entry.address, due_at=day, checked_at=day, status=200)
    assert "nagekeken op 20 november 2026" in client.get(entry.get_absolute_url()).text


def test_addresses_of_entries_are_checked_as_links():
    entry = make_entry(body="Zie [de lessen](https://lessen.example/).")
    make_entry("Weg", is_live=False)

    assert [link.address for link in entry_links()] == [entry.address, "https://lessen.example/"]


def test_fact_names_the_entries_that_show_it():
    make_entry("Raad en Daad", body="Meld het binnen {{feit: datalek-uren}}.")
    make_entry("Cijferhuis", body="Zonder feit, wel het woord datalek-uren.")

    assert [use.title for use in uses("datalek-uren")] == ["Wegwijzer: Raad en Daad"]


def test_a_line_says_that_it_is_the_costs_that_we_did_not_look_at(client):
    """Bare, "Niet nagekeken" beside a number for who is in danger casts doubt on the number."""
    make_entry(form="Gesprek, dag en nacht", costs="Niet nagekeken.")
    page = client.get("/wegwijzer/alles/").text
    assert "dag en nacht · Kosten: Niet nagekeken." in page
