"""The staff keeps the register: names, areas, lists, legal form, mergers; and who may not."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from django.test import Client
from django.utils.timezone import localdate

from kennispunt.elections.models import AreaSuccession
from kennispunt.elections.tests.make import make_result
from kennispunt.parties.actions import applying, lineage, register
from kennispunt.parties.clock import let_begin
from kennispunt.parties.judging import proposal_for
from kennispunt.parties.models import Application, Case, Lineage, Party, PartyArea, PartyName
from kennispunt.parties.tests.make import FOUNDING, make_area, make_mandate, make_party
from kennispunt.parties.views.register_desk import REMOVALS
from kennispunt.ui.rows import TooLate
from tests.html import faults

pytestmark = pytest.mark.django_db

TODAY = localdate()
NEXT_MONTH = TODAY + timedelta(days=30)
LONG_AGO = date(2020, 1, 1)


@pytest.fixture
def party(asser_kring):
    asser_kring.is_shown = True
    asser_kring.save()
    return asser_kring


@pytest.fixture
def desk(petra):
    client = Client()
    client.force_login(petra)
    return client


def page_of(party, part=""):
    return f"/balie/partijen/register/{party.key}/" + (f"{part}/" if part else "")


def send(client, party, part, **typed):
    return client.post(page_of(party, part), {f"{part}-{key}": one for key, one in typed.items()})


# --- Who may --------------------------------------------------------------------------------------


@pytest.mark.parametrize("who", ["tess", "eva", "maud", "anna", "carla", "bram"])
def test_nobody_else_may(who, request, party):
    client = Client()
    client.force_login(request.getfixturevalue(who))

    assert client.get("/balie/partijen/register/").status_code == 403
    assert client.get(page_of(party)).status_code == 403
    assert send(client, party, "naam", name="Anders").status_code == 403
    assert client.post(f"{page_of(party)}weg/naam/1/").status_code == 403
    party.refresh_from_db()
    assert party.name == "Asser Kring"


def test_visitor_is_asked_to_sign_in(client, party):
    for address in ("/balie/partijen/register/", page_of(party)):
        assert "/account/login/" in client.get(address).headers["Location"]


def test_who_speaks_for_the_party_looks_and_changes_nothing(desk, petra, party, lokaal_hazelmeer):
    make_mandate(petra, party)

    assert "Je spreekt zelf voor deze partij" in desk.get(page_of(party)).text
    typed = {"name": "Anders", "on": TODAY, "source": "de partij"}
    assert send(desk, party, "naam", **typed).status_code == 403
    with pytest.raises(PermissionDenied):
        lineage.record_lineage(
            lokaal_hazelmeer, kind="merged", others=[party], new_name="Samen", on=TODAY,
            source="x", by=petra,
        )  # fmt: skip
    assert not Party.objects.filter(name="Samen").exists()


def test_desk_leads_to_the_register(desk, client, maud):
    assert 'href="/balie/partijen/register/"' in desk.get("/balie/").text
    client.force_login(maud)
    assert "/balie/partijen/register/" not in client.get("/balie/").text


def test_no_person_stands_on_the_page(desk, party, anna, petra):
    answer = desk.get(page_of(party))

    assert answer.status_code == 200
    assert faults(answer.content) == []
    assert "anna" not in answer.text.lower()


# --- Finding --------------------------------------------------------------------------------------


def test_party_is_found_by_a_name_of_any_time_and_by_its_area(desk, party, petra, wij_molenkerk):
    register.rename(party, name="Nieuw Assen", on=TODAY, source="de partij", by=petra)

    for words in ("nieuw", "asser kring", "assen", party.key):
        text = desk.get(f"/balie/partijen/register/?q={words}").text
        assert page_of(party) in text
        assert page_of(wij_molenkerk) not in text
    for words in ("zebra", "!!", "%00"):
        text = desk.get(f"/balie/partijen/register/?q={words}").text
        assert ("We vonden geen partij" in text) == (words != "%00")


@pytest.mark.parametrize("count", [2, 40])
def test_list_costs_as_many_queries_for_few_as_for_many(desk, count, django_assert_max_num_queries):
    for number in range(count):
        make_party(f"Partij {number}")

    with django_assert_max_num_queries(8):
        desk.get("/balie/partijen/register/")


# --- Names ----------------------------------------------------------------------------------------


def test_new_name_counts_at_once_everywhere(desk, client, party, page_cache):
    address = f"/partijen/partij/{party.key}/"
    assert "<h1>Asser Kring</h1>" in client.get(address).text
    page_cache.commit()
    send(desk, party, "naam", name="Zonnekring", on=TODAY, source="mail van de partij")
    page_cache.commit()

    text = client.get(address).text
    assert "<h1>Zonnekring</h1>" in text
    assert "Asser Kring (tot" in text
    assert "Zonnekring" in client.get(f"/partijen/gebied/{make_area().slug}/").text
    for words in ("zonnekring", "asser kring"):
        assert address in client.get(f"/zoeken/?q={words}").text


def test_name_of_next_month_waits_and_begins_by_itself(desk, client, party, monkeypatch):
    send(desk, party, "naam", name="Zonnewende", on=NEXT_MONTH, source="mail van de partij")

    party.refresh_from_db()
    assert party.name == "Asser Kring"
    address = f"/partijen/partij/{party.key}/"
    assert "Zonnewende" not in client.get(address).text
    assert address not in client.get("/zoeken/?q=zonnewende").text
    assert "Dat gaat vanzelf in" in desk.get(page_of(party)).text
    register.take_effect(NEXT_MONTH - timedelta(days=1))
    party.refresh_from_db()
    assert party.name == "Asser Kring"

    monkeypatch.setattr("kennispunt.parties.clock.localdate", lambda: NEXT_MONTH)
    let_begin.func()
    party.refresh_from_db()
    assert party.name == "Zonnewende"
    assert register.take_effect(NEXT_MONTH) == 0
    assert list(party.names.filter(until=None).values_list("name", flat=True)) == ["Zonnewende"]


def test_name_that_waits_can_be_taken_back(desk, party, petra):
    register.rename(party, name="Zonnekring", on=NEXT_MONTH, source="x", by=petra)
    answer = send(desk, party, "naam", name="Anders", on=NEXT_MONTH, source="x")
    assert answer.status_code == 422
    assert "Er wacht al een nieuwe naam" in answer.text

    desk.post(f"{page_of(party)}weg/naam/{party.planned_name().pk}/")
    assert not party.names.exists()
    register.take_effect(NEXT_MONTH)
    party.refresh_from_db()
    assert party.name == "Asser Kring"


def test_names_follow_each_other(party, petra):
    register.rename(party, name="B", on=date(2022, 1, 1), source="x", by=petra)
    register.rename(party, name="Asser Kring", on=date(2024, 1, 1), source="x", by=petra)

    assert [(one.name, one.since, one.until) for one in party.names.order_by("pk")] == [
        ("Asser Kring", None, date(2022, 1, 1)),
        ("B", date(2022, 1, 1), date(2024, 1, 1)),
        ("Asser Kring", date(2024, 1, 1), None),
    ]
    with pytest.raises(ValidationError, match="Kies een latere dag"):
        register.rename(party, name="C", on=date(2023, 1, 1), source="x", by=petra)
    with pytest.raises(ValidationError, match="blijft staan"):
        register.remove_name(party, party.names.get(name="B"), by=petra)


def test_error_stands_at_the_field_and_nothing_is_lost(desk, party):
    answer = send(desk, party, "naam", name="Asser Kring", on="2026-01-01", source="de site")

    assert answer.status_code == 422
    assert "Zo heet de partij al." in answer.text
    assert 'value="2026-01-01"' in answer.text
    assert 'value="de site"' in answer.text
    assert '<details class="more-of" open>' in answer.text
    assert faults(answer.content) == []
    assert not party.changes.exists()


def test_slip_is_corrected_without_a_trace_in_public(desk, client, party):
    send(desk, party, "schrijffout", name="Asser Krink")

    text = client.get(f"/partijen/partij/{party.key}/").text
    assert "Asser Krink" in text
    assert "Asser Kring" not in text
    assert "Schrijffout" in party.changes.get().what


def test_alias_is_found_and_taken_away(desk, client, party):
    send(desk, party, "ook-wel", name="De Zonnebloemers")
    address = f"/partijen/partij/{party.key}/"
    assert address in client.get("/zoeken/?q=zonnebloemers").text
    assert Party.objects.named("de zonnebloemers").get() == party
    send(desk, party, "ook-wel", name="De Zonnetjes")
    assert "Deze naam staat er al" in send(desk, party, "ook-wel", name="De Zonnebloemers").text

    name = party.names.get(name="De Zonnebloemers")
    desk.post(f"{page_of(party)}weg/naam/{name.pk}/")
    assert address not in client.get("/zoeken/?q=zonnebloemers").text


@pytest.mark.parametrize(
    "row",
    [
        {"name": "A", "kind": "name"},  # no period
        {"name": "B", "kind": "name", "since": TODAY},  # a second last name
        {"name": "Z", "kind": "alias"},  # twice
    ],
)
def test_database_refuses_names_that_cannot_be(party, row):
    party.names.create(name="N", kind="name", since=LONG_AGO)
    party.names.create(name="Z", kind="alias")

    with pytest.raises(IntegrityError), transaction.atomic():
        PartyName.objects.create(party=party, **row)


# --- Areas ----------------------------------------------------------------------------------------


def test_area_is_added_and_found_at_once(desk, client, party):
    emmen = make_area("GM0114")
    emmen.names.create(name="Emmen")
    send(desk, party, "gebied", area="emmen", on="2026-04-01", source="kandidatenlijst")

    assert set(party.areas.values_list("name", flat=True)) == {"Assen", "Emmen"}
    assert "Emmen" in client.get("/zoeken/?q=asser kring").text
    assert "Asser Kring" in client.get(f"/partijen/gebied/{emmen.slug}/").text
    answer = send(desk, party, "gebied", area="emmen", source="x")
    assert "De partij doet al mee in gemeente Emmen." in answer.text


def test_unknown_area_is_said_and_of_two_one_is_chosen(desk, party):
    assert "kennen we niet" in send(desk, party, "gebied", area="Nergens", source="x").text
    from kennispunt.elections.tests.make import make_area as make

    for code in ("GM0893", "GM0373"):
        make(code, "Bergen").names.create(name="Bergen")
    answer = send(desk, party, "gebied", area="Bergen", source="x")
    assert "Kies er een" in answer.text
    send(desk, party, "gebied", area="Bergen", which="GM0373", source="x")
    assert party.areas.filter(code="GM0373").exists()


def test_only_area_stays_until_there_is_another(desk, party, petra):
    assen, emmen = make_area(), make_area("GM0114")
    answer = send(desk, party, "gebied-uit", area=assen.pk, on=TODAY, source="x")
    assert "Dit is haar enige gebied" in answer.text

    register.add_area(party, area=emmen, on=NEXT_MONTH, source="x", by=petra)
    assert not party.areas.filter(pk=emmen.pk).exists()
    register.end_area(party, area=assen, on=NEXT_MONTH, source="x", by=petra)
    with pytest.raises(ValidationError, match="nergens meer"):
        register.undo_area(party, party.periods.get(area=emmen), by=petra)
    assert list(party.areas.all()) == [assen]
    register.take_effect(NEXT_MONTH)
    assert list(party.areas.all()) == [emmen]
    assert register.take_effect(NEXT_MONTH) == 0


def test_end_that_waits_can_be_taken_back(desk, party, petra):
    emmen = make_area("GM0114")
    register.add_area(party, area=emmen, on=LONG_AGO, source="x", by=petra)
    register.end_area(party, area=emmen, on=NEXT_MONTH, source="x", by=petra)
    desk.post(f"{page_of(party)}weg/gebied/{party.periods.get().pk}/")

    assert party.periods.get().until is None
    register.take_effect(NEXT_MONTH)
    assert party.areas.filter(pk=emmen.pk).exists()


def test_area_that_ended_is_no_more_and_its_days_stay(desk, client, party, petra):
    emmen = make_area("GM0114")
    register.add_area(party, area=emmen, on=LONG_AGO, source="x", by=petra)
    send(desk, party, "gebied-uit", area=emmen.pk, on=TODAY, source="mail")

    assert list(party.areas.values_list("name", flat=True)) == ["Assen"]
    assert "Emmen" not in client.get("/zoeken/?q=asser kring").text
    assert "Deed mee" in desk.get(page_of(party)).text
    register.add_area(party, area=emmen, on=TODAY, source="x", by=petra)
    assert party.areas.count() == 2


def test_party_of_a_merged_gemeente_goes_over_without_a_gap(desk, client, party):
    assen, emmen = make_area(), make_area("GM0114")
    assen.valid_to = date(2026, 1, 1)
    assen.save()
    AreaSuccession.objects.create(old=assen, new=emmen, date=assen.valid_to)
    text = desk.get(page_of(party)).text
    assert "Assen ging op 01-01-2026 over in Emmen." in text
    assert "Gebied bestaat niet meer: partij in Assen" in desk.get("/balie/").text
    assert "Asser Kring" in client.get(f"/partijen/gebied/{emmen.slug}/").text

    send(desk, party, "overgegaan", new=[emmen.pk])
    assert list(party.areas.all()) == [emmen]
    assert [(one.area, one.since, one.until) for one in party.periods.all()] == [
        (assen, None, assen.valid_to),
        (emmen, assen.valid_to, None),
    ]
    assert "ging op 01-01-2026 over" not in desk.get(page_of(party)).text
    assert "Gebied bestaat niet meer" not in desk.get("/balie/").text


def test_database_refuses_an_area_twice_at_a_time(party):
    PartyArea.objects.create(party=party, area=make_area(), since=LONG_AGO)

    with pytest.raises(IntegrityError), transaction.atomic():
        PartyArea.objects.create(party=party, area=make_area(), since=TODAY)


# --- Lists ----------------------------------------------------------------------------------------


def test_list_of_this_name_is_proposed_and_linked(desk, client, party):
    result = make_result(make_area(), **{"Asser Kring (AK)": 3, "Zomaar": 1})
    mine = result.lists.get(seats=3)
    text = desk.get(page_of(party)).text
    assert "Asser Kring (AK) (Assen, 18 maart 2026, 3 zetels)" in text
    assert "Zomaar (Assen" in text

    send(desk, party, "lijsten", proposed=[mine.pk])
    assert list(party.lists.all()) == [mine]
    assert "Asser Kring (AK)" in client.get(f"/partijen/partij/{party.key}/").text
    assert "Kies eerst een lijst" in send(desk, party, "lijsten").text

    desk.post(f"{page_of(party)}weg/lijst/{mine.pk}/")
    assert not party.lists.exists()
    assert len(party.changes.all()) == 2


def test_joint_list_is_of_both_and_asks_for_two_people(desk, party, lokaal_hazelmeer, petra):
    joint = make_result(make_area(), **{"Samen voor Assen": 5}).lists.get()
    register.link_lists(lokaal_hazelmeer, [joint], by=petra)
    answer = desk.post(page_of(party, "lijsten"), {"lijsten-other": joint.pk}, follow=True)

    assert set(joint.parties.all()) == {party, lokaal_hazelmeer}
    assert "samen met" in answer.text
    assert "Samen met Lokaal Hazelmeer" in party.changes.first().what
    case = Case.objects.get(party=party)
    assert (case.kind, case.state) == (Case.Kind.REGISTER, Case.State.OPEN)
    assert "Lokaal Hazelmeer" in case.what_changed
    assert "De regels zien nu iets nieuws" in answer.text
    again = {"ook-wel-name": "AK"}
    later = desk.post(page_of(party, "ook-wel"), again, follow=True)
    assert "De regels zien nu iets nieuws" not in later.text
    assert proposal_for(party).needs_two
    party.refresh_from_db()
    assert party.status_on(TODAY) == Party.Status.ELIGIBLE
    assert party.status_until > TODAY
    assert "Het register veranderde: partij in Assen" in desk.get("/balie/").text


def test_list_of_elsewhere_is_refused(party, petra):
    other = make_result(make_area("GM0114"), **{"Asser Kring": 3}).lists.get()

    with pytest.raises(ValidationError, match="ander gebied"):
        register.link_lists(party, [other], by=petra)
    assert not party.lists.exists()


# --- Legal form -----------------------------------------------------------------------------------


def test_legal_form_and_number_are_kept(desk, party):
    answer = send(desk, party, "gegevens", legal_form="full", kvk_number="1234567")
    assert "Een KVK-nummer heeft 8 cijfers." in answer.text
    assert 'value="1234567"' in answer.text

    send(desk, party, "gegevens", legal_form="full", kvk_number="KVK 1234\u00a05678\u200b")
    party.refresh_from_db()
    assert (party.legal_form, party.kvk_number) == ("full", "12345678")
    assert "KVK 12345678" in party.changes.get().what


# --- What became of it ----------------------------------------------------------------------------


def merge(client, party, other, **typed):
    typed = {
        "kind": "merged", "others": [other.pk], "new_name": "Samen Assen", "on": NEXT_MONTH,
        "source": "de statuten", "tell": "on",
    } | typed  # fmt: skip
    return send(client, party, "afkomst", **typed)


def test_two_parties_become_one_without_a_gap(
    desk, client, party, lokaal_hazelmeer, anna, carla, outbox
):
    party.lists.add(make_result(make_area(), **{"Asser Kring": 3}).lists.get())
    assert merge(desk, party, lokaal_hazelmeer).status_code == 302

    new = Party.objects.get(name="Samen Assen")
    case = Case.objects.get(party=new)
    assert (new.status, case.kind) == (Party.Status.APPLIED, Case.Kind.LINEAGE)
    assert "“Asser Kring” en “Lokaal Hazelmeer”" in case.what_changed
    assert list(new.areas.all()) == [make_area()]
    for old in (party, lokaal_hazelmeer):
        old.refresh_from_db()
        assert old.status_on(NEXT_MONTH - timedelta(days=1)) == Party.Status.ELIGIBLE
        assert old.status_on(NEXT_MONTH) == Party.Status.ENDED
        assert old.goes_on_as(TODAY) == old
        assert old.goes_on_as(NEXT_MONTH) == new
    facts = [one.fact for one in proposal_for(new).findings if one.rule == "stond-hier"]
    assert "“Asser Kring” gaat op in deze partij" in facts[0]
    assert sorted(one.to for one in outbox()) == ["anna@example.org", "carla@example.org"]
    assert all("Asser" not in one.subject + one.text for one in outbox())
    assert "Na een fusie of splitsing: partij in Assen" in desk.get("/balie/").text
    assert faults(desk.get(page_of(new)).content) == []


def test_merger_that_was_a_mistake_is_undone(desk, party, lokaal_hazelmeer):
    merge(desk, party, lokaal_hazelmeer)
    new = Party.objects.get(name="Samen Assen")
    for one in Lineage.objects.all():
        desk.post(f"{page_of(party)}weg/afkomst/{one.pk}/")
        desk.post(f"{page_of(lokaal_hazelmeer)}weg/afkomst/{one.pk}/")

    for old in (party, lokaal_hazelmeer):
        old.refresh_from_db()
        assert (old.status, old.status_until) == (Party.Status.ELIGIBLE, None)
    new.refresh_from_db()
    assert new.status == Party.Status.NONE
    assert not new.cases.open().exists()


def test_merged_party_that_was_shown_stays_as_a_name(desk, client, party, petra):
    new = make_party("Samen Assen", is_shown=True)
    lineage.record_lineage(party, kind="merged", new=new, on=TODAY, source="x", by=petra)
    party.refresh_from_db()
    register.take_effect(TODAY)
    Party.objects.filter(pk=party.pk).update(status_until=TODAY - timedelta(days=1))

    text = client.get(f"/partijen/partij/{new.key}/").text
    assert "Komt voort uit" in text
    assert "Asser Kring" in text
    assert party.key not in text


def test_party_splits_and_goes_on_itself(desk, party):
    typed = {"kind": "split", "others": [], "new_name": "Vrij Assen", "on": TODAY}
    send(desk, party, "afkomst", source="krant", **typed)

    party.refresh_from_db()
    assert party.status_until is None
    assert Lineage.objects.get().new.name == "Vrij Assen"


def test_what_cannot_be_is_refused_at_the_field(desk, party, lokaal_hazelmeer, petra):
    lineage.record_lineage(
        party, kind="continued", new=lokaal_hazelmeer, on=TODAY, source="x", by=petra
    )
    back = {"new": party.pk, "new_name": "", "others": []}
    assert "komt zelf voort uit" in merge(desk, lokaal_hazelmeer, party, **back).text
    assert "ging al op in" in merge(desk, party, lokaal_hazelmeer, others=[]).text
    nothing = merge(desk, lokaal_hazelmeer, party, others=[], new_name="")
    assert "Kies hierboven een partij, of vul een naam in." in nothing.text
    taken = merge(desk, lokaal_hazelmeer, party, others=[], new_name="asser kring")
    assert "Zo’n partij is er al" in taken.text
    assert Lineage.objects.count() == 1


def test_who_applies_for_a_party_that_merged_applies_for_what_it_became(
    party, petra, make_user, lokaal_hazelmeer
):
    mine = make_result(make_area(), **{"Asser Kring": 3}).lists.get()
    party.lists.add(mine)
    lineage.record_lineage(
        party, kind="merged", new=lokaal_hazelmeer, on=TODAY, source="x", by=petra
    )
    draft = Application.objects.create(
        person=make_user("fleur"), area=make_area(), kind="list", electoral_list=mine, role="chair"
    )

    assert applying.send(draft, consent="Ja").party == lokaal_hazelmeer


def test_founders_that_split_off_keep_their_day(petra):
    founders = make_party("Wij", **FOUNDING)
    until = founders.status_until
    lineage.record_lineage(founders, kind="split", new_name="Zij", on=TODAY, source="x", by=petra)

    founders.refresh_from_db()
    assert founders.status_until == until


# --- The rules look again -------------------------------------------------------------------------


def test_name_of_a_group_in_the_kamer_asks_for_a_person(party, petra):
    register.rename(party, name="VVD Assen", on=NEXT_MONTH, source="x", by=petra)

    case = Case.objects.get(party=party)
    assert case.kind == Case.Kind.REGISTER
    assert "VVD" in case.what_changed
    party.refresh_from_db()
    assert party.status_on(TODAY) == Party.Status.ELIGIBLE


def test_change_that_says_nothing_new_opens_nothing(party, petra):
    register.rename(party, name="Zonnekring", on=TODAY, source="x", by=petra)
    register.add_alias(party, name="De Kring", by=petra)

    assert not Case.objects.exists()
    assert [one.made_by for one in party.changes.all()] == [petra, petra]


def test_what_is_not_there_is_not_there(desk, party, lokaal_hazelmeer):
    alias = lokaal_hazelmeer.names.create(name="LH")

    assert desk.get("/balie/partijen/register/nergens/").status_code == 404
    assert desk.post(page_of(party, "onzin")).status_code == 404
    assert desk.get(page_of(party, "naam")).headers["Location"] == page_of(party)
    assert desk.post(f"{page_of(party)}weg/onzin/1/").status_code == 404
    desk.post(f"{page_of(party)}weg/naam/{alias.pk}/")  # of another party
    assert lokaal_hazelmeer.names.exists()
    assert desk.get(f"{page_of(party)}weg/naam/{alias.pk}/").status_code == 405


def test_case_after_a_merger_is_decided_without_anyone_who_applied(
    desk, petra, party, lokaal_hazelmeer, anna
):
    party.lists.add(make_result(make_area(), **{"Asser Kring": 3}).lists.get())
    merge(desk, party, lokaal_hazelmeer)
    case = Case.objects.get()
    desk.post(f"/balie/partijen/{case.pk}/", {"outcome": "eligible"})

    case.refresh_from_db()
    assert case.state == Case.State.CLOSED
    assert case.party.status == Party.Status.ELIGIBLE
    assert "Niemand beheert de collega’s: partij in Assen" in desk.get("/balie/").text


# --- Two at once -----------------------------------------------------------------------------------


@pytest.mark.parametrize("what", REMOVALS)
def test_what_a_colleague_took_away_is_too_late_to_take_away(what, party, petra, lokaal_hazelmeer):
    register.add_alias(party, name="De Kring", by=petra)
    register.add_area(party, area=make_area("GM0114"), on=NEXT_MONTH, source="x", by=petra)
    party.lists.add(make_result(make_area(), Wij=1).lists.get())
    new = lokaal_hazelmeer
    lineage.record_lineage(party, kind="split", new=new, on=TODAY, source="x", by=petra)
    related, act = REMOVALS[what]
    thing = getattr(party, related or "successors").get()
    act(party, thing, by=petra)
    changes = party.changes.count()

    with pytest.raises(TooLate):
        act(party, thing, by=petra)

    assert party.changes.count() == changes
