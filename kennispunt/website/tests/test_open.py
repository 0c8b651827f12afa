"""Things that everyone may take along: API, feed, sitemap, schema.org, cards and the export."""

import json
from io import BytesIO
from shutil import copy, copytree
from xml.etree import ElementTree

import pytest
from django.core.files.images import ImageFile
from django.core.management import CommandError, call_command
from PIL import Image
from wagtail.images import get_image_model
from wagtail.models import Collection, CollectionViewRestriction

from kennispunt.knowledge.loading import CONTENT, load_content
from kennispunt.knowledge.models import ArticlePage, Term, TopicPage
from kennispunt.pages.models import BasePage
from kennispunt.trainings.tests.make import amsterdam, make_edition, make_parties, sign_up
from tests.html import faults, parse

ARTICLE = "/onderwerpen/oprichten/naam-registreren/"
LISTS = ["onderwerpen", "artikelen", "begrippen", "feiten", "gebieden", "kalender"]


FEW = ("naam-registreren", "partij-beginnen", "verzekeren")
TERMS = """
[alv]
term = "algemene ledenvergadering"
afkorting = "ALV"
synoniemen = ["ledenvergadering"]
betekenis = "De vergadering van alle leden. Oproepen: {{feit: statuten-oproep-dagen}} vooraf."
wet = "BW 2 40"
gecontroleerd_op = 2026-11-22
zie = ["lid"]

[lid]
term = "lid"
betekenis = "Wie bij de vereniging hoort."
gecontroleerd_op = 2026-11-22
"""


@pytest.fixture
def texts(db, tmp_path_factory):
    """Some of our own starting texts: real ones find more than invented ones."""
    folder = tmp_path_factory.mktemp("inhoud")
    copytree(CONTENT / "onderwerpen", folder / "onderwerpen")
    (folder / "artikelen").mkdir()
    for name in FEW:
        copy(CONTENT / "artikelen" / f"{name}.md", folder / "artikelen")
    (folder / "begrippen.toml").write_text(TERMS, "utf-8")
    call_command("load_facts", verbosity=0)
    load_content(folder)


def structured(client, address):
    page = parse(client.get(address).content)
    [block] = [e for e in page.iter("script") if e.get("type") == "application/ld+json"]
    return {thing["@type"]: thing for thing in json.loads(block.text)["@graph"]}


def test_article_tells_search_engines_what_it_is(client, starter):
    things = structured(client, ARTICLE)

    assert things["Article"]["headline"] == "De naam van je partij registreren"
    assert "creativecommons.org" in things["Article"]["license"]
    assert [step["name"] for step in things["BreadcrumbList"]["itemListElement"]][:2] == [
        "Home", "Onderwerpen",
    ]  # fmt: skip
    answers = [one["acceptedAnswer"]["text"] for one in things["FAQPage"]["mainEntity"]]
    assert answers
    assert not any("<" in answer or "{{" in answer for answer in answers)
    assert faults(client.get(ARTICLE).content) == []


def test_title_with_html_stays_text_in_the_data_block(client, starter):
    page = ArticlePage.objects.get(slug="naam-registreren")
    page.title = "</script><script>alert(1)</script>"
    page.save_revision().publish()

    assert structured(client, ARTICLE)["Article"]["headline"] == page.title
    assert "<script>alert(1)" not in client.get(ARTICLE).text


def test_page_has_one_address_and_a_card_of_its_own(client, starter, settings):
    page = parse(client.get(ARTICLE).content)
    said = {e.get("property"): e.get("content") for e in page.iter("meta") if e.get("property")}
    [canonical] = [e.get("href") for e in page.iter("link") if e.get("rel") == "canonical"]

    assert canonical == said["og:url"] == settings.SITE_URL + ARTICLE
    assert said["og:title"] == "De naam van je partij registreren"
    card = client.get(said["og:image"].removeprefix(settings.SITE_URL))
    assert Image.open(BytesIO(card.content)).size == (1200, 630)
    assert "immutable" in card["Cache-Control"]


def test_card_of_another_title_is_not_made(client, starter):
    page = ArticlePage.objects.get(slug="naam-registreren")

    assert client.get(f"/kaart/{page.pk}-0123456789.png").status_code == 404


def test_feed_has_what_changed_last_on_top(client, starter):
    page = ArticlePage.objects.get(slug="verzekeren")
    page.what_changed = "Er staat nu bij wie betaalt."
    page.save_revision().publish()
    answer = client.get("/onderwerpen/gewijzigd.atom")
    feed = ElementTree.fromstring(answer.content)
    entry = feed.find("{http://www.w3.org/2005/Atom}entry")

    assert answer["Content-Type"].startswith("application/atom+xml")
    assert entry.findtext("{http://www.w3.org/2005/Atom}title") == page.title
    assert "wie betaalt" in entry.findtext("{http://www.w3.org/2005/Atom}summary")


def test_sitemap_holds_every_page_and_says_when_texts_changed(client, starter):
    edition = make_edition().get_absolute_url().lstrip("/")
    places = {
        place.findtext("{*}loc").split("/", 3)[3]: place.findtext("{*}lastmod")
        for place in ElementTree.fromstring(client.get("/sitemap.xml").content)
    }

    assert places[ARTICLE.lstrip("/")]
    assert places["begrippen/"]
    assert places["over/feiten/"]
    assert {"", "over/", "api/v1/", "kalender/gebied/assen/"} <= set(places)
    assert {"trainingen/", "trainingen/leden-werven/", edition} <= set(places)
    assert any(place.endswith("/nieuw/") for place in places)


# --- API -----------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", LISTS)
def test_list_comes_in_parts_that_lead_to_each_other(client, starter, name, settings):
    address, seen = f"/api/v1/{name}?per_pagina=5", []
    for _ in range(3):
        answer = client.get(address)
        body = answer.json()
        seen += body["resultaten"]
        if not body["volgende"]:
            break
        address = body["volgende"].removeprefix(settings.SITE_URL)

    assert answer["Access-Control-Allow-Origin"] == "*"
    assert len(seen) == min(15, body["aantal"]) > 0
    assert len({json.dumps(row) for row in seen}) == len(seen)


def test_article_comes_whole(client, starter):
    body = client.get("/api/v1/artikelen/naam-registreren").json()

    assert body["onderwerp"] == "oprichten"
    assert body["vragen"]
    assert body["bronnen"][0].keys() == {"titel", "adres", "gelezen"}
    assert "{{feit:" in body["markdown"]
    assert "{{" not in body["delen"][0]["html"]


def test_program_that_has_it_gets_304(client, starter):
    first = client.get("/api/v1/feiten")

    assert client.get("/api/v1/feiten", headers={"if-none-match": first["ETag"]}).status_code == 304


@pytest.mark.parametrize(
    ("address", "status"),
    [
        ("artikelen/bestaat-niet", 404),
        ("gebieden?soort=verzonnen", 404),
        ("feiten?pagina=0", 422),
        ("feiten?per_pagina=100000", 422),
        ("feiten?pagina=x", 422),
        ("feiten?pagina=9999", 200),
    ],
)
def test_nonsense_gets_an_ordinary_answer(client, starter, address, status):
    assert client.get(f"/api/v1/{address}").status_code == status


def test_what_is_not_public_is_not_in_the_api(client, starter):
    page = ArticlePage.objects.get(slug="verzekeren")
    page.unpublish()

    assert client.get("/api/v1/artikelen/verzekeren").status_code == 404
    assert "verzekeren" not in client.get("/api/v1/artikelen?per_pagina=100").text


def test_trainings_tell_where_when_and_how_many_places(client, make_user, settings):
    edition = make_edition(places=2, evenings=2, starts_at=amsterdam(2098, 12, 3, 19, 30))
    for person in make_parties(make_user, 3):
        sign_up(edition, person)
    make_edition(days=40, room=None, online_link="https://overleg.example/geheim")

    answer = client.get("/api/v1/trainingen")
    online, first = answer.json()["resultaten"]

    assert (first["vrij"], first["wachtlijst"], first["voor"]) == (0, 1, ["bestuur"])
    assert first["zaal"]["gemeente"] == "GM0106"
    assert first["bijeenkomsten"][1]["begin"] == "2098-12-10T19:30:00+01:00"
    assert first["adres"] == settings.SITE_URL + edition.get_absolute_url()
    assert online["zaal"] is None
    assert "geheim" not in answer.text


def test_trainings_cost_as_many_queries_for_one_as_for_many(
    client, db, django_assert_max_num_queries
):
    for _ in range(12):
        make_edition()
    for size in (1, 12):
        with django_assert_max_num_queries(4):
            client.get(f"/api/v1/trainingen?per_pagina={size}")


@pytest.mark.parametrize("name", ["artikelen", "begrippen", "feiten"])
def test_part_costs_as_many_queries_for_one_as_for_many(
    client, starter, name, django_assert_max_num_queries
):
    for size in (1, 100):
        with django_assert_max_num_queries(8):
            client.get(f"/api/v1/{name}?per_pagina={size}")


def test_openapi_names_every_address(client, db):
    paths = client.get("/api/v1/openapi.json").json()["paths"]

    assert {f"/api/v1/{name}" for name in (*LISTS, "trainingen")} <= set(paths)
    assert client.post("/api/v1/feiten").status_code == 405


# --- Export --------------------------------------------------------------------------------------


def everything():
    pages = {
        page.slug: (page.title, page.summary, page.body, page.laws, sorted(page.related))
        for page in [*TopicPage.objects.all(), *ArticlePage.objects.all()]
    }
    articles = {
        page.slug: (
            page.get_parent().slug, page.roles, page.phases, page.elections, page.also_under,
            page.open_points, page.search_words, page.checked_on, page.check_again_on,
            [dict(block.value) for block in page.sources],
        )
        for page in ArticlePage.objects.all()
    }  # fmt: skip
    tasks = {
        page.slug: [dict(block.value) for block in page.tasks] for page in TopicPage.objects.all()
    }
    fields = (
        "slug",
        "term",
        "abbreviation",
        "synonyms",
        "meaning",
        "law",
        "source",
        "checked_on",
        "see",
    )
    return pages, articles, tasks, list(Term.objects.order_by("slug").values(*fields))


@pytest.mark.thorough
def test_export_loads_into_an_empty_site_as_the_same_texts(texts, tmp_path):
    page = ArticlePage.objects.get(slug="verzekeren")
    page.title, page.summary = 'Een "nieuwe" titel \\ met tekens', "Door een redacteur veranderd."
    page.save_revision().publish()
    before = everything()
    call_command("export_knowledge", tmp_path / "uit", verbosity=0)

    for root in BasePage.objects.filter(slug="onderwerpen"):
        root.delete()
    Term.objects.all().delete()
    assert everything()[0] == {}
    load_content(tmp_path / "uit")

    assert everything() == before


@pytest.mark.thorough
def test_export_can_be_read_without_us(texts, tmp_path):
    call_command("export_knowledge", tmp_path / "uit", verbosity=0)
    files = list((tmp_path / "uit" / "lezen").rglob("*.md"))

    assert len(files) == ArticlePage.objects.count()
    for file in files:
        words = file.read_text("utf-8")
        assert "{{" not in words, file
        assert "](artikel:" not in words, file
        assert "](#)" not in words, file
    assert "CC BY" in (tmp_path / "uit" / "LEESMIJ.md").read_text("utf-8")
    assert json.loads((tmp_path / "uit" / "feiten.json").read_text("utf-8"))


@pytest.mark.thorough
def test_export_holds_the_pictures_that_everyone_may_see(texts, tmp_path, settings):
    settings.MEDIA_ROOT = tmp_path / "media"
    closed = Collection.get_first_root_node().add_child(name="Intern")
    CollectionViewRestriction.objects.create(collection=closed, restriction_type="login")
    drawn = BytesIO()
    Image.new("RGB", (4, 3)).save(drawn, "png")
    for title, more in {"Het dorpshuis": {}, "Geheim": {"collection": closed}}.items():
        get_image_model().objects.create(
            title=title,
            description="Een zaal met stoelen.",
            file=ImageFile(BytesIO(drawn.getvalue()), name="dorpshuis.png"),
            **more,
        )

    call_command("export_knowledge", tmp_path / "uit", verbosity=0)

    [said] = json.loads((tmp_path / "uit" / "beelden.json").read_text("utf-8"))
    assert (said["titel"], said["beschrijving"]) == ("Het dorpshuis", "Een zaal met stoelen.")
    assert (tmp_path / "uit" / said["bestand"]).read_bytes() == drawn.getvalue()
    assert len(list((tmp_path / "uit" / "beelden").iterdir())) == 1


def test_export_overwrites_nothing(db, tmp_path):
    (tmp_path / "iets").write_text("van mij")

    with pytest.raises(CommandError):
        call_command("export_knowledge", tmp_path)


def test_api_says_in_our_words_what_is_not_there(client, db):
    answer = client.get("/api/v1/artikelen/bestaat-niet")

    assert (answer.status_code, answer.json()) == (404, {"detail": "Dit is er niet."})
    assert client.get("/api/v1/artikelen?pagina=nul").status_code == 422
    paths = client.get("/api/v1/openapi.json").json()["paths"]
    responses = {path: set(one["get"]["responses"]) for path, one in paths.items()}
    assert responses["/api/v1/artikelen/{slug}"] == {"200", "404", "422"}
    assert responses["/api/v1/artikelen"] == {"200", "422"}
