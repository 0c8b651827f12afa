"""What a file is, its content says; and it is kept only when it opens as that."""

import io

import pytest
from django.core.exceptions import ValidationError
from PIL import Image

from kennispunt.files.kinds import DOCUMENTS, PICTURES, check
from kennispunt.files.tests import make

PROGRAM = b"MZ\x90\x00" + bytes(200)
SVG = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'
HTML = b"<!doctype html><script>alert(1)</script>"


def problem(content, kinds=DOCUMENTS + PICTURES):
    with pytest.raises(ValidationError) as refused:
        check(content, kinds)
    return refused.value.message


@pytest.mark.parametrize(
    ("kind", "content"),
    [
        ("pdf", make.pdf()), ("docx", make.docx()), ("odt", make.odt()),
        ("jpeg", make.picture()), ("png", make.picture("PNG")), ("webp", make.picture("WEBP")),
    ],
)  # fmt: skip
def test_what_people_send_is_recognised(kind, content):
    assert check(content).kind == kind


@pytest.mark.parametrize("kind", ["pdf", "docx", "odt"])
def test_a_document_stays_as_it_is(kind):
    content = getattr(make, kind)()

    assert check(content).content == content


@pytest.mark.parametrize(
    "content",
    [
        PROGRAM, SVG, HTML, b"", b"\x00", b"GIF89a" + bytes(20), b"%!PS-Adobe", b"#!/bin/sh\n",
        make.package({"run.exe": PROGRAM}), make.package({"mimetype": "application/epub+zip"}),
        HTML + make.pdf(),
    ],
)  # fmt: skip
def test_what_is_something_else_is_refused_whatever_its_name(content):
    assert problem(content) == (
        "Kies een pdf, Word (docx), odt of foto. Dit bestand is iets anders."
    )


@pytest.mark.parametrize(
    "content",
    [
        b"%PDF-1.7\n" + PROGRAM,
        b"%PDF-1.7\n" + PROGRAM + b"\n%%EOF",
        make.pdf(pages=0),
        make.pdf() + PROGRAM * 10,
        make.picture()[:60],
        b"\xff\xd8\xff" + PROGRAM,
        b"\x89PNG\r\n\x1a\n" + HTML,
        make.odt("<html/>"),
        make.odt("geen xml"),
        make.docx()[:-300].replace(b"word/document.xml", b"word/dacument.xml") + make.docx()[-300:],
    ],
)
def test_what_only_begins_like_a_document_is_refused(content):
    assert problem(content) == (
        "Dit bestand gaat niet open. Sla het opnieuw op en kies het dan nog een keer."
    )


def test_only_the_kinds_that_are_asked_for():
    assert problem(make.picture(), DOCUMENTS) == (
        "Kies een pdf, Word (docx) of odt. Dit bestand is iets anders."
    )
    assert problem(make.pdf(), PICTURES) == "Kies een foto. Dit bestand is iets anders."


def test_a_locked_document_is_refused():
    assert "wachtwoord" in problem(make.pdf(password="geheim"))


@pytest.mark.parametrize(
    "content",
    [
        make.odt(**{"Basic/Standard/Module1.xml": "<x/>"}),
        make.package({
            "[Content_Types].xml": "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml",
            "word/document.xml": "<w:document xmlns:w='w'/>",
            "word/vbaProject.bin": "x",
        }),
    ],
)  # fmt: skip
def test_a_document_with_macros_is_refused(content):
    assert "macro" in problem(content)


def test_a_document_that_unpacks_too_large_is_refused(monkeypatch):
    monkeypatch.setattr("kennispunt.files.kinds.MOST_UNPACKED", 1_000_000)
    bomb = make.odt(bom=b"0" * 1_000_001)

    assert len(bomb) < 5_000
    assert "te groot" in problem(bomb)


def test_a_document_that_lies_about_its_size_is_not_unpacked_further(monkeypatch):
    monkeypatch.setattr("kennispunt.files.kinds.LARGEST_PART", 100_000)
    assert "te groot" in problem(make.odt("<a>" + " " * 100_000 + "</a>"))


# --- Pictures ---------------------------------------------------------------------------------


def kept(content):
    return Image.open(io.BytesIO(check(content).content))


def test_a_photo_loses_its_place_and_its_maker_and_stands_upright():
    sent = make.photo_with_place()
    photo = kept(sent)

    assert photo.size == (30, 40)
    assert dict(photo.getexif()) == {}
    assert b"Anna" in sent and b"Anna" not in check(sent).content
    assert b"Dorpsstraat" in sent and b"Dorpsstraat" not in check(sent).content


def test_text_in_a_png_is_not_kept():
    from PIL.PngImagePlugin import PngInfo

    words = PngInfo()
    words.add_text("Author", "Anna de Wit")

    assert kept(make.picture("PNG", pnginfo=words)).info == {}


@pytest.mark.parametrize("tail", [HTML, make.package({"run.exe": PROGRAM})])
@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_a_second_file_behind_a_picture_is_not_kept(kind, tail):
    assert tail[:20] not in check(make.picture(kind) + tail).content


def test_a_large_photo_is_made_smaller(settings):
    settings.FILES_PICTURE_EDGE = 100

    assert kept(make.picture(size=(400, 200))).size == (100, 50)
    assert kept(make.picture(size=(50, 20))).size == (50, 20)


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_a_picture_that_unpacks_too_large_is_refused_unread(settings, kind):
    settings.FILES_MAX_PIXELS = 1000

    assert "te groot" in problem(make.picture(kind, size=(40, 26)))
    assert check(make.picture(kind, size=(40, 25)))


def test_what_is_seen_through_in_a_picture_stays_so():
    see_through = make._written(Image.new("RGBA", (4, 4), (0, 0, 0, 0)).save, "PNG")

    assert kept(see_through).getpixel((0, 0))[3] == 0
