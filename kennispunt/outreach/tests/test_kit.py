"""What a griffier forwards for one municipality, and the count of its short address."""

import io
import zipfile
from datetime import date

import pypdfium2
import pytest
import zxingcpp

from kennispunt.elections.models import Area
from kennispunt.facts.usage import uses
from kennispunt.outreach import kit
from kennispunt.outreach.loading import load_texts
from kennispunt.outreach.models import Mailing, Opening, Text
from kennispunt.pagecache.changes import version

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("starter")]
TODAY = date(2026, 11, 24)
BROWSER = {"User-Agent": "Mozilla/5.0 (X11; Linux) Gecko/20100101 Firefox/140.0"}


@pytest.fixture
def assen():
    return Area.objects.get(code="GM0106")


def test_griffier_finds_the_kit_of_assen(client, assen):
    found = client.get("/griffiers/?q=Assen")

    assert found.url == "/griffiers/assen/"
    text = client.get(found.url).text
    assert "mailto:?subject=" in text
    assert "/griffiers/assen/flyer.pdf" in text
    assert "/griffiers/assen/uitleg.docx" in text


def test_dates_of_the_coming_elections_are_in_it(assen):
    lines = kit.kit_for(assen, TODAY).letter.dates

    assert any("17 maart 2027" in one and "21 december 2026" in one for one in lines)


def test_voter_votes_for_one_water_board_and_the_address_decides(assen):
    [said] = [one for one in kit.kit_for(assen, TODAY).letter.dates if "17 maart 2027" in one]

    assert "provinciale staten Drenthe en het waterschap waar je woont." in said
    assert "Dat is Drents Overijsselse Delta, Hunze en Aa's of Noorderzijlvest: je adres" in said
    assert "Noorderzijlvest en" not in said


def test_one_water_board_is_named_as_it_is():
    said = kit.kit_for(Area.objects.get(code="GM0060"), TODAY).letter.dates[0]

    assert "en het waterschap Wetterskip Fryslân" in said or "het waterschap" in said
    assert "waar je woont" not in said


def test_day_to_register_that_is_over_is_left_out(assen):
    lines = kit.kit_for(assen, date(2027, 1, 5)).letter.dates

    assert any("17 maart 2027" in one for one in lines)
    assert not any("21 december 2026" in one for one in lines)


def test_flyer_is_one_tagged_page(client):
    answer = client.get("/griffiers/assen/flyer.pdf")

    assert answer["Content-Type"] == "application/pdf"
    assert answer.content.startswith(b"%PDF")
    assert b"/StructTreeRoot" in answer.content or b"/MarkInfo" in answer.content


def test_phone_that_scans_the_flyer_gets_the_code_of_the_area(client):
    """The code, not the name: names change and flyers hang for years."""
    pages = pypdfium2.PdfDocument(client.get("/griffiers/assen/flyer.pdf").content)
    text = pages[0].get_textpage().get_text_bounded()
    [code] = zxingcpp.read_barcodes(pages[0].render(scale=2).to_pil())

    assert len(pages) == 1
    assert code.text.endswith("/g/gm0106/")
    assert "/g/assen" in text


@pytest.mark.parametrize(
    ("name", "words"),
    [("uitleg", "Beste lokale partij"), ("brief", "de lokale partijen in jouw raad")],
)
def test_docx_holds_the_text(client, name, words):
    answer = client.get(f"/griffiers/assen/{name}.docx")
    document = zipfile.ZipFile(io.BytesIO(answer.content)).read("word/document.xml").decode()

    assert words in document
    assert "/g/assen/" in document


def test_texts_promise_what_is_there(client):
    """What the site does not have yet is not in the hands of a thousand parties."""
    pages = pypdfium2.PdfDocument(client.get("/griffiers/assen/flyer.pdf").content)
    said = client.get("/griffiers/assen/").text + pages[0].get_textpage().get_text_bounded()

    assert [word for word in ("helpdesk", "forum") if word in said.lower()] == []
    assert "Trainingen" in said


def test_list_is_copied_as_a_list_with_the_address_of_a_link(assen):
    body = "Kijk:\n\n- [de kalender](/kalender/)\n- de dossiers"
    Text.objects.filter(slug="uitleg").update(body=body)

    said = kit.kit_for(assen, TODAY).explanation.text

    assert said.startswith("Kijk:\n\n- de kalender <http")
    assert "/kalender>\n- de dossiers" in said


def test_fact_names_the_texts_for_griffiers_that_show_it(make_user):
    body = "Meld het binnen {{feit: datalek-uren}}."
    Text.objects.filter(slug="uitleg").update(body=body)
    Mailing.objects.create(subject="Nieuwe kalender", body=body, written_by=make_user("eva"))

    assert [use.title for use in uses("datalek-uren") if "griffie" in use.title or "Uitleg" in use.title] == [
        "Brief aan griffies: Nieuwe kalender", "Uitleg om door te sturen aan partijen",
    ]  # fmt: skip


def test_flyer_says_what_an_editor_wrote(client):
    Text.objects.filter(slug="flyer").update(body="Kom langs.\n\n- Koffie: op dinsdag\n- Thee")

    pages = pypdfium2.PdfDocument(client.get("/griffiers/assen/flyer.pdf").content)
    text = pages[0].get_textpage().get_text_bounded()

    assert [one for one in ("Kom langs.", "Koffie: op dinsdag", "Thee") if one not in text] == []


@pytest.mark.parametrize("sign", ["王", "😀", "𒀀", "\x0b", "\x02"])
def test_no_sign_of_an_editor_stops_a_file(client, sign):
    Text.objects.update(body=f"Kom {sign} langs.\n\n- Koffie{sign}: op dinsdag")

    assert client.get("/griffiers/assen/flyer.pdf").content.startswith(b"%PDF-")
    document = client.get("/griffiers/assen/brief.docx").content
    assert b"langs." in zipfile.ZipFile(io.BytesIO(document)).read("word/document.xml")


def test_text_of_an_editor_is_used(client):
    Text.objects.filter(slug="uitleg").update(body="Beste partij, lees dit.")

    assert "Beste partij, lees dit." in client.get("/griffiers/assen/").text
    load_texts()
    assert Text.objects.get(slug="uitleg").body == "Beste partij, lees dit."


@pytest.mark.parametrize("slug", ["assen", "GM0106", "gm0106"])
def test_short_address_counts_and_leads_home(client, assen, slug):
    before = version()
    assert client.get(f"/g/{slug}/", headers=BROWSER).url == "/"
    assert Opening.objects.get().times == 1
    assert version() == before  # no page is made anew for it

    client.get(f"/g/{slug}/", headers=BROWSER)
    one = Opening.objects.get()
    assert (one.area, one.times) == (assen, 2)
    assert {field.name for field in Opening._meta.fields} == {"id", "area", "month", "times"}


@pytest.mark.parametrize(
    "headers", [{"User-Agent": "ExampleBot/1.0"}, BROWSER | {"Sec-Purpose": "prefetch"}]
)
def test_robot_or_a_look_ahead_is_not_counted(client, headers):
    client.get("/g/assen/", headers=headers)

    assert not Opening.objects.exists()


def test_area_that_merged_leads_to_what_it_became(client):
    gone = Area.objects.exclude(valid_to=None).filter(kind="gemeente", successors__isnull=False)
    slug = gone.order_by("valid_to").first().slug

    assert client.get(f"/griffiers/{slug}/").status_code == 302


@pytest.mark.parametrize(
    "address", ["/g/nergens/", "/griffiers/nergens/", "/griffiers/nergens/flyer.pdf"]
)
def test_area_that_is_none(client, address):
    assert client.get(address).status_code == 404


def test_name_that_is_none_says_so(client):
    assert "Dat gebied kennen we niet" in client.get("/griffiers/?q=Nergenshuizen").text
