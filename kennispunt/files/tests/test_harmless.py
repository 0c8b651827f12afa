"""A document that does something to who opens it is not kept."""

import io
import struct
import zipfile
import zlib

import pytest
from django.core.exceptions import ValidationError
from docx import Document
from pypdf import PdfWriter
from pypdf.generic import ArrayObject, DictionaryObject, NameObject, TextStringObject

from kennispunt.files import harmless
from kennispunt.files.harmless import ACTIVE, HALF_READ, ODDLY_MADE
from kennispunt.files.kinds import check
from kennispunt.files.tests import make

RELS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
XLINK = 'xmlns:xlink="http://www.w3.org/1999/xlink" xmlns:draw="urn:draw" xmlns:script="urn:script"'
DOCTYPE = '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>'


def problem(content):
    with pytest.raises(ValidationError) as refused:
        check(content)
    return refused.value.message


def changed(content, changes):
    """A package with parts added, or changed by a function."""
    old = zipfile.ZipFile(io.BytesIO(content))
    parts = {name: old.read(name) for name in old.namelist()}
    for name, change in changes.items():
        parts[name] = change(parts[name]) if callable(change) else change
    return make.package(parts)


def relation(kind, target, mode="External"):
    one = f'<Relationship Id="rId99" Type="{RELS}/{kind}" Target="{target}" TargetMode="{mode}"/>'
    return lambda old: old.replace(b"</Relationships>", f"{one}</Relationships>".encode())


def field(words):
    made = f"<w:r><w:instrText>{words}</w:instrText></w:r>"
    return lambda old: old.replace(b"</w:p>", f"{made}</w:p>".encode(), 1)


@pytest.mark.parametrize(
    "changes",
    [
        {"word/_rels/document.xml.rels": relation("attachedTemplate", "https://evil.example/a.dotm")},
        {"word/_rels/settings.xml.rels": f'<Relationships xmlns="x"><Relationship Type="{RELS}/attachedTemplate" Target="http://e/" TargetMode="External"/></Relationships>'},
        {"word/_rels/document.xml.rels": relation("oleObject", "file://server/share")},
        {"word/_rels/document.xml.rels": relation("image", "https://evil.example/pixel.png")},
        {"word/document.xml": lambda old: old.replace(b"?>", f"?>{DOCTYPE}".encode(), 1)},
        {"docProps/app.xml": f"<?xml version='1.0'?>{DOCTYPE}<x/>"},
        {"docProps/app.xml": f"<?xml version='1.0' encoding='utf-16'?>{DOCTYPE}<x/>".encode("utf-16")},
        {"word/embeddings/oleObject1.bin": b"x"},
        {"word/activeX/activeX1.xml": b"<x/>"},
        {"word/document.xml": field(" DDEAUTO c:\\windows\\cmd.exe ")},
        {"word/document.xml": field("DDE</w:instrText></w:r><w:r><w:instrText>AUTO c")},
        {"word/document.xml": field("INCLUDETEXT \\\\evil\\a")},
    ],
    ids=lambda changes: next(iter(changes)),
)  # fmt: skip
def test_word_file_that_fetches_or_runs_something(changes):
    assert problem(changed(make.docx(), changes)) == ACTIVE


@pytest.mark.parametrize(
    "name", ["../evil.xml", "word/../../evil.txt", "/etc/passwd", "word\\evil.xml", "C:evil.xml", "WORD/document.xml"]
)  # fmt: skip
def test_part_that_lies_elsewhere(name):
    assert problem(changed(make.docx(), {name: b"<x/>"})) == ODDLY_MADE


@pytest.mark.parametrize(
    "inside",
    [
        f'<script:event-listener {XLINK} xlink:href="x"/>',
        f'<draw:image {XLINK} xlink:href="https://evil.example/a.png"/>',
        f'<draw:image {XLINK} xlink:href="../../../../etc/passwd"/>',
        f'<draw:object-ole {XLINK} xlink:href="./Object 1"/>',
        f'<draw:plugin {XLINK} xlink:href="x"/>',
        f'<draw:section-source {XLINK} xlink:href="file:///c:/a"/>',
    ],
)
def test_odt_that_fetches_or_runs_something(inside):
    text = make.ODT_TEXT.replace("/>", f">{inside}</office:document-content>")

    assert problem(make.odt(text)) == ACTIVE


def test_odt_with_a_doctype():
    assert problem(make.odt(DOCTYPE + make.ODT_TEXT)) == ACTIVE
    assert problem(make.odt(**{"META-INF/manifest.xml": f"{DOCTYPE}<x/>"})) == ACTIVE


def pdf(change):
    writer = PdfWriter()
    page = writer.add_blank_page(200, 200)
    change(writer, page)
    result = io.BytesIO()
    writer.write(result)
    return result.getvalue()


def action(kind):
    return DictionaryObject(
        {NameObject("/S"): NameObject(kind), NameObject("/F"): TextStringObject("xxx")}
    )


def put(where, kind):
    def change(writer, page):
        target = writer._root_object if where != "/Page" else page
        target[NameObject("/AA" if where == "/Page" else where)] = (
            DictionaryObject({NameObject("/O"): action(kind)})
            if where in ("/AA", "/Page")
            else action(kind)
        )

    return change


def by_name(writer, page):
    """As a reader runs it when the file opens: a name in the catalogue."""
    script = DictionaryObject(
        {NameObject("/S"): NameObject("/JavaScript"), NameObject("/JS"): TextStringObject("x")}
    )
    names = DictionaryObject({NameObject("/Names"): ArrayObject([TextStringObject("a"), script])})
    writer._root_object[NameObject("/Names")] = DictionaryObject({NameObject("/JavaScript"): names})


@pytest.mark.parametrize(
    "change",
    [
        by_name,
        lambda writer, page: writer.add_attachment("evil.exe", b"MZ"),
        put("/OpenAction", "/JavaScript"), put("/OpenAction", "/Launch"), put("/AA", "/SubmitForm"),
        put("/Page", "/Launch"), put("/OpenAction", "/GoToR"),
    ],
)  # fmt: skip
def test_pdf_that_acts_or_carries_a_file(change):
    assert problem(pdf(change)) == ACTIVE


def test_pdf_that_writes_the_name_of_its_act_in_another_way():
    raw = pdf(put("/OpenAction", "/JavaScript"))
    other = raw.replace(b"/S /JavaScript\n/F (xxx)", b"/S /J#61vaScript\n/F (x)")
    assert other != raw

    assert problem(other) == ACTIVE


def lost(number):
    """A PDF that says of so many objects, each of another generation, that they lie elsewhere."""
    entries = b"".join(b"0000000009 %05d n \n" % one for one in range(number))
    table = b"100 %d\n%strailer\n" % (number, entries)
    return pdf(lambda writer, page: None).replace(b"trailer\n", table)


def test_pdf_that_takes_too_long_to_look_through(monkeypatch):
    monkeypatch.setattr(harmless, "MOST_SECONDS", -1)

    assert problem(make.pdf()) == ODDLY_MADE


def stream(number, about, content):
    head = b"%d 0 obj\n<<%s/Filter/FlateDecode/Length %d>>\n" % (number, about, len(content))
    return head + b"stream\n" + content + b"\nendstream\nendobj\n"


def objects(number, inside, pack):
    """A compressed stream with these objects."""
    starts = [
        sum(len(one) + 1 for one in list(inside.values())[:nth]) for nth in range(len(inside))
    ]
    numbers = b" ".join(b"%d %d" % pair for pair in zip(inside, starts, strict=True)) + b" "
    about = b"/Type/ObjStm/N %d/First %d" % (len(inside), len(numbers))
    return stream(number, about, pack(numbers + b" ".join(inside.values())))


def compressed(action, pack=zlib.compress):
    """A PDF of today: its objects lie in compressed streams. The one with its action can be packed
    in another way."""
    pages = {
        1: b"<</Type/Catalog/Pages 2 0 R/OpenAction 3 0 R>>",
        2: b"<</Type/Pages/Kids[4 0 R]/Count 1>>",
        4: b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 200 200]>>",
    }
    first, second = objects(5, pages, zlib.compress), objects(6, {3: action}, pack)
    body = b"%PDF-1.5\n" + first + second
    entries = [
        (0, 0, 0), (2, 5, 0), (2, 5, 1), (2, 6, 0), (2, 5, 2), (1, 9, 0), (1, 9 + len(first), 0),
        (1, len(body), 0),
    ]  # fmt: skip
    table = zlib.compress(b"".join(struct.pack(">BHB", *one) for one in entries))
    body += stream(7, b"/Type/XRef/Size 8/W[1 2 1]/Root 1 0 R", table)
    return body + b"startxref\n%d\n%%%%EOF\n" % (9 + len(first) + len(second))


SCRIPT = b"<</S/JavaScript/JS(app.alert\\(1\\))"


def test_pdf_that_hides_its_act_in_a_compressed_object():
    raw = compressed(SCRIPT + b">>")
    assert b"JavaScript" not in raw

    assert problem(raw) == ACTIVE


@pytest.mark.parametrize("odd", [b"/A<<5>>", b"/A[1 2>>", b"/A(1", b"/A<zz>", b"/A zz"])
@pytest.mark.parametrize("name", [b"/JavaScript", b"/J#61vaScript", b"/SubmitForm"])
def test_pdf_that_hides_its_act_behind_what_we_cannot_read(odd, name):
    """Another program may make of it what ours cannot."""
    assert problem(compressed(b"<<" + odd + b"/S" + name + b">>")) == ACTIVE


def test_pdf_with_compressed_objects_that_we_cannot_open():
    raw = compressed(SCRIPT + b">>", pack=lambda plain: b"\0" + zlib.compress(plain))

    assert problem(raw) == HALF_READ


def test_compressed_pdf_that_only_shows_its_text_stays():
    raw = compressed(b"[4 0 R/Fit]")

    assert check(raw).content == raw


def test_ordinary_documents_stay():
    document = Document()
    document.add_heading("Statuten", 1)
    paragraph = document.add_paragraph("Zie ")
    document.part.relate_to("https://example.org/", f"{RELS}/hyperlink", is_external=True)
    paragraph.add_run("de site, en LINK in een zin")
    document.add_table(2, 2)
    result = io.BytesIO()
    document.save(result)
    link = f'<draw:a {XLINK} xlink:href="https://example.org/"/><draw:image {XLINK} xlink:href="Pictures/a.png"/>'

    def opens_at_a_page(writer, page):
        writer.add_outline_item(title="Begin", page_number=0)
        writer.open_destination = "x"
        writer.add_uri(0, "https://example.org/", (0, 0, 10, 10))

    for content in (
        result.getvalue(),
        make.odt(make.ODT_TEXT.replace("/>", f">{link}</office:document-content>")),
        pdf(opens_at_a_page),
    ):
        assert check(content).content == content
