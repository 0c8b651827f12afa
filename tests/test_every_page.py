"""Every page that a visitor can open: which they are, and that each is well made."""

import pytest
from django.urls import URLPattern, get_resolver, reverse

from kennispunt.knowledge.loading import tree
from kennispunt.signpost.loading import dossier_index
from tests.html import faults, links

# A new page that opens without signing in is a decision, so it is written here.
OPEN = {
    "/",
    "/over/",
    "/over/feiten/",
    "/contact/",
    "/toegankelijkheid/",
    "/privacy/",
    "/zoeken/",
    "/zoeken/suggesties/",
    "/gezond/",
    "/kalender/",
    "/kalender/gebied/",
    "/begrippen/",
    "/partijen/",
    "/partijen/wie-kan-meedoen/",
    "/partijen/aanmelden/",
    "/griffiers/",
    "/trainingen/",
    "/trainingen/wens/",
    "/trainingen/stem/",
    "/trainingen/agenda.ics",
    "/trainingen/feed/",
    "/wegwijzer/",
    "/wegwijzer/alles/",
    "/api/v1/",
    "/api/v1/openapi.json",
    "/api/v1/onderwerpen",
    "/api/v1/artikelen",
    "/api/v1/begrippen",
    "/api/v1/feiten",
    "/api/v1/gebieden",
    "/api/v1/kalender",
    "/api/v1/trainingen",
    "/onderwerpen/gewijzigd.atom",
    "/robots.txt",
    "/sitemap.xml",
    "/.well-known/security.txt",
    "/account/login/",
    "/account/signup/",
    "/account/inactive/",
    "/account/password/reset/",
    "/account/password/reset/done/",
    "/account/password/reset/key/done/",
}


@pytest.fixture(autouse=True)
def pages(db):
    tree()
    dossier_index()


NO_TEXTS = {"/gezond/", "/zoeken/suggesties/", "/trainingen/feed/"}
TEXTS = sorted(address for address in OPEN if address.endswith("/") and address not in NO_TEXTS)


def addresses(patterns=None, prefix="/"):
    """Every address of ours without a variable part, except those of the back office."""
    for pattern in patterns if patterns is not None else get_resolver().url_patterns:
        route = prefix + str(pattern.pattern)
        if isinstance(pattern, URLPattern):
            if not pattern.pattern.regex.groups:
                yield route
        elif not route.startswith("/beheer/"):
            yield from addresses(pattern.url_patterns, route)


@pytest.mark.django_db
def test_the_pages_open_to_visitors_are_these(client):
    plain = {address for address in addresses() if not set("^$?(<") & set(address)}
    found = {address for address in plain if client.get(address).status_code == 200}

    assert found == OPEN


@pytest.mark.django_db
@pytest.mark.parametrize("address", TEXTS)
def test_page_is_well_made(client, address):
    assert faults(client.get(address).content) == []


@pytest.mark.django_db
def test_page_that_is_not_there_is_well_made(client):
    answer = client.get("/bestaat-niet/")

    assert answer.status_code == 404
    assert faults(answer.content) == []
    assert b'name="q"' in answer.content


@pytest.mark.django_db
@pytest.mark.parametrize("address", TEXTS)
def test_no_link_is_dead(client, address):
    for link in links(client.get(address).content):
        assert client.get(link).status_code in {200, 302}, f"{address} leads to {link}"


@pytest.mark.django_db
@pytest.mark.parametrize("address", TEXTS)
def test_page_takes_no_other_host_and_no_inline_code(client, address):
    policy = client.get(address)["Content-Security-Policy"]

    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert "http" not in policy


@pytest.mark.django_db
def test_visitor_gets_nothing_of_the_back_office(client):
    for name in ("wagtailadmin_home", "wagtailusers_users:index", "wagtailadmin_pages:add"):
        args = ["pages", "basepage", 1] if name.endswith("add") else []
        assert client.get(reverse(name, args=args)).status_code == 302


@pytest.mark.django_db
def test_person_without_the_right_gets_nothing_of_the_back_office(client, make_user):
    client.force_login(make_user("anna"))

    assert client.get("/beheer/").status_code in {302, 403}


@pytest.mark.django_db
def test_djangos_own_admin_is_not_there(client):
    assert client.get("/admin/").status_code == 404


@pytest.mark.django_db
@pytest.mark.parametrize("address", TEXTS)
def test_nothing_is_changed_by_reading(client, address):
    """GET and HEAD only: every page about ourselves refuses a form."""
    if address in {"/", "/over/", "/contact/", "/toegankelijkheid/", "/privacy/"}:
        assert client.post(address).status_code == 405
