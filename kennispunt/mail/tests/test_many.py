"""One letter to many addresses: kept once, each gets it once with their own words, also after a kill."""

from datetime import timedelta
from email import message_from_bytes
from email.policy import default

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from kennispunt.mail import actions, delivery, kinds, many, preferences, retention
from kennispunt.mail.delivery import BATCH, LEASE, deliver_due
from kennispunt.mail.many import Receiver
from kennispunt.mail.models import LetterToMany, OutgoingMail
from kennispunt.mail.send import send
from kennispunt.ui.rows import TooLate
from tests.meanwhile import meanwhile

pytestmark = pytest.mark.django_db
Status = OutgoingMail.Status
LETTER = "Onderwerp: Nieuws\n\nHallo {{ name }},\n\nEr is nieuws.\n\n[Lees het]({{ link }})\n"


@pytest.fixture
def letter(template):
    return many.write(
        template(LETTER, "many.md"), purpose="test.many", words=["name"], links=["link"]
    )


def receivers(number, **blanks):
    given = {"name": "Anna", "link": "/over/"} | blanks
    return [Receiver(at, f"lid{at}@example.org", given) for at in range(1, number + 1)]


def some(all_of_them, at_once=7):
    """Return what `fill` asks: the next few above a number."""
    return lambda after: [one for one in all_of_them if one.number > after][:at_once]


def fill(letter, number, **blanks):
    return many.fill(letter, some(receivers(number, **blanks)))


def statuses(letter):
    return many.progress(LetterToMany.objects.get(pk=letter.pk))


# --- What each address gets ----------------------------------------------------------------------


def test_each_address_gets_the_one_letter_with_its_own_words(letter, mail_server):
    names = {1: "Anna", 2: "", 3: "<b>[Bo](x) & \\1"}
    links = {1: "/a/", 2: "/b/?x=1&y=2", 3: "/c/"}
    ones = [Receiver(n, f"lid{n}@example.org", {"name": names[n], "link": links[n]}) for n in names]

    assert many.fill(letter, some(ones)) == 3
    assert deliver_due(timezone.now) == 3

    mails = {to: message_from_bytes(content, policy=default) for to, content in mail_server.got}
    text = {to: mail.get_body(("plain",)).get_content() for to, mail in mails.items()}
    html = {to: mail.get_body(("html",)).get_content() for to, mail in mails.items()}
    first, second, third = sorted(mails)
    assert "Hallo Anna," in text[first] and "/a/" in text[first]
    assert "Hallo," in text[second] and "/b/?x=1&y=2" in text[second]
    assert "/b/?x=1&amp;y=2" in html[second]
    assert "Hallo <b>[Bo](x) & \\1," in text[third]
    assert "&lt;b&gt;[Bo](x) &amp; \\1" in html[third]
    assert letter.word not in "".join([*text.values(), *html.values()])
    assert len({mail["Message-ID"] for mail in mails.values()}) == 3
    assert [mail["To"] for mail in mails.values()] == [first, second, third]


def test_letter_is_kept_once_and_an_address_is_small(letter):
    fill(letter, 30)

    rows = OutgoingMail.objects.filter(letter=letter)
    assert set(rows.values_list("message", "subject")) == {(None, "")}
    assert LetterToMany.objects.count() == 1
    assert rows[0].text.startswith("Hallo Anna,")  # as it goes, whoever looks


def test_preview_is_the_letter(template):
    letter = many.draft(
        template(LETTER, "many.md"), purpose="test.many", words=["name"], links=["link"]
    )

    shown = many.example(letter, link="/over/")

    assert shown.subject == "Nieuws" and "Hallo …," in shown.text and "/over/" in shown.text
    assert not LetterToMany.objects.exists()


def test_words_that_the_letter_does_not_know_or_misses_are_an_error(letter):
    with pytest.raises(ValueError, match="asks"):
        many.fill(letter, some([Receiver(1, "lid@example.org", {"name": "Anna"})]))


def test_an_odd_address_fails_alone(letter):
    odd = Receiver(2, "geen adres", {"name": "", "link": "/"})
    many.fill(letter, some([receivers(1)[0], odd, *receivers(3)[2:]]))

    assert statuses(letter) == {"waiting": 2, "failed": 1}


# --- Once, whatever happens ----------------------------------------------------------------------


def test_each_receiver_gets_one_also_after_a_kill_in_the_middle(letter, mail_server):
    ones = receivers(20)
    asked = []

    def killed(after):
        asked.append(after)
        if len(asked) == 3:
            raise KeyboardInterrupt
        return some(ones)(after)

    with pytest.raises(KeyboardInterrupt):
        many.fill(letter, killed)
    assert OutgoingMail.objects.count() == 14
    assert many.fill(letter, some(ones)) == 6
    assert many.fill(letter, some([*ones, Receiver(99, "laat@example.org")])) == 0  # closed

    assert deliver_due(timezone.now) == 20
    assert deliver_due(timezone.now) == 0
    assert sorted(to for to, _ in mail_server.got) == sorted(one.address for one in ones)


def test_database_gives_nobody_two(letter):
    fill(letter, 1)
    one = OutgoingMail.objects.get()

    with pytest.raises(IntegrityError), transaction.atomic():
        one.pk, one.message_id = None, "<ander@x>"
        one.save(force_insert=True)


def test_of_a_worker_that_was_killed_only_those_on_their_way_go_twice_and_are_marked(
    letter, mail_server
):
    fill(letter, 3)
    first = OutgoingMail.objects.order_by("pk").first()
    OutgoingMail.objects.filter(pk=first.pk).update(
        status=Status.SENDING, claim="dood", claimed_at=timezone.now(), attempts=1
    )

    assert deliver_due(timezone.now) == 2
    assert deliver_due(lambda: timezone.now() + LEASE + timedelta(seconds=1)) == 1

    marked = [b"X-Kennispunt-Copy: 2" in content for _, content in mail_server.got]
    assert marked == [False, False, True]


@pytest.mark.django_db(transaction=True)
def test_two_that_fill_at_once_give_each_receiver_one(letter):
    meanwhile(lambda: fill(letter, 10), lambda: fill(letter, 10))

    letter.refresh_from_db()
    assert (OutgoingMail.objects.count(), letter.count) == (10, 10)


@pytest.fixture
def when_sent(monkeypatch):
    """when_sent(3, act): done just after the third mail went."""
    acts, really, done = {}, delivery.deliver_one, []

    def deliver_one(*given):
        done.append(really(*given))
        acts.pop(len(done), bool)()
        return done[-1]

    monkeypatch.setattr(delivery, "deliver_one", deliver_one)
    return acts.__setitem__


# --- Other mail, and stopping --------------------------------------------------------------------


def test_a_mail_to_one_goes_before_a_letter_to_many(letter, mail_server, template, when_sent):
    fill(letter, 3 * BATCH)
    name = template("Onderwerp: Dag\n\nHallo.\n")
    when_sent(1, lambda: send(name, to="anna@example.org", purpose="test"))
    deliver_due(timezone.now)

    place = [to for to, _ in mail_server.got].index("anna@example.org")
    assert place <= BATCH


def test_letter_that_is_stopped_goes_no_further_than_what_is_in_hand(
    letter, mail_server, when_sent
):
    fill(letter, 3 * BATCH)
    when_sent(3, lambda: many.stop(letter, at=timezone.now()))

    sent = deliver_due(timezone.now)
    deliver_due(timezone.now)

    assert 3 <= sent <= BATCH
    assert statuses(letter) == {"sent": sent, "lapsed": 3 * BATCH - sent}
    assert many.fill(letter, some(receivers(99))) == 0


@pytest.mark.django_db(transaction=True)
def test_who_stops_a_letter_that_is_being_filled_waits_for_one_batch(letter):
    asked = []

    def after(number):
        asked.append(number)
        return some(receivers(30))(number)

    def one_batch():
        many._add(many.locked(letter), after(0))

    meanwhile(one_batch, lambda: many.stop(letter, at=timezone.now()))
    many.fill(letter, after)

    assert asked == [0]
    assert deliver_due(timezone.now) == 0
    assert statuses(letter) == {"lapsed": 7}


def test_as_many_statements_for_a_batch_of_one_as_of_many(letter, template):
    other = many.write(template(LETTER), purpose="test.x", words=["name"], links=["link"])
    found = []
    for one, number in ((letter, 1), (other, 500)):
        with CaptureQueriesContext(connection) as asked:
            many.fill(one, some(receivers(number), at_once=1000))
        # SQLite takes a thousand values in one statement.
        found.append([one for one in asked if not one["sql"].startswith("INSERT")])

    assert len(found[0]) == len(found[1])


# --- What comes back, and what nobody wants ------------------------------------------------------


def test_letter_that_the_server_refuses_rests_and_goes_when_one_gets_through(letter, mail_server):
    fill(letter, 30)
    mail_server.refuse_data = "554 5.7.1 Looks like spam"
    assert deliver_due(timezone.now) == 0
    assert mail_server.got == []
    tried = mail_server.asked
    assert deliver_due(timezone.now) == 0
    assert mail_server.asked == tried < 10  # it rests: not thirty refusals

    mail_server.refuse_data = ""
    later = timezone.now() + timedelta(minutes=6)
    deliver_due(lambda: later)
    deliver_due(lambda: later + timedelta(minutes=1))

    assert statuses(letter) == {"sent": 30}


def test_one_that_comes_back_can_go_again_until_its_words_are_wiped(letter, mail_server):
    fill(letter, 2)
    deliver_due(timezone.now)
    mail = OutgoingMail.objects.order_by("pk").first()

    assert actions.bounced([mail.message_id], "550 weg")
    assert statuses(letter) == {"sent": 1, "failed": 1}
    mail.refresh_from_db()
    actions.send_again(mail, now=timezone.now())
    assert deliver_due(timezone.now) == 1

    OutgoingMail.objects.update(status=Status.FAILED, blanks=None)
    with pytest.raises(TooLate):
        actions.send_again(mail, now=timezone.now())


def test_who_switched_this_kind_off_gets_nothing_and_the_others_can(template, mail_server, client):
    kinds.register("test.news", "Nieuws", "Soms.")
    preferences.choose("lid2@example.org", "test.news", False)
    letter = many.write(template("Onderwerp: Nieuws\n\nNieuws.\n"), purpose="test.news")
    try:
        many.fill(letter, some([Receiver(n, f"Lid{n}@example.org") for n in (1, 2, 3)]))
        deliver_due(timezone.now)
        [first, _] = mail_server.got
        mail = message_from_bytes(first[1], policy=default)
        stop = mail["List-Unsubscribe"].strip(" <>")

        assert mail["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
        assert stop in mail.get_body(("plain",)).get_content()
        client.post("/" + stop.split("/", 3)[3])
        assert not preferences.wants("lid1@example.org", "test.news")
        assert len(mail_server.got) == 2
    finally:
        del kinds._kinds["test.news"]


# --- What is forgotten ---------------------------------------------------------------------------


def test_own_words_go_in_a_week_the_address_in_ninety_days_and_then_the_letter(letter, mail_server):
    fill(letter, 2)
    deliver_due(timezone.now)
    now = timezone.now()

    retention.forget_content(now + timedelta(days=8))
    assert set(OutgoingMail.objects.values_list("blanks", flat=True)) == {None}
    assert retention.forget_many(now + timedelta(days=89)) == 0
    assert retention.forget_many(now + timedelta(days=91)) == 3
    assert not OutgoingMail.objects.exists() and not LetterToMany.objects.exists()


def test_letter_of_which_something_waits_is_kept(letter):
    fill(letter, 2)

    assert retention.forget_many(timezone.now() + timedelta(days=400)) == 0
