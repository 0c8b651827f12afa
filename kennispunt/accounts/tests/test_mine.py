"""What is mine: download it, delete it, and stay deleted after a restore."""

import pytest
from allauth.usersessions.models import UserSession
from django.core.cache import cache
from django.core.management import CommandError, call_command
from django.test import Client
from django.utils import timezone

from kennispunt.accounts import erasure
from kennispunt.accounts.models import User
from kennispunt.accounts.tests.test_sign_in import sign_in
from kennispunt.mail.models import OutgoingMail

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def erasures(settings, tmp_path):
    cache.clear()  # how often somebody showed who they are
    settings.ERASURES_FILE = tmp_path / "erasures"
    return settings.ERASURES_FILE


@pytest.mark.parametrize("address", ["/mijn/", "/mijn/gegevens.json", "/mijn/wissen/"])
def test_a_visitor_signs_in_first(client, address):
    assert client.get(address).url == f"/account/login/?next={address}"


def test_download_holds_mine_and_nobody_elses(client, make_user):
    for user in (make_user("bram"), make_user("anna")):
        UserSession.objects.create(user=user, ip="127.0.0.1", session_key=user.name)
    client.force_login(user)

    response = client.get("/mijn/gegevens.json")

    account = response.json()["account"]
    assert account["mailadres"] == "anna@example.org"
    assert account["adressen"] == [{"email": "anna@example.org", "verified": False}]
    assert len(account["sessies"]) == 1
    assert "bram" not in response.text
    assert "attachment" in response["Content-Disposition"]


def show_who_i_am(client):
    return client.post(
        "/account/reauthenticate/", {"password": "kennispunt", "next": "/mijn/wissen/"}
    )


def test_looking_at_the_page_deletes_nothing(client, make_user):
    client.force_login(make_user("anna"))
    show_who_i_am(client)

    assert "Wis mijn account" in client.get("/mijn/wissen/").text
    assert User.objects.count() == 1


def test_delete_me_erases_and_signs_out_everywhere_at_once(client, make_user, erasures):
    make_user("bram")
    anna, telephone = make_user("anna"), Client()
    client.force_login(anna)
    telephone.force_login(anna)
    show_who_i_am(client)

    client.post("/mijn/wissen/")

    assert [user.email for user in User.objects.all()] == ["bram@example.org"]
    assert client.get("/mijn/").status_code == 302
    assert telephone.get("/mijn/").status_code == 302
    assert "anna" not in erasures.read_text()


def test_a_computer_that_was_left_open_is_not_enough_to_delete_me(client, make_user, settings):
    client.force_login(make_user("anna"))

    assert client.post("/mijn/wissen/").url.startswith("/account/reauthenticate/")
    settings.ACCOUNT_REAUTHENTICATION_TIMEOUT = -1
    show_who_i_am(client)
    assert client.post("/mijn/wissen/").url.startswith("/account/reauthenticate/")

    assert User.objects.count() == 1


def test_who_has_only_mailed_codes_signs_in_again_to_delete(client, make_user):
    anna = make_user("anna")
    anna.set_unusable_password()
    anna.save()
    client.force_login(anna)

    assert client.post("/mijn/wissen/").url == "/account/login/?next=/mijn/wissen/"

    assert User.objects.count() == 1
    assert client.get("/mijn/").status_code == 302  # signed out here


def test_who_was_erased_stays_erased_after_a_restore(make_user):
    anna, bram = make_user("anna"), make_user("bram")
    number, since = anna.pk, anna.joined_at
    erasure.delete(anna)
    User.objects.create(pk=number, email="anna@example.org")
    User.objects.filter(pk=number).update(joined_at=since)

    assert erasure.replay() == 1
    assert list(User.objects.all()) == [bram]
    assert erasure.replay() == 0


def test_staff_is_invited_once(outbox):
    call_command("invite_staff", "Petra@example.org")

    with pytest.raises(CommandError):
        call_command("invite_staff", "petra@example.org")
    assert User.objects.get().is_superuser
    assert not User.objects.get().has_usable_password()
    assert [mail.to for mail in outbox()] == ["Petra@example.org"]


def test_a_name_is_one_line_without_hidden_signs(client, make_user):
    anna = make_user("anna")
    client.force_login(anna)

    client.post("/mijn/", {"name": "Anna\r\nBcc: x@example.org \u202e  de\tWit"})

    anna.refresh_from_db()
    assert anna.name == "Anna Bcc: x@example.org de Wit"


def test_who_does_not_get_our_mail_is_told_until_a_mail_arrives(client, make_user):
    def ended(status, address="anna@example.org"):
        return OutgoingMail.objects.create(
            to=address, purpose="test", message=b"x", message_id=f"<{OutgoingMail.objects.count()}@x>",
            status=status, due_at=timezone.now(), ended_at=timezone.now(),
        )  # fmt: skip

    client.force_login(make_user("anna"))
    ended("sent")
    ended("failed", "bram@example.org")
    assert "Onze mail komt niet bij je aan" not in client.get("/mijn/").text

    ended("failed")
    page = client.get("/mijn/").text
    assert "Onze mail komt niet bij je aan" in page
    assert "mailto:info@kennispunt.example" in page.partition("komt niet bij je aan")[2][:900]

    ended("sent")
    assert "Onze mail komt niet bij je aan" not in client.get("/mijn/").text


def test_an_address_that_was_not_confirmed_yet_goes_too(client, make_user, outbox):
    anna = make_user("anna")
    sign_in(client, anna.email, outbox)
    client.post("/account/email/", {"email": "nieuw@example.org", "action_add": ""})
    assert OutgoingMail.objects.filter(to="nieuw@example.org").exists()
    Client().post("/account/login/", {"login": "nieuw@example.org"})  # who has that address

    erasure.delete(anna)

    assert OutgoingMail.objects.get().purpose == "account.unknown_account"
