"""The public register: areas, lists and seats, and only what a party chose to show."""

from datetime import date, timedelta

import pytest
from django.utils.timezone import localdate

from kennispunt.elections.importing import import_results
from kennispunt.elections.models import Area, AreaSuccession
from kennispunt.elections.tests.make import make_area, make_result
from kennispunt.parties import reading
from kennispunt.parties.eligibility import ruleset
from kennispunt.parties.models import Lineage, Mandate, Party, PartyArea, PartyName
from kennispunt.parties.periods import OBJECTION_DAYS
from kennispunt.parties.templatetags.parties import duties
from kennispunt.parties.tests.make import APPLIED, ENDED, make_party
from kennispunt.parties.views.register import CRITERIA
from tests.html import faults, one_line

MARCH_2022 = date(2022, 3, 16)


@pytest.fixture
def assen(db):
    return make_area("GM0106", "Assen")


def area_page(client, area):
    answer = client.get(f"/partijen/gebied/{area.slug}/")
    assert answer.status_code == 200
    assert faults(answer.content) == []
    return answer


# --- One area -------------------------------------------------------------------------------------


def test_lists_stand_in_the_order_of_the_alphabet_with_their_seats(client, assen):
    make_result(assen, on=MARCH_2022, **{"Wij Molenkerk": 5, "VVD": 2})
    make_result(assen, **{"Lokaal Hazelmeer": 3, "WIJ MOLENKERK": 4})

    register = area_page(client, assen).context["register"]
    assert register.columns == ["2022", "2026"]
    assert [(row.title, row.seats) for row in register.rows] == [
        ("Lokaal Hazelmeer", [None, 3]),
        ("VVD", [2, None]),
        ("WIJ MOLENKERK", [5, 4]),
    ]


def test_lists_without_a_name_come_last_and_are_never_one(client, assen):
    for on in (MARCH_2022, date(2026, 3, 18)):
        result = make_result(assen, on=on, Zonnebloem=1)
        result.lists.create(name="", blank_order=1, votes=10, seats=0)

    rows = area_page(client, assen).context["register"].rows
    assert [(row.title, row.seats) for row in rows] == [
        ("Zonnebloem", [1, 1]),
        ("Lijst zonder naam 1", [0, None]),
        ("Lijst zonder naam 1", [None, 0]),
    ]


def test_two_elections_in_a_year_are_told_apart(client, assen):
    make_result(assen, on=MARCH_2022, Wij=1)
    make_result(assen, on=date(2022, 11, 23), Wij=1)

    columns = area_page(client, assen).context["register"].columns
    assert columns == ["16 maart 2022", "23 november 2022"]


def test_seats_together_are_counted_by_what_is_in_the_name(client, assen):
    make_result(assen, **{"Lokaal Hazelmeer": 6, "VVD Assen": 3, "Progressief Hazelmeer": 1})

    (row,) = area_page(client, assen).context["register"].shares
    assert [(part.group, part.seats, part.percent) for part in row.parts] == [
        ("maybe", 6, 60.0),
        ("review", 1, 10.0),
        ("no", 3, 30.0),
    ]


def test_name_of_the_past_says_until_when():
    name = PartyName(name="De Kring", until=date(2026, 5, 3))

    assert name.with_its_end == "De Kring (tot 3 mei 2026)"
    assert PartyName(name="De Kring").with_its_end == "De Kring"


PAST, COMING = date(2020, 5, 3), date(2199, 5, 3)
NAMES = [
    ({"kind": "alias"}, "Ook wel zo genoemd.", True),
    ({"kind": "name", "since": COMING}, "Heet zo vanaf 3 mei 2199. Dat gaat vanzelf in.", True),
    ({"kind": "name", "until": PAST}, "Heette zo tot 3 mei 2020.", False),
    (
        {"kind": "name", "since": date(2019, 1, 2), "until": PAST},
        "Heette zo sinds 2 januari 2019 tot 3 mei 2020.",
        False,
    ),
]
PERIODS = [
    ({"until": PAST}, "Deed mee tot 3 mei 2020.", ""),
    (
        {"since": date(2019, 1, 2), "until": PAST},
        "Deed mee sinds 2 januari 2019 tot 3 mei 2020.",
        "",
    ),
    ({"until": COMING}, "Stopt hier op 3 mei 2199. Dat gaat vanzelf in.", "Tot 3 mei 2199."),
    ({"since": COMING}, "Begint hier op 3 mei 2199. Dat gaat vanzelf in.", "Sinds 3 mei 2199."),
    ({"since": PAST}, "", "Sinds 3 mei 2020."),
]


@pytest.mark.parametrize(("fields", "words", "can_go"), NAMES)
def test_staff_reads_since_and_until_when_of_a_name(fields, words, can_go):
    name = PartyName(name="De Kring", **fields)

    assert (name.in_words, name.can_go) == (words, can_go)


@pytest.mark.parametrize(("fields", "words", "bounds"), PERIODS)
def test_staff_reads_since_and_until_when_of_an_area(fields, words, bounds):
    period = PartyArea(**fields)

    assert (period.in_words, period.bounds_in_words) == (words, bounds)


@pytest.mark.parametrize(
    ("rights", "status", "words"),
    [
        (
            {"may_manage": True, "may_vote": True},
            "eligible",
            "Bestuurslid, beheert de collega’s, stemt",
        ),
        ({"may_vote": True}, "founding", "Bestuurslid"),
        ({}, "eligible", "Bestuurslid"),
    ],
)
def test_duties_are_those_that_the_party_can_use(rights, status, words):
    rights = {"may_manage": False, "may_vote": False} | rights
    assert duties(Mandate(role="board", **rights), status) == words


def test_plot_stands_in_a_table_as_well(client, assen):
    make_result(assen, **{"Lokaal Hazelmeer": 6, "VVD": 3})

    text = one_line(area_page(client, assen).text)
    assert '<rect class="shares__maybe" x="0.00" y="0" width="66.67"' in text
    assert '<td class="num">6 (66,7%)</td>' in text


def test_area_without_a_result_says_so(client, assen):
    assert "Van dit gebied hebben we nog geen uitslag" in area_page(client, assen).text


def test_area_that_is_no_more_leads_to_its_heir(client, assen):
    old = make_area("GM0003", "Appingedam")
    old.valid_to = date(2021, 1, 1)
    old.save()
    AreaSuccession.objects.create(old=old, new=assen, date=old.valid_to)
    make_result(old, on=date(2018, 3, 21), Wij=1)

    text = area_page(client, old).text
    assert "Dit gebied bestaat niet meer" in text
    assert f'href="/partijen/gebied/{assen.slug}/"' in text
    assert "Appingedam, tot 1 januari 2021" in area_page(client, assen).text


def test_province_shows_its_municipalities(client, assen):
    assert f'href="/partijen/gebied/{assen.slug}/"' in area_page(client, assen.province).text


def test_code_leads_to_the_page_and_what_is_unknown_is_not_there(client, assen):
    assert client.get("/partijen/gebied/GM0106/").headers["Location"].endswith(f"{assen.slug}/")
    assert client.get("/partijen/gebied/nergens/").status_code == 404


@pytest.mark.parametrize("count", [1, 40])
def test_one_list_costs_as_many_queries_as_forty(client, assen, count, django_assert_num_queries):
    for on in (MARCH_2022, date(2026, 3, 18)):
        make_result(assen, on=on, **{f"Lijst {number}": 1 for number in range(count)})
    for number in range(count):
        make_party(f"Partij {number}", area=assen, is_shown=True)

    with django_assert_num_queries(8):
        client.get(f"/partijen/gebied/{assen.slug}/", headers={"cache-control": "no-cache"})


# --- All areas ------------------------------------------------------------------------------------


def test_overview_without_results_says_so(client, assen):
    answer = client.get("/partijen/")

    assert "Er zijn nog geen uitslagen ingelezen" in answer.text
    assert faults(answer.content) == []


@pytest.mark.parametrize("lists", [1, 12])
def test_overview_costs_as_many_queries_for_few_as_for_many(
    client, db, lists, monkeypatch, django_assert_num_queries
):
    monkeypatch.setattr(reading, "WHOLE_COUNTRY", 2)
    for number in (5001, 5002):
        make_result(make_area(f"GM{number}"), **{f"Lijst {one}": 1 for one in range(lists)})

    with django_assert_num_queries(3):
        answer = client.get("/partijen/")
    (row,) = answer.context["shares"]
    assert (row.areas, row.seats) == (2, 2 * lists)


def test_herindeling_is_not_taken_for_the_country(client, assen):
    make_result(assen, Wij=1)

    assert client.get("/partijen/").context["shares"] == []


# --- Searching ------------------------------------------------------------------------------------


def test_list_is_found_with_its_area(client, assen):
    make_result(assen, on=MARCH_2022, **{"Lokaal Hazelmeer": 3})
    make_result(assen, **{"Lokaal Hazelmeer": 3, "Wij": 1})
    make_result(make_area("GM0114", "Emmen"), **{"LOKAAL-HAZELMEER": 2})

    answer = client.get("/partijen/?q=lokaal hazelméér")
    assert [(one["title"], one["result__area__name"]) for one in answer.context["page"]] == [
        ("Lokaal Hazelmeer", "Assen"),
        ("LOKAAL-HAZELMEER", "Emmen"),
    ]
    assert "Gemeente Assen, laatst in 2026" in answer.text
    assert faults(answer.content) == []


def test_area_is_found(client, assen):
    assert f'href="/partijen/gebied/{assen.slug}/"' in client.get("/partijen/?q=asse").text


def test_nothing_found_says_what_to_do(client, assen):
    answer = client.get("/partijen/?q=!!")

    assert "We vonden geen gebied en geen lijst" in answer.text
    assert faults(answer.content) == []


def test_imported_lists_are_found_by_the_search_of_the_site(client, assen):
    head = "Gemeente;Code;AmsterdamseCode;Partij;AantalStemmen;AantalZetels;\n"
    text = head + "Assen;G0106;1;Zonnebloempartij;10;1;\nAssen;G0106;1;Blanco (Zwartjes, A.);9;0;\n"
    import_results([("uitslag_GR20260318_Gemeente.csv", text.encode())])

    assert "Partijen in gemeente Assen" in client.get("/zoeken/?q=zonnebloempartij").text
    assert "Partijen in gemeente Assen" not in client.get("/zoeken/?q=zwartjes").text


# --- One party ------------------------------------------------------------------------------------


def test_party_shows_only_what_it_chose(client, assen):
    party = make_party("Dorpsbelang", area=assen, website="https://dorpsbelang.example")
    page = f"/partijen/partij/{party.key}/"
    assert client.get(page).status_code == 404
    assert "Dorpsbelang" not in area_page(client, assen).text

    Party.objects.filter(pk=party.pk).update(is_shown=True)
    answer = client.get(page)
    assert "https://dorpsbelang.example" in answer.text
    assert party.kvk_number not in answer.text or not party.kvk_number
    assert faults(answer.content) == []
    assert page in area_page(client, assen).text


def test_party_shows_the_lists_it_stood_on_under_any_name(client, assen):
    result = make_result(assen, **{"Dorpsbelang (DB)": 3, "Wij": 1})
    party = make_party("Dorpsbelang", area=assen, is_shown=True)
    party.lists.add(result.lists.get(seats=3))

    answer = client.get(f"/partijen/partij/{party.key}/")
    assert '<td>Dorpsbelang (DB)</td> <td class="num">3</td>' in one_line(answer.text)
    assert (
        f'<a href="/partijen/partij/{party.key}/">Dorpsbelang (DB)</a>'
        in area_page(client, assen).text
    )


def test_list_of_a_party_that_is_not_shown_leads_nowhere(client, assen):
    result = make_result(assen, **{"Dorpsbelang (DB)": 3})
    party = make_party("Dorpsbelang", area=assen)
    party.lists.add(result.lists.get())

    assert party.key not in area_page(client, assen).text


@pytest.mark.parametrize("status", [APPLIED, ENDED])
def test_party_that_may_not_take_part_is_not_shown(client, assen, status):
    party = make_party("Dorpsbelang", area=assen, is_shown=True, **status)

    assert client.get(f"/partijen/partij/{party.key}/").status_code == 404
    assert party.key not in area_page(client, assen).text


def test_party_that_hides_again_is_not_found(client, assen):
    party = make_party("Zonnebloempartij", area=assen, is_shown=True)
    party.save()
    assert party.key in client.get("/zoeken/?q=zonnebloempartij").text

    party.is_shown = False
    party.save()
    assert party.key not in client.get("/zoeken/?q=zonnebloempartij").text


# --- Who can take part ----------------------------------------------------------------------------


def test_criteria_are_those_of_the_rules(client, db):
    answer = client.get("/partijen/wie-kan-meedoen/")

    assert f"Versie {ruleset().version}" in answer.text
    assert "<strong>beide</strong> eisen" in answer.text
    assert f"bezwaar binnen {OBJECTION_DAYS} dagen" in answer.text
    for one in (*ruleset().rules, *ruleset().criteria):
        assert one.title in answer.text.replace("&#x27;", "'")
    for one in (*ruleset().kamer, *ruleset().national):
        assert one.name in answer.text
    assert faults(answer.content) == []


def test_criteria_begin_short_and_fold_the_long_lists(client, db):
    text = client.get("/partijen/wie-kan-meedoen/").text

    assert text.index("In het kort") < text.index("Op deze pagina") < text.index('id="eisen"')
    for anchor, title in CRITERIA:
        assert f'<a href="#{anchor}">{title}</a>' in text
        assert f'<h2 id="{anchor}">{title}</h2>' in text
    for table in text.split("<table>")[1:]:
        before = text[: text.index(table)]
        assert before.count("<details") > before.count("</details>")


def test_criteria_say_when_one_is_enough(client, db, settings):
    settings.ELIGIBILITY_NEEDS_BOTH = False

    assert "<strong>een van de twee</strong>" in client.get("/partijen/wie-kan-meedoen/").text


@pytest.mark.parametrize(
    ("kind", "days", "words"),
    [("merged", 30, "gaat op in"), ("merged", 0, "ging op in"), ("split", 30, "splitst zich af als"),
     ("split", -30, "splitste zich af als"), ("continued", 30, "gaat verder als")],
)  # fmt: skip
def test_what_has_yet_to_happen_is_not_told_as_past(client, petra, kind, days, words):
    old, new = make_party("Asser Kring"), make_party("Lokaal Hazelmeer")
    Lineage.objects.create(
        old=old, new=new, kind=kind, date=localdate() + timedelta(days=days), source="De partij."
    )
    client.force_login(petra)
    page = one_line(client.get(f"/balie/partijen/register/{old.key}/").text)
    assert f"</a> {words} <a" in page


def test_name_of_a_party_and_of_a_person_is_one_line():
    """What was pasted with line ends or unseen signs would break a list, a subject and a search."""
    from kennispunt.accounts.forms import DetailsForm
    from kennispunt.parties.register_forms import name

    pasted = "Dorps\u200bbelang\r\nLinde\u00adwaard"
    assert name("Naam").clean(pasted) == "Dorpsbelang Lindewaard"
    form = DetailsForm({"name": "Anna\r\nBcc: x\u202e"})
    assert form.is_valid()
    assert form.cleaned_data["name"] == "Anna Bcc: x"


def test_area_is_found_with_unseen_signs_and_without_accents(starter):
    for typed in ("As\u200bsen", "\u00a0ASSEN ", "As\u00adsen"):
        assert [area.code for area in Area.objects.find(typed)] == ["GM0106"]
