"""Petra and the mail that waits."""

from datetime import timedelta

import pytest
from django.utils import timezone

from kennispunt.mail import by_address, handlers, intake
from kennispunt.mail.models import IncomingMail, Mailbox, RawMail
from kennispunt.mail.retention import forget_incoming, forget_incoming_rows
from kennispunt.mail.tests.make import make_message, make_raw
from kennispunt.office import desk

LIST = "/beheer/snippets/mail/incomingmail/"


@pytest.fixture
def petra(petra, client):
    """A project leader, signed in."""
    client.force_login(petra)
    return petra


@pytest.fixture
def letter(db):
    """A handler that was asked to do its work: (key, body) of each message."""
    given = []

    def handle(message, key):
        if key != "7":
            raise handlers.CannotHandle("Deze brief bestaat niet")
        given.append((key, message.body))

    handlers.register("test.letter", handle, label="Brief van een test")
    yield given
    handlers._handlers.pop("test.letter")


def waiting_mail(text="Wie helpt ons?", **headers):
    mail = intake.keep(make_raw(text, **({"To": "info@kennispunt.example"} | headers)), via="test")
    intake.handle.call()
    mail.refresh_from_db()
    assert mail.status == "waiting"
    return mail


def test_mail_that_waits_is_on_the_desk_of_who_may_read_it(petra, make_user, letter):
    mail = waiting_mail()

    lines = [line for line in desk.waiting(petra) if "/mail/binnen/" in line.address]

    assert [(line.title, line.address) for line in lines] == [
        ("We zien niet waar dit bij hoort", f"/beheer/mail/binnen/{mail.pk}/")
    ]
    assert list(desk.waiting(make_user("eva", group="Editors"))) == []


def test_a_mailbox_that_stays_silent_is_on_the_desk(petra):
    Mailbox.objects.create(name="post", failing_since=timezone.now() - timedelta(hours=1))

    assert "De mailbox antwoordt niet" in [line.title for line in desk.waiting(petra)]


@pytest.mark.parametrize("mails", [1, 3])
def test_the_desk_asks_as_much_for_three_as_for_one(
    petra, letter, mails, django_assert_num_queries
):
    for number in range(mails):
        waiting_mail(Message_ID=f"<{number}@example.org>")
    petra.has_perm("mail.x")

    with django_assert_num_queries(3):  # the second factor, the mails, and the mailboxes
        list(desk.waiting_in(petra))


def test_the_list_shows_what_waits(client, petra, letter):
    mail = waiting_mail(Subject="Wie kan er helpen?")

    page = client.get(f"{LIST}?status=waiting")

    assert "Wie kan er helpen?" in page.text
    assert f"/beheer/mail/binnen/{mail.pk}/" in page.text


def test_a_message_is_read_as_text(client, petra, letter):
    message = make_message(
        "<script>alert(1)</script>\n\nGroet,\nAnna", To="info@kennispunt.example"
    )
    message.add_attachment(b"x", maintype="application", subtype="pdf", filename="../../x.pdf")
    mail = intake.keep(message.as_bytes(), via="test")

    page = client.get(f"/beheer/mail/binnen/{mail.pk}/").text

    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page
    assert "<script>alert(1)" not in page
    assert "x.pdf (1" in page
    assert "Toon de ondertekening" in page


def test_an_answer_starts_in_ones_own_mail_program_and_nothing_is_injected(client, petra, letter):
    mail = waiting_mail(From="anna+1@example.org", Subject="Kosten & zo?cc=x@example.org")

    page = client.get(f"/beheer/mail/binnen/{mail.pk}/").text

    subject = "Re%3A%20Kosten%20%26%20zo%3Fcc%3Dx%40example.org"
    assert f'href="mailto:anna%2B1@example.org?subject={subject}"' in page


def test_petra_answers_on_the_site_in_the_same_conversation(client, petra, letter, outbox):
    mail = waiting_mail(Subject="Een vraag over leden")
    page = f"/beheer/mail/binnen/{mail.pk}/"
    assert "Verstuur je antwoord" in client.get(page).text

    client.post(f"{page}antwoord/", {"words": "Dat kan.\n\n**Bel** ons."})
    client.post(f"{page}antwoord/", {"words": "Nog een keer."})

    [answer] = outbox()
    assert (answer.to, answer.subject) == (mail.sender, "Re: Een vraag over leden")
    assert answer.parsed["In-Reply-To"] == f"<{mail.message_id}>"
    assert "**Bel** ons." in answer.text
    assert "Petra van het Kennispunt" in answer.text
    mail.refresh_from_db()
    assert mail.status == "done"


def test_an_empty_answer_goes_nowhere(client, petra, letter, outbox):
    mail = waiting_mail()
    answer = client.post(f"/beheer/mail/binnen/{mail.pk}/antwoord/", {"words": "  "})

    assert answer.status_code == 422
    mail.refresh_from_db()
    assert (mail.status, outbox()) == ("waiting", [])


def test_nothing_is_chosen_for_a_mail_that_belongs_nowhere(client, petra, letter):
    mail = waiting_mail()

    page = client.post(f"/beheer/mail/binnen/{mail.pk}/verwerken/", {"key": "7"})

    assert page.status_code == 422
    mail.refresh_from_db()
    assert (mail.status, letter) == ("waiting", [])


def test_the_whole_message_is_saved_and_never_shown(client, petra, letter):
    mail = waiting_mail()

    answer = client.get(f"/beheer/mail/binnen/{mail.pk}/bron/")

    assert answer.content == bytes(mail.raw.content)
    assert answer["Content-Type"] == "application/octet-stream"
    assert answer["Content-Disposition"].startswith("attachment")
    assert answer["X-Content-Type-Options"] == "nosniff"


def test_petra_lets_the_handler_have_it_after_all_once(client, petra, letter):
    mail = waiting_mail()
    address = f"/beheer/mail/binnen/{mail.pk}/verwerken/"

    client.post(address, {"purpose": "test.letter", "key": "7"})
    client.post(address, {"purpose": "test.letter", "key": "7"})

    assert letter == [("7", "Wie helpt ons?")]
    mail.refresh_from_db()
    assert (mail.status, mail.purpose, mail.key) == ("handled", "test.letter", "7")


def test_a_handler_that_cannot_tells_petra_why(client, petra, letter):
    mail = waiting_mail()

    page = client.post(
        f"/beheer/mail/binnen/{mail.pk}/verwerken/", {"purpose": "test.letter", "key": "8"}
    )

    assert "Dit lukte niet: Deze brief bestaat niet" in page.text
    mail.refresh_from_db()
    assert (mail.status, mail.reason) == ("waiting", "We zien niet waar dit bij hoort")


def test_petra_says_that_nothing_is_needed(client, petra, letter):
    mail = waiting_mail()

    client.post(f"/beheer/mail/binnen/{mail.pk}/klaar/")

    mail.refresh_from_db()
    assert mail.status == "done"
    assert not IncomingMail.objects.waiting().exists()


def test_a_person_taken_for_a_program_is_read_after_all(client, petra, letter):
    mail = intake.keep(make_raw(Precedence="bulk"), via="test")
    intake.handle.call()

    client.post(f"/beheer/mail/binnen/{mail.pk}/toch-lezen/")

    assert IncomingMail.objects.waiting().get() == mail


@pytest.mark.parametrize("name", ["eva", "tess", "anna"])
def test_who_may_not_read_it_reads_nothing(client, request, letter, name):
    mail = waiting_mail()
    client.force_login(request.getfixturevalue(name))

    for end in ("", "bron/"):
        assert client.get(f"/beheer/mail/binnen/{mail.pk}/{end}").status_code in {302, 403}
    for end in ("verwerken/", "klaar/", "toch-lezen/"):
        assert client.post(f"/beheer/mail/binnen/{mail.pk}/{end}").status_code in {302, 403}
    mail.refresh_from_db()
    assert mail.status == "waiting"
    assert "Wie helpt ons" not in client.get(LIST, follow=True).text


# --- Forgetting -----------------------------------------------------------------------------------


def test_thirty_days_after_it_was_handled_only_the_row_is_left(letter):
    mail = intake.keep(make_raw(), via="test")
    intake.handle.call()
    now = timezone.now()

    assert forget_incoming(now + timedelta(days=29)) == 0
    assert forget_incoming(now + timedelta(days=31)) == 1
    mail = IncomingMail.objects.get(pk=mail.pk)
    assert (mail.sender, mail.subject, mail.purpose) == ("", "", "test.letter")
    assert not RawMail.objects.exists()
    assert forget_incoming_rows(now + timedelta(days=366)) == 1


def test_what_waits_is_not_forgotten(letter):
    waiting_mail()

    assert forget_incoming(timezone.now() + timedelta(days=400)) == 0
    assert RawMail.objects.exists()


def test_a_forgotten_message_can_still_be_opened(client, petra, letter):
    mail = intake.keep(make_raw(), via="test")
    intake.handle.call()
    forget_incoming(timezone.now() + timedelta(days=31))

    assert "De inhoud is gewist" in client.get(f"/beheer/mail/binnen/{mail.pk}/").text


def test_who_asks_gets_and_erases_what_is_kept_by_address_alone(letter):
    waiting_mail("Van Anna")
    waiting_mail("Van Bram", From="bram@example.org", Message_ID="<bram@example.org>")

    assert [mail["text"] for mail in by_address.export("Anna@example.org")] == ["Van Anna"]
    by_address.forget("Anna@example.org")

    assert [mail.sender for mail in IncomingMail.objects.all()] == ["bram@example.org"]
    assert RawMail.objects.count() == 1
