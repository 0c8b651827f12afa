"""What somebody said yes to, an app tells; it is asked once before it is taken back."""

import pytest
from django.utils import timezone

from kennispunt.accounts import consents

pytestmark = pytest.mark.django_db


@pytest.fixture
def given(monkeypatch):
    """Who gave the one consent of the app `lijst`: names, to change."""
    names = {"Anna"}

    def of(user):
        if user.name in names:
            yield consents.Consent(
                "1", "Je naam op de lijst", timezone.now(), "Je naam gaat er dan af."
            )

    def withdraw(user, key):
        if key != "1" or user.name not in names:
            return False
        names.discard(user.name)
        return True

    monkeypatch.setattr(consents, "_apps", {})
    consents.register("lijst", given=of, withdraw=withdraw)
    return names


def test_a_yes_is_shown_and_can_be_taken_back(client, make_user, given):
    client.force_login(make_user("anna"))
    assert "Je naam op de lijst" in client.get("/mijn/").text

    asked = client.get("/mijn/intrekken/", {"name": "lijst", "key": "1"}).text
    assert "Je naam gaat er dan af." in asked
    assert given == {"Anna"}
    client.post("/mijn/intrekken/", {"name": "lijst", "key": "1"})

    assert given == set()
    assert "Je naam op de lijst" not in client.get("/mijn/").text


@pytest.mark.parametrize("typed", [{"name": "lijst", "key": "2"}, {"name": "x", "key": "1"}, {}])
def test_nobody_takes_back_what_is_not_there(client, make_user, given, typed):
    client.force_login(make_user("anna"))

    for send in (client.post, client.get):
        page = send("/mijn/intrekken/", typed, follow=True)
        assert page.redirect_chain == [("/mijn/", 302)]
        assert "je trok haar al in" in page.text
    assert given == {"Anna"}


def test_nobody_takes_back_the_yes_of_another(client, make_user, given):
    client.force_login(make_user("carla"))
    assert "Je naam op de lijst" not in client.get("/mijn/").text

    page = client.post("/mijn/intrekken/", {"name": "lijst", "key": "1"}, follow=True)
    assert "je trok haar al in" in page.text
    assert given == {"Anna"}
