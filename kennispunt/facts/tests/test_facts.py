"""Facts: in time, from the files, on a page, and in the hands of editors."""

import re
from datetime import date, timedelta

import pytest
from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.management import CommandError, call_command
from django.db import IntegrityError, transaction
from django.template import Context, Template
from django.test import RequestFactory
from django.utils.formats import date_format
from django.utils.timezone import localdate

from kennispunt.facts import api, loading, usage
from kennispunt.facts.laws import parse
from kennispunt.facts.loading import load_facts
from kennispunt.facts.models import Fact, Law
from kennispunt.facts.usage import Use
from tests.html import faults

TODAY = date(2026, 11, 24)
NAME_LENGTH = {
    "name": "naam-max-tekens", "what": "Langste naam die mag", "value": "35", "unit": "tekens",
    "law": "Kieswet G 3 lid 4", "checked_on": date(2026, 11, 22), "certainty": "hoog",
}  # fmt: skip


def make_fact(**fields):
    return Fact.objects.create(**(NAME_LENGTH | fields))


def render(text, request=None):
    context = Context({"request": request or RequestFactory().get("/")})
    return Template("{% load facts %}" + text).render(context)


# --- Reading ------------------------------------------------------------------------------------


def test_the_version_of_the_day_holds(db):
    make_fact(value="30")
    make_fact(value="35", valid_from=date(2024, 1, 1))
    make_fact(value="40", valid_from=date(2030, 1, 1), valid_to=date(2030, 12, 31))

    days = [date(2023, 12, 31), date(2024, 1, 1), date(2030, 6, 1), date(2031, 1, 1)]
    assert [api.get("naam-max-tekens", day).value for day in days] == ["30", "35", "40", "35"]
    assert [api.book(day)["naam-max-tekens"].value for day in days] == ["30", "35", "40", "35"]


def test_a_fact_that_ended_is_unknown(db):
    make_fact(valid_to=date(2020, 1, 1))
    with pytest.raises(api.UnknownFact, match="naam-max-tekens"):
        api.get("naam-max-tekens")
    assert api.book() == {}


@pytest.mark.parametrize("times", [1, 3])
def test_a_page_with_many_facts_costs_two_queries(starter, django_assert_num_queries, times):
    with django_assert_num_queries(2):  # facts, laws
        render('{% fact "naam-max-tekens" %}{% fact "steun-ps" %}' * times)


def test_due_for_a_check(db):
    make_fact(name="later", check_again_on=date(2027, 1, 1))
    due = make_fact(name="vandaag", check_again_on=TODAY)
    never = make_fact(name="nooit", check_again_on=None)
    assert list(Fact.objects.to_check(on=TODAY)) == [never, due]


# --- What the database refuses ------------------------------------------------------------------


@pytest.mark.parametrize(
    ("fields", "constraint"),
    [
        ({"law": ""}, "fact_has_law_source_or_reservation"),
        ({"certainty": "laag"}, "uncertain_fact_has_a_reservation"),
        ({"checked_on": None}, "unchecked_fact_has_a_reservation"),
        ({"check_again_on": date(2026, 11, 22)}, "fact_is_checked_again_later"),
        ({"valid_from": TODAY, "valid_to": date(2026, 1, 1)}, "fact_ends_after_it_begins"),
    ],
)
def test_fact_that_cannot_be(db, fields, constraint):
    make_fact(name="mag-wel")
    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        make_fact(**fields)


@pytest.mark.parametrize("since", [None, TODAY])
def test_two_versions_do_not_begin_on_one_day(db, since):
    make_fact(valid_from=since)
    with pytest.raises(IntegrityError), transaction.atomic():
        make_fact(valid_from=since)


def test_law_without_an_address_cannot_be(db):
    with pytest.raises(IntegrityError, match="law_can_be_read"), transaction.atomic():
        Law.objects.create(name="Zwerfwet", title="Zwerfwet")


def test_name_never_changes(starter):
    fact = api.get("naam-max-tekens")
    fact.name = "langste-naam"
    with pytest.raises(ValidationError, match="verandert nooit"):
        fact.full_clean()


# --- The files ----------------------------------------------------------------------------------


def test_starter_facts(starter):
    assert api.get("waarborgsom-naam-gr").shown == "€ 112,50"
    assert api.get("vrijwilliger-uur", date(2024, 5, 1)).shown == "€ 5,50"
    assert api.get("vrijwilliger-uur", TODAY).shown == "€ 5,60"
    length = api.get("naam-max-tekens")
    assert length.check_again_on == length.checked_on + timedelta(days=182)
    assert api.get("waarborgsom-lijst-binnen").law == "Kiesbesluit H 3 lid 1"
    assert api.get("waarborgsom-lijst-ps").law == "Kieswet H 13 lid 1"
    assert len(api.book(TODAY)) >= 100


def test_every_fact_and_law_in_our_texts_exists(starter):
    book, laws = api.book(TODAY), api.law_book()
    texts = [file.read_text("utf-8") for file in (settings.BASE_DIR / "inhoud").rglob("*.md")]
    named = {name for text in texts for name in re.findall(r"\{\{feit: ([\w-]+)", text)}
    cited = {place for text in texts for place in re.findall(r"\{\{wet: ([^}…]+)\}\}", text)}

    assert named and sorted(named - set(book)) == []
    assert cited and [place for place in cited if not parse(place, laws).articles] == []


def test_loading_twice_changes_nothing(starter):
    before = list(Fact.objects.order_by("pk").values())
    assert load_facts() == {"new": 0, "renewed": 0, "same": len(before), "kept": 0, "retired": 0}
    assert list(Fact.objects.order_by("pk").values()) == before


def write(tmp_path, text):
    file = tmp_path / "feiten.toml"
    file.write_text(text, "utf-8")
    return file


GOOD = """\
# Een feit.
[stoelen]
wat = "Stoelen in de zaal"
waarde = "12"
eenheid = "leden"
wet = "Gemeentewet 8"
gecontroleerd_op = 2026-11-22
zekerheid = "hoog"
"""


def test_a_newer_file_renews_what_no_editor_changed(db, tmp_path):
    file = write(tmp_path, GOOD)
    load_facts([file])
    write(tmp_path, GOOD.replace('"12"', '"14"'))

    assert load_facts([file])["renewed"] == 1
    assert api.get("stoelen").value == "14"


def test_what_an_editor_changed_stays(db, tmp_path):
    file = write(tmp_path, GOOD)
    load_facts([file])
    Fact.objects.update(value="13")
    Law.objects.filter(name="Kieswet").update(title="De Kieswet")
    write(tmp_path, GOOD.replace('"12"', '"14"'))

    assert load_facts([file])["kept"] == 1
    assert api.get("stoelen").value == "13"
    assert Law.objects.get(name="Kieswet").title == "De Kieswet"


@pytest.fixture
def our_files(db, tmp_path, monkeypatch):
    """our_files(text): these are all the facts of our own files."""

    def now(text):
        monkeypatch.setattr(loading, "files", lambda: [write(tmp_path, text)])
        return load_facts()

    return now


TABLES = GOOD.replace("stoelen", "tafels")


def test_fact_in_no_file_any_more_is_retired_and_may_come_back(our_files):
    our_files(GOOD + TABLES)

    assert our_files(TABLES)["retired"] == 1
    assert set(api.book()) == {"tafels"}
    assert Fact.objects.get(name="stoelen").valid_to == localdate() - timedelta(days=1)
    assert our_files(TABLES)["retired"] == 0
    assert our_files(GOOD + TABLES)["renewed"] == 1
    assert set(api.book()) == {"tafels", "stoelen"}


def test_retired_fact_is_not_found(our_files, client):
    our_files(GOOD + TABLES.replace("Stoelen", "Tafels"))
    assert "#stoelen" in client.get("/zoeken/?q=stoelen").text

    our_files(TABLES.replace("Stoelen", "Tafels"))
    assert "#stoelen" not in client.get("/zoeken/?q=stoelen").text


def test_what_an_editor_changed_or_a_text_shows_is_not_retired(our_files, monkeypatch):
    our_files(GOOD + TABLES + GOOD.replace("stoelen", "lampen"))
    Fact.objects.filter(name="tafels").update(value="13")
    Fact.objects.create(name="banken", what="Banken", value="2", unit="leden", law="Gemeentewet 8",
                        certainty="hoog", checked_on=TODAY)  # fmt: skip
    monkeypatch.setattr(
        usage, "_sources", [lambda name: [Use("Zaal", "/")] if name == "lampen" else []]
    )

    assert our_files(GOOD.replace("stoelen", "deuren"))["retired"] == 1
    assert set(api.book()) == {"banken", "deuren", "lampen", "tafels"}


def test_file_that_is_given_retires_nothing(our_files, tmp_path):
    our_files(GOOD)
    other = tmp_path / "ander.toml"
    other.write_text(TABLES, "utf-8")

    assert load_facts([other])["retired"] == 0
    assert set(api.book()) == {"stoelen", "tafels"}


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ('wet = "Gemeentewet 8"\n', "", "regel 2, stoelen: Geef een wet, een bron of een voorb"),
        ('"hoog"', '"laag"', "regel 2, stoelen: Wat niet zeker is"),
        ("gecontroleerd_op = 2026-11-22\n", "", "regel 2, stoelen: Wat nooit is nagekeken"),
        ('waarde = "12"\n', "", "regel 2, stoelen: mist waarde"),
        ('waarde = "12"', "waarde = 12", "stoelen: waarde heeft de verkeerde vorm"),
        ('"12"', '"twaalf"', "stoelen: Schrijf een getal"),
        ("Gemeentewet 8", "Zwerfwet 8", "stoelen: De wet in “Zwerfwet 8” kennen we niet"),
        ("zekerheid", "zekerhied", "stoelen: mist zekerheid"),
        ('zekerheid = "hoog"', 'zekerheid = "hoog"\nkleur = "rood"', "onbekend veld kleur"),
        ('zekerheid = "hoog"', 'zekerheid = "vast"', "regel 2, stoelen: .*vast"),
        ("[stoelen]", "[stoelen", "feiten.toml: .*line 2"),
    ],
)
def test_bad_file_is_refused_whole_and_says_where(db, tmp_path, old, new, message):
    assert old in GOOD
    good = GOOD.replace("stoelen", "tafels")
    file = write(tmp_path, GOOD.replace(old, new) + good)
    with pytest.raises(CommandError, match=message):
        call_command("load_facts", file)
    assert not Fact.objects.exists()


def test_one_fact_in_two_files_is_refused(db, tmp_path):
    (tmp_path / "ander").mkdir()
    files = [write(tmp_path, GOOD), write(tmp_path / "ander", GOOD)]
    with pytest.raises(ValidationError, match="staat ook in"):
        load_facts(files)


# --- What a visitor sees ------------------------------------------------------------------------


def test_fact_opens_its_source_on_the_spot(starter):
    html = render('{% fact "naam-max-tekens" %}')

    assert html.startswith(
        '<button type="button" class="spot fact" popovertarget="feit-naam-max-tekens">35 tekens'
        '<span class="visually-hidden"> (bron)</span></button>'
        '<span class="spot__sheet" id="feit-naam-max-tekens" popover><dfn>'
    )
    assert "BWBR0004627" in html
    assert 'Kieswet<span class="law__word">, artikel</span> G 3 lid 4</a>' in html
    checked_on = api.get("naam-max-tekens").checked_on
    assert f"Nagekeken op {date_format(checked_on, 'j F Y')}" in html
    assert '<a href="/over/feiten/#naam-max-tekens">' in html
    assert faults(f'<!doctype html><html lang="nl"><title>x</title><h1>x</h1>{html}'.encode()) == []
    assert render('{% fact "naam-max-tekens" bare=True %}') == "35"


def test_source_of_a_fact_stands_once_on_a_page(starter):
    html = render('{% fact "naam-max-tekens" %} {% fact "naam-max-tekens" %}')

    assert html.count("<button") == 2
    assert html.count("popover>") == 1


def test_source_that_is_a_site_and_a_fact_that_was_never_checked(db):
    make_fact(law="", source="https://www.kvk.nl/x", checked_on=None, reservation="Kijk zelf.")
    html = render('{% fact "naam-max-tekens" %}')

    assert '<a href="https://www.kvk.nl/x">kvk.nl</a>' in html
    assert "Nog niet nagekeken" in html
    assert "<small>Kijk zelf.</small>" in html


def test_without_a_page_around_it_a_fact_is_a_link(starter):
    html = Template('{% load facts %}{% fact "naam-max-tekens" %}').render(Context())
    assert html.startswith('<a class="fact" href="/over/feiten/#naam-max-tekens">35 tekens')


def test_reservation_follows_once_on_a_page(starter):
    assert (
        render('{% fact "vog-prijs" %} {% fact "vog-prijs" %}').count("oude prijs") == 2
    )  # and on its sheet


def test_tag_escapes_what_editors_type(db):
    make_fact(certainty="laag", reservation="<script>alert(1)</script>")
    shown = render('{% fact "naam-max-tekens" %}')
    assert "&lt;script&gt;" in shown
    assert "<script>" not in shown


def test_tag_with_a_wrong_name_is_an_error(starter):
    with pytest.raises(api.UnknownFact, match="naam-max-letters"):
        render('{% fact "naam-max-letters" %}')


def test_reference_tag(starter):
    assert render('{% reference "BW 2 44 lid 5" %}') == (
        '<a class="law" href="https://wetten.overheid.nl/BWBR0003045" '
        'title="Burgerlijk Wetboek, Boek 2: Rechtspersonen">BW 2, artikel 44 lid 5</a>'
    )
    assert render('{% reference "" %}') == ""
    assert render('{% reference "Zwerfwet <1>" %}') == "Zwerfwet &lt;1&gt;"
    several = render('{% reference "Kieswet G 3 lid 1; Wet arhi 55" %}')
    assert several.count('class="law"') == 2
    assert "</a>, <a" in several


def test_every_law_that_a_template_cites_exists(starter):
    files = (settings.BASE_DIR / "kennispunt").rglob("*.html")
    texts = "".join(file.read_text("utf-8") for file in files)
    cited = re.findall(r'{% reference "([^"]+)" %}', texts)
    laws = api.law_book()

    assert cited and [place for place in cited if not parse(place, laws).articles] == []


def test_page_shows_every_fact_with_its_source(starter, client, django_assert_num_queries):
    with django_assert_num_queries(2):  # facts, laws
        page = client.get("/over/feiten/").content.decode()
    assert all(f'id="{name}"' in page for name in api.book())
    assert 'Kieswet<span class="law__word">, artikel</span> G 3 lid 4' in page


def test_page_shows_a_change_at_once(starter, client):
    client.get("/over/feiten/")
    Fact.objects.filter(name="naam-max-tekens").update(value="36")
    assert "36 tekens" in client.get("/over/feiten/").content.decode()


# --- The back office ----------------------------------------------------------------------------

LIST = "/beheer/snippets/facts/fact/"


@pytest.mark.parametrize("address", [LIST, f"{LIST}add/", "/beheer/snippets/facts/law/"])
def test_visitor_and_plain_account_stay_outside(starter, client, make_user, address):
    assert client.get(address).status_code == 302
    client.force_login(make_user("anna"))
    assert client.get(address).status_code == 403


def form(fact, **changes):
    fields = [
        "name", "what", "value", "unit", "group", "law", "source", "checked_on", "check_again_on",
        "certainty", "reservation", "valid_from", "valid_to",
    ]  # fmt: skip
    values = {field: getattr(fact, field) for field in fields} | changes
    return {field: "" if value is None else value for field, value in values.items()}


def test_editor_changes_an_amount_and_hears_what_uses_it(starter, client, make_user, monkeypatch):
    monkeypatch.setattr(usage, "_sources", [])
    usage.register(lambda name: [usage.Use(f"Tekst over {name}", "/beheer/pages/7/edit/")])
    eva = make_user("eva", group="Editors")
    client.force_login(eva)
    fact = api.get("naam-max-tekens")
    address = f"{LIST}edit/{fact.pk}/"

    assert "Tekst over naam-max-tekens" in client.get(address).content.decode()
    answer = client.post(address, form(fact, value="36"), follow=True)

    assert "Kijk deze teksten na" in answer.content.decode()
    assert api.get("naam-max-tekens").value == "36"
    assert [one.user for one in fact.revisions.order_by("pk")] == [None, eva]
    assert client.get(f"{LIST}history/{fact.pk}/").status_code == 200


def test_editor_cannot_take_the_source_away(starter, client, make_user):
    client.force_login(make_user("eva", group="Editors"))
    fact = api.get("naam-max-tekens")

    page = client.post(f"{LIST}edit/{fact.pk}/", form(fact, law="")).content.decode()

    assert "Geef een wet, een bron of een voorbehoud." in page
    assert api.get("naam-max-tekens").law == "Kieswet G 3 lid 4"


def test_nobody_deletes_a_fact(starter, client, make_user):
    client.force_login(make_user("petra", superuser=True))
    fact = api.get("naam-max-tekens")
    client.post(f"{LIST}delete/{fact.pk}/")
    assert api.get("naam-max-tekens") == fact


@pytest.mark.parametrize(
    ("source", "site"),
    [
        ("https://www.kvk.nl/ubo/?a=1", "kvk.nl"),
        ("vandenotaris.nl, nunotarissen", ""),
        ("javascript:alert(1)", ""),
        ("", ""),
    ],
)
def test_only_a_web_address_becomes_a_link(source, site):
    assert Fact(source=source).source_site == site


# --- Found --------------------------------------------------------------------------------------


def test_a_fact_is_found_with_its_value_of_now(client, db):
    fact = make_fact()
    assert "35 tekens" in client.get("/zoeken/?q=langste+naam").text

    fact.value = "40"
    fact.save()
    answer = client.get("/zoeken/?q=langste+naam").text
    assert "40 tekens" in answer
    assert f'href="{fact.get_absolute_url()}"' in answer


def test_a_fact_that_was_not_saved_after_all_is_not_found(client, db):
    try:
        with transaction.atomic():
            make_fact()
            raise KeyError
    except KeyError:
        pass
    assert "35 tekens" not in client.get("/zoeken/?q=langste+naam").text


def test_facts_from_the_files_are_found(client, starter):
    assert "€ 1.125" in client.get("/zoeken/?q=waarborgsom+lijst+provincie").text
