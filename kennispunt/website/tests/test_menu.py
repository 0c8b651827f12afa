import html5lib
import pytest
from django.template.loader import render_to_string

from kennispunt.knowledge.loading import tree
from kennispunt.signpost.loading import dossier_index
from kennispunt.website.menu import FOOTER, MAIN


@pytest.fixture(autouse=True)
def pages(db):
    tree()
    dossier_index()


ADDRESSES = [item.address for items in [MAIN, *FOOTER.values()] for item in items]


@pytest.mark.django_db
@pytest.mark.parametrize("address", sorted(set(ADDRESSES)))
def test_every_address_of_the_menu_opens(client, address):
    assert client.get(address).status_code == 200


@pytest.mark.django_db
def test_every_page_has_the_whole_menu_in_its_footer(client):
    page = html5lib.parse(client.get("/over/").content, namespaceHTMLElements=False)
    links = {link.get("href") for link in page.find("body/footer").iter("a")}

    assert links >= set(ADDRESSES)


@pytest.mark.django_db
def test_page_for_a_visitor_can_be_kept_for_everyone(client):
    assert "Cookie" not in client.get("/over/").get("Vary", "")


@pytest.mark.parametrize("template", ["400.html", "403_csrf.html", "500.html", "503.html"])
def test_plain_error_page_needs_no_database_and_no_request(template):
    page = html5lib.parse(render_to_string(template), namespaceHTMLElements=False)

    assert len(list(page.iter("h1"))) == 1
    assert page.find("head/link[@rel='stylesheet']") is not None
