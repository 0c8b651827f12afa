"""A letter to every griffie: a second pair of eyes, a calm limit, and each gets one."""

from datetime import date, datetime

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError
from django.utils.timezone import make_aware

from kennispunt.elections.models import Area
from kennispunt.mail.models import OutgoingMail
from kennispunt.office.letters import approve, deliver
from kennispunt.outreach import actions, desk
from kennispunt.outreach.models import Delivery, GriffieAddress, Mailing
from kennispunt.ui.rows import TooLate

pytestmark = pytest.mark.django_db
NOW = make_aware(datetime(2026, 11, 24, 9))


@pytest.fixture(autouse=True)
def addresses(starter):
    for code in ("GM0106", "GM0373", "GM0405"):
        GriffieAddress.objects.create(
            area=Area.objects.get(code=code), email=f"griffie@{code.lower()}.example",
            source="proef", checked_on=date(2026, 11, 1),
        )  # fmt: skip


@pytest.fixture
def eva(make_user):
    return make_user("eva", group="Editors")


@pytest.fixture
def maud(make_user):
    return make_user("maud", group="Moderators")


def make_mailing(by, **fields):
    given = {"subject": "Nieuw: een flyer voor je partijen", "body": "Beste griffier, kijk eens."}
    return Mailing.objects.create(written_by=by, **(given | fields))


def test_griffier_reads_what_the_second_pair_of_eyes_read(eva, maud, outbox):
    body = "Meld het binnen {{feit: datalek-uren}}.\n\n- Eerst *dit*\n- Dan [de kalender](/kalender/)\n\n## Daarna\n\nBel ons."
    mailing = make_mailing(eva, body=body)
    approve(mailing, by=maud, at=NOW)
    mailing.refresh_from_db()
    deliver(mailing, at=NOW)

    mail = outbox()[-1]
    assert "Meld het binnen 72 uren." in mail.text
    assert "- Eerst dit\n- Dan de kalender <http" in mail.text
    assert "Daarna" in mail.text and "Bel ons." in mail.text
    assert mail.html.count("<li") == 2
    assert [sign for sign in ("{{", "##", "*dit*") if sign in mail.text + mail.html] == []


def test_letter_waits_for_a_second_pair_of_eyes(client, eva, maud, outbox):
    client.force_login(eva)
    client.post(
        "/griffiers/brieven/nieuw/",
        {"subject": "Nieuw", "body": "Beste griffier,", "moment": "calm"},
    )
    mailing = Mailing.objects.get()

    seen = client.get(mailing.get_absolute_url()).context["seen"]
    client.post(mailing.get_absolute_url(), {"do": "approve", "seen": seen})  # by who wrote it
    mailing.refresh_from_db()
    assert mailing.approved_at is None
    assert [one.kind for one in desk.waiting(maud)] == ["brief"]
    assert list(desk.waiting(eva)) == []

    client.force_login(maud)
    client.post(mailing.get_absolute_url(), {"do": "approve", "seen": seen})
    mailing.refresh_from_db()
    assert mailing.approved_by == maud
    assert [one for one in outbox() if one.purpose == Mailing.PURPOSE] == []  # that is the clock's


def test_every_griffie_gets_one_letter_also_after_a_kill(eva, maud, outbox):
    mailing = make_mailing(eva)
    approve(mailing, by=maud, at=NOW)
    mailing.refresh_from_db()
    # From before the outbox kept it: who has it, has it.
    Delivery.objects.create(mailing=mailing, area=Area.objects.get(code="GM0106"))

    assert deliver(mailing, at=NOW) == 2
    mailing.refresh_from_db()
    assert deliver(mailing, at=NOW) == 0
    mails = [mail for mail in outbox() if mail.purpose == Mailing.PURPOSE]
    assert sorted(mail.to for mail in mails) == ["griffie@gm0373.example", "griffie@gm0405.example"]
    assert all("/griffiers/" in mail.text for mail in mails)


def test_letter_that_is_not_approved_goes_nowhere(eva, outbox):
    assert deliver(make_mailing(eva), at=NOW) == 0
    assert outbox() == []


def test_address_that_came_back_gets_nothing_and_waits(eva, maud, outbox):
    first, second = make_mailing(eva), make_mailing(eva)
    for mailing in (first, second):
        approve(mailing, by=maud, at=NOW)
        mailing.refresh_from_db()
    deliver(first, at=NOW)
    came_back = OutgoingMail.objects.filter(to="griffie@gm0106.example")
    came_back.update(status=OutgoingMail.Status.FAILED, ended_at=NOW)

    assert actions.mark_bounced(on=date(2026, 11, 25)) == 1
    assert actions.mark_bounced(on=date(2026, 11, 25)) == 0
    assert deliver(second, at=NOW) == 2
    assert "adres" in [one.kind for one in desk.waiting(maud)]


def test_letter_to_nobody_is_not_approved_and_does_not_count(eva, maud):
    mailing = make_mailing(eva)
    GriffieAddress.objects.all().delete()

    with pytest.raises(ValidationError, match="nog geen adres"):
        approve(mailing, by=maud, at=NOW)
    mailing.refresh_from_db()
    assert mailing.approved_at is None


def test_two_calm_letters_a_year(eva, maud):
    for _ in range(2):
        approve(make_mailing(eva), by=maud, at=NOW)

    with pytest.raises(ValidationError, match="Dit jaar gingen er al 2"):
        approve(make_mailing(eva), by=maud, at=NOW)
    assert approve(make_mailing(eva), by=maud, at=make_aware(datetime(2027, 1, 4))).approved_at


def test_one_letter_for_an_election(eva, maud):
    first, second = (make_mailing(eva, moment="election") for _ in range(2))

    approve(first, by=maud, at=NOW)
    with pytest.raises(ValidationError, match="ging er al een brief uit"):
        approve(second, by=maud, at=NOW)


def test_two_who_approve_at_once_send_it_once(eva, maud, make_user):
    mailing = make_mailing(eva)

    approve(mailing, by=maud, at=NOW)
    with pytest.raises(TooLate):
        approve(mailing, by=make_user("petra", superuser=True), at=NOW)


def test_database_holds_the_second_pair_of_eyes(eva):
    with pytest.raises(IntegrityError):
        make_mailing(eva, approved_by=eva, approved_at=NOW)


def test_name_that_nothing_has_is_refused_in_a_letter(client, eva):
    client.force_login(eva)
    answer = client.post(
        "/griffiers/brieven/nieuw/",
        {"subject": "Nieuw", "body": "Tot {{dag: nooit}}", "moment": "calm"},
    )

    assert answer.context["form"].errors["body"]
    assert "Tot {{dag: nooit}}" in answer.text
    assert not Mailing.objects.exists()
