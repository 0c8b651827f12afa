"""Did this help? From the page of a visitor to the list of an editor."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.utils import timezone

from kennispunt.accounts.groups import let_staff
from kennispunt.knowledge.loading import tree
from kennispunt.knowledge.models import ArticlePage, TopicPage
from kennispunt.pages.desk import waiting
from kennispunt.pages.models import Reaction
from kennispunt.pages.retention import forget_reactions
from tests.html import faults, parse

OURS = {"sec-fetch-site": "same-origin"}
TOPIC = "/onderwerpen/oprichten/"
ADDRESS = TOPIC + "naam-registreren/"


@pytest.fixture(autouse=True)
def article(db):
    topic = tree().add_child(
        instance=TopicPage(title="Oprichten", slug="oprichten", summary="Begin een partij.")
    )
    return topic.add_child(
        instance=ArticlePage(
            title="Je naam registreren",
            slug="naam-registreren",
            summary="Zo doe je dat.",
            body="Ja.",
        )
    )


@pytest.fixture
def reader():
    """A browser that checks tokens, if there were any."""
    return Client(enforce_csrf_checks=True, headers=OURS)


def say(reader, answer="nee", page=ADDRESS, **more):
    return reader.post("/reactie/", {"pagina": page, "geholpen": answer}, **more)


@pytest.mark.parametrize("address", [ADDRESS, TOPIC, "/begrippen/"])
def test_page_asks_whether_it_helped_without_token_or_cookie(reader, page_cache, address):
    answers = [reader.get(address) for _ in range(2)]  # the second is a cached page
    names = {field.get("name") for field in parse(answers[1].content).iter("input")}

    assert "pagina" in names
    assert "csrfmiddlewaretoken" not in names
    assert not answers[0].cookies
    assert "redactie" in answers[1].text


def test_reader_says_no_and_adds_why(reader):
    thanks = say(reader)
    page = reader.get(thanks.url)
    assert "Alleen onze redactie leest dit" in page.text
    assert faults(page.content) == []

    done = reader.post(thanks.url + "opmerking/", {"remark": "Wat kost het?"}, follow=True)

    assert "Bedankt" in done.text
    reaction = Reaction.objects.get()
    assert (reaction.helped, reaction.remark, reaction.address) == (False, "Wat kost het?", ADDRESS)


def test_reader_says_yes_and_leaves(reader):
    say(reader, "ja")

    assert Reaction.objects.get().helped
    assert Reaction.objects.get().handled  # nothing in it to deal with


def test_remark_survives_an_error(reader):
    thanks = say(reader)
    answer = reader.post(thanks.url + "opmerking/", {"remark": "a" * 1001})

    assert answer.status_code == 422
    assert "a" * 1001 in answer.text
    assert "Maak het korter" in answer.text


def test_remark_is_given_once(reader):
    thanks = say(reader)
    for words in ("eerste", "tweede"):
        reader.post(thanks.url + "opmerking/", {"remark": words})

    assert Reaction.objects.get().remark == "eerste"


def test_remark_is_text_and_not_html(reader, client, make_user):
    thanks = say(reader)
    reader.post(thanks.url + "opmerking/", {"remark": "<script>alert(1)</script>"})
    client.force_login(make_user("eva", superuser=True))

    assert "<script>alert(1)" not in client.get("/beheer/snippets/pages/reaction/").text


@pytest.mark.parametrize(
    "headers",
    [
        {"sec-fetch-site": "cross-site"},
        {"sec-fetch-site": "same-site"},
        {"origin": "https://boos.example"},
        {"origin": "null"},
        {"referer": "https://boos.example/testserver"},
        {},
    ],
)
def test_form_from_another_site_is_refused(headers):
    assert say(Client(headers=headers)).status_code == 403
    assert not Reaction.objects.exists()


@pytest.mark.parametrize(
    "headers", [{"origin": "http://testserver"}, {"referer": "http://testserver/begrippen/"}]
)
def test_older_browser_may_react_as_well(headers):
    assert say(Client(headers=headers)).status_code == 302


@pytest.mark.parametrize(
    ("page", "answer"),
    [
        ("/bestaat-niet/", "ja"),
        ("https://boos.example/", "ja"),
        ("//boos.example/", "ja"),
        ("", "ja"),
        ("x" * 10_000, "ja"),
        (ADDRESS, "misschien"),
        (ADDRESS, ""),
    ],
)
def test_nonsense_is_not_kept(reader, page, answer):
    assert say(reader, answer, page).status_code == 404
    assert not Reaction.objects.exists()


def test_page_that_is_not_public_gets_no_reaction(reader, article):
    article.unpublish()

    assert say(reader).status_code == 404


@pytest.mark.parametrize("ticket", ["verzonnen", "1:abc:def", "a" * 3000])
def test_made_up_ticket_is_not_found(reader, ticket):
    assert reader.get(f"/reactie/{ticket}/").status_code == 404
    assert reader.post(f"/reactie/{ticket}/opmerking/", {"remark": "x"}).status_code == 404


def test_flood_is_stopped_and_a_neighbour_is_not(reader):
    answers = [say(reader, REMOTE_ADDR="192.0.2.7") for _ in range(32)]

    assert [one.status_code for one in answers].count(302) == 30
    assert (answers[-1].status_code, answers[-1]["Retry-After"]) == (429, "3600")
    assert say(reader, REMOTE_ADDR="192.0.2.8").status_code == 302


def test_nothing_tells_who_it_was(reader, make_user):
    reader.force_login(make_user("anna"))
    say(reader)

    names = {field.name for field in Reaction._meta.get_fields()}
    assert names == {"id", "address", "title", "helped", "remark", "day", "handled"}


def test_remarks_wait_for_editors_until_they_are_dealt_with(reader, client, make_user):
    let_staff(Reaction, "view", "change", "delete")
    eva = make_user("eva", group="Editors")
    assert list(waiting(eva)) == []
    thanks = say(reader)
    reader.post(thanks.url + "opmerking/", {"remark": "Wat kost het?"})

    [line] = waiting(eva)
    assert line.count == 1
    assert list(waiting(make_user("anna"))) == []

    client.force_login(eva)
    assert "Wat kost het?" in client.get(line.address).text
    reaction = Reaction.objects.get()
    edit = f"/beheer/snippets/pages/reaction/edit/{reaction.pk}/"
    assert "Wat kost het?" in client.get(edit).text
    client.post(edit, {"handled": "on"})
    assert list(waiting(eva)) == []
    assert Reaction.objects.get().remark == "Wat kost het?"


def test_editor_cannot_write_a_reaction(client, make_user):
    client.force_login(make_user("eva", superuser=True))

    assert client.get("/beheer/snippets/pages/reaction/add/").status_code in {302, 403, 404}


def test_reaction_is_forgotten_after_90_days(reader):
    say(reader)
    now = timezone.now()

    assert forget_reactions(now + timedelta(days=90)) == 0
    assert forget_reactions(now + timedelta(days=91)) == 1


def test_reaction_does_not_empty_the_page_cache(reader, page_cache):
    page_cache.commit()
    say(reader)

    assert connection.run_on_commit == []
