"""Who works here: which doors open, with what, and the list of accounts in the back office."""

import pytest
from allauth.account.models import EmailAddress
from django.test import Client
from django.urls import reverse

from kennispunt.accounts.groups import is_in, is_staff
from kennispunt.accounts.models import User

pytestmark = pytest.mark.django_db

BOTH = ["/beheer/", "/balie/"]


@pytest.fixture(autouse=True)
def erasures(settings, tmp_path):
    settings.ERASURES_FILE = tmp_path / "erasures"
    return settings.ERASURES_FILE


@pytest.mark.parametrize("door", BOTH)
def test_a_visitor_signs_in_first(client, door):
    assert client.get(door).url == f"/account/login/?next={door}"


@pytest.mark.parametrize("door", BOTH)
def test_a_person_who_does_not_work_here_is_refused(client, make_user, door):
    client.force_login(make_user("anna"))

    assert client.get(door).status_code == 403


@pytest.mark.parametrize(
    ("group", "doors"),
    [("Editors", BOTH), ("Moderators", BOTH), ("Project leaders", BOTH), ("Trainers", ["/balie/"])],
)
def test_staff_comes_in_with_a_second_factor_only(make_user, group, doors):
    without, complete = Client(), Client()
    without.force_login(make_user("eva", group=group, second_factor=False))
    complete.force_login(make_user("tess", group=group))

    for door in BOTH:
        if door in doors:
            assert without.get(door).url == "/account/2fa/"
            assert complete.get(door).status_code not in {302, 403}
        else:
            assert complete.get(door).status_code == 403


def test_who_is_staff(make_user, django_assert_num_queries):
    tess = make_user("tess", group="Trainers")
    with django_assert_num_queries(2):  # for a whole request
        assert is_staff(tess) and is_staff(tess)

    assert not is_staff(make_user("anna"))
    assert is_staff(make_user("petra", superuser=True))
    tess.is_active = False
    assert not is_staff(tess)


# --- A right counts with a second factor only ----------------------------------------------------


@pytest.mark.parametrize("group", ["Editors", "Moderators", "Project leaders", "Trainers"])
def test_without_a_second_factor_no_right_of_the_staff_counts(make_user, group):
    """Below all pages: so also on a page that is made tomorrow."""
    complete = make_user("tess", group=group)
    without = make_user("eva", group=group, second_factor=False)
    rights = complete.get_all_permissions()

    assert is_staff(complete) and is_in(complete, group)
    assert not is_staff(without) and not is_in(without, group)
    assert [right for right in rights if without.has_perm(right)] == []
    assert all(complete.has_perm(right) for right in rights)


def test_that_holds_for_who_may_do_everything_too(make_user):
    petra = make_user("petra", superuser=True, second_factor=False)

    assert not petra.has_perm("wagtailadmin.access_admin")
    assert not petra.has_perms(["outreach.change_mailing"])
    assert not petra.has_module_perms("outreach")
    assert not is_in(petra, "Project leaders")


OUTSIDE_THE_DOORS = ["/griffiers/brieven/", "/griffiers/brieven/nieuw/", "/griffiers/adressen/"]


@pytest.mark.parametrize("address", OUTSIDE_THE_DOORS)
def test_who_has_none_is_brought_to_where_they_get_one(make_user, client, address):
    client.force_login(make_user("eva", group="Editors", second_factor=False))
    answer = client.get(address, follow=True)

    assert answer.redirect_chain[0] == ("/account/2fa/", 302)
    assert "Voor je werk hier heb je een passkey nodig" in answer.text


def test_a_reason_in_words_is_no_question_for_a_second_factor(make_user, client):
    client.force_login(make_user("eva", group="Editors", second_factor=False))

    answer = client.get("/mijn/partij/uitnodigen/")

    assert answer.status_code == 403
    assert "mensen die voor een partij spreken" in answer.text


# --- The list of accounts -----------------------------------------------------------------------


@pytest.fixture
def beheer(client, make_user):
    client.force_login(make_user("petra", superuser=True))
    client.post("/account/reauthenticate/", {"password": "kennispunt"})
    return client


def test_an_account_is_added_with_one_name_and_no_password(beheer):
    address = reverse("wagtailusers_users:add")
    page = beheer.get(address).text
    assert 'name="name"' in page
    assert "first_name" not in page and "password1" not in page

    beheer.post(address, {"email": "Tess@example.org", "name": "Tess Bakker"})

    tess = User.objects.get(email="tess@example.org")
    assert (tess.name, tess.has_usable_password()) == ("Tess Bakker", False)
    assert EmailAddress.objects.filter(user=tess, email=tess.email, primary=True).exists()


def test_an_account_is_changed_and_found_by_name(beheer, make_user):
    anna = make_user("anna")

    beheer.post(
        reverse("wagtailusers_users:edit", args=[anna.pk]),
        {"email": anna.email, "name": "Anna de Wit", "is_active": "on"},
    )

    assert User.objects.get(pk=anna.pk).name == "Anna de Wit"
    found = beheer.get(reverse("wagtailusers_users:index"), {"q": "de Wit"}).text
    assert "anna@example.org" in found


def test_an_account_deleted_in_the_back_office_is_forgotten_everywhere(beheer, make_user, erasures):
    anna, bram = make_user("anna"), make_user("bram")

    beheer.post(reverse("wagtailusers_users:delete", args=[anna.pk]))
    bulk = reverse("wagtail_bulk_action", args=["accounts", "user", "delete"])
    beheer.post(f"{bulk}?id={bram.pk}&next=/beheer/")

    assert [user.name for user in User.objects.all()] == ["Petra"]
    assert len(erasures.read_text().splitlines()) == 2
