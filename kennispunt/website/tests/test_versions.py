"""Changes of an editor can be put back from *Geschiedenis*, the very first one too."""

from importlib import import_module

import pytest
from django.apps import apps
from django.urls import reverse
from wagtail.models import PageLogEntry, Revision

from kennispunt.facts.models import Fact
from kennispunt.knowledge.models import ArticlePage, Term, TopicIndexPage
from kennispunt.knowledge.tests.make import make_article
from kennispunt.knowledge.tests.test_editing import send
from kennispunt.outreach.models import Text
from kennispunt.pages.versions import keep
from kennispunt.signpost.models import Entry
from kennispunt.trainings.models import Training

pytestmark = pytest.mark.django_db


@pytest.fixture
def root(make_user, client):
    """Petra as in the example: she may do everything."""
    person = make_user("petra", superuser=True)
    client.force_login(person)
    return person


def test_first_edit_of_a_loaded_article_is_undone_from_its_history(starter, client, maud):
    page = ArticlePage.objects.get(slug="taken-bestuur")
    was, first = page.title, page.latest_revision_id
    client.force_login(maud)
    answer = send(client, page, title="Verknoeid", **{"action-publish": "1"})
    assert answer.status_code == 302, answer.context["form"].errors
    assert ArticlePage.objects.get(pk=page.pk).title == "Verknoeid"

    history = client.get(f"/beheer/pages/{page.pk}/history/").text
    assert f"/beheer/pages/{page.pk}/revisions/{first}/revert/" in history
    back = client.get(f"/beheer/pages/{page.pk}/revisions/{first}/revert/")
    assert was in back.text
    warning = " ".join(str(one) for one in back.context["messages"])
    assert "door" in warning and "de site" in warning and "None" not in warning
    send(client, page, title=was, revision=first, **{"action-publish": "1"})

    assert ArticlePage.objects.get(pk=page.pk).title == was


@pytest.mark.parametrize("which", [ArticlePage, TopicIndexPage])
def test_page_that_the_site_made_itself_is_put_back_too(which, client, maud):
    make_article()
    page = which.objects.get()
    client.force_login(maud)

    client.get(f"/beheer/pages/{page.pk}/edit/")
    page.refresh_from_db()
    first = page.latest_revision_id
    page.save_revision(user=maud, log_action=True)

    history = client.get(f"/beheer/pages/{page.pk}/history/").text
    assert f"/beheer/pages/{page.pk}/revisions/{first}/revert/" in history


def test_what_was_there_is_nobodys_work(starter, client, maud):
    page = TopicIndexPage.objects.get()
    client.force_login(maud)
    client.get(f"/beheer/pages/{page.pk}/edit/")
    client.get(f"/beheer/pages/{page.pk}/edit/")

    [entry] = PageLogEntry.objects.filter(page=page, action="pages.kept")
    assert entry.user is None
    assert not TopicIndexPage.objects.get().has_unpublished_changes


@pytest.mark.parametrize("model", [Fact, Term, Text, Training, Entry])
def test_first_edit_of_a_loaded_row_is_undone_from_its_history(model, starter, client, root):
    row = model.objects.order_by("pk").first()
    name = {Fact: "what", Term: "meaning", Text: "title", Training: "title", Entry: "title"}[model]
    app = f"wagtailsnippets_{model._meta.app_label}_{model._meta.model_name}"
    edit = reverse(f"{app}:edit", args=[row.pk])
    was = getattr(row, name)
    form = client.get(edit).context["form"]
    data = {key: "" if value is None else value for key, value in form.initial.items()}
    data = {key: value for key, value in data.items() if value is not False}
    data |= sent_as(form) | {name: "Verknoeid"}

    answer = client.post(edit, data)
    assert answer.status_code == 302, answer.context["form"].errors
    first = Revision.objects.for_instance(row).order_by("pk").first()
    history = client.get(reverse(f"{app}:history", args=[row.pk])).text
    revert = reverse(f"{app}:revisions_revert", args=[row.pk, first.pk])

    assert revert in history
    assert getattr(first.as_object(), name) == was


def sent_as(form):
    """Return what the widgets of this form send for what they show."""
    sent = {}
    for bound in form:
        value = bound.value()
        if hasattr(bound.field, "prepare_value"):
            value = bound.field.prepare_value(value)
        if value not in (None, False):
            sent[bound.html_name] = value
    return sent


def test_row_that_a_file_renewed_is_kept_as_it_is_now(starter, maud):
    term = Term.objects.first()
    keep(term)
    Term.objects.filter(pk=term.pk).update(meaning="Uit een nieuw bestand.")
    term.refresh_from_db()
    keep(term)
    keep(term)

    versions = Revision.objects.for_instance(term).order_by("pk")
    assert [one.as_object().meaning == "Uit een nieuw bestand." for one in versions] == [
        False,
        True,
    ]


def test_versions_of_before_get_their_menu(starter):
    page = ArticlePage.objects.first()
    PageLogEntry.objects.filter(page=page).delete()
    make = import_module("kennispunt.pages.migrations.0006_versions_have_a_menu").make
    make(apps, None)
    make(apps, None)

    [entry] = PageLogEntry.objects.filter(page=page)
    revision = page.latest_revision
    assert (entry.revision, entry.timestamp, entry.content_changed) == (
        revision, revision.created_at, True,
    )  # fmt: skip
