"""Mail servers that are slow, break off, or refuse everybody. Real ones, on this machine."""

from datetime import timedelta

import pytest
from django.utils import timezone

from kennispunt.mail import by_address, delivery
from kennispunt.mail.delivery import deliver_due
from kennispunt.mail.models import OutgoingMail
from kennispunt.mail.refusals import few, same
from kennispunt.mail.send import send

pytestmark = pytest.mark.django_db
Status = OutgoingMail.Status
RELAY = "554 5.7.1 Relay access denied"
SPAM = "554 5.7.1 Message rejected as spam"


@pytest.fixture
def write(template):
    name = template("Onderwerp: Dag\n\nHallo.\n")
    return lambda to="anna@example.org", purpose="test", **rest: send(
        name, to=to, purpose=purpose, **rest
    )


def later(**ahead):
    now = timezone.now() + timedelta(**ahead)
    return lambda: now


def many(write, number, **rest):
    return [write(f"lid{one}@griffie{one}.example.org", **rest) for one in range(number)]


def states():
    return set(OutgoingMail.objects.values_list("status", flat=True))


# --- Slow -----------------------------------------------------------------------------------------


def test_a_server_that_takes_its_time_after_the_message_is_waited_for(
    write, mail_server, settings, monkeypatch
):
    """It may take ten minutes (RFC 5321, 4.5.3.2.6), far longer than to find it."""
    settings.EMAIL_TIMEOUT, settings.MAIL_STILL_BUSY, mail_server.slow = 0.3, 0.1, 1
    held = []
    monkeypatch.setattr(delivery, "keep_hold", lambda mails, now: held.append(len(mails)))
    mail = write()

    assert deliver_due(timezone.now) == 1

    mail.refresh_from_db()
    assert (mail.status, mail.perhaps_sent) == (Status.SENT, False)
    assert len(mail_server.got) == 1
    assert len(held) >= 2  # others are told that it is not dead


def test_who_waits_for_a_slow_server_keeps_what_it_has(write):
    mail = write()
    [ours] = delivery.reserve("wij", timezone.now())
    delivery.put_on_their_way([ours], timezone.now())

    delivery.keep_hold([ours], later(minutes=4)())
    delivery.release_stale(later(minutes=8)())

    mail.refresh_from_db()
    assert mail.status == Status.SENDING
    delivery.release_stale(later(minutes=10)())
    mail.refresh_from_db()
    assert (mail.status, mail.copies) == (Status.WAITING, 1)


@pytest.mark.parametrize("broken", ["slow", "hang_up_after_data"])
def test_nobody_gets_more_than_two_copies_and_the_desk_is_told(
    write, mail_server, settings, petra, broken, titles
):
    settings.MAIL_PATIENCE_AFTER_DATA = settings.MAIL_STILL_BUSY = 0.2
    setattr(mail_server, broken, 0.6)
    mail = write()
    for hours in (0, 1, 7, 14, 30, 80, 100):
        deliver_due(later(hours=hours))

    assert len(mail_server.got) == 2
    mail.refresh_from_db()
    assert (mail.status, mail.copies) == (Status.PERHAPS, 2)
    assert titles(petra) == ["Mail die misschien aankwam"]


def test_what_rests_can_be_sent_again_or_left(write, mail_server, petra, client):
    mail_server.hang_up_after_data = True
    mail, other = write(), write("bram@example.org")
    for hours in (0, 1, 7):
        deliver_due(later(hours=hours))
    mail_server.hang_up_after_data = False
    client.force_login(petra)
    page = f"/beheer/mail/{mail.pk}/opnieuw/"
    assert "2 keer weg" in client.get(page).text

    client.post(page)
    client.post(f"/beheer/mail/{other.pk}/opnieuw/", {"dismiss": "1"})

    assert deliver_due(later(hours=8)) == 1
    assert states() == {Status.SENT, Status.LAPSED}


def test_a_server_that_breaks_off_on_everything_is_left_alone_after_a_few(write, mail_server):
    many(write, 20)
    mail_server.hang_up_after_data = True

    deliver_due(timezone.now)

    assert len(mail_server.got) == 3
    mail_server.hang_up_after_data = False
    assert deliver_due(later(minutes=2)) == 20


def test_who_is_killed_again_and_again_does_not_send_for_ever(write):
    mail = write()
    for number in range(delivery.MOST_KILLS + 3):
        now = later(minutes=10 * number)()
        [one] = delivery.reserve(f"wij{number}", now) or [None]
        if one:
            delivery.put_on_their_way([one], now)
        delivery.release_stale(now + delivery.LEASE)

    mail.refresh_from_db()
    assert (mail.status, mail.copies) == (Status.PERHAPS, delivery.MOST_KILLS)


# --- Refused as sender ----------------------------------------------------------------------------


@pytest.mark.thorough
def test_a_server_that_refuses_our_address_is_tried_every_minute(write, mail_server):
    many(write, 30)
    mail_server.refuse_from = "550 5.7.1 Sender not allowed"
    for minute in range(0, 1440, 10):
        assert deliver_due(later(minutes=minute)) == 0
    mail_server.refuse_from = ""

    assert deliver_due(later(minutes=1441)) == 30


def test_a_mail_on_which_the_server_hangs_up_does_not_hold_up_the_rest(write, mail_server):
    mail_server.refuse["eerst@example.org"] = "421 Goodbye"
    write("eerst@example.org")
    many(write, 5)

    deliver_due(timezone.now)

    assert deliver_due(later(seconds=50)) == 5


# --- Refused for everybody ------------------------------------------------------------------------


@pytest.mark.parametrize("answer", [RELAY, "550 relay not permitted", "550 5.1.1 User unknown"])
def test_what_is_refused_to_everybody_fails_for_nobody(write, mail_server, petra, answer, titles):
    mails = many(write, 60)
    mail_server.refuse_all = answer

    for minute in range(5):
        assert deliver_due(later(minutes=minute)) == 0

    assert states() == {Status.WAITING}
    assert mail_server.asked < 20
    assert "De mailserver weigert onze mail" in titles(petra)
    assert not any(by_address.failed_last(mail.to) for mail in mails)


@pytest.mark.thorough
def test_when_the_server_takes_mail_again_all_of_it_goes_by_itself(
    write, mail_server, petra, titles
):
    many(write, 60)
    mail_server.refuse_all = RELAY
    for minute in range(300):
        deliver_due(later(minutes=minute))
    mail_server.refuse_all = ""

    assert deliver_due(later(minutes=301)) + deliver_due(later(minutes=302)) == 60
    assert states() == {Status.SENT}
    assert titles(petra) == []


def test_mails_that_come_one_by_one_are_counted_too(write, mail_server):
    """A code now and then: each run has one mail, and each is refused like the last."""
    mail_server.refuse_all = RELAY
    for number in range(5):
        write(f"lid{number}@griffie{number}.example.org")
        deliver_due(timezone.now)

    assert states() == {Status.WAITING}


def test_what_is_refused_at_the_end_holds_its_kind_and_lets_others_through(write, mail_server):
    many(write, 30, purpose="letter")
    mail_server.refuse_data = SPAM
    deliver_due(timezone.now)
    asked = mail_server.asked
    mail_server.refuse_data = ""
    code = write("code@example.org", purpose="code")

    assert deliver_due(later(minutes=1)) >= 1
    code.refresh_from_db()
    assert (code.status, asked) == (Status.SENT, 3)
    assert OutgoingMail.objects.filter(purpose="letter", status=Status.FAILED).count() == 0

    deliver_due(later(minutes=20))
    assert states() == {Status.SENT}


def test_a_few_dead_addresses_among_good_ones_fail_at_once(write, mail_server):
    for number in range(30):
        write(f"lid{number}@example.org")
        if number % 3:
            mail_server.refuse[f"lid{number}@example.org"] = "550 5.1.1 No such user"

    assert deliver_due(timezone.now) == 10
    assert OutgoingMail.objects.filter(status=Status.FAILED).count() == 20


def test_many_dead_addresses_in_a_row_end_when_a_good_one_gets_through(write, mail_server):
    dead = many(write, 15)
    for mail in dead:
        mail_server.refuse[mail.to] = "550 5.1.1 No such user"
    deliver_due(timezone.now)
    assert states() == {Status.WAITING}

    write("goed@example.org", urgent=True)
    deliver_due(later(minutes=2))

    assert OutgoingMail.objects.filter(status=Status.FAILED).count() == 15
    assert OutgoingMail.objects.filter(status=Status.SENT).count() == 1


def test_one_person_who_tries_again_and_again_is_not_everybody(write, mail_server):
    mail_server.refuse["weg@example.org"] = RELAY
    for _ in range(5):
        write("weg@example.org")

    deliver_due(timezone.now)

    assert states() == {Status.FAILED}


def test_what_failed_for_one_reason_goes_again_with_one_press(write, mail_server, petra, client):
    mails = many(write, 4)
    OutgoingMail.objects.update(
        status=Status.FAILED, ended_at=timezone.now(), last_error="554 5.7.1 <x@y.nl>: Relay denied"
    )
    OutgoingMail.objects.filter(pk=mails[3].pk).update(last_error="550 5.1.1 No such user")
    client.force_login(petra)
    page = f"/beheer/mail/{mails[0].pk}/opnieuw/"
    assert "Stuur alle 3 mails met deze fout opnieuw" in client.get(page).text

    client.post(page, {"all": "1"})

    assert deliver_due(later(seconds=1)) == 3


@pytest.mark.parametrize(
    ("one", "other", "alike"),
    [
        (
            "554 5.7.1 <a@b.nl>: Relay access denied",
            "554 5.7.1 <c@d.nl>: Relay access denied",
            True,
        ),
        ("550 5.7.1 Blocked 4XyZ12", "550 5.7.1 Blocked 9AbC34", True),
        ("550 5.1.1 User unknown", "554 5.7.1 Relay access denied", False),
    ],
)
def test_two_refusals_are_the_same_whatever_mail_they_were_about(one, other, alike):
    assert (same(one) == same(other)) == alike


def test_more_unknown_addresses_than_other_refusals_are_needed():
    assert few("550 5.1.1 User unknown", "address") > few(RELAY, "address") == few(SPAM, "content")
