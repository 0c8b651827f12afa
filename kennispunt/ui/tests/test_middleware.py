"""A NUL reaches no view, and a broken sender is none of ours: on both databases."""

import pytest
from django.test import RequestFactory

from kennispunt.ui.origin import comes_from_us

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("address", ["/partijen/a%00b/", "/g/%00/", "/api/v1/kalender/%00", "/%00"])
def test_address_with_a_nul_is_nobodys(client, address):
    assert client.get(address).status_code == 404


@pytest.mark.parametrize(
    "address",
    ["/griffiers/?q=a%00b", "/kalender/gebied/?q=%00", "/zoeken/?q=%00assen", "/partijen/?q=a%00",
     "/trainingen/?bij=%00&wanneer=%00", "/wegwijzer/?q=%00&gebied=%00", "/partijen/?page=%00"],
)  # fmt: skip
def test_nul_in_a_query_is_not_there(client, address):
    assert client.get(address).status_code in (200, 302)


def test_nul_in_a_cookie_is_not_there(client):
    for name in ("sessionid", "csrftoken", "messages"):
        answer = client.get("/mijn/", headers={"cookie": f'{name}="\\000"'})
        assert answer.status_code == 302


@pytest.mark.parametrize(
    ("headers", "ours"),
    [
        ({"origin": "http://testserver"}, True),
        ({"origin": "https://testserver"}, False),
        ({"origin": "http://["}, False),
        ({"referer": "http://a["}, False),
        ({"referer": "http://testserver/over/"}, True),
        ({"origin": "null"}, False),
        ({"origin": "//testserver"}, False),
        ({}, False),
        ({"sec-fetch-site": "same-origin"}, True),
        ({"sec-fetch-site": "cross-site", "origin": "http://testserver"}, False),
    ],
)
def test_who_sends_a_form_without_a_token(headers, ours):
    assert comes_from_us(RequestFactory().post("/", headers=headers)) == ours
