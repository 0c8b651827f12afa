import gzip
import re

import brotli
import pytest
from django.template import Context, Template

from kennispunt.ui.stylesheet import files, joined, stylesheet


def address():
    return Template("{% load ui %}{% stylesheet %}").render(Context())


def test_the_order_of_the_layers_comes_first():
    assert joined().startswith("@layer tokens, base, layout, components, print;")


def test_every_file_puts_all_it_has_in_a_layer():
    """Styles outside the layers would win from all that are in them."""
    for file in files():
        outside = re.sub(r"/\*.*?\*/", "", file.read_text("utf-8"), flags=re.DOTALL)
        while outside != (inner := re.sub(r"\{[^{}]*\}", "", outside)):
            outside = inner
        rest = re.sub(r"@layer [a-z, ]+;?", "", outside)
        assert rest.strip() == "", f"{file.name} has styles outside a layer"


def test_own_app_comes_before_the_apps_above_it():
    folders = [file.parent.name for file in files()]

    assert folders[0] == "ui"
    assert folders == sorted(folders, key=folders.index), "the files of one app stand together"


def test_nothing_is_fetched_from_elsewhere():
    assert not re.search(r"@import|url\(|https?:", joined())


@pytest.mark.parametrize(
    "accepted, decode",
    [("gzip, deflate, br", brotli.decompress), ("gzip", gzip.decompress), ("", bytes)],
)
def test_browser_gets_the_stylesheet_compressed_and_to_keep(client, accepted, decode):
    response = client.get(address(), headers={"accept-encoding": accepted})

    assert decode(response.content).decode() == stylesheet().text
    assert response["Content-Type"] == "text/css; charset=utf-8"
    assert "immutable" in response["Cache-Control"]
    assert response["Vary"] == "Accept-Encoding"


def test_page_from_before_a_release_still_gets_a_stylesheet_but_not_to_keep(client):
    response = client.get("/static/ui/site-0123456789ab.css")

    assert response.text == stylesheet().text
    assert response["Cache-Control"] == "no-cache"


def test_all_styles_together_stay_light():
    assert len(stylesheet().encoded["br"]) < 10_000


def test_browser_that_asks_at_the_address_of_old_finds_the_icon(client):
    response = client.get("/favicon.ico")

    assert (response.status_code, response["Location"]) == (302, "/static/ui/icon-180.png")
