"""The texts of the repository, and what happens to them when they are loaded."""

import shutil

import pytest
from django.core.management import CommandError, call_command
from wagtail.models import Site

from kennispunt.facts.loading import load_facts
from kennispunt.knowledge.loading import ARTICLE_FIELDS, CONTENT, load_content
from kennispunt.knowledge.models import ArticlePage, Term, TopicPage
from kennispunt.pages.sources import fingerprint, state_of
from tests.html import faults


@pytest.fixture
def facts(db):
    load_facts()


@pytest.fixture
def folder(tmp_path):
    """A copy of our texts, to break."""
    return shutil.copytree(CONTENT, tmp_path / "inhoud")


@pytest.mark.thorough
def test_the_texts_of_the_repository_are_valid(db):
    load_facts()
    content = load_content()

    assert TopicPage.objects.live().count() == len(list((CONTENT / "onderwerpen").glob("*.md")))
    assert ArticlePage.objects.live().count() == len(list((CONTENT / "artikelen").glob("*.md")))
    assert Term.objects.count() == 77
    assert content.planned


def test_loading_again_changes_nothing(starter):
    before = list(ArticlePage.objects.order_by("pk").values_list("latest_revision_id", flat=True))
    report = load_content()

    assert (report.new, report.renewed, report.kept) == (0, 0, [])
    after = list(ArticlePage.objects.order_by("pk").values_list("latest_revision_id", flat=True))
    assert after == before


def test_changed_file_renews_and_an_editors_change_survives(starter, folder):
    edited = ArticlePage.objects.get(slug="naam-registreren")
    edited.title = "Door een redacteur"
    edited.save_revision().publish()
    term = Term.objects.get(slug="alv")
    term.meaning = "Anders."
    term.save()
    for name in ("naam-registreren", "taken-bestuur"):
        file = folder / "artikelen" / f"{name}.md"
        file.write_text(file.read_text("utf-8") + "\nNieuw.\n", "utf-8")
    terms = folder / "begrippen.toml"
    terms.write_text(
        terms.read_text("utf-8").replace('afkorting = "ALV"', 'afkorting = "AV"'), "utf-8"
    )

    report = load_content(folder)

    assert report.renewed == 1
    assert report.kept == ["artikelen/naam-registreren.md", "begrip:alv"]
    assert ArticlePage.objects.get(slug="naam-registreren").title == "Door een redacteur"
    assert ArticlePage.objects.get(slug="taken-bestuur").body.endswith("Nieuw.")
    assert Term.objects.get(slug="alv").meaning == "Anders."


def test_draft_of_an_editor_survives(starter, folder):
    page = ArticlePage.objects.get(slug="taken-bestuur")
    page.title = "Nog niet klaar"
    page.save_revision()
    file = folder / "artikelen" / "taken-bestuur.md"
    file.write_text(file.read_text("utf-8") + "\nNieuw.\n", "utf-8")

    assert load_content(folder).kept == ["artikelen/taken-bestuur.md"]
    assert page.get_latest_revision_as_object().title == "Nog niet klaar"


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("samenvatting =", "samenvating =", "regel 1: het veld samenvatting ontbreekt"),
        ('["oprichter", "bestuurslid"]', '["kip"]', "regel 7, rollen: “kip” kennen we niet"),
        (
            '["Kieswet G 1"',
            '["Kippenwet 1"',
            "regel 12, wetten: De wet in “Kippenwet 1” kennen we niet",
        ),
        ("artikel:laatste-dag-gemist", "artikel:kip", "verwante: Er is geen tekst “artikel:kip”"),
        ("{{feit: waarborgsom-naam-gr}}", "{{feit: kip}}", "tekst: Er is geen feit “kip”"),
        ("+++", "---", "regel 1: de kop"),
    ],
)
def test_mistake_names_file_and_field(facts, folder, old, new, message):
    file = folder / "artikelen" / "naam-registreren.md"
    file.write_text(file.read_text("utf-8").replace(old, new, 1), "utf-8")

    with pytest.raises(CommandError, match=r"^artikelen/naam-registreren\.md, ") as caught:
        call_command("load_content", folder)

    assert message in str(caught.value)
    assert not ArticlePage.objects.exists()


def test_site_has_its_own_address_and_no_welcome(starter, settings):
    site = Site.objects.get(is_default_site=True)

    assert site.hostname in settings.SITE_URL
    assert site.root_page.title == "Kennispunt"


@pytest.mark.thorough
def test_visitor_reads_every_page(starter, client):
    pages = [page.url for model in (TopicPage, ArticlePage) for page in model.objects.live()]
    for address in ["/", "/onderwerpen/", "/begrippen/", *pages]:
        answer = client.get(address)
        assert answer.status_code == 200, address
        assert faults(answer.content) == [], address
        assert b"{{" not in answer.content, address


def test_article_costs_few_queries(starter, client, django_assert_num_queries):
    """With a question in the address no page is kept: this is what making one costs."""
    address = ArticlePage.objects.get(slug="naam-registreren").url + "?vers"
    client.get(address)
    with django_assert_num_queries(10):
        client.get(address)


def test_editor_opens_an_article(starter, client, make_user):
    client.force_login(make_user("eva", group="Editors"))
    page = ArticlePage.objects.get(slug="naam-registreren")

    answer = client.get(f"/beheer/pages/{page.pk}/edit/")

    assert answer.status_code == 200
    assert "Van deze verkiezingen tonen we de datums" in answer.content.decode()


def test_editor_cannot_publish_a_name_that_nothing_has(starter):
    page = ArticlePage.objects.get(slug="naam-registreren")
    page.body = "Dit is {{feit: kip}}."

    with pytest.raises(Exception, match="Er is geen feit “kip”"):
        page.full_clean()


def test_text_of_before_a_field_was_there_is_not_taken_for_changed_by_an_editor(starter):
    page = ArticlePage.objects.get(slug="verzekeren")
    page.search_words, page.summary = [], "Zoals het eerst was."
    there = {"body", *ARTICLE_FIELDS.values()} - {"search_words"}
    page.loaded = fingerprint(state_of(page, there))
    page.save()
    page.save_revision()

    load_content()

    assert ArticlePage.objects.get(slug="verzekeren").search_words
