"""The morning mail to the staff: what waits for this person, once on a working day, and nobody's
name."""

from contextlib import suppress
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.db import transaction

from kennispunt.accounts.groups import let_staff
from kennispunt.desk import clock, morning, retention
from kennispunt.desk.models import MorningMail
from kennispunt.mail.models import IncomingMail
from kennispunt.mail.preferences import choose
from kennispunt.pages.models import Reaction
from tests.meanwhile import meanwhile

pytestmark = pytest.mark.django_db

MONDAY = datetime(2026, 11, 30, 6, 40, tzinfo=ZoneInfo("Europe/Amsterdam"))
DAY = timedelta(days=1)


@pytest.fixture
def remarks(db):
    let_staff(Reaction, "change")
    return [remark("Dit klopt niet"), remark("Dat ook niet")]


def remark(words):
    return Reaction.objects.create(
        title="Een artikel", address="/een/", helped=False, remark=words, handled=False,
        day=date(2026, 11, 27),
    )  # fmt: skip


def mail_of(person):
    return IncomingMail.objects.create(
        fingerprint=person, sender=f"{person}@example.org", subject="Asser Kring wil iets weten",
        received_at=MONDAY - DAY, due_at=MONDAY - DAY, status=IncomingMail.Status.WAITING,
    )  # fmt: skip


def test_mail_says_what_waits_by_pile_with_links(eva, remarks, outbox):
    morning.tell_all(MONDAY)

    [mail] = outbox()
    assert mail.to == "eva@example.org"
    assert mail.subject == "Er wacht werk op de balie: 2 dingen"
    assert "Reactie" in mail.text
    assert "/balie/?soort=reactie" in mail.text
    assert mail.text.count("): 2") == 1


def test_each_gets_what_is_theirs_and_who_has_nothing_gets_nothing(
    eva, maud, petra, tess, anna, remarks, outbox
):
    mail_of("anna")
    morning.tell_all(MONDAY)

    told = {mail.to.partition("@")[0]: mail.text for mail in outbox()}
    assert told.keys() == {"eva", "maud", "petra"}
    assert [name for name, text in told.items() if "Mail" in text] == ["petra"]


def test_mail_names_no_person_and_no_party(petra, anna, outbox):
    mail_of("anna")
    morning.tell_all(MONDAY)

    [mail] = outbox()
    for secret in ("anna", "Asser", "iets weten"):
        assert secret not in mail.subject + mail.text + mail.html


@pytest.mark.parametrize(
    "moment",
    [
        MONDAY - DAY,  # a Sunday
        datetime(2026, 12, 25, 7, tzinfo=MONDAY.tzinfo),
        MONDAY.replace(hour=5),
        MONDAY.replace(hour=12),
    ],
)
def test_nothing_goes_outside_the_morning_of_a_working_day(eva, remarks, outbox, moment):
    morning.tell_all(moment)

    assert outbox() == []


def test_mail_goes_once_a_day_and_again_the_next(eva, remarks, outbox):
    morning.tell_all(MONDAY)
    morning.tell_all(MONDAY + timedelta(hours=1))
    assert len(outbox()) == 1

    morning.tell_all(MONDAY + DAY)
    assert len(outbox()) == 2
    assert "nieuw" not in outbox()[1].text


def test_what_came_since_the_last_mail_is_new(petra, outbox):
    mail_of("bram")
    morning.tell_all(MONDAY)
    later = MONDAY + timedelta(hours=3)
    IncomingMail.objects.create(
        fingerprint="later", sender="anna@example.org", received_at=later, due_at=later,
        status=IncomingMail.Status.WAITING,
    )  # fmt: skip
    morning.tell_all(MONDAY + DAY)

    assert "2, waarvan 1 nieuw" in outbox()[1].text


def test_one_can_stop_it(client, eva, anna, remarks, outbox):
    client.force_login(eva)
    assert "Elke ochtend" in client.get("/mijn/mail/").text
    morning.tell_all(MONDAY)
    assert "/mail/stoppen/" in outbox()[0].text
    choose("eva@example.org", morning.PURPOSE, False)
    morning.tell_all(MONDAY + DAY)
    assert len(outbox()) == 1

    client.force_login(anna)
    page = client.get("/mijn/mail/").text
    assert "Elke ochtend" not in page
    assert "Trainingen die je geeft" not in page


def test_who_has_no_second_factor_may_do_nothing_and_hears_nothing(make_user, remarks, outbox):
    make_user("eva", group="Editors", second_factor=False)
    morning.tell_all(MONDAY)

    assert outbox() == []


def test_what_a_killed_process_did_half_is_done_the_next_hour(eva, remarks, outbox):
    with suppress(KeyboardInterrupt), transaction.atomic():
        morning.tell(eva, MONDAY)
        raise KeyboardInterrupt
    assert outbox() == []
    morning.tell_all(MONDAY + timedelta(hours=1))

    assert len(outbox()) == 1


@pytest.mark.django_db(transaction=True)
def test_two_clocks_at_once_send_one(eva, remarks, outbox):
    meanwhile(lambda: morning.tell(eva, MONDAY), lambda: morning.tell(eva, MONDAY))

    assert len(outbox()) == 1


def test_clock_starts_it_every_hour():
    assert [clock.tell_the_staff] == clock.HOURLY


def test_when_it_last_went_is_forgotten_and_goes_with_the_account(eva, remarks):
    morning.tell_all(MONDAY)
    assert retention.forget_morning_mails(MONDAY + 29 * DAY) == 0
    assert retention.forget_morning_mails(MONDAY + 31 * DAY) == 1
    assert not MorningMail.objects.exists()
