"""The shared cache is a convenience: killed or silent, the site is slower, never down."""

import socket
import threading

import pytest
from django.core.cache import cache, caches
from django.test import Client

from kennispunt.knowledge.loading import tree
from kennispunt.knowledge.models import TopicPage
from kennispunt.pagecache import shared

pytestmark = pytest.mark.django_db
PAGES = [
    "/",
    "/onderwerpen/",
    "/onderwerpen/oprichten/",
    "/sitemap.xml",
    "/trainingen/",
    "/zoeken/",
]


@pytest.fixture
def topic(db):
    page = TopicPage(title="Oprichten", slug="oprichten", summary="Begin een partij.")
    return tree().add_child(instance=page)


@pytest.fixture(params=["kill", "freeze"])
def away(redis, page_cache, request):
    """A Redis that worked, and then was killed, or kept silent."""
    assert Client().get("/").status_code == 200
    getattr(redis, request.param)()


@pytest.mark.parametrize("address", PAGES)
def test_every_page_is_there_without_the_cache(topic, away, address):
    assert [Client().get(address).status_code for _ in range(2)] == [200, 200]


def test_a_code_is_mailed_without_the_cache(away, make_user, outbox):
    make_user("anna")

    answer = Client().post("/account/login/", {"login": "anna@example.org", "password": ""})

    assert answer.url == "/account/login/code/confirm/"
    assert [mail.to for mail in outbox()] == ["anna@example.org"]


def test_a_reaction_is_kept_without_the_cache(topic, away):
    typed = {"pagina": "/onderwerpen/oprichten/", "geholpen": "ja"}

    reader = Client(headers={"sec-fetch-site": "same-origin"})
    answer = reader.post("/reactie/", typed, follow=True)

    assert answer.status_code == 200


def test_healthy_without_the_cache_and_says_that_it_is_away(away):
    answer = Client().get("/gezond/")

    assert answer.status_code == 200
    assert "cache" in answer.text


def test_healthy_with_the_cache_says_nothing_of_it(redis):
    assert Client().get("/gezond/").text == "gezond\n"


def test_a_cache_that_is_back_is_used_again(redis, monkeypatch):
    cache.set("word", "kept")
    redis.freeze()
    assert cache.get("word") is None
    redis.thaw()
    assert cache.get("word") is None  # still in the pause

    monkeypatch.setattr(shared.time, "monotonic", lambda: 10**9)
    assert cache.get("word") == "kept"
    assert caches["default"].answers()


@pytest.fixture
def silent(settings):
    """A server that takes connections and never says a word; silent() is how many it took."""
    connections = []
    with socket.create_server(("127.0.0.1", 0)) as server:

        def take():
            while True:
                try:
                    connections.append(server.accept()[0])
                except OSError:
                    return

        threading.Thread(target=take, daemon=True).start()
        settings.CACHES = {
            "default": {
                "BACKEND": "kennispunt.pagecache.shared.SharedCache",
                "LOCATION": f"redis://127.0.0.1:{server.getsockname()[1]}/0",
            }
        }
        yield lambda: len(connections)
        server.shutdown(socket.SHUT_RDWR)
    for connection in connections:
        connection.close()


def test_a_silent_cache_costs_once_not_at_each_call(silent, monkeypatch):
    monkeypatch.setattr(shared.time, "monotonic", lambda: 1000.0)
    for _ in range(50):
        cache.get("word")
    thread = threading.Thread(target=cache.get, args=("word",))  # a client of its own
    thread.start()
    thread.join()

    assert silent() == 1


def test_all_that_is_asked_of_a_cache_has_an_answer_without_one(redis):
    redis.kill()
    ours = caches["default"]

    assert ours.get("a", "else") == "else"
    assert ours.get_many(["a"]) == {}
    assert ours.get_or_set("a", lambda: "made") == "made"
    assert ours.add("a", 1) is True  # a lock that nobody holds
    assert ours.touch("a") is ours.delete("a") is ours.has_key("a") is ours.clear() is False
    assert ours.set("a", 1) is ours.delete_many(["a"]) is None
    assert ours.set_many({"a": 1}) == ["a"]
    with pytest.raises(ValueError, match="not found"):
        ours.incr("a")
