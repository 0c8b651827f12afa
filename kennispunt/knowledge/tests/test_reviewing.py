"""A text that waits for a second reader, and one that came back: on the desk and by mail."""

import pytest
from django.core import mail as django_mail
from wagtail.models import TaskState
from wagtail.users.models import UserProfile

from kennispunt.knowledge.tests.make import make_article
from kennispunt.knowledge.tests.test_editing import send
from kennispunt.pages.desk import waiting

pytestmark = pytest.mark.django_db


@pytest.fixture
def page(db):
    return make_article(title="De kas")


@pytest.fixture
def submitted(client, eva, maud, page):
    """Eva sent her change to the second reader."""
    submit(client, eva, page)
    return TaskState.objects.get(status="in_progress")


def submit(client, who, page):
    client.force_login(who)
    return send(client, page, body="Door Eva.", **{"action-submit": "1"})


def act(client, who, what, task, comment=""):
    client.force_login(who)
    page = task.workflow_state.object_id
    address = f"/beheer/pages/workflow/action/{page}/{what}/{task.pk}/"
    return client.post(address, {"comment": comment})


def lines(user, kind="nalezen"):
    return [(one.title, one.address, one.note) for one in waiting(user) if one.kind == kind]


def test_text_to_review_is_on_the_desk_of_who_may_review(submitted, page, eva, maud, tess, petra):
    assert lines(maud) == [("Lees na: De kas", f"/beheer/pages/{page.pk}/edit/", "")]
    assert [lines(one) for one in (eva, tess, petra)] == [[], [], []]


def test_new_text_says_that_it_is_new(client, eva, maud, page):
    page.live, page.first_published_at = False, None
    page.save()
    submit(client, eva, page)
    assert [note for _, _, note in lines(maud)] == ["nieuw"]


def test_who_may_review_hears_it_by_mail(client, make_user, eva, maud, page, outbox):
    mia = make_user("mia", group="Moderators")
    make_user("weg", group="Moderators")
    make_user("weg2", group="Moderators")
    from kennispunt.accounts.models import User

    User.objects.filter(email="weg@example.org").update(is_active=False)
    quiet = UserProfile.get_for_user(User.objects.get(email="weg2@example.org"))
    quiet.submitted_notifications = False
    quiet.save()

    submit(client, eva, page)

    assert [one.to for one in outbox()] == [maud.email, mia.email]
    mail = outbox()[0]
    assert mail.subject == "Een tekst wacht op jou als tweede lezer"
    assert "De kas" in mail.text
    assert f"/beheer/pages/{page.pk}/edit/" in mail.text
    assert django_mail.outbox == []  # Wagtail itself sends nothing


def test_who_reviews_does_not_review_her_own(client, maud, page, outbox):
    submit(client, maud, page)
    assert lines(maud) == []
    assert outbox() == []


def test_text_that_came_back_is_on_the_desk_of_its_author_with_the_remark(
    client, submitted, page, eva, maud, outbox
):
    act(client, maud, "reject", submitted, "Noem de wet. En knip de zin.")

    assert lines(maud) == []
    assert lines(eva, "terug") == [
        ("Kwam terug: De kas", f"/beheer/pages/{page.pk}/edit/", "Noem de wet. En knip de zin.")
    ]
    mail = outbox()[-1]
    assert (mail.to, mail.subject) == (eva.email, "Je tekst kwam terug met een opmerking")
    assert "Noem de wet. En knip de zin." in mail.text
    assert "De kas" in mail.text


def test_author_who_sends_it_again_puts_it_back_on_the_other_desk(
    client, submitted, page, eva, maud, outbox
):
    act(client, maud, "reject", submitted, "Noem de wet.")
    before = len(outbox())
    client.force_login(eva)
    send(client, page, body="Door Eva, met de wet.", **{"action-submit": "1"})

    assert lines(eva, "terug") == []
    assert [title for title, _, _ in lines(maud)] == ["Lees na: De kas"]
    assert [one.to for one in outbox()[before:]] == [maud.email]


@pytest.mark.parametrize("comment", ["", "Mooi zo."])
def test_author_hears_that_it_is_on_the_site(client, submitted, page, eva, maud, outbox, comment):
    act(client, maud, "approve", submitted, comment)

    mail = outbox()[-1]
    assert (mail.to, mail.subject) == (eva.email, "Je tekst staat op de site")
    assert page.get_full_url() in mail.text
    assert ("Mooi zo." in mail.text) == bool(comment)
    assert lines(maud) == lines(eva, "terug") == []


def test_author_hears_that_a_colleague_did_it_another_way(
    client, submitted, page, eva, maud, outbox
):
    client.force_login(maud)
    send(client, page, body="Door Maud.", **{"action-publish": "1"})

    mail = outbox()[-1]
    assert (mail.to, mail.subject) == (eva.email, "Een collega nam je tekst over")
    assert lines(maud) == []


def test_author_who_stops_it_herself_hears_nothing(client, submitted, page, eva, outbox):
    before = len(outbox())
    client.force_login(eva)
    send(client, page, **{"action-cancel-workflow": "1"})
    assert TaskState.objects.get().status == "cancelled"
    assert len(outbox()) == before


def test_text_of_who_left_waits_for_who_reviews(client, submitted, eva, maud, outbox):
    act(client, maud, "reject", submitted, "Noem de wet.")
    eva.is_active = False
    eva.save()

    assert [title for title, _, _ in lines(maud, "terug")] == ["Kwam terug: De kas"]


def test_text_that_was_thrown_away_waits_for_nobody(client, submitted, page, maud):
    page.delete()
    assert lines(maud) == []
