"""What editors upload in the back office passes the same checks."""

import io

import pytest
from django.core.files.storage import default_storage
from PIL import Image as Pillow
from wagtail.documents import get_document_model
from wagtail.images import get_image_model

from kennispunt.files.tests import make

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


def add(client, make_user, kind, name, content):
    client.force_login(make_user("petra", superuser=True))
    typed = {"title": "Iets", "file": make.upload(content, name), "collection": 1}
    return client.post(f"/beheer/{kind}/add/", typed)


def test_a_photo_of_an_editor_loses_its_place(client, make_user):
    add(client, make_user, "images", "dorp.jpg", make.photo_with_place())

    image = get_image_model().objects.get()
    photo = Pillow.open(io.BytesIO(image.file.read()))
    assert dict(photo.getexif()) == {}
    assert (image.width, image.height) == (30, 40)


@pytest.mark.parametrize("name", ["x.svg", "x.png"])
def test_a_drawing_with_a_script_is_no_picture(client, make_user, name):
    svg = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'

    add(client, make_user, "images", name, svg)

    assert not get_image_model().objects.exists()


def test_a_document_of_an_editor_is_saved_by_the_reader(client, make_user):
    add(client, make_user, "documents", "flyer.pdf", make.pdf())
    client.logout()

    answer = client.get(get_document_model().objects.get().url)

    assert answer["Content-Disposition"].startswith("attachment")
    assert answer["Content-Security-Policy"] == "default-src 'none'"


@pytest.mark.parametrize(("name", "content"), [("x.pdf", b"MZ\x90" * 9), ("x.html", b"<script>")])
def test_a_program_is_no_document(client, make_user, name, content):
    add(client, make_user, "documents", name, content)

    assert not get_document_model().objects.exists()


def test_a_document_is_named_after_what_it_is(client, make_user):
    add(client, make_user, "documents", "../flyer.exe", make.pdf())

    assert get_document_model().objects.get().filename == "flyer.pdf"


def test_a_picture_on_a_page_is_shown_and_nothing_else_of_the_store(client, make_user):
    add(client, make_user, "images", "dorp.png", make.picture("PNG"))
    image = get_image_model().objects.get()
    shown = image.get_rendition("width-20")
    default_storage.save("images/x.html", io.BytesIO(b"<script>"))
    client.logout()

    answer = client.get(shown.url)

    assert (answer.status_code, answer["Content-Type"]) == (200, "image/png")
    assert answer["Content-Security-Policy"] == "default-src 'none'; sandbox"
    for other in [
        image.file.name,
        "images/x.html",
        f"images/../{image.file.name}",
        "images/no.png",
    ]:
        assert client.get(f"/media/{other}").status_code == 404
