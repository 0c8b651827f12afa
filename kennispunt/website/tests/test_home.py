"""The front door: what one comes for, what is due, what is new."""

from datetime import date

import pytest
from django.utils import timezone
from wagtail.models import PageViewRestriction

from kennispunt.knowledge.models import ArticlePage
from kennispunt.knowledge.tests.make import make_article, make_topic

pytestmark = pytest.mark.django_db


def test_links_under_the_search_field_are_those_whose_text_is_there(client):
    article = make_article("De naam", slug="naam-registreren")

    answer = client.get("/")

    shown = [item.address for item in answer.context["quick"]]
    assert shown == [article.url, "/wegwijzer/"]


def test_topic_without_a_text_is_not_promised(client):
    make_article(topic=make_topic("Geld"))
    make_topic("Fuseren")

    assert [topic.title for topic in client.get("/").context["topics"]] == ["Geld"]


def test_what_was_checked_last_stands_first_and_says_whether_it_is_new(client):
    make_article("Oud", checked_on=date(2026, 1, 5))
    make_article("Nagekeken", checked_on=date(2026, 11, 6))
    make_article("Nieuw", checked_on=date(2026, 11, 5))
    began = timezone.make_aware(timezone.datetime(2026, 2, 1))
    ArticlePage.objects.exclude(title="Nieuw").update(first_published_at=began)

    answer = client.get("/")

    titles = [page.title for page in answer.context["latest"]]
    assert titles == ["Nagekeken", "Nieuw", "Oud"]
    assert "6 november · opnieuw nagekeken" in answer.text
    assert "5 november · nieuw" in answer.text


def test_text_that_came_in_the_night_is_new_that_day(client):
    make_article(checked_on=date(2026, 11, 6))
    half_past_midnight = timezone.make_aware(timezone.datetime(2026, 11, 6, 0, 30))
    ArticlePage.objects.update(first_published_at=half_past_midnight)

    assert "6 november · nieuw" in client.get("/").text


def test_text_that_is_not_for_everyone_is_neither_shown_nor_promised(client):
    article = make_article("Besloten", topic=make_topic("Intern"), checked_on=date(2026, 11, 6))
    PageViewRestriction.objects.create(page=article, restriction_type="login")

    answer = client.get("/")

    assert not answer.context["latest"]
    assert not answer.context["topics"]
