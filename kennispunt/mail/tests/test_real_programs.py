"""Messages of real programs at the edges of the standards: no sender and no words are lost."""

import base64
from email.header import Header
from email.utils import formataddr

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kennispunt.mail.characters import decode, decode_words
from kennispunt.mail.headers import one_sender
from kennispunt.mail.parsing import parse
from kennispunt.mail.tests.make import make_message

ANNA = "anna@example.org"


def parts(*parts, kind="mixed"):
    """A message whose parts are these bytes, heads and all."""
    head = b'From: anna@example.org\nContent-Type: multipart/%s; boundary="b"\n\n' % kind.encode()
    return head + b"".join(b"--b\n" + part + b"\n" for part in parts) + b"--b--\n"


def file(head: str | bytes, content=b"x", kind=b"application/pdf"):
    head = head.encode() if isinstance(head, str) else head
    return b"Content-Type: " + kind + b"\n" + head + b"\n\n" + content


# --- The sender -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("written_from", "name"),
    [
        ("anna@example.org <anna@example.org>", ""),
        ('"anna@example.org" <anna@example.org>', ""),
        ("'anna@example.org' <anna@example.org>", ""),
        ("'Anna Bakker' <anna@example.org>", "Anna Bakker"),
        ("Wit, Anna de <anna@example.org>", "Wit, Anna de"),
        ('"Wit, Anna de" <anna@example.org>', "Wit, Anna de"),
        ("Anna @ Leefbaar <anna@example.org>", "Anna @ Leefbaar"),
        (
            "Anna (secretaris; penningmeester) <anna@example.org>",
            "Anna (secretaris; penningmeester",
        ),
        ("Leefbaar: Anna <anna@example.org>", "Leefbaar: Anna"),
        ("Anna <3 <anna@example.org>", "Anna <3"),
        ('Anna "de beste" Bakker <anna@example.org>', "Anna de beste Bakker"),
        ('"Anna \\"de beste\\" Bakker" <anna@example.org>', "Anna de beste Bakker"),
        ('Anna 6" <anna@example.org>', "Anna 6"),
        ('"Anna <anna@example.com>" <anna@example.org>', "Anna <anna@example.com"),
        ("=?utf-8?q?Wit=2C_Anna_de?= <anna@example.org>", "Wit, Anna de"),
        ("=?utf-8?q?Anna_de_Wit_=3Canna=40example=2Eorg=3E?=", "Anna de Wit"),
        ('"=?utf-8?b?QW5uw6E=?=" <anna@example.org>', "Anná"),
        ("anna@example.org", ""),
        ("<anna@example.org>", ""),
        ("anna@example.org (Anna Bakker)", "Anna Bakker"),
        ("Anna Bakker anna@example.org", "Anna Bakker"),
        ("Anna <mailto:anna@example.org>", "Anna"),
        ("Anna < anna@example.org >", "Anna"),
        ("Anna <anna@example.org", "Anna"),
        ("Anna <anna@example.org.>", "Anna"),
        ("Anna <ANNA@Example.ORG>", "Anna"),
        ("Anna <@relay.example.net:anna@example.org>", "Anna"),
        ("Anna;\n <anna@example.org>", "Anna"),
        ("Anna\n\t<anna@example.org>", "Anna"),
        ("<anna@example.org> <anna@example.org>", ""),
    ],
)
def test_the_address_in_angle_brackets_is_the_sender(written_from, name):
    message = parse(f"From: {written_from}\nSubject: Dag\n\nHallo".encode())

    assert (message.sender, message.sender_name) == (ANNA, name)
    assert (message.subject, message.body) == ("Dag", "Hallo")


NAMES = st.text(
    st.characters(blacklist_categories=["Cs", "Cc", "Zl", "Zp"], blacklist_characters='<>"\\'),
    max_size=40,
)


@settings(max_examples=300, deadline=None)
@given(
    NAMES, st.sampled_from(["{} <{}>", '"{}" <{}>', "'{}' <{}>", "{}<{}>", "{} <{}", " {}\n <{}>"])
)
def test_no_name_loses_the_sender(name, form):
    """A name holds anything but what encloses an address; also one that looks like an address."""
    written = f"From: {form.format(name, ANNA)}\nSubject: Dag\n\nHallo"
    for raw in (written.encode(), written.encode("cp1252", "replace")):
        assert parse(raw).sender == ANNA


@settings(max_examples=200, deadline=None)
@given(st.text(max_size=40))
def test_no_name_that_is_written_by_the_standard_loses_the_sender(name):
    name = " ".join(name.split())
    coded = Header(name.encode("utf-8", "replace"), "utf-8").encode(maxlinelen=200)
    for written in (
        formataddr((name.encode("utf-8", "replace").decode(), ANNA)),
        f"{coded} <{ANNA}>",
    ):
        assert parse(f"From: {' '.join(written.split())}\n\nHallo".encode()).sender == ANNA


@settings(max_examples=300, deadline=None)
@given(st.text('<>"\\(),;: @a.=?', max_size=60))
def test_no_from_makes_it_fail(written_from):
    _, address = one_sender(written_from)
    assert address == "" or address.count("@") == 1


@pytest.mark.parametrize(
    "written_from",
    [
        "Anna <anna@example.org>, Eva <eva@example.org>",
        "Anna <anna@example.org> Eva <eva@example.org>",
        "anna@example.org eva@example.org",
        '"anna@example.org"',
        "Undisclosed:;",
    ],
)
def test_two_senders_are_nobody(written_from):
    assert parse(f"From: {written_from}\n\nHallo".encode()).sender == ""


@pytest.mark.parametrize(
    "head",
    [
        "\n\nFrom: anna@example.org\nSubject: Dag",
        "\ufeffFrom: anna@example.org\nSubject: Dag",
        "From mail Sat Nov 28 2026\nFrom: anna@example.org\nSubject: Dag",
        "From : anna@example.org\nSubject : Dag",
        "Received: from een\nby twee\nFrom: anna@example.org\nSubject: Dag",
        "FROM:anna@example.org\nSUBJECT:Dag",
        "From: anna@example.org\nSubject: =?utf-8?q?Dag?=",
        "From: anna@example.org\nSubject:\n Dag",
    ],
)
@pytest.mark.parametrize("ending", ["\n", "\r\n", "\r"])
def test_a_head_that_is_broken_still_says_from_whom(head, ending):
    message = parse(f"{head}\n\nHallo\n".replace("\n", ending).encode())

    assert (message.sender, message.subject, message.body) == (ANNA, "Dag", "Hallo")


def test_a_text_below_the_head_without_an_empty_line_stays_text():
    assert "Ja, ik kom." in parse(b"From: anna@example.org\nJa, ik kom.\n\nGroet").body


def test_what_it_answers_is_known_without_brackets():
    assert parse(b"In-Reply-To: een@example.org\n\nx").references == ("een@example.org",)
    assert parse(b"Message-ID: een@example.org\n\nx").message_id == "een@example.org"


# --- Characters -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("declared", "content", "text"),
    [
        ("iso-8859-15", b"\xa4 112,50", "€ 112,50"),
        ("ISO8859-15", b"\xa4 112,50", "€ 112,50"),
        ("latin9", b"\xa4 112,50", "€ 112,50"),
        ("iso-8859-15", b"\x80 112,50 \x96 caf\xe9", "€ 112,50 – café"),
        ("iso-8859-15", "€ 112,50".encode(), "€ 112,50"),
        ("iso-8859-1", b"\x93Lokaal\x94 \x80", "“Lokaal” €"),
        ("iso-8859-2", b"Dvo\xf8\xe1k", "Dvořák"),
        ("windows-1250", b"Dvo\xf8\xe1k", "Dvořák"),
        ("windows-1252", "Súdwest-Fryslân".encode(), "Súdwest-Fryslân"),
        ("utf-8", "Café €".encode() + b" en caf\xe9", "Café € en café"),
        ("us-ascii", "Café €".encode(), "Café €"),
        ("utf-16", "Café €".encode(), "Café €"),
        ("utf-7", b"Caf+AOk-", "Café"),
        ("gb2312", "王小明".encode("gb18030"), "王小明"),
        ("ks_c_5601-1987", "김".encode("cp949"), "김"),
        ("koi8-r", "Анна".encode("koi8-r"), "Анна"),
        ("'utf-8'", "Café".encode(), "Café"),
        ("utf8", "Café".encode(), "Café"),
        ("", b"caf\xe9", "café"),
        (None, b"caf\xe9", "café"),
        (("us-ascii", "", "iso-8859-15"), b"\xa4", "€"),
    ],
)
def test_a_declared_set_is_used_and_a_wrong_one_is_seen(declared, content, text):
    assert decode(content, declared) == text


@settings(max_examples=200, deadline=None)
@given(
    st.binary(max_size=60), st.sampled_from(["utf-8", "iso-8859-15", "utf-16", "utf-7", "x", ""])
)
def test_no_bytes_in_no_set_make_it_fail(content, declared):
    assert isinstance(decode(content, declared), str)


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ("=?iso-8859-15?q?=A4_112=2C50?=", "€ 112,50"),
        ("=?ISO-8859-15?B?pCAxMTI=?=", "€ 112"),
        ("=?utf-8?b?Q2Fmww==?= =?utf-8?b?qQ==?=", "Café"),
        ("=?utf-8?q?Caf=C3?= =?UTF-8?q?=A9?=", "Café"),
        ("=?utf-8?q?een?= =?iso-8859-1?q?_caf=E9?=", "een café"),
        ("Re:=?utf-8?q?Caf=C3=A9?=", "Re:Café"),
        ("=?utf-8?q?Een plek vrij=21?=", "Een plek vrij!"),
        ("=?utf-8*nl?q?Caf=C3=A9?=", "Café"),
        ("=?utf-8?b?Q2Fmw6k?=", "Café"),
        ("=?utf-8?b?Q2Fmw6?=", "Caf"),
        ("=?x-onbekend?q?Caf=C3=A9?=", "Café"),
        ("Een =?utf-8?q?caf=C3=A9?= hier", "Een café hier"),
        ("Café =?utf-8?q?caf=C3=A9?=", "Café café"),
        ("=?utf-8?q?", "=?utf-8?q?"),
    ],
)
def test_words_of_a_header_are_read_as_programs_write_them(value, text):
    assert decode_words(value).rstrip("Ã\ufffd") == text
    assert parse(f"Subject: {value}\n\nx".encode()).subject.rstrip("Ã\ufffd") == text


@settings(max_examples=200, deadline=None)
@given(st.text("=?utf-8qbQB_ A9C3", max_size=80))
def test_no_words_of_a_header_make_it_fail(value):
    assert isinstance(decode_words(value), str)


def test_a_page_that_declares_its_own_set_is_read_so():
    page = b'From: a@b.nl\nContent-Type: text/html\n\n<meta charset="iso-8859-15"><p>\xa4 5</p>'

    assert parse(page).body == "€ 5"


@pytest.mark.parametrize("encoding", ["base64 ", "Base64", '"base64"', "base64; x", "base64 (x)"])
def test_an_encoding_is_known_however_it_is_written(encoding):
    raw = f"From: a@b.nl\nContent-Transfer-Encoding: {encoding}\n\nSmEsIGlrIGtvbS4=\n"

    assert parse(raw.encode()).body == "Ja, ik kom."


# --- Files ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("head", "name"),
    [
        ("Content-Disposition: attachment; filename*=utf-8''caf%C3%A9.pdf", "café.pdf"),
        ("Content-Disposition: attachment; filename*=iso-8859-15''%A4.pdf", "€.pdf"),
        ("Content-Disposition: attachment; filename*=''caf%C3%A9.pdf", "café.pdf"),
        ("Content-Disposition: attachment; filename*0*=utf-8''caf; filename*1*=%C3%A9.pdf", "café.pdf"),
        ("Content-Disposition: attachment; filename*0=ver; filename*1=slag.pdf", "verslag.pdf"),
        ("Content-Disposition: attachment; filename=cafe.pdf; filename*=utf-8''caf%C3%A9.pdf", "café.pdf"),
        ("Content-Disposition: attachment; filename*=x; filename*0=a.pdf; filename*1=b", "x"),
        ('Content-Disposition: attachment; filename="=?utf-8?q?caf=C3=A9.pdf?="', "café.pdf"),
        ("Content-Disposition: attachment; filename==?utf-8?q?caf=C3=A9.pdf?=", "café.pdf"),
        ('Content-Disposition: attachment; filename="café.pdf"', "café.pdf"),
        ('Content-Disposition: attachment; filename="café.pdf"'.encode("cp1252"), "café.pdf"),
        ("Content-Disposition: attachment; filename=foto van ons.pdf", "foto van ons.pdf"),
        ('Content-Disposition: attachment; filename="a;b.pdf"', "a_b.pdf"),
        ('Content-Disposition: attachment;\n filename="a.pdf"', "a.pdf"),
        ('Content-Disposition: filename="a.pdf"', "a.pdf"),
        ('Content-Disposition: attachment; FileName="a.pdf"', "a.pdf"),
        ('Content-Disposition: attachment; filename="a.pdf', "a.pdf"),
        ('Content-Disposition: "attachment"; filename=a.pdf', "a.pdf"),
        ("Content-Disposition: attachment", "bijlage"),
        ("Content-Disposition: inline; filename=a.pdf; size=x; =; ;", "a.pdf"),
    ],
)  # fmt: skip
def test_a_file_has_the_name_that_its_sender_gave(head, name):
    raw = parts(b"Content-Type: text/plain\n\nZie bijlage.", file(head))

    message = parse(raw)

    assert [one.name for one in message.attachments] == [name]
    assert message.body == "Zie bijlage."


@pytest.mark.parametrize(
    "kind", ['application/pdf; name="café.pdf"', "application/pdf; name*=utf-8''caf%C3%A9.pdf"]
)
def test_a_name_may_stand_with_the_type(kind):
    raw = parts(file("X: y", kind=kind.encode()))

    assert [one.name for one in parse(raw).attachments] == ["café.pdf"]


def test_a_letter_with_the_name_of_a_file_is_still_the_letter():
    raw = parts(
        file("Content-Disposition: inline", b"Ja, ik kom.", b'text/plain; name="tekst.txt"')
    )

    assert parse(raw).body == "Ja, ik kom."
    only = b"From: a@b.nl\nContent-Type: text/plain\nContent-Disposition: attachment\n\nJa, ik kom."
    assert parse(only).body == "Ja, ik kom."


def test_a_text_that_was_attached_is_not_the_letter():
    attached = file("Content-Disposition: attachment; filename=a.txt", b"Nee", b"text/plain")

    assert parse(parts(b"Content-Type: text/plain\n\nJa, ik kom.", attached)).body == "Ja, ik kom."
    assert parse(parts(b"Content-Type: text/plain\n\n", attached)).body == ""


def test_parts_that_cannot_be_told_apart_are_read_as_text():
    raw = b"From: a@b.nl\nContent-Type: multipart/mixed\n\n--b\n\nJa, ik kom.\n--b--\n"

    assert "Ja, ik kom." in parse(raw).text


def test_a_message_in_a_message_that_was_encoded_is_a_message_again():
    inner = make_message("Ik zeg op.", Subject="Opzeggen").as_bytes()
    head = b"Content-Type: message/rfc822\nContent-Transfer-Encoding: base64\n\n"
    raw = parts(b"Content-Type: text/plain\n\nDit kreeg ik.", head + base64.encodebytes(inner))

    message = parse(raw)

    assert message.body == "Dit kreeg ik."
    assert [one.name for one in message.attachments] == ["Opzeggen.eml"]
    assert b"Ik zeg op." in message.attachments[0].content
