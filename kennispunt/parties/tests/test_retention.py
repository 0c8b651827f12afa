"""What we promise to forget is forgotten, on time and not before."""

from datetime import timedelta

import pytest
from allauth.account.models import EmailAddress
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.utils import timezone
from django.utils.timezone import localdate

from kennispunt.elections.tests.make import make_result
from kennispunt.files.models import StoredFile
from kennispunt.files.tests.make import picture
from kennispunt.parties import mine, retention
from kennispunt.parties.actions import asking, deciding, evidence, people
from kennispunt.parties.models import (
    Application,
    Case,
    Decision,
    Evidence,
    Invitation,
    Mandate,
)
from kennispunt.parties.tests.make import apply, make_area, make_mandate, make_party

pytestmark = pytest.mark.django_db

NOW = timezone.now()


def later(**days):
    return NOW + timedelta(**days)


@pytest.fixture
def fleur(make_user, client):
    make_result(make_area(), **{"Dorpsbelang Lindewaard": 3})
    user = make_user("fleur")
    client.force_login(user)
    return user


def test_a_draft_is_forgotten_after_thirty_days(client, fleur):
    apply(client, until="verklaring")

    assert retention.forget_drafts(later(days=29)) == 0
    assert retention.forget_drafts(later(days=31)) == 1
    assert not Application.objects.exists()


def test_evidence_goes_when_the_term_to_object_has_passed(client, fleur, petra):
    file = SimpleUploadedFile("bewijs.png", picture("PNG"))
    apply(client, controle={"proof": "document", "upload": file})
    assert retention.forget_files(later(days=400)) == 0  # nobody decided yet
    people = list(Mandate.objects.values_list("pk", flat=True))
    deciding.decide(Case.objects.get(), by=petra, outcome="eligible", people=people)

    assert retention.forget_files(later(days=41)) == 0
    assert retention.forget_files(later(days=43)) == 1

    assert not StoredFile.objects.exists()
    assert Evidence.objects.filter(kind="document", file=None).exists()


def test_what_somebody_filled_in_goes_a_year_after_it_was_dealt_with(client, fleur):
    apply(client)
    client.post("/mijn/aanmelding/intrekken/")

    assert retention.forget_applications(later(days=364)) == 0
    assert retention.forget_applications(later(days=367)) == 1


def test_an_invitation_goes_after_fourteen_days(anna, client, outbox):
    client.force_login(anna)
    client.post("/mijn/partij/uitnodigen/", {"email": "guus@example.org", "role": "board"})

    assert retention.forget_invitations(later(days=14)) == 0
    assert retention.forget_invitations(later(days=16)) == 1
    assert not Invitation.objects.exists()


def test_that_somebody_spoke_for_a_party_goes_after_two_years(make_user):
    make_mandate(make_user("bram"), make_party(), ended_on=localdate())

    assert retention.forget_mandates(later(days=729)) == 0
    assert retention.forget_mandates(later(days=732)) == 1


def test_a_dry_run_says_what_would_go_and_keeps_it(client, fleur, capsys):
    apply(client, until="verklaring")
    Application.objects.update(saved_at=NOW - timedelta(days=31))

    call_command("forget", "--dry-run")

    assert "30 dagen" in capsys.readouterr().out
    assert Application.objects.count() == 1


def test_evidence_about_a_party_is_forgotten_a_year_after_it_counts():
    party = make_party()
    seen = evidence.add(party, kind="kvk", source="het handelsregister")
    days = (seen.expires_on - localdate(NOW)).days

    assert retention.forget_evidence(later(days=days + 365)) == 0
    assert retention.forget_evidence(later(days=days + 366)) == 1
    assert not Evidence.objects.exists()


def answered(client):
    """Fleur applied and answered our question; her case waits for the desk again."""
    apply(client)
    Application.objects.update(question="Woont Fleur Zonnebloem in Assen?", asked_until=localdate())
    client.post("/mijn/aanmelding/", {"answer": "Ja, in de Kerkstraat."})
    return Case.objects.get()


def answered_for_the_party(anna, asser_kring):
    """Anna answered what we asked of her party; the case waits for the desk again."""
    fields = {"state": "asked", "question": "Woont Fleur Zonnebloem in Assen?"}
    case = Case.objects.create(party=asser_kring, kind="register", due=localdate(), **fields)
    asking.answer_for_party(case, words="Ja, in de Kerkstraat.", by=anna)
    return Case.objects.get()


def test_an_application_goes_though_the_party_had_a_newer_decision(client, fleur, petra):
    apply(client)
    case = Case.objects.get()
    deciding.decide(case, by=petra, outcome="eligible", people=[Mandate.objects.get().pk])
    newer = Case.objects.create(party=case.party, kind="election", due=localdate())
    Decision.objects.create(
        case=newer, party=case.party, outcome="eligible", decided_at=later(days=300)
    )

    assert retention.forget_applications(later(days=364)) == 0
    assert retention.forget_applications(later(days=367)) == 1


def test_what_was_answered_for_a_party_goes_a_year_after_the_case(anna, asser_kring, petra):
    case = answered_for_the_party(anna, asser_kring)
    assert case.answer and case.answered_by == anna
    assert retention.forget_answers(later(days=900)) == 0  # nobody decided yet
    deciding.decide(case, by=petra, outcome="eligible")

    assert retention.forget_answers(later(days=360)) == 0
    assert retention.forget_answers(later(days=385)) == 1
    assert retention.forget_answers(later(days=385)) == 0

    assert Case.objects.values_list("question", "answer", "answered_by").get() == ("", "", None)


def test_what_somebody_answered_goes_with_what_they_sent(client, fleur, petra):
    case = answered(client)
    assert Application.objects.get().answer
    deciding.decide(case, by=petra, outcome="eligible", people=[Mandate.objects.get().pk])

    retention.forget_applications(later(days=367))

    assert not Application.objects.exists()
    assert "Kerkstraat" not in str(list(Case.objects.values()))


def test_an_answer_is_given_back_and_goes_with_who_gave_it(client, fleur, anna, asser_kring):
    answered(client)
    hers = Case.objects.create(
        party=asser_kring, kind="register", due=localdate(), question="Zonnebloem?",
        answer="Kerkstraat.", answered_by=anna,
    )  # fmt: skip
    for person in (fleur, anna):
        assert "Kerkstraat" in str(mine.export(person))

        people.forget(person)

    hers.refresh_from_db()
    assert (hers.answer, hers.answered_by) == ("", None)
    assert "Zonnebloem" not in str([*Case.objects.values(), *Application.objects.values()])


def test_an_answer_of_before_we_wrote_down_who_goes_with_who_applied(client, fleur):
    answered(client)
    Case.objects.update(question="Zonnebloem?", answer="Kerkstraat.", answered_by=None)

    people.forget(fleur)

    assert "Kerkstraat" not in str(list(Case.objects.values()))


def test_an_invitation_at_a_second_address_is_mine_too(fleur, anna, asser_kring):
    EmailAddress.objects.create(user=fleur, email="fleur.thuis@example.org", verified=True)
    people.invite(asser_kring, email="fleur.thuis@example.org", role="board", by=anna)

    assert [one["role"] for one in mine.export(fleur)["uitgenodigd"]] == ["board"]
    people.forget(fleur)

    assert not Invitation.objects.exists()
