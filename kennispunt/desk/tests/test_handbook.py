"""The handbook, and the ways between it, the desk and the back office."""

import re

import pytest

from kennispunt.desk.handbook import FOLDER, names

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("name", sorted(names()))
def test_every_chapter_opens_with_its_pictures_and_links(client, petra, name):
    client.force_login(petra)
    page = client.get("/balie/handboek/" + ("" if name == "README" else f"{name}/"))

    assert page.status_code == 200
    assert page.text.count("<h1") == 1
    # On a phone a table scrolls in its own box, and makes no page wider.
    assert page.text.count("<table") == page.text.count('<div class="table" tabindex="0"')
    inside = set(re.findall(r'(?:src|href)="(/balie/handboek/[^"#]*)', page.text))
    source = (FOLDER / f"{name}.md").read_text("utf-8")
    assert len(inside) >= len(set(re.findall(r"\]\(beelden/", source)))
    for address in inside:
        assert client.get(address).status_code == 200, address
    assert ".md" not in re.findall(r'href="([^"]*)"', page.text)


@pytest.mark.parametrize("address", ["", "balie/", "beelden/trainingen.png"])
def test_handbook_is_for_the_staff(client, anna, address):
    assert client.get(f"/balie/handboek/{address}").status_code == 302
    client.force_login(anna)
    assert client.get(f"/balie/handboek/{address}").status_code == 403


@pytest.mark.parametrize("address", ["geen/", "beelden/geen.png"])
def test_chapter_that_is_not_there_is_not_found(client, petra, address):
    client.force_login(petra)
    assert client.get(f"/balie/handboek/{address}").status_code == 404


def test_desk_leads_to_the_back_office_for_who_may_enter_and_to_the_handbook(client, eva, tess):
    client.force_login(eva)
    page = client.get("/balie/").text
    assert 'href="/beheer/"' in page
    assert 'href="/balie/handboek/"' in page
    client.force_login(tess)
    page = client.get("/balie/").text
    assert 'href="/beheer/"' not in page
    assert 'href="/balie/handboek/"' in page


def test_back_office_leads_to_the_desk_and_the_handbook(client, eva):
    client.force_login(eva)
    page = client.get("/beheer/").text
    assert "/balie/" in page
    assert "/balie/handboek/" in page
