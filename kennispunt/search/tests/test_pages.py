"""The page /zoeken/, and what is kept of a question that found nothing."""

import re
from datetime import date, datetime

import pytest
from django.utils.timezone import make_aware

from kennispunt.search import topics
from kennispunt.search.index import Entry
from kennispunt.search.missed import count_missed, safe_words
from kennispunt.search.models import MissedQuery
from kennispunt.search.retention import forget_missed_queries
from kennispunt.search.tests.test_find import give


@pytest.fixture
def six(kinds):
    entries = [
        Entry(key=str(n), title=f"Statuten {n}", url=f"/s/{n}/", note="Organisatie")
        for n in range(6)
    ]
    kinds.register("article", label="Uitleg", order=1, entries=give(*entries))
    kinds.rebuild()


def links_of_main(answer):
    main = answer.text.partition("<main")[2].partition("</main>")[0]
    return re.findall(r'<a [^>]*href="([^"]+)"', main)


def test_the_first_link_is_the_best_answer(six, client):
    assert links_of_main(client.get("/zoeken/", {"q": "statuten 3"}))[0] == "/s/3/"


def test_a_group_shows_a_few_and_leads_to_all(six, client):
    assert "/zoeken/?q=statuten&amp;soort=article" in client.get("/zoeken/?q=statuten").text
    everything = links_of_main(client.get("/zoeken/?q=statuten&soort=article"))
    assert {f"/s/{n}/" for n in range(6)} <= set(everything)


def test_an_unknown_kind_is_no_kind(six, client):
    assert "/s/0/" in client.get("/zoeken/?q=statuten&soort=nonsense").text


@pytest.mark.parametrize("question", ["statuten", "nergens", ""])
def test_the_page_costs_few_queries_however_much_is_found(
    six, client, question, django_assert_max_num_queries
):
    with django_assert_max_num_queries(18):
        client.get("/zoeken/", {"q": question})


def test_what_has_little_of_the_question_is_not_given_as_its_answer(six, client):
    said = "Hierover hebben we misschien niets."

    weak = client.get("/zoeken/", {"q": "statuten van een kapotte wasmachine in de garage"})

    assert said in weak.text
    assert links_of_main(weak)[0] == "/contact/"
    assert "/s/0/" in links_of_main(weak)
    assert said not in client.get("/zoeken/", {"q": "statuten 3"}).text


def test_nothing_found_leads_to_the_nearest_topics_and_is_counted(six, client, monkeypatch):
    given = [
        topics.Topic("Geld", "/onderwerpen/geld/"),
        topics.Topic("Fuseren", "/onderwerpen/fuseren/"),
    ]
    monkeypatch.setattr(topics, "_lists", [lambda: given])

    answer = client.get("/zoeken/", {"q": "geldboompje"})
    for number in (7, 8, 9):
        client.get("/zoeken/", {"q": "Geldboompje"}, REMOTE_ADDR=f"203.0.113.{number}")
    client.get("/zoeken/", {"q": "statuten"})

    assert links_of_main(answer) == ["/contact/", "/onderwerpen/geld/", "/onderwerpen/fuseren/"]
    assert list(MissedQuery.objects.values_list("words", "times")) == [("geldboompje", 2)]


@pytest.mark.parametrize(
    "text",
    [
        "jan@example.org",
        "0612345678",
        "Kerkstraat 12",
        "wethouder Jan Jansen",
        "www.example.org",
        "x" * 81,
        "aap noot mies wim zus jet teun vuur gijs lam kees bok",
        "de het",
        "🎉",
    ],
)
def test_what_may_point_to_a_person_is_not_kept(db, text):
    count_from_everywhere(text, on=date(2026, 11, 24))

    assert not MissedQuery.objects.exists()


def test_words_are_kept_in_an_order_that_tells_no_story():
    assert (
        safe_words("Waar is de poppenkast van onze penningmeester?") == "penningmeester poppenkast"
    )


def count_from_everywhere(text, *, on):
    for number in range(5):
        count_missed(text, on=on, place=f"ip 203.0.113.{number}")


@pytest.mark.parametrize("text", ["jan de vries", "vries", "de heer van den zonnebloem", "jansen"])
def test_a_name_in_lower_case_is_not_kept_however_often_somebody_asks_it(six, client, text):
    for _ in range(9):
        client.get("/zoeken/", {"q": text})

    assert not MissedQuery.objects.exists()


def test_a_word_that_several_ask_is_what_we_should_write_about(six):
    places = ["a", "a", "b", "b", "a", "c", "d"]
    for place in places:
        count_missed("poppenkast", on=date(2026, 11, 24), place=place)

    assert list(MissedQuery.objects.values_list("words", "times")) == [("poppenkast", 2)]


def test_words_of_our_own_texts_are_kept_at_once(six):
    count_missed("statuten dorpsfeest", on=date(2026, 11, 24), place="a")  # made of what we know

    assert MissedQuery.objects.get().words == "dorpsfeest statuten"


def test_a_name_of_a_party_or_place_is_no_word_of_our_texts(kinds):
    entry = Entry(key="1", title="Lijst Zonnebloem", url="/p/1/")
    kinds.register("party", label="Partijen", order=1, entries=give(entry), names=True)
    kinds.rebuild()

    count_missed("zonnebloem", on=date(2026, 11, 24), place="a")

    assert not MissedQuery.objects.exists()


def test_it_is_counted_per_week_and_forgotten_after_half_a_year(six):
    count_missed("statuten", on=date(2026, 5, 20), place="a")
    count_missed("statuten", on=date(2026, 11, 24), place="a")
    count_missed("statuten", on=date(2026, 11, 29), place="a")

    assert forget_missed_queries(make_aware(datetime(2026, 11, 29))) == 1
    assert list(MissedQuery.objects.values_list("week", "times")) == [(date(2026, 11, 23), 2)]


def test_suggestions_are_plain_data(six, client):
    assert client.get("/zoeken/suggesties/?q=statuten 4").json() == {"suggestions": ["Statuten 4"]}
