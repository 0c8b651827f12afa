"""A case at the desk: about whom it is, what a decision does, and what never gets lost."""

import re
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone
from django.utils.timezone import localdate

from kennispunt.elections.tests.make import make_result
from kennispunt.files.tests.make import pdf, upload
from kennispunt.parties.models import Application, Case, Decision, Mandate, Objection, Party
from kennispunt.parties.tests.make import apply, make_area, make_party

pytestmark = pytest.mark.django_db

LIST = "Dorpsbelang Lindewaard"


def signed_in(user):
    client = Client()
    client.force_login(user)
    return client


@pytest.fixture
def assen():
    area = make_area("GM0106")
    make_result(area, **{LIST: 3, "VVD": 2})
    return area


@pytest.fixture
def fleur(make_user):
    return make_user("fleur")


@pytest.fixture
def guus(make_user):
    return make_user("guus")


@pytest.fixture
def desk(petra):
    return signed_in(petra)


def address(case):
    return f"/balie/partijen/{case.pk}/"


def send_case(client, case, outcome="eligible", **fields):
    people = [one.pk for one in Mandate.objects.open().filter(party=case.party, accepted_on=None)]
    typed = {"outcome": outcome, "people": people[:1], "reason": "", "until": ""} | fields
    return client.post(address(case), typed)


def look_along(client, case, **typed):
    case.refresh_from_db()
    typed = {"agree": "1", "seen": case.fingerprint} | typed
    return client.post(f"{address(case)}tweede/", typed)


@pytest.fixture
def refused(fleur, assen, desk, maud):
    apply(signed_in(fleur), list_name=LIST)
    case = Case.objects.get()
    send_case(desk, case, "decline", reason="Dit is een afdeling.")
    look_along(signed_in(maud), case)
    return Decision.objects.get()


# --- An objection, whatever happened meanwhile ----------------------------------------------------


def test_an_objection_is_upheld_while_a_colleague_applied(refused, fleur, guus, make_user, outbox):
    signed_in(fleur).post(f"/mijn/bezwaar/{refused.pk}/", {"words": "Wij horen bij niemand."})
    apply(signed_in(guus), list_name=LIST)
    third = signed_in(make_user("pim", group="Moderators"))
    before = len(outbox())

    typed = {"is_right": "yes", "outcome": "eligible", "reply": "Je hebt gelijk."}
    answer = third.post(f"/balie/partijen/bezwaar/{Objection.objects.get().pk}/", typed)

    assert answer.status_code == 302
    assert Party.objects.get().status == Party.Status.ELIGIBLE
    assert Mandate.objects.exclude(accepted_on=None).get().person == fleur
    assert [one.to for one in outbox()[before:]] == [fleur.email]
    assert (Application.objects.sent().get().person, Case.objects.open().get().kind) == (
        guus, Case.Kind.PERSON,
    )  # fmt: skip


def test_who_was_refused_keeps_the_way_to_object_when_a_colleague_is_let_in(
    refused, fleur, guus, desk
):
    apply(signed_in(guus), list_name=LIST)
    send_case(desk, Case.objects.open().get())

    page = signed_in(fleur).get("/mijn/aanmelding/").text

    assert "Dit is een afdeling." in page
    assert f"/mijn/bezwaar/{refused.pk}/" in page
    assert signed_in(fleur).get(f"/mijn/bezwaar/{refused.pk}/").status_code == 200


def test_who_applies_later_does_not_read_why_another_was_refused(refused, guus):
    apply(signed_in(guus), list_name=LIST)

    assert signed_in(guus).get(f"/mijn/bezwaar/{refused.pk}/").status_code == 404


# --- A case about a person is not one about the party ---------------------------------------------


@pytest.fixture
def joining(desk, fleur, guus, assen):
    """Two people applied for one party; Fleur is in, Guus waits."""
    for person in (fleur, guus):
        who = {"name": person.name, "role": "board"}
        apply(signed_in(person), list_name=LIST, wie=who)
    send_case(desk, Case.objects.get())
    return Mandate.objects.get(person=guus)


def test_the_register_opens_the_screen_about_the_person(joining, desk, guus):
    register = desk.get(f"/balie/partijen/register/{joining.party.key}/").text
    person = f"/balie/partijen/persoon/{joining.pk}/"

    assert person in register
    page = desk.get(address(Case.objects.open().get()), follow=True)
    assert page.redirect_chain == [(person, 302)]
    assert "Spreekt Guus voor Dorpsbelang Lindewaard?" in page.text


def test_a_no_to_a_person_never_ends_the_party(joining, desk, maud, fleur, guus, outbox):
    before = len(outbox())
    case = Case.objects.open().get()
    send_case(desk, case, "decline", reason="Guus kennen we niet.")
    look_along(signed_in(maud), case)

    assert Party.objects.get().status == Party.Status.ELIGIBLE
    assert len(outbox()) == before

    typed = {"accept": "no", "reason": "We konden niet nagaan of je bij de partij hoort."}
    desk.post(f"/balie/partijen/persoon/{joining.pk}/", typed)

    assert Party.objects.get().status == Party.Status.ELIGIBLE
    assert [one.to for one in outbox()[before:]] == [guus.email]
    assert not Case.objects.open().exists()
    assert Mandate.objects.of(fleur).accepted().exists()


@pytest.mark.parametrize(
    ("typed", "words", "way"),
    [
        ({"accept": "yes"}, "Je aanmelding is goedgekeurd.", "/mijn/partij/"),
        ({"accept": "no", "reason": "x"}, "Ons antwoord staat in de mail", "/partijen/aanmelden/"),
    ],
)
def test_who_asked_to_join_reads_where_the_answer_is_and_how_to_go_on(
    joining, desk, guus, typed, words, way
):
    desk.post(f"/balie/partijen/persoon/{joining.pk}/", typed)
    page = signed_in(guus).get("/mijn/aanmelding/").text
    main = page[page.index("<main") : page.index("</main")]
    assert words in main and f'href="{way}"' in main


def test_every_screen_says_about_whom_it_is(joining, desk, make_user):
    party = make_party("Lokaal Hazelmeer")
    case = Case.objects.create(party=party, kind="election", due=localdate(), what_changed="x")

    page = desk.get(address(case)).text
    assert "<h1>Na de uitslag: Lokaal Hazelmeer</h1>" in page
    assert "<title>Na de uitslag: partij in Assen" in page
    about = desk.get(f"/balie/partijen/persoon/{joining.pk}/").text
    assert "<title>Iemand wil spreken voor een partij in Assen" in about


def test_a_party_that_ended_is_decided_about_when_its_people_apply_anew(
    desk, assen, anna, asser_kring, outbox
):
    Party.objects.update(status="ended", status_since=localdate() - timedelta(days=90))
    apply(signed_in(anna), which="other", party_name="Asser Kring")

    case = Case.objects.get()
    assert case.kind == Case.Kind.APPLICATION
    send_case(desk, case)

    asser_kring.refresh_from_db()
    assert asser_kring.status == Party.Status.ELIGIBLE
    assert (outbox()[-1].to, outbox()[-1].subject) == (
        anna.email, "Welkom, je aanmelding is goedgekeurd",
    )  # fmt: skip


# --- What a decision does is said before it is sent -----------------------------------------------


@pytest.fixture
def known(asser_kring, anna, bram):
    Mandate.objects.of(bram).update(may_manage=True)
    return Case.objects.create(
        party=asser_kring, kind="election", due=localdate(), what_changed="Er stond geen lijst."
    )


def test_a_no_that_ends_a_party_is_said_and_confirmed(known, desk, maud):
    typed = {"reason": "Jullie deden niet mee."}
    page = send_case(desk, known, "decline", **typed)

    assert page.status_code == 422
    for words in ("beëindigt Asser Kring", "2 mensen", "Anna", "Bram"):
        assert words in page.context["form"].as_p()
    known.refresh_from_db()
    assert known.state == Case.State.OPEN

    send_case(desk, known, "decline", sure="on", **typed)
    known.refresh_from_db()
    assert known.state == Case.State.SECOND
    second = signed_in(maud).get(address(known)).text
    assert "beëindigt Asser Kring" in second
    assert "Eens: beëindig Asser Kring en mail 2 mensen" in second


def test_a_yes_asks_for_nothing_more(known, desk):
    send_case(desk, known)

    assert Decision.objects.get().outcome == "eligible"


# --- Doubt ----------------------------------------------------------------------------------------


def test_in_doubt_nothing_and_nobody_is_ticked(desk, fleur, assen):
    apply(signed_in(fleur), which="registered", party_name="Vrij Assen")

    page = desk.get(address(Case.objects.get()))

    assert page.context["proposal"].outcome == "review"
    assert page.context["form"]["outcome"].value() in ("", None)
    assert page.context["form"]["people"].value() == []
    assert " checked" not in page.text


# --- The second look ------------------------------------------------------------------------------


@pytest.fixture
def handed_over(desk, fleur, assen):
    apply(signed_in(fleur), list_name=LIST)
    case = Case.objects.get()
    send_case(desk, case, "decline", reason="Dit is een afdeling.")
    return case


def test_who_sends_it_back_says_why_and_the_choice_and_the_reason_stay(
    handed_over, desk, maud, petra
):
    look_along_back = {"back": "1", "remark": "Noem de afdeling bij naam."}
    signed_in(maud).post(f"{address(handed_over)}tweede/", look_along_back)

    page = desk.get(address(handed_over))
    assert "Noem de afdeling bij naam." in page.text
    assert "Maud" in page.text
    form = page.context["form"]
    assert (form["outcome"].value(), form["reason"].value()) == ("decline", "Dit is een afdeling.")


def test_the_first_takes_it_back_before_the_second_looked(handed_over, desk, maud, make_user):
    assert "Haal je besluit terug" in desk.get(address(handed_over)).text
    other = signed_in(make_user("pim", group="Project leaders"))
    assert other.post(f"{address(handed_over)}terug/").status_code == 403

    desk.post(f"{address(handed_over)}terug/")

    handed_over.refresh_from_db()
    assert (handed_over.state, handed_over.first_reason) == ("open", "Dit is een afdeling.")
    late = look_along(signed_in(maud), handed_over)
    assert not Decision.objects.exists()
    assert late.url == address(handed_over)


def test_a_day_that_went_by_before_the_second_looked_is_no_fault(desk, fleur, assen, maud):
    told = {"cooperation": "joint", "cooperation_with": "VVD, op één lijst"}
    apply(signed_in(fleur), list_name=LIST, verklaring=told)
    case = Case.objects.get()
    send_case(desk, case, "new")
    Case.objects.update(first_until=localdate() - timedelta(days=1))

    page = signed_in(maud).get(address(case))
    answer = signed_in(maud).post(
        f"{address(case)}tweede/", {"agree": "1", "seen": page.context["seen"]}, follow=True
    )

    assert "is voorbij" in answer.text
    assert not Decision.objects.exists()


# --- The day we promised --------------------------------------------------------------------------


def test_an_answer_to_our_question_does_not_make_us_late(desk, fleur, assen):
    apply(signed_in(fleur), list_name=LIST)
    promised = Case.objects.get().due
    asked = {"vraag-question": "Wie staat er?", "vraag-of": [Application.objects.get().pk]}
    desk.post(f"{address(Case.objects.get())}vraag/", asked)
    assert Case.objects.get().due == promised
    assert Application.objects.get().asked_until == localdate() + timedelta(days=14)

    signed_in(fleur).post("/mijn/aanmelding/", {"answer": "Alleen wij."})

    assert Case.objects.get().due == promised
    Application.objects.update(
        sent_at=timezone.now() - timedelta(days=20), due=None, asked_until=localdate()
    )
    signed_in(fleur).post("/mijn/aanmelding/", {"answer": "Nog iets."})
    assert Case.objects.get().due == promised


# --- A closed case --------------------------------------------------------------------------------


def test_a_closed_case_is_read_with_its_evidence_and_reasons(refused, desk, fleur):
    typed = {"bewijs-kind": "phone", "bewijs-source": "088 111 22 33"}
    desk.post(f"{address(refused.case)}bewijs/", typed)  # closed: nothing more is added
    refused.party.evidence.create(
        kind="phone", source="088 111 22 33", found_on=localdate(),
        expires_on=localdate() + timedelta(days=9),
    )  # fmt: skip
    signed_in(fleur).post(f"/mijn/bezwaar/{refused.pk}/", {"words": "Wij horen bij niemand."})

    page = desk.get(address(refused.case)).text

    for words in (LIST, "Niet toelaten", "Dit is een afdeling.", "088 111 22 33", "Petra", "Maud",
                  "Wij horen bij niemand.", "uitslag.csv"):  # fmt: skip
        assert words in page
    assert not re.search(r"\d{4}-\d{2}-\d{2}</small>", page)
    register = desk.get(f"/balie/partijen/register/{refused.party.key}/").text
    assert address(refused.case) in register


# --- A colleague was first ------------------------------------------------------------------------


def test_no_page_says_that_it_was_sent_when_a_colleague_was_first(
    refused, fleur, make_user, outbox
):
    signed_in(fleur).post(f"/mijn/bezwaar/{refused.pk}/", {"words": "Wij horen bij niemand."})
    here = f"/balie/partijen/bezwaar/{Objection.objects.get().pk}/"
    typed = {"is_right": "no", "reply": "De regel is duidelijk."}
    signed_in(make_user("pim", group="Moderators")).post(here, typed)
    before = len(outbox())

    later = signed_in(make_user("jip", group="Moderators"))
    page = later.post(here, typed | {"reply": "Anders."}, follow=True).text

    assert "is verstuurd" not in page
    assert "De regel is duidelijk." in page
    assert len(outbox()) == before


# --- What became of an application ----------------------------------------------------------------


def test_who_left_is_not_sent_round_in_a_circle(desk, fleur, assen):
    apply(signed_in(fleur), list_name=LIST)
    send_case(desk, Case.objects.get())
    client = signed_in(fleur)
    client.post("/mijn/partij/vertrek/")

    page = client.get("/mijn/partij/", follow=True).text

    assert "Naar je partij" not in page
    assert "Je spreekt niet meer voor deze partij" in page


def test_throwing_away_is_asked_first(fleur, assen):
    client = signed_in(fleur)
    apply(client, list_name=LIST, until="versturen")
    page = client.get("/partijen/aanmelden/versturen/").text
    assert 'href="/mijn/aanmelding/intrekken/"' in page

    assert "Gooi je alles weg?" in client.get("/mijn/aanmelding/intrekken/").text
    assert Application.objects.drafts().exists()
    client.post("/mijn/aanmelding/intrekken/")
    assert not Application.objects.drafts().exists()
    assert client.get("/mijn/aanmelding/intrekken/").url == "/partijen/aanmelden/"


def test_the_last_page_shows_everything_that_is_sent(fleur, assen):
    client = signed_in(fleur)
    told = {"seat": "no", "cooperation": "none", "legal_form": "full", "kvk_number": "12345678"}
    proof = {"proof": "document", "upload": upload(pdf(), "bewijs.pdf"), "proof_at": ""}
    apply(client, list_name=LIST, until="versturen", verklaring=told, controle=proof)

    page = client.get("/partijen/aanmelden/versturen/").text

    for words in ("vereniging met statuten van de notaris", "KVK 12345678", "bewijs.pdf"):
        assert words in page
