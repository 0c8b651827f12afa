"""What is mine: download it, delete it, and stay deleted after a restore."""

import pytest
from allauth.usersessions.models import UserSession
from django.core.management import CommandError, call_command

from kennispunt.accounts import erasure
from kennispunt.accounts.models import User

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def erasures(settings, tmp_path):
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


def test_looking_at_the_page_deletes_nothing(client, make_user):
    client.force_login(make_user("anna"))
    client.get("/mijn/wissen/")

    assert User.objects.count() == 1


def test_delete_me_erases_and_signs_out(client, make_user, erasures):
    make_user("bram")
    client.force_login(make_user("anna"))

    client.post("/mijn/wissen/")

    assert [user.email for user in User.objects.all()] == ["bram@example.org"]
    assert client.get("/mijn/").status_code == 302
    assert "anna" not in erasures.read_text()


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
