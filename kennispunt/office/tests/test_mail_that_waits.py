"""Failed mail waits for those who keep mail going, can be sent again, and is forgotten on time."""

from datetime import timedelta

import pytest
from django.utils import timezone

from kennispunt.mail import retention
from kennispunt.mail.delivery import deliver_due
from kennispunt.mail.models import OutgoingMail
from kennispunt.mail.send import send
from kennispunt.office.desk import waiting

pytestmark = pytest.mark.django_db
Status = OutgoingMail.Status


@pytest.fixture
def failed(template, mail_server):
    mail_server.refuse["weg@example.org"] = "550 No such user"
    mail = send(template("Onderwerp: Geheim\n\nHallo.\n"), to="weg@example.org", purpose="test")
    deliver_due(timezone.now)
    mail.refresh_from_db()
    return mail


def test_mail_that_failed_waits_for_who_may_see_it(failed, petra, eva, tess, anna, client, titles):
    assert [titles(other) for other in (eva, tess, anna)] == [[], [], []]
    [line] = waiting(petra)
    assert (line.title, line.count) == ("Mail die niet aankwam", 1)
    assert "weg@" not in line.title

    client.force_login(petra)
    page = client.get(line.address).text
    assert "weg@example.org" in page
    assert "No such user" in page
    assert f"/beheer/mail/{failed.pk}/opnieuw/" in page
    assert "Geheim" not in page
    inspected = client.get(f"/beheer/snippets/mail/outgoingmail/inspect/{failed.pk}/").text
    assert "Geheim" not in inspected
    assert "Hallo" not in inspected


@pytest.mark.parametrize("name", ["eva", "tess", "anna"])
def test_editors_trainers_and_members_see_no_addresses(failed, request, client, name):
    client.force_login(request.getfixturevalue(name))

    assert client.get("/beheer/snippets/mail/outgoingmail/").status_code != 200
    assert client.get(f"/beheer/mail/{failed.pk}/opnieuw/").status_code in {302, 403}


def test_mail_that_failed_can_be_sent_again_once(failed, petra, client, mail_server, titles):
    mail_server.refuse.clear()
    client.force_login(petra)
    page = f"/beheer/mail/{failed.pk}/opnieuw/"
    assert "Stuur opnieuw" in client.get(page).text

    client.post(page)
    client.post(page)

    assert deliver_due(timezone.now) == 1
    assert titles(petra) == []


def test_mail_that_needs_nothing_more_leaves_the_list(failed, petra, client, titles):
    client.force_login(petra)

    client.post(f"/beheer/mail/{failed.pk}/opnieuw/", {"dismiss": "1"})

    assert titles(petra) == []


def test_mail_that_nobody_sends_is_seen(petra, template, titles):
    send(template("Onderwerp: Dag\n\nDag\n"), to="anna@example.org", purpose="test")
    assert titles(petra) == []
    OutgoingMail.objects.update(due_at=timezone.now() - timedelta(hours=1))

    assert titles(petra) == ["Mail blijft liggen"]


def test_mail_that_is_tried_in_vain_for_a_day_is_seen_with_its_error(
    petra, template, mail_server, titles
):
    mail_server.refuse["vol@example.org"] = "452 4.2.2 Mailbox full"
    send(template("Onderwerp: Dag\n\nDag\n"), to="vol@example.org", purpose="test")
    deliver_due(timezone.now)
    assert titles(petra) == []
    OutgoingMail.objects.update(created_at=timezone.now() - timedelta(days=1, hours=1))

    [line] = waiting(petra)
    assert line.title == "Mail blijft liggen"
    assert "Mailbox full" in line.note


def test_content_goes_after_seven_days_and_the_row_after_a_year(template, mail_server):
    mail = send(template("Onderwerp: Geheim\n\nHallo.\n"), to="anna@example.org", purpose="test")
    deliver_due(timezone.now)

    assert retention.forget_content(timezone.now() + timedelta(days=6)) == 0
    assert retention.forget_content(timezone.now() + timedelta(days=7)) == 1
    mail.refresh_from_db()
    assert (mail.text, mail.html, mail.subject, mail.message) == ("", "", "", None)

    assert retention.forget_rows(timezone.now() + timedelta(days=364)) == 0
    assert retention.forget_rows(timezone.now() + timedelta(days=365)) == 1


def test_what_waits_is_never_forgotten(template):
    send(template("Onderwerp: Dag\n\nDag\n"), to="anna@example.org", purpose="test")
    later = timezone.now() + timedelta(days=1000)

    assert retention.forget_content(later) == retention.forget_rows(later) == 0


def test_content_of_what_failed_stays_a_month_to_send_again(failed, petra, client):
    assert retention.forget_failed_content(timezone.now() + timedelta(days=29)) == 0
    assert retention.forget_failed_content(timezone.now() + timedelta(days=30)) == 1
    client.force_login(petra)

    client.post(f"/beheer/mail/{failed.pk}/opnieuw/")

    failed.refresh_from_db()
    assert failed.status == Status.FAILED
