"""Public pages are kept for everyone, and forgotten when something changes."""

import gzip
from io import BytesIO

import brotli
import pytest
from django.contrib.auth.models import Group
from django.db import connection, transaction
from django.test import Client
from wagtail.models import PageViewRestriction

from kennispunt.facts.models import Fact
from kennispunt.knowledge.loading import tree
from kennispunt.knowledge.models import ArticlePage, Term, TopicPage
from kennispunt.pagecache.store import generation
from kennispunt.pagecache.wsgi import with_cached_pages
from kennispunt.website.models import Tick
from tests.test_every_page import OPEN

ADDRESS = "/onderwerpen/oprichten/naam-registreren/"
HEADING = "Je naam registreren</h1>"
MESSAGES = 'class="wide messages"'


@pytest.fixture
def article(db):
    index = tree()
    topic = index.add_child(
        instance=TopicPage(title="Oprichten", slug="oprichten", summary="Begin een partij.")
    )
    index.add_child(instance=TopicPage(title="Geld", slug="geld", summary="Over geld."))
    return topic.add_child(
        instance=ArticlePage(
            title="Je naam registreren",
            slug="naam-registreren",
            summary="Zo doe je dat.",
            body="Ja.",
        )
    )


def get(address=ADDRESS, **headers):
    """Return what a visitor gets who was never here."""
    return Client().get(address, headers=headers)


@pytest.fixture
def is_hit(page_cache):
    """is_hit(address): whether a visitor gets this page without anything asked of the database."""

    def ask(address=ADDRESS, **headers):
        asked = []

        def count(execute, sql, params, many, context):
            asked.extend([] if "pagecache_change" in sql else [sql])
            return execute(sql, params, many, context)

        with connection.execute_wrapper(count):
            assert get(address, **headers).status_code == 200
        return not asked

    return ask


def test_the_second_visitor_gets_the_kept_page(article, is_hit):
    assert not is_hit()
    assert is_hit()


@pytest.mark.parametrize("coding", ["br", "gzip", "identity"])
def test_kept_page_is_compressed_as_the_browser_likes(article, page_cache, coding):
    unpack = {"br": brotli.decompress, "gzip": gzip.decompress, "identity": bytes}[coding]
    fresh = get(**{"accept-encoding": coding})
    kept = get(**{"accept-encoding": coding})

    assert kept.get("Content-Encoding", "identity") == coding
    assert HEADING in unpack(kept.content).decode()
    assert kept.content == fresh.content
    assert dict(kept.headers) == dict(fresh.headers)


def test_kept_page_has_every_header_of_another(article, page_cache, settings):
    settings.PAGE_CACHE = False
    without = get()
    settings.PAGE_CACHE = True
    get()
    kept = get()

    assert set(without.headers) <= set(kept.headers)
    assert kept["Content-Security-Policy"] == without["Content-Security-Policy"]


def test_browser_that_has_the_page_gets_304(article, page_cache):
    again = get(**{"if-none-match": get()["ETag"]})

    assert (again.status_code, again.content) == (304, b"")


# --- Forgetting ----------------------------------------------------------------------------------


def test_publishing_shows_at_once_on_the_page_and_in_the_lists(article, page_cache):
    for address in (ADDRESS, "/onderwerpen/oprichten/"):
        get(address)
    page_cache.commit()
    article.title = "Een nieuwe titel"
    article.save_revision().publish()
    page_cache.commit()

    for address in (ADDRESS, "/onderwerpen/oprichten/"):
        assert "Een nieuwe titel" in get(address).text


def test_page_taken_down_is_gone_at_once(article, page_cache):
    get()
    page_cache.commit()
    article.unpublish()
    page_cache.commit()

    assert get().status_code == 404
    assert "Je naam registreren" not in get("/onderwerpen/oprichten/").text


def test_page_that_moved_is_gone_from_its_old_address(article, page_cache):
    get()
    page_cache.commit()
    article.move(TopicPage.objects.get(slug="geld"), pos="last-child")
    page_cache.commit()

    assert get().status_code != 200
    assert get("/onderwerpen/geld/naam-registreren/").status_code == 200


def test_fact_that_changes_shows_at_once_in_the_text(article, page_cache):
    Fact.objects.create(
        name="proef", what="Proef", value="10", unit="dagen", source="Ons boek", certainty="hoog",
        checked_on="2026-11-01",
    )  # fmt: skip
    article.body = "Je hebt {{feit: proef}}."
    article.save_revision().publish()
    page_cache.commit()
    assert ">10" in get().text

    Fact.objects.filter(name="proef").update(value="12")  # no signal tells this
    page_cache.commit()

    assert ">12" in get().text


def test_terms_made_in_bulk_show_at_once(article, page_cache):
    get("/begrippen/")
    page_cache.commit()
    Term.objects.bulk_create([Term(slug="alv", term="algemene ledenvergadering", meaning="Leden.")])
    page_cache.commit()

    assert "Algemene ledenvergadering" in get("/begrippen/").text


def test_change_that_was_rolled_back_does_not_hide_a_later_one(article, page_cache):
    get("/begrippen/")
    page_cache.commit()
    with transaction.atomic():
        with pytest.raises(ZeroDivisionError), transaction.atomic():
            Term.objects.create(slug="een", term="een", meaning="Weg.")
            raise ZeroDivisionError
        Term.objects.create(slug="twee", term="tweede begrip", meaning="Blijft.")
    page_cache.commit()

    assert "Tweede begrip" in get("/begrippen/").text


def test_another_process_notices_within_the_time_of_the_settings(article, page_cache, settings):
    settings.PAGE_CACHE_SECONDS = 0
    get()
    page_cache.commit()
    article.title = "Elders veranderd"
    article.save_revision().publish()  # and no hook runs here, as in another process

    assert "Elders veranderd" in get().text


def test_work_behind_the_screens_forgets_nothing(article, is_hit, page_cache, make_user):
    page_cache.commit()
    is_hit()
    Tick.objects.create(job="proef")
    Client().force_login(make_user("anna"))
    page_cache.commit()

    assert is_hit()


def test_page_of_yesterday_is_not_shown_today(article, is_hit):
    is_hit()
    release, version, day = generation.name.split(":")
    generation.name = f"{release}:{version}:{day}-the-next"  # what midnight does

    assert not is_hit()


# --- Visitors ------------------------------------------------------------------------------------


def test_private_page_is_neither_kept_nor_given(article, client, page_cache):
    get()
    page_cache.commit()
    restriction = PageViewRestriction.objects.create(
        page=article, restriction_type=PageViewRestriction.PASSWORD, password="geheim"
    )
    page_cache.commit()
    assert HEADING not in get().text

    client.post(
        f"/_util/authenticate_with_password/{restriction.pk}/{article.pk}/",
        {"password": "geheim", "return_url": ADDRESS},
    )
    assert HEADING in client.get(ADDRESS).text
    assert HEADING not in get().text


def test_page_for_one_group_is_not_kept(article, client, page_cache, make_user):
    restriction = PageViewRestriction.objects.create(
        page=article, restriction_type=PageViewRestriction.GROUPS
    )
    restriction.groups.add(Group.objects.get(name="Editors"))
    page_cache.commit()
    client.force_login(make_user("eva", group="Editors"))
    assert HEADING in client.get(ADDRESS).text

    assert get().status_code == 302


def test_page_for_a_group_of_the_staff_asks_a_second_factor(article, client, make_user):
    restriction = PageViewRestriction.objects.create(
        page=article, restriction_type=PageViewRestriction.GROUPS
    )
    restriction.groups.add(Group.objects.get(name="Editors"))
    client.force_login(make_user("eva", group="Editors", second_factor=False))

    assert client.get(ADDRESS).url == "/account/2fa/"


def test_who_is_signed_in_gets_a_page_of_their_own(article, client, page_cache, make_user):
    get()
    client.force_login(make_user("anna"))

    assert "Mijn account" in client.get(ADDRESS).text
    assert "Mijn account" not in get().text


def test_who_signed_in_first_leaves_nothing_for_a_visitor(article, client, is_hit, make_user):
    client.force_login(make_user("anna"))
    client.get(ADDRESS)

    assert not is_hit()
    assert "Mijn account" not in get().text


def test_visitor_with_an_old_session_cookie_is_a_visitor(article, page_cache, settings):
    fresh = get()
    visitor = Client()
    visitor.cookies[settings.SESSION_COOKIE_NAME] = "al-lang-verlopen"
    answer = visitor.get(ADDRESS)

    assert answer["ETag"] == fresh["ETag"]
    assert answer.content == fresh.content


def test_message_reaches_the_one_it_is_for_and_is_not_kept(client, page_cache, make_user):
    get("/over/")
    client.force_login(make_user("anna"))
    client.post("/account/logout/")  # allauth says goodbye with a message
    answer = client.get("/over/")

    assert MESSAGES in answer.text
    assert MESSAGES not in get("/over/").text
    assert MESSAGES not in client.get("/over/").text


@pytest.mark.parametrize("address", ["/account/login/", "/zoeken/", "/gezond/", "/robots.txt"])
def test_page_with_a_token_or_of_its_own_is_not_kept(db, page_cache, address):
    assert not any(get(address).has_header("ETag") for _ in range(2))


def test_pages_to_read_are_kept_and_these_are_not(db, page_cache):
    tree()
    texts = [address for address in OPEN if address.endswith("/")]

    assert {address for address in texts if not get(address).has_header("ETag")} == {
        "/account/inactive/",
        "/account/login/",
        "/account/password/reset/",
        "/account/password/reset/done/",
        "/account/password/reset/key/done/",
        "/account/signup/",
        "/gezond/",
        "/kalender/gebied/",  # searches
        "/partijen/aanmelden/",  # a form
        "/zoeken/",
        "/zoeken/suggesties/",
    }


# --- Bad input -----------------------------------------------------------------------------------


def test_query_is_neither_kept_nor_answered_from_it(article, is_hit):
    is_hit()

    assert not is_hit(ADDRESS + "?x=1")
    assert not is_hit(ADDRESS + "?x=1")


@pytest.mark.parametrize(
    "header", ["x-forwarded-host", "x-forwarded-proto", "x-forwarded-for", "x-original-url"]
)
def test_header_of_a_proxy_changes_nothing_that_is_kept(article, page_cache, header):
    odd = get(**{header: "boos.example"}).content

    assert get().content == odd
    assert b"boos" not in odd


def test_other_host_is_refused_and_an_odd_port_is_not_kept(article, is_hit):
    is_hit()

    assert get(host="boos.example").status_code == 400
    assert not is_hit(host="testserver:4444")
    assert not is_hit(host="testserver:4444")


def test_form_from_another_site_gets_no_kept_page(article, is_hit):
    is_hit()
    answer = Client(enforce_csrf_checks=True).post(
        ADDRESS, headers={"origin": "https://boos.example"}
    )

    assert answer.status_code in {403, 405}
    assert is_hit()


def test_head_is_answered_but_not_kept(article, is_hit):
    assert Client().head(ADDRESS).status_code == 200
    assert not is_hit()
    head = Client().head(ADDRESS)

    assert (head.status_code, head.content) == (200, b"")


# --- The server ----------------------------------------------------------------------------------


def ask(application, path=ADDRESS, **more):
    """Return what a server gets of a WSGI application."""
    said = {}
    environ = {
        "REQUEST_METHOD": "GET", "PATH_INFO": path, "QUERY_STRING": "", "SERVER_NAME": "testserver",
        "SERVER_PORT": "80", "wsgi.url_scheme": "http", "wsgi.input": BytesIO(),
    } | more  # fmt: skip

    def start(status, headers):
        said.update(status=status, **dict(headers))

    return said, b"".join(application(environ, start))


def test_server_answers_a_kept_page_without_django(article, page_cache):
    page = get()
    application = with_cached_pages(None)  # asking Django would be an error

    said, body = ask(application)
    assert (said["status"], body) == ("200 OK", page.content)
    assert ask(application, REQUEST_METHOD="HEAD")[1] == b""
    said, body = ask(application, HTTP_IF_NONE_MATCH=page["ETag"])
    assert (said["status"], body) == ("304 Not Modified", b"")


@pytest.mark.parametrize(
    "more",
    [
        {"QUERY_STRING": "a=1"},
        {"REQUEST_METHOD": "POST"},
        {"HTTP_COOKIE": "sessionid=abc"},
        {"HTTP_COOKIE": "messages=abc"},
        {"HTTP_AUTHORIZATION": "Bearer abc"},
        {"HTTP_HOST": "boos.example"},
        {"wsgi.url_scheme": "https"},
    ],
)
def test_server_asks_django_for_everything_else(article, page_cache, more):
    get()

    with pytest.raises(TypeError):  # there is no Django to ask
        ask(with_cached_pages(None), **more)


def test_server_passes_on_what_is_not_kept(db, page_cache):
    def django(environ, start_response):
        start_response("200 OK", [])
        return [b"gezond"]

    assert ask(with_cached_pages(django), "/gezond/") == ({"status": "200 OK"}, b"gezond")
