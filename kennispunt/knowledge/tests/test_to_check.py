"""What is due to be checked: on the desk, in the report, and what the reader is told."""

from datetime import timedelta

import pytest
from django.utils.timezone import localdate

from kennispunt.knowledge.tests.make import make_article
from kennispunt.pages import desk

pytestmark = pytest.mark.django_db


def due(title, days=0, **fields):
    """An article that was due to be checked this many days ago."""
    day = localdate() - timedelta(days=days)
    return make_article(title, check_again_on=day, checked_on=day - timedelta(days=180), **fields)


def test_longest_due_comes_first(client, make_user):
    due("Morgen", days=-1)
    due("Vandaag")
    due("Lang", days=90)
    due("Concept", days=200, live=False)
    client.force_login(make_user("eva", group="Editors"))

    pages = client.get("/beheer/te-controleren/").context["pages"]

    assert [page.title for page in pages] == ["Lang", "Vandaag"]


def test_report_per_steward(client, make_user):
    eva, maud = make_user("eva", group="Editors"), make_user("maud", group="Moderators")
    due("Van-eva", days=2, steward=eva)
    due("Van-maud", days=3, steward=maud)
    due("Van-niemand", days=1)
    client.force_login(eva)

    def titles(query):
        return [
            page.title for page in client.get(f"/beheer/te-controleren/{query}").context["pages"]
        ]

    assert titles("") == ["Van-maud", "Van-eva", "Van-niemand"]
    assert titles("?van=mij") == ["Van-eva", "Van-niemand"]
    assert titles(f"?van={maud.pk}") == ["Van-maud"]
    assert titles("?van=kip") == ["Van-maud", "Van-eva", "Van-niemand"]
    assert [(one.kind, one.count) for one in desk.waiting(maud)] == [("tekst", 2)]


def test_report_costs_the_same_for_one_and_for_many(
    client, make_user, django_assert_num_queries, django_assert_max_num_queries
):
    client.force_login(make_user("eva", group="Editors"))
    due("Een")
    client.get("/beheer/te-controleren/")
    with django_assert_max_num_queries(20) as first:
        client.get("/beheer/te-controleren/")
    for number in range(5):
        due(f"Nog-{number}")
    with django_assert_num_queries(len(first)):
        client.get("/beheer/te-controleren/")


@pytest.mark.parametrize(("days", "told"), [(0, False), (30, False), (31, True)])
def test_reader_is_told_past_the_limit(client, days, told):
    page = due("Geldig", days=days)

    assert ("Wij kijken dit opnieuw na" in client.get(page.url).text) is told


def test_who_is_no_staff_sees_no_report(client, make_user):
    client.force_login(make_user("anna"))

    assert client.get("/beheer/te-controleren/").status_code == 403
    assert list(desk.waiting(make_user("bram"))) == []
