"""Colleagues: invited, changed and gone by a project leader, without a superuser."""

import time

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal import auth
from django.contrib.auth.models import Group, Permission
from django.core.exceptions import PermissionDenied
from django.test import Client

from kennispunt.accounts.models import User
from kennispunt.desk import colleagues
from kennispunt.knowledge.tests.make import make_article
from kennispunt.pages.models import BasePage
from kennispunt.trainings.tests.make import make_edition
from kennispunt.ui.rows import TooLate
from tests.meanwhile import meanwhile

pytestmark = pytest.mark.django_db

LIST = "/balie/collegas/"


@pytest.fixture
def leader(client, petra):
    """Somebody who just showed who they are."""
    client.force_login(petra)
    client.post("/account/reauthenticate/", {"password": "kennispunt"})
    return client


def roles(person):
    return sorted(person.groups.values_list("name", flat=True))


def signed_in(person):
    """Somebody at home, signed in as one does: with a second factor."""
    EmailAddress.objects.filter(user=person).update(verified=True)
    client = Client()
    client.post("/account/login/", {"login": person.email, "password": "kennispunt"})
    code = auth.format_hotp_value(auth.hotp_value("JBSWY3DPEHPK3PXP", int(time.time()) // 30))
    client.post("/account/2fa/authenticate/", {"code": code})
    assert client.get("/balie/").status_code == 200
    return client


def test_project_leader_invites_a_colleague_who_hears_how_to_begin(leader, outbox):
    leader.post(
        f"{LIST}uitnodigen/",
        {"name": "Noor Vos", "address": "Noor@example.org", "roles": ["Editors", "Trainers"]},
    )

    noor = User.objects.get(email="noor@example.org")
    assert (noor.name, roles(noor)) == ("Noor Vos", ["Editors", "Trainers"])
    assert not noor.is_superuser and not noor.has_usable_password()
    [mail] = outbox()
    assert mail.to == "noor@example.org"
    assert "redacteur en trainer" in mail.text
    assert "/balie/" in mail.text
    assert "Noor Vos" in leader.get(LIST).text


def test_list_says_all_that_each_colleague_may(leader, eva, tess):
    eva.groups.add(Group.objects.get(name="Trainers"))

    text = " ".join(leader.get(LIST).text.split())

    assert "Redacteur en trainer. eva@example.org" in text
    assert "Trainer. tess@example.org" in text


def test_who_speaks_for_a_party_keeps_that_account(leader, anna):
    leader.post(f"{LIST}uitnodigen/", {"name": "X", "address": anna.email, "roles": ["Moderators"]})

    anna.refresh_from_db()
    assert (anna.name, roles(anna)) == ("Anna", ["Moderators"])


def test_who_works_here_is_not_invited_again(leader, eva, outbox):
    answer = leader.post(
        f"{LIST}uitnodigen/", {"name": "Eva", "address": eva.email, "roles": ["Moderators"]}
    )

    assert answer.status_code == 422
    assert "werkt hier al" in answer.text
    assert (roles(eva), outbox()) == (["Editors"], [])


def test_address_is_kept_as_the_page_to_sign_in_reads_it(leader, client, outbox):
    """Or who has an accent in it never gets in, and who was here before gets a second account."""
    invited = {"name": "Noor Vos", "address": "Noor@Brülle.nl", "roles": ["Editors"]}
    leader.post(f"{LIST}uitnodigen/", invited)

    assert User.objects.get(name="Noor Vos").email == "noor@xn--brlle-lva.nl"
    again = leader.post(f"{LIST}uitnodigen/", invited | {"name": "Noor"})
    assert again.status_code == 422 and "werkt hier al" in again.text


def test_who_is_known_by_a_second_address_keeps_that_account(leader, anna):
    """A code to that address signs in there: a new account would never be opened."""
    EmailAddress.objects.create(user=anna, email="thuis@example.org", verified=True)
    invited = {"name": "Anna", "address": "Thuis@example.org", "roles": ["Editors"]}

    leader.post(f"{LIST}uitnodigen/", invited)

    assert roles(anna) == ["Editors"]
    assert not User.objects.filter(email="thuis@example.org").exists()


def test_who_had_begun_to_sign_up_has_the_name_that_was_typed(leader):
    Client().post("/account/signup/", {"email": "noor@example.org"})
    invited = {"name": "Noor Vos", "address": "noor@example.org", "roles": ["Editors"]}

    leader.post(f"{LIST}uitnodigen/", invited)

    assert User.objects.get(email="noor@example.org").name == "Noor Vos"


def test_name_that_nobody_sees_is_no_name(leader):
    invited = {"name": "\u200b", "address": "noor@example.org", "roles": ["Editors"]}

    assert leader.post(f"{LIST}uitnodigen/", invited).status_code == 422


def test_nobody_is_invited_without_a_role(leader):
    answer = leader.post(f"{LIST}uitnodigen/", {"name": "Noor", "address": "noor@example.org"})

    assert answer.status_code == 422
    assert not User.objects.filter(email="noor@example.org").exists()


def test_roles_are_changed_and_the_colleague_hears_it(leader, eva, outbox):
    leader.post(f"{LIST}{eva.pk}/", {"roles": ["Moderators"]})

    assert roles(eva) == ["Moderators"]
    assert "moderator" in outbox()[0].text


def test_who_leaves_is_signed_out_at_once_and_hears_it(leader, eva, outbox):
    at_home = signed_in(eva)

    leader.post(f"{LIST}{eva.pk}/weg/")

    assert roles(eva) == []
    assert at_home.get("/balie/").url.startswith("/account/login/")
    assert [mail.to for mail in outbox()] == [eva.email]
    assert User.objects.get(pk=eva.pk).is_active


def test_what_was_given_by_hand_goes_as_well(leader, eva):
    enter = Permission.objects.get(codename="access_admin")
    other = Group.objects.create(name="Archief")
    other.permissions.add(enter)
    eva.groups.add(other)
    eva.user_permissions.add(enter)

    leader.post(f"{LIST}{eva.pk}/weg/")

    eva = User.objects.get(pk=eva.pk)
    assert not eva.groups.exists() and not eva.get_all_permissions()


def test_nobody_reads_that_who_keeps_the_server_is_gone(client, make_user):
    """Another superuser may change them, and takes that away elsewhere: it opens everything."""
    root = make_user("root", superuser=True)
    boss = make_user("boss", superuser=True, group="Project leaders")
    client.force_login(root)
    client.post("/account/reauthenticate/", {"password": "kennispunt"})

    answer = client.post(f"{LIST}{boss.pk}/weg/")

    assert answer.status_code == 422 and "beheert ook de server" in answer.text
    assert roles(boss) == ["Project leaders"]


def test_open_work_goes_to_a_colleague(leader, make_user, eva, maud, tess):
    tom = make_user("tom", group="Trainers")
    eva.groups.add(Group.objects.get(name="Trainers"))
    article = make_article(steward=eva)
    article.save_revision()
    edition = make_edition(trainer=eva)
    page = leader.get(f"{LIST}{eva.pk}/weg/").text
    assert "1 pagina" in page and "1 training" in page

    leader.post(f"{LIST}{eva.pk}/weg/", {"pages": maud.pk, "trainings": tom.pk})

    page = BasePage.objects.get(pk=article.pk)
    edition.refresh_from_db()
    assert (page.steward, edition.trainer) == (maud, tom)
    assert page.get_latest_revision_as_object().steward == maud


def test_what_nobody_takes_over_is_of_nobody(leader, eva):
    article = make_article(steward=eva)
    leader.post(f"{LIST}{eva.pk}/weg/", {"pages": ""})

    assert BasePage.objects.get(pk=article.pk).steward is None


def test_who_may_not_do_the_work_does_not_take_it_over(leader, eva, tess):
    make_article(steward=eva)
    answer = leader.post(f"{LIST}{eva.pk}/weg/", {"pages": tess.pk})

    assert answer.status_code == 422
    assert roles(eva) == ["Editors"]


def test_colleague_whose_phone_is_gone_sets_up_another(leader, eva, outbox):
    at_home = signed_in(eva)
    leader.post(f"{LIST}{eva.pk}/tweede-stap/")

    assert not Authenticator.objects.filter(user=eva).exists()
    assert at_home.get("/balie/").url.startswith("/account/login/")
    at_home.force_login(eva)
    assert at_home.get("/balie/").url == "/account/2fa/"
    assert "nieuwe passkey" in outbox()[0].text


def test_nobody_changes_or_removes_themselves(leader, petra):
    for address, sent in (("", {"roles": ["Editors"]}), ("weg/", {})):
        assert leader.post(f"{LIST}{petra.pk}/{address}", sent).status_code == 422
    leader.post(f"{LIST}{petra.pk}/tweede-stap/")

    assert roles(petra) == ["Project leaders"]
    assert Authenticator.objects.filter(user=petra).exists()


def test_who_keeps_the_server_is_out_of_reach(leader, make_user):
    root = make_user("root", superuser=True)
    for address, sent in (("", {"roles": ["Editors"]}), ("weg/", {})):
        assert leader.post(f"{LIST}{root.pk}/{address}", sent).status_code == 422
    leader.post(f"{LIST}{root.pk}/tweede-stap/")

    assert roles(root) == []
    assert Authenticator.objects.filter(user=root).exists()


@pytest.mark.parametrize("address", ["", "uitnodigen/"])
def test_pages_are_for_project_leaders(client, eva, maud, tess, anna, address):
    for person in (eva, maud, tess, anna):
        client.force_login(person)
        assert client.get(LIST + address).status_code == 403


def test_who_left_their_computer_open_is_asked_again(client, petra, eva):
    client.force_login(petra)
    assert client.get(LIST).status_code == 200
    session = client.session
    session["account_authentication_methods"] = []
    session.save()

    for address in ("uitnodigen/", f"{eva.pk}/", f"{eva.pk}/weg/", f"{eva.pk}/tweede-stap/"):
        answer = client.post(LIST + address, {"roles": ["Moderators"]})
        assert answer.status_code == 302 and answer.url.startswith("/account/"), address
    assert roles(eva) == ["Editors"]


def test_who_is_no_colleague_has_no_page(leader, anna):
    assert leader.get(f"{LIST}{anna.pk}/").status_code == 404
    assert leader.get(f"{LIST}{anna.pk}/weg/").status_code == 404


def test_verbs_themselves_ask_who_may(eva, maud):
    with pytest.raises(PermissionDenied):
        colleagues.change(maud, roles=["Editors"], by=eva)


def test_second_time_is_too_late(petra, eva):
    colleagues.remove(eva, to={}, by=petra)
    for verb in (
        lambda: colleagues.remove(eva, to={}, by=petra),
        lambda: colleagues.change(eva, roles=["Project leaders"], by=petra),
        lambda: colleagues.reset_second_factor(eva, by=petra),
    ):
        with pytest.raises(TooLate):
            verb()
    assert roles(eva) == []
    assert Authenticator.objects.filter(user=eva).exists()


@pytest.mark.django_db(transaction=True)
def test_of_two_who_remove_each_other_one_stays(petra, make_user):
    pim = make_user("pim", group="Project leaders")

    def second():
        with pytest.raises(PermissionDenied):
            colleagues.remove(petra, to={}, by=pim)

    meanwhile(lambda: colleagues.remove(pim, to={}, by=petra), second)

    assert roles(petra) == ["Project leaders"]
    assert roles(pim) == []
