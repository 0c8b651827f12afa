"""Who speaks for a party: inviting, rights, leaving; and what a rival or a leaver cannot do."""

import re
from datetime import date, timedelta

import pytest
from allauth.account.models import EmailAddress
from django.core.exceptions import ValidationError
from django.test import Client
from django.utils.timezone import localdate, now

from kennispunt.accounts import registry
from kennispunt.elections.tests.make import make_result
from kennispunt.parties.actions import people
from kennispunt.parties.models import Application, Case, Consent, Evidence, Invitation, Mandate
from kennispunt.parties.tests.make import apply, make_area, make_mandate, make_party
from kennispunt.ui.rows import TooLate

pytestmark = pytest.mark.django_db


def signed_in(user):
    client = Client()
    client.force_login(user)
    return client


def invite(client, email="guus@example.org", **fields):
    typed = {"email": email, "role": "board", "may_book": "on"} | fields
    return client.post("/mijn/partij/uitnodigen/", typed)


def link_in(mail):
    [path] = re.findall(r"https?://[^/\s]+(/partijen/uitnodiging/[\w-]+/)", mail.text)
    return path


@pytest.fixture
def guus(make_user):
    """Somebody with an account, not invited yet."""
    return make_user("guus")


@pytest.fixture
def link(anna, outbox):
    invite(signed_in(anna))
    return link_in(outbox()[-1])


# --- Inviting --------------------------------------------------------------------------------------


def test_an_invited_colleague_says_yes_and_belongs(link, anna, guus, outbox, asser_kring):
    [mail] = outbox()
    assert mail.to == "guus@example.org"
    assert "Asser Kring" not in mail.subject
    client = signed_in(guus)
    assert "Spreek je ook voor Asser Kring?" in client.get(link).text

    client.post(link, {"yes": "1", "consent": "on"})

    mandate = Mandate.objects.of(guus).accepted().get()
    assert (mandate.role, mandate.may_book, mandate.may_manage) == ("board", True, False)
    assert Consent.objects.filter(person=guus).count() == 1
    assert Evidence.objects.get(person=guus).kind == "colleague"
    assert "Guus" in signed_in(anna).get("/mijn/partij/").text


def test_yes_without_consent_is_no_yes(link, guus):
    response = signed_in(guus).post(link, {"yes": "1"})

    assert "consent" in response.context["form"].errors
    assert not Mandate.objects.of(guus).exists()


def test_a_link_works_once(link, guus):
    client = signed_in(guus)
    for _ in range(2):
        client.post(link, {"yes": "1", "consent": "on"})

    assert "al gebruikt" in client.get(link).text
    assert Mandate.objects.of(guus).count() == 1


def test_a_link_that_was_forwarded_does_nothing_for_another(link, carla, make_user):
    for other in (carla, make_user("piet")):
        client = signed_in(other)
        page = client.post(link, {"yes": "1", "consent": "on"}).text
        assert "voor een ander mailadres" in page
        assert "Asser Kring" not in page
        assert "guus" not in page
    assert Mandate.objects.of(carla).count() == 1
    assert Invitation.objects.get().answered_at is None


def test_before_signing_in_a_link_tells_nothing(link):
    page = Client().get(link).text

    assert "Log in" in page
    assert "Asser Kring" not in page
    assert "Anna" not in page


def test_a_link_that_expired_says_so(link, guus):
    Invitation.objects.update(expires_on=localdate() - timedelta(days=1))

    page = signed_in(guus).post(link, {"yes": "1", "consent": "on"}).text

    assert "werkt niet meer" in page
    assert not Mandate.objects.of(guus).exists()


def test_a_link_that_was_guessed_or_revoked_is_not_there(link, anna, guus):
    assert signed_in(guus).get("/partijen/uitnodiging/guessed/").status_code == 404
    signed_in(anna).post(f"/mijn/partij/uitnodiging/{Invitation.objects.get().pk}/intrekken/")

    assert signed_in(guus).get(link).status_code == 404


@pytest.mark.parametrize("invited_there", [False, True])
def test_an_invitation_goes_along_when_who_was_invited_has_another_address(
    link, anna, guus, outbox, invited_there
):
    """Also when the party invited them at the new one already: then that one is left."""
    if invited_there:
        invite(signed_in(anna), "anders@example.org")
        link = link_in(outbox()[-1])
    EmailAddress.objects.filter(user=guus).update(verified=True)
    guus.email = "anders@example.org"
    guus.save(update_fields=["email"])
    guus.keep_address()

    assert Invitation.objects.get().email == "anders@example.org"
    signed_in(guus).post(link, {"yes": "1", "consent": "on"})
    assert Mandate.objects.of(guus).accepted().exists()
    registry.erase(guus)
    assert not Invitation.objects.exists()


def test_saying_no_wipes_the_address(link, guus):
    client = signed_in(guus)
    client.post(link, {"no": "1"})

    assert Invitation.objects.get().email == ""
    assert client.get(link).status_code == 404


def test_taking_back_does_not_give_more_invitations_in_a_day(anna, outbox):
    client = signed_in(anna)
    for number in range(20):
        invite(client, f"buur{number}@example.org")
        client.post(f"/mijn/partij/uitnodiging/{Invitation.objects.last().pk}/intrekken/")

    response = invite(client, "buur20@example.org")

    assert "vandaag al 20" in str(response.context["form"].errors)
    assert len(outbox()) == 20
    Invitation.objects.update(sent_at=now() - timedelta(days=1))
    assert invite(client, "buur20@example.org").status_code == 302


@pytest.mark.parametrize(
    ("email", "words"),
    [("bram@example.org", "hoort er al bij"), ("guus@example.org", "al uitgenodigd"),
     ("nonsense", "geldig")],
)  # fmt: skip
def test_an_invitation_that_cannot_be_is_explained(link, anna, bram, email, words):
    response = invite(signed_in(anna), email)

    assert words in str(response.context["form"].errors["email"])
    assert Invitation.objects.count() == 1


def test_nobody_mails_the_whole_town(anna, outbox):
    client = signed_in(anna)
    for number in range(22):
        invite(client, f"buur{number}@example.org")

    assert len(outbox()) == 20


# --- Who may what ----------------------------------------------------------------------------------

MANAGING = ["/mijn/partij/uitnodigen/", "/mijn/partij/openbaar/"]


@pytest.mark.parametrize("who", ["bram", "guus"])
def test_who_does_not_manage_changes_nobody(request, who, anna):
    client = signed_in(request.getfixturevalue(who))
    colleague = f"/mijn/partij/collega/{Mandate.objects.of(anna).get().pk}/"

    for address in [*MANAGING, colleague]:
        assert client.get(address).status_code == 403
        assert client.post(address, {"remove": "1"}).status_code == 403
    assert Mandate.objects.of(anna).accepted().exists()


def test_a_rival_finds_nobody_of_another_party(carla, anna, bram):
    client = signed_in(carla)
    for mandate in Mandate.objects.filter(person__in=[anna, bram]):
        address = f"/mijn/partij/collega/{mandate.pk}/"
        assert client.get(address).status_code == 404
        assert client.post(address, {"remove": "1"}).status_code == 404
    assert "Anna" not in client.get("/mijn/partij/").text
    assert Mandate.objects.filter(person__in=[anna, bram]).accepted().count() == 2


def test_a_visitor_signs_in_first():
    for address in ["/mijn/partij/", "/mijn/inzage/", *MANAGING]:
        assert Client().get(address).url.startswith("/account/login/")


def test_a_removed_person_with_an_open_session_has_lost_it_at_the_next_request(anna, bram, outbox):
    session = signed_in(bram)
    assert session.get("/mijn/partij/").status_code == 200

    mandate = Mandate.objects.of(bram).get()
    signed_in(anna).post(f"/mijn/partij/collega/{mandate.pk}/", {"remove": "1"})

    assert session.get("/mijn/partij/").status_code == 302
    assert session.post("/mijn/partij/bevestig/").status_code == 403
    assert outbox()[-1].to == "bram@example.org"
    assert "Asser Kring" not in outbox()[-1].text


def test_role_and_rights_of_a_colleague_are_changed(anna, bram):
    mandate = Mandate.objects.of(bram).get()
    typed = {"change": "1", "role": "treasurer", "may_book": "on", "may_vote": "on"}
    signed_in(anna).post(f"/mijn/partij/collega/{mandate.pk}/", typed)

    mandate.refresh_from_db()
    assert (mandate.role, mandate.may_vote, mandate.may_manage) == ("treasurer", True, False)


def test_the_last_manager_cannot_drop_that_right_unnoticed(anna):
    mandate = Mandate.objects.of(anna).get()
    typed = {"change": "1", "role": "chair", "may_book": "on"}
    response = signed_in(anna).post(f"/mijn/partij/collega/{mandate.pk}/", typed)

    assert "may_manage" in response.context["form"].errors
    mandate.refresh_from_db()
    assert mandate.may_manage


def test_the_last_manager_who_leaves_is_told_and_the_desk_knows(anna, bram, petra):
    client = signed_in(anna)
    assert "de laatste die de collega’s beheert" in client.get("/mijn/partij/vertrek/").text

    client.post("/mijn/partij/vertrek/")

    assert client.get("/mijn/partij/").status_code == 302
    assert signed_in(petra).get("/balie/").context["kinds"] == [("zonder beheerder", 1)]


def test_managing_is_handed_over(anna, bram):
    address = f"/mijn/partij/collega/{Mandate.objects.of(bram).get().pk}/"
    signed_in(anna).post(address, {"hand_over": "1"})

    assert Mandate.objects.of(bram).get().may_manage
    assert Mandate.objects.of(bram).get().may_vote
    assert not Mandate.objects.of(anna).get().may_manage


def test_who_speaks_for_two_parties_switches_and_sees_for_which(anna):
    other = make_mandate(anna, make_party("Zuidlaar Samen", area="GM0114"))
    client = signed_in(anna)
    assert "<h1>Asser Kring</h1>" in client.get("/mijn/partij/").text

    client.post("/mijn/partij/wissel/", {"mandate": other.pk})

    assert "<h1>Zuidlaar Samen</h1>" in client.get("/mijn/partij/").text


@pytest.mark.parametrize("number", ["", "x", "0"])
def test_nobody_switches_to_the_party_of_another(anna, carla, number):
    number = number or Mandate.objects.of(carla).get().pk

    assert signed_in(anna).post("/mijn/partij/wissel/", {"mandate": number}).status_code == 404


def test_after_an_election_everyone_confirms_with_one_click(anna):
    make_result(make_area(), on=date(2026, 10, 7), **{"Asser Kring": 2})
    client = signed_in(anna)
    assert "Spreek je nog voor deze partij?" in client.get("/mijn/partij/").text

    client.post("/mijn/partij/bevestig/")

    assert "Spreek je nog voor deze partij?" not in client.get("/mijn/partij/").text


# --- Somebody wants to join ------------------------------------------------------------------------


def ask_to_join(guus):
    apply(signed_in(guus), which="other", party_name="Asser Kring")
    return Mandate.objects.of(guus).get()


def test_a_colleague_says_that_they_know_the_person(anna, guus, outbox, petra):
    asked = ask_to_join(guus)
    assert "Fleur" in signed_in(anna).get("/mijn/partij/").text

    signed_in(anna).post(f"/mijn/partij/verzoek/{asked.pk}/", {"known": "1"})

    assert Mandate.objects.of(guus).accepted().exists()
    assert not Mandate.objects.of(guus).get().may_manage
    assert outbox()[-1].to == "guus@example.org"
    assert signed_in(petra).get("/balie/").context["total"] == 0


def test_whom_colleagues_do_not_know_the_desk_decides_about(anna, guus, outbox, petra):
    asked = ask_to_join(guus)
    signed_in(anna).post(f"/mijn/partij/verzoek/{asked.pk}/", {"unknown": "1"})
    address = f"/balie/partijen/persoon/{asked.pk}/"
    assert "kennen deze persoon niet" in signed_in(petra).get(address).text

    signed_in(petra).post(address, {"accept": "no", "reason": "De partij kent je niet."})

    assert not Mandate.objects.of(guus).open().exists()
    assert "De partij kent je niet." in outbox()[-1].text
    assert Application.objects.get().state == "closed"


def test_what_another_case_is_about_does_not_stand_at_who_joins(anna, guus, petra, asser_kring):
    asked = ask_to_join(guus)
    Case.objects.update(kind="kamer", what_changed="Er kwam een groep in de Kamer.")

    page = signed_in(petra).get(f"/balie/partijen/persoon/{asked.pk}/").text

    assert "Er kwam een groep" not in page


def test_a_rival_does_not_decide_who_joins(anna, carla, guus):
    asked = ask_to_join(guus)

    answer = signed_in(carla).post(f"/mijn/partij/verzoek/{asked.pk}/", {"known": "1"})

    assert answer.status_code == 404
    assert not Mandate.objects.of(guus).accepted().exists()


# --- /mijn/ ----------------------------------------------------------------------------------------


def titles(person):
    return [line.title for line in signed_in(person).get("/mijn/").context["lines"]]


def test_mijn_leads_to_what_is_mine(anna, guus, petra, eva):
    # What stands above parties adds its own.
    assert {"Mijn partij", "Wie er keek"} <= set(titles(anna))
    assert "Meld je partij aan" in titles(guus)
    assert "Meld je partij aan" not in titles(anna)
    assert "Balie" in titles(eva)
    assert "Balie" not in titles(anna)


def test_what_waits_for_me_stands_first_on_mijn(anna, guus):
    ask_to_join(guus)

    [first, *_] = signed_in(anna).get("/mijn/").context["lines"]

    assert (first.title, first.waits) == ("Mijn partij", True)
    assert "Je aanmelding" in titles(guus)


# --- Privacy ---------------------------------------------------------------------------------------


def test_no_address_and_no_title_of_my_pages_names_the_party(anna, bram):
    client = signed_in(anna)
    for address in ["/mijn/partij/", "/mijn/partij/vertrek/", *MANAGING]:
        page = client.get(address).text
        assert "Asser" not in re.search(r"<title>(.*?)</title>", page)[1]
        for link in re.findall(r'(?:href|action)="([^"]*)"', page):
            assert "asser" not in link.lower()


def test_everything_about_one_person_is_exported(anna, guus, link):
    signed_in(guus).post(link, {"yes": "1", "consent": "on"})

    exported = signed_in(guus).get("/mijn/gegevens.json").json()["partijen"]

    assert [one["party__name"] for one in exported["mandaten"]] == ["Asser Kring"]
    assert [one["kind"] for one in exported["bewijzen"]] == ["colleague"]
    assert len(exported["toestemmingen"]) == 1
    assert [one["party__name"] for one in exported["uitgenodigd"]] == ["Asser Kring"]
    assert "Anna" not in str(exported)


def test_erased_the_person_is_gone_and_the_party_stays(anna, guus, link, asser_kring):
    signed_in(guus).post(link, {"yes": "1", "consent": "on"})

    registry.erase(guus)
    guus.delete()

    assert not Invitation.objects.filter(email="guus@example.org").exists()
    assert [one.person for one in Mandate.objects.all()] == [anna]
    assert not Evidence.objects.exists()
    asser_kring.refresh_from_db()
    assert asser_kring.status == "eligible"


YES = {"name": "partij", "key": "spreken"}


def test_consent_that_is_withdrawn_ends_and_forgets_it_all(bram):
    client = signed_in(bram)
    assert "voor welke partij je spreekt" in client.get("/mijn/").text
    asked = client.get("/mijn/intrekken/", YES).text
    assert "geen trainingen, helpdesk en forum" in asked
    assert "de enige" not in asked
    assert Mandate.objects.of(bram).exists()
    client.post("/mijn/intrekken/", YES)

    assert not Mandate.objects.of(bram).exists()
    assert client.get("/mijn/partij/").status_code == 302
    assert "Waar je ja op zei" not in client.get("/mijn/").text


def test_the_last_manager_who_withdraws_consent_leaves_a_sign_at_the_desk(anna, bram, petra):
    client = signed_in(anna)
    assert "Draag dat eerst over" in client.get("/mijn/intrekken/", YES).text
    client.post("/mijn/intrekken/", YES)

    assert signed_in(petra).get("/balie/").context["kinds"] == [("zonder beheerder", 1)]


def test_who_said_no_yes_about_a_party_has_none_to_take_back(guus, bram):
    for person, said in ((guus, YES), (bram, YES | {"key": "x"})):
        answer = signed_in(person).post("/mijn/intrekken/", said, follow=True)
        assert "Deze toestemming is er niet" in answer.text
    assert Mandate.objects.of(bram).exists()


def test_the_old_address_of_consent_leads_to_the_account(bram):
    assert signed_in(bram).get("/mijn/toestemming/").url == "/mijn/"


def test_many_parties_cannot_fill_one_mailbox_with_invitations(make_user, outbox):
    for number in range(8):
        party = make_party(f"Partij {number}")
        by = make_user(f"chair{number}")
        make_mandate(by, party, manages=True)
        try:
            people.invite(party, email="guus@example.org", role="board", by=by)
        except ValidationError as problem:
            refused = problem.message_dict["email"]

    assert len(outbox()) == 5
    assert refused == ["Dit adres kreeg vandaag al genoeg uitnodigingen. Ga morgen verder."]


def test_who_was_removed_is_too_late_to_confirm(anna, bram, asser_kring):
    mandate = Mandate.objects.get(person=bram)
    people.leave(Mandate.objects.get(pk=mandate.pk))

    with pytest.raises(TooLate):
        people.confirm(mandate)


def test_second_manager_is_not_made_by_who_was_later(make_user):
    party = make_party("Zonder Beheer")
    one, other = (make_mandate(make_user(name), party) for name in ("fleur", "guus"))
    people.make_manager(one)

    with pytest.raises(TooLate):
        people.make_manager(other)

    assert party.managers() == [one.person]
