"""A letter between its author and the second reader: sent back, changed, withdrawn, and heard of."""

import threading
from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from kennispunt.elections.tests.make import make_area
from kennispunt.facts.models import Fact
from kennispunt.mail import many
from kennispunt.mail.models import OutgoingMail
from kennispunt.office.letters import approve, deliver, withdraw
from kennispunt.outreach import desk
from kennispunt.outreach.models import GriffieAddress, Mailing
from kennispunt.outreach.tests.test_mailing import NOW, make_mailing
from kennispunt.ui.rows import TooLate
from tests.meanwhile import meanwhile

LIST = "/griffiers/brieven/"
TYPED = {"subject": "Nieuw: een flyer", "body": "Beste griffier, kijk eens.", "moment": "calm"}


@pytest.fixture(autouse=True)
def may_write(db):
    """Editors and moderators write to griffies, as after loading."""
    from kennispunt.accounts.groups import let_staff

    let_staff(Mailing, "add", "change")


@pytest.fixture(autouse=True)
def one_griffie(db):
    """Somebody to write to: else no letter is approved."""
    GriffieAddress.objects.create(
        area=make_area("GM0998", "Verweg"), email="griffie@verweg.example", source="proef",
        checked_on=date(2026, 11, 1),
    )  # fmt: skip


@pytest.fixture
def letter(eva):
    return make_mailing(eva)


def griffies(*codes):
    return [
        GriffieAddress.objects.create(
            area=make_area(code, code), email=f"griffie@{code.lower()}.example", source="proef",
            checked_on=date(2026, 11, 1),
        )
        for code in codes or ("GM0106",)
    ]  # fmt: skip


def press(client, who, letter, what, **more):
    """What the button on the page of the letter sends: with what was on the screen."""
    client.force_login(who)
    shown = client.get(letter.get_absolute_url())
    seen = more.pop("seen", shown.context["seen"])
    answer = client.post(letter.get_absolute_url(), {"do": what, "seen": seen, **more}, follow=True)
    letter.refresh_from_db()
    return answer


def lines(user):
    return [(one.kind, one.title, one.note) for one in desk.waiting(user)]


# --- Who hears -----------------------------------------------------------------------------------


def test_who_may_read_it_hears_that_a_letter_waits(client, eva, maud, petra, tess, outbox):
    client.force_login(eva)
    client.post(f"{LIST}nieuw/", TYPED)

    assert sorted(one.to for one in outbox()) == sorted([maud.email, petra.email])
    mail = outbox()[0]
    assert mail.subject == "Een brief aan griffies wacht op een tweede lezer"
    assert Mailing.objects.get().get_absolute_url() in mail.text


def test_author_hears_that_it_goes(client, eva, maud, letter, outbox):
    press(client, maud, letter, "approve")

    [mail] = outbox()
    assert (mail.to, mail.subject) == (eva.email, "Je brief aan griffies is goedgekeurd")


# --- Sent back -----------------------------------------------------------------------------------


def test_letter_is_sent_back_with_a_remark_and_comes_again(client, eva, maud, letter, outbox):
    answer = press(client, maud, letter, "send_back", remark="Noem de datum.")

    assert answer.status_code == 200
    assert lines(maud) == []
    assert lines(eva) == [("terug", f"Kwam terug: {letter}", "Noem de datum.")]
    [mail] = outbox()
    assert (mail.to, mail.subject) == (eva.email, "Je brief aan griffies kwam terug")
    assert "Noem de datum." in mail.text
    with pytest.raises(TooLate):  # first the author
        approve(letter, by=maud, at=NOW)

    client.force_login(eva)
    page = client.get(letter.get_absolute_url()).text
    assert "Noem de datum." in page
    client.post(
        f"{letter.get_absolute_url()}wijzig/",
        TYPED | {"body": "Op 3 maart.", "seen": seen(client, letter)},
    )

    letter.refresh_from_db()
    assert letter.body == "Op 3 maart."
    assert lines(eva) == []
    assert [kind for kind, _, _ in lines(maud)] == ["brief"]
    assert [one.to for one in outbox()[1:]] == [maud.email]
    assert press(client, maud, letter, "approve").status_code == 200
    assert letter.approved_by == maud


def seen(client, letter):
    return client.get(f"{letter.get_absolute_url()}wijzig/").context["form"]["seen"].value()


def test_remark_is_needed_and_nobody_sends_back_her_own(client, eva, maud, letter):
    assert "Schrijf erbij" in press(client, maud, letter, "send_back", remark="  ").text
    assert letter.returned_at is None
    press(client, eva, letter, "send_back", remark="Hm.")
    assert letter.returned_at is None


# --- What was shown ------------------------------------------------------------------------------


def test_what_was_not_shown_is_not_approved(client, eva, maud, letter):
    client.force_login(maud)
    old = client.get(letter.get_absolute_url()).context["seen"]
    client.force_login(eva)
    client.post(
        f"{letter.get_absolute_url()}wijzig/",
        TYPED | {"body": "Iets heel anders.", "seen": seen(client, letter)},
    )

    answer = press(client, maud, letter, "approve", seen=old)

    assert letter.approved_at is None
    assert "intussen veranderd" in answer.text
    assert "Iets heel anders." in answer.text


def test_fact_that_changed_since_is_a_change_of_the_letter(client, eva, maud, starter):
    letter = make_mailing(eva, body="Meld het binnen {{feit: datalek-uren}}.")
    client.force_login(maud)
    old = client.get(letter.get_absolute_url()).context["seen"]
    Fact.objects.filter(name="datalek-uren").update(value="48")

    press(client, maud, letter, "approve", seen=old)
    assert letter.approved_at is None
    press(client, maud, letter, "approve")
    assert letter.approved_at


def test_what_was_approved_is_what_goes(eva, maud, starter, outbox):
    griffies()
    letter = make_mailing(eva, body="Meld het binnen {{feit: datalek-uren}}.")
    approve(letter, by=maud, at=NOW)
    Fact.objects.filter(name="datalek-uren").update(value="48")
    letter.refresh_from_db()
    deliver(letter, at=NOW)

    assert "binnen 72 uren" in outbox()[-1].text


def test_two_who_change_it_at_once_lose_nothing(client, eva, maud, letter):
    client.force_login(eva)
    old = seen(client, letter)
    client.post(f"{letter.get_absolute_url()}wijzig/", TYPED | {"body": "Van Eva.", "seen": old})
    client.force_login(maud)

    answer = client.post(
        f"{letter.get_absolute_url()}wijzig/", TYPED | {"body": "Van Maud.", "seen": old}
    )

    letter.refresh_from_db()
    assert letter.body == "Van Eva."
    assert answer.status_code == 422
    assert "Van Maud." in answer.text
    assert "collega" in answer.text


def test_who_changes_a_letter_does_not_approve_it(client, eva, maud, letter):
    client.force_login(maud)
    client.post(
        f"{letter.get_absolute_url()}wijzig/",
        TYPED | {"body": "Van Maud.", "seen": seen(client, letter)},
    )
    press(client, maud, letter, "approve")
    assert letter.approved_at is None
    press(client, eva, letter, "approve")
    assert (letter.written_by, letter.approved_by) == (maud, eva)


# --- Withdrawn -----------------------------------------------------------------------------------


@pytest.mark.parametrize("who", ["eva", "maud"])
def test_author_or_reader_withdraws_a_letter(client, eva, maud, letter, outbox, who):
    person = {"eva": eva, "maud": maud}[who]
    press(client, person, letter, "withdraw")

    assert (letter.withdrawn_by, lines(eva), lines(maud)) == (person, [], [])
    assert [one.to for one in outbox()] == ([eva.email] if who == "maud" else [])
    with pytest.raises(TooLate):
        approve(letter, by=maud, at=NOW)
    assert client.get(f"{letter.get_absolute_url()}wijzig/").status_code == 302
    letter.refresh_from_db()
    assert letter.approved_at is None


def test_letter_that_was_approved_stops_before_the_first_went(client, eva, maud, letter, outbox):
    griffies()
    press(client, maud, letter, "approve")
    press(client, eva, letter, "withdraw")

    assert deliver(letter, at=NOW) == 0
    assert letter.approved_at is None  # it does not count among the two of this year
    assert [one for one in outbox() if one.purpose == Mailing.PURPOSE] == []


def test_letter_that_is_on_its_way_stops_for_the_rest(client, eva, maud, letter, outbox):
    griffies("GM0106", "GM0114")
    press(client, maud, letter, "approve")
    assert deliver(letter, at=NOW) == 3
    first = OutgoingMail.objects.filter(purpose=Mailing.PURPOSE).first()
    OutgoingMail.objects.filter(pk=first.pk).update(status="sent", ended_at=NOW)
    page = press(client, eva, letter, "withdraw").text

    assert deliver(letter, at=NOW) == 0
    assert (letter.approved_at is not None, letter.sent_at) == (True, None)
    assert "al onderweg naar 1 griffie" in page
    assert many.progress(letter.letter) == {"sent": 1, "lapsed": 2}


def test_what_went_is_not_withdrawn(client, eva, maud, letter):
    griffies()
    press(client, maud, letter, "approve")
    deliver(letter, at=timezone.now())
    letter.refresh_from_db()
    assert letter.sent_at is None  # it waits in the outbox, and can be stopped
    OutgoingMail.objects.open().update(status="sent", ended_at=timezone.now())
    deliver(letter, at=timezone.now())
    assert "al verstuurd" in press(client, eva, letter, "withdraw").text
    assert letter.withdrawn_at is None


def test_sent_back_after_it_was_approved_is_too_late(client, make_user, maud, eva, letter):
    mia = make_user("mia", group="Moderators")
    press(client, maud, letter, "approve")
    press(client, mia, letter, "send_back", remark="Wacht.")
    assert letter.returned_at is None


@pytest.mark.django_db(transaction=True)
def test_who_approves_and_who_withdraws_at_once_leave_one_of_the_two(make_user):
    from kennispunt.accounts.groups import let_staff

    let_staff(Mailing, "add", "change")
    eva, maud = make_user("eva", group="Editors"), make_user("maud", group="Moderators")
    letter, answers = make_mailing(eva), []
    ready = threading.Barrier(2)

    def act(verb, who):
        try:
            ready.wait(30)
            answers.append(verb(letter, by=who, at=NOW))
        except TooLate as problem:
            answers.append(problem)
        finally:
            connection.close()

    both = [
        threading.Thread(target=act, args=[approve, maud]),
        threading.Thread(target=act, args=[withdraw, eva]),
    ]
    for one in both:
        one.start()
    for one in both:
        one.join()

    letter.refresh_from_db()
    assert len(answers) == 2
    assert letter.withdrawn_at is not None
    assert letter.approved_at is None


@pytest.mark.django_db(transaction=True)
def test_two_letters_approved_at_once_are_not_a_third_this_year(make_user):
    eva, maud = make_user("eva"), make_user("maud")
    approve(make_mailing(eva), by=maud, at=NOW)
    letters, answers, ready = [make_mailing(eva), make_mailing(eva)], [], threading.Barrier(2)

    def act(letter):
        try:
            ready.wait(30)
            answers.append(approve(letter, by=maud, at=NOW).approved_at)
        except ValidationError:
            answers.append(None)
        finally:
            connection.close()

    both = [threading.Thread(target=act, args=[one]) for one in letters]
    for one in both:
        one.start()
    for one in both:
        one.join()

    assert sorted(bool(one) for one in answers) == [False, True]


def test_letter_to_nobody_is_not_approved(client, maud, letter):
    GriffieAddress.objects.all().delete()

    answer = press(client, maud, letter, "approve")

    assert letter.approved_at is None
    assert "nog geen adres van een griffie" in answer.text


@pytest.mark.django_db(transaction=True)
def test_who_withdraws_while_it_is_delivered_stops_it_or_is_too_late(make_user):
    eva, maud = make_user("eva"), make_user("maud")
    letter = make_mailing(eva)
    griffies(*(f"GM{number:04}" for number in range(30)))
    approve(letter, by=maud, at=NOW)

    meanwhile(lambda: deliver(letter, at=NOW), lambda: withdraw(letter, by=eva, at=NOW))

    letter.refresh_from_db()
    assert (letter.withdrawn_by, letter.delivered, letter.approved_at) == (eva, 0, None)
    assert many.progress(letter.letter) == {"lapsed": 31}
    assert deliver(letter, at=NOW) == 0


@pytest.mark.parametrize(
    "wrong",
    [
        {"returned_at": NOW, "approved_at": NOW},
        {"withdrawn_at": NOW, "sent_at": NOW, "approved_at": NOW},
        {"returned_at": NOW, "remark": ""},
    ],
)
def test_database_holds_what_a_letter_can_be(eva, wrong):
    with pytest.raises(IntegrityError), transaction.atomic():
        make_mailing(eva, **wrong)


def test_who_may_not_write_does_nothing(client, tess, anna, letter):
    for who in (tess, anna):
        client.force_login(who)
        for address in (letter.get_absolute_url(), f"{letter.get_absolute_url()}wijzig/"):
            assert client.get(address).status_code == 403
            assert client.post(address, {"do": "withdraw"}).status_code == 403
