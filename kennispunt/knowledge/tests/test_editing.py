"""How a text comes to the reader: an editor writes, a second pair of eyes publishes."""

import pytest
from django.core.management import call_command
from wagtail.models import GroupPagePermission, TaskState, Workflow

from kennispunt.knowledge.models import ArticlePage
from kennispunt.knowledge.tests.make import make_article, make_topic

pytestmark = pytest.mark.django_db


@pytest.fixture
def eva(make_user):
    return make_user("eva", group="Editors")


@pytest.fixture
def maud(make_user):
    return make_user("maud", group="Moderators")


def form_of(page, **changes):
    """What the browser sends when an editor presses a button."""
    fields = {
        "title": page.title, "slug": page.slug, "summary": page.summary, "body": page.body, "laws": "", "related": "",
        "also_under": "", "open_points": "", "search_words": "", "what_changed": "", "sources-count": "0", "comments-TOTAL_FORMS": "0",
        "comments-INITIAL_FORMS": "0", "steward": "", "checked_on": "", "check_again_on": "",
    }  # fmt: skip
    return fields | changes


def send(client, page, **changes):
    return client.post(f"/beheer/pages/{page.pk}/edit/", form_of(page, **changes))


def test_every_page_has_the_workflow_in_dutch():
    page = make_article()

    assert page.get_workflow() == Workflow.objects.get(name="Tweede paar ogen")
    assert [task.name for task in page.get_workflow().tasks] == ["Nakijken en publiceren"]


@pytest.mark.parametrize("button", ["action-publish", "action-submit", "action-save"])
def test_editor_cannot_publish_alone(client, eva, button):
    page = make_article()
    client.force_login(eva)

    send(client, page, body="Door Eva.", **{button: "1"})

    assert ArticlePage.objects.get().body == "Tekst."
    assert "Door Eva." not in client.get(page.url).text
    page.refresh_from_db()
    assert page.get_latest_revision_as_object().body == "Door Eva."


def test_editor_may_not_publish_in_any_group():
    allowed = GroupPagePermission.objects.filter(permission__codename__startswith="publish")

    assert {one.group.name for one in allowed} <= {"Moderators"}


def test_second_pair_of_eyes_publishes_and_the_reader_sees_it_at_once(client, eva, maud):
    page = make_article()
    client.force_login(eva)
    send(client, page, body="Door Eva.", **{"action-submit": "1"})
    task = TaskState.objects.get(status="in_progress")

    client.force_login(maud)
    client.post(f"/beheer/pages/workflow/action/{page.pk}/approve/{task.pk}/", {"comment": "Goed."})

    client.logout()
    assert "Door Eva." in client.get(page.url).text


def test_editor_cannot_approve_her_own_text(client, eva):
    page = make_article()
    client.force_login(eva)
    send(client, page, body="Door Eva.", **{"action-submit": "1"})
    task = TaskState.objects.get(status="in_progress")

    client.post(f"/beheer/pages/workflow/action/{page.pk}/approve/{task.pk}/", {"comment": ""})

    assert ArticlePage.objects.get().body == "Tekst."


@pytest.mark.parametrize(
    ("wrong", "message"),
    [
        ({"body": "Dit is {{feit: kip}}."}, "Regel 1: Er is geen feit “kip”."),
        ({"summary": ""}, "Dit is een verplicht veld."),
        ({"laws": "Kippenwet 1"}, "De wet in “Kippenwet 1” kennen we niet."),
    ],
)
def test_mistake_is_named_and_nothing_is_lost(client, eva, wrong, message):
    page = make_article()
    client.force_login(eva)

    answer = send(
        client, page, **({"what_changed": "Dit typte ik."} | wrong), **{"action-submit": "1"}
    )

    assert message in answer.text
    assert "Dit typte ik." in answer.text
    assert not TaskState.objects.exists()


def test_old_address_of_a_moved_page_leads_to_the_new_one(client, maud):
    page, other = make_article(topic=make_topic("Geld")), make_topic("Campagne")
    old = page.url
    client.force_login(maud)

    client.post(f"/beheer/pages/{page.pk}/move/{other.pk}/confirm/")

    client.logout()
    answer = client.get(old)
    assert (answer.status_code, answer["Location"]) == (301, "/onderwerpen/campagne/de-kas/")
    assert client.get(answer["Location"]).status_code == 200


def test_old_address_of_a_page_with_another_slug_too(
    client, maud, django_capture_on_commit_callbacks
):
    page = make_article()
    client.force_login(maud)

    with django_capture_on_commit_callbacks(execute=True):
        send(client, page, slug="de-kas-van-de-partij", **{"action-publish": "1"})

    client.logout()
    assert client.get(page.url)["Location"] == "/onderwerpen/geld/de-kas-van-de-partij/"


def test_history_says_who_did_what(client, eva):
    page = make_article()
    client.force_login(eva)
    send(client, page, body="Door Eva.", **{"action-submit": "1"})

    history = client.get(f"/beheer/pages/{page.pk}/history/").text

    assert "Eva" in history


def test_accessibility_checker_sees_the_preview_and_visitors_get_none_of_it(client, eva):
    page = make_article()
    client.force_login(eva)
    address = f"/beheer/pages/{page.pk}/edit/preview/"

    assert client.post(address, form_of(page)).json()["is_valid"]
    preview = client.get(address)
    assert "wagtail-userbar" in preview.text
    assert "frame-ancestors 'self'" in preview["Content-Security-Policy"]
    assert "frame-ancestors 'none'" in client.get(page.url)["Content-Security-Policy"]
    assert "wagtail-userbar" not in client.get(page.url).text


def test_editor_reads_how_easy_the_text_is(client, eva, capsys):
    page = make_article(body=f"{'heel ' * 25}lang. Kort is beter.")
    easy = make_article("De bank", body="Je belt eerst de notaris en daarna de bank.")
    client.force_login(eva)

    assert (
        "1 zin van meer dan 20 woorden: knip." in client.get(f"/beheer/pages/{page.pk}/edit/").text
    )
    with pytest.raises(SystemExit):
        call_command("readability")
    heading, worst, best, house, above = capsys.readouterr().out.splitlines()
    assert heading.split()[-1] == "article"
    assert worst.endswith(page.slug)
    assert best.endswith(easy.slug)
    assert house.endswith("(the house)")
    assert above == "1 above a limit"
