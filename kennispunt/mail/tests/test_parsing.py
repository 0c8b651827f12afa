"""Mail of the real world, and mail that was made to hurt."""

import time
from email.message import EmailMessage
from email.mime.multipart import MIMEMultipart
from email.mime.text import MIMEText

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kennispunt.mail.characters import decode
from kennispunt.mail.html_text import text_of
from kennispunt.mail.names import attachment_name
from kennispunt.mail.parsing import parse
from kennispunt.mail.tests.make import make_message


def raw(body, content_type="text/plain; charset=utf-8", encoding="8bit", subject="Onderwerp"):
    head = (
        f"From: Anna Bakker <anna@example.org>\r\nTo: info@kennispunt.example\r\n"
        f"Subject: {subject}\r\nMIME-Version: 1.0\r\n"
        f"Content-Type: {content_type}\r\nContent-Transfer-Encoding: {encoding}\r\n\r\n"
    )
    return head.encode() + (body if isinstance(body, bytes) else body.encode())


# --- The real world -------------------------------------------------------------------------------


def test_a_plain_answer():
    message = parse(make_message("Ja, we komen.\n\nGroet,\nAnna").as_bytes())

    assert (message.sender, message.sender_name) == ("anna@example.org", "Anna Bakker")
    assert message.message_id == "een@example.org"
    assert message.body == "Ja, we komen."
    assert message.problems == ()


def test_html_alone_becomes_text_with_its_quotes_apart():
    html = """<html><head><title>x</title><style>p {color: red}</style></head><body>
      <p>Hoi Tess,</p><p>We komen met <b>drie</b> mensen&nbsp;&ndash; kan dat?</p>
      <div class="gmail_quote"><div>Op di 24 nov 2026 schreef Tess &lt;<a href="mailto:t@example.org">t@example.org</a>&gt;:</div>
      <blockquote><p>Met hoeveel?</p><p>Groet, Tess</p></blockquote></div></body></html>"""

    message = parse(raw(html, "text/html; charset=utf-8"))

    assert message.body == "Hoi Tess,\n\nWe komen met drie mensen – kan dat?"
    assert "> Met hoeveel?" in message.pieces[1].text


def test_outlook_html_has_its_older_message_under_a_name():
    html = '<div>We komen.</div><div id="appendonsend"></div><div id="divRplyFwdMsg"><b>Van:</b> Tess<br><b>Aan:</b> Anna</div><div>Met hoeveel?</div>'

    assert parse(raw(html, "text/html")).body == "We komen."


def test_a_script_or_a_hidden_link_is_only_text():
    html = '<p>Kijk <a href="https://example.org/echt">https://example.com/nep</a></p><script>alert(1)</script>'

    assert parse(raw(html, "text/html")).body == (
        "Kijk https://example.com/nep <https://example.org/echt>"
    )


@pytest.mark.parametrize(
    ("declared", "content"),
    [
        ("utf-8", "Café in Súdwest – vijf € p.p.".encode("cp1252")),
        ("iso-8859-1", "Café in Súdwest – vijf € p.p.".encode()),
        ("iso-8859-1", "Café in Súdwest – vijf € p.p.".encode("cp1252")),
        ("us-ascii", "Café in Súdwest – vijf € p.p.".encode()),
        ("x-onbekend", "Café in Súdwest – vijf € p.p.".encode()),
        ("punycode", "Café in Súdwest – vijf € p.p.".encode()),
        ("utf-16", "Café in Súdwest – vijf € p.p.".encode("utf-16")),
        ("windows-1252", "Café in Súdwest – vijf € p.p.".encode("cp1252")),
    ],
)
def test_the_characters_are_read_whatever_was_declared(declared, content):
    assert decode(content, declared) == "Café in Súdwest – vijf € p.p."


def test_a_subject_in_undeclared_bytes_is_read():
    assert parse(b"Subject: Caf\xe9\nFrom: a@example.org\n\nx").subject == "Café"
    assert parse("Subject: Café\n\nx".encode()).subject == "Café"


def test_winmail_dat_gives_its_files():
    message = make_message("Zie bijlage.")
    message.add_attachment(
        WINMAIL, maintype="application", subtype="ms-tnef", filename="winmail.dat"
    )

    files = parse(message.as_bytes()).attachments

    assert [(file.name, file.content) for file in files] == [("notulen.txt", b"Aanwezig: drie.")]


def test_a_broken_winmail_dat_stays_a_file():
    message = make_message("Zie bijlage.")
    message.add_attachment(
        b"\x78\x9f\x3e\x22kapot", maintype="application", subtype="ms-tnef", filename="winmail.dat"
    )

    parsed = parse(message.as_bytes())

    assert [file.name for file in parsed.attachments] == ["winmail.dat"]
    assert parsed.problems == ("winmail.dat",)


def test_a_calendar_invitation():
    message = make_message("Komen jullie?")
    message.add_alternative("<p>Komen jullie?</p>", subtype="html")
    calendar = MIMEText("BEGIN:VCALENDAR\nEND:VCALENDAR", "calendar", "utf-8")
    calendar.set_param("method", "REQUEST")
    message.attach(calendar)

    parsed = parse(message.as_bytes())

    assert parsed.body == "Komen jullie?"
    assert parsed.calendar_method == "REQUEST"
    assert [file.name for file in parsed.attachments] == ["uitnodiging.ics"]


def test_a_mail_that_was_passed_on_keeps_what_it_passed_on():
    text = "---------- Forwarded message ---------\nVan: Griffie <griffie@example.org>\nDate: di 24 nov 2026\nSubject: Vraag\nTo: Anna\n\nWie helpt ons?"

    parsed = parse(make_message(text, Subject="Fwd: Vraag").as_bytes())

    assert "Wie helpt ons?" in parsed.body


def test_a_mail_in_a_mail_is_a_file_and_not_the_senders_words():
    inner = make_message("Ik zeg mijn lidmaatschap op.", Subject="Opzeggen")
    outer = make_message("Dit kreeg ik.")
    outer.add_attachment(inner)

    parsed = parse(outer.as_bytes())

    assert parsed.body == "Dit kreeg ik."
    assert [(f.name, f.content_type) for f in parsed.attachments] == [
        ("Opzeggen.eml", "message/rfc822")
    ]
    assert b"lidmaatschap" in parsed.attachments[0].content


def test_lines_that_were_broken_for_transport_are_whole_again():
    text = "Dit is een lange \r\nzin.\r\n\r\nEn nog een.\r\n"

    parsed = parse(raw(text, "text/plain; charset=utf-8; format=flowed"))

    assert parsed.body == "Dit is een lange zin.\n\nEn nog een."


def test_text_around_a_picture_is_read_whole():
    message = MIMEMultipart("mixed")
    message["From"] = "anna@example.org"
    picture = MIMEText("x", "plain")
    picture.replace_header("Content-Type", 'image/jpeg; name="zaal.jpg"')
    for part in (MIMEText("Zie deze zaal:"), picture, MIMEText("Mooi, toch?")):
        message.attach(part)

    parsed = parse(message.as_bytes())

    assert parsed.body == "Zie deze zaal:\n\nMooi, toch?"
    assert [file.name for file in parsed.attachments] == ["zaal.jpg"]


# --- Made to hurt ---------------------------------------------------------------------------------


@settings(max_examples=80, deadline=None)
@given(st.binary(max_size=3_000))
def test_no_bytes_make_it_fail(content):
    assert parse(content).text is not None


WORDS = [
    b"From: ", b"To: ", b"Content-Type: multipart/mixed; boundary=x\n", b"--x\n", b"--x--\n", b"\n",
    b"Content-Type: message/rfc822\n", b"Content-Type: text/html\n", b"=?utf-8?q?", b"?=", b"<", b">",
    b"(", b'"', b"\\", b"\xff", b"\x00", b"Content-Transfer-Encoding: base64\n", b"Date: 1 Jan 99999",
    b"Content-Disposition: attachment; filename*=utf-8''%", b"charset=", b";", b"a@b", b"begin 666 x\n",
    b"Content-Type: text/plain; charset=\"\xe9\"\n", b"Message-ID: <", b"Content-Transfer-Encoding: uuencode\n",
]  # fmt: skip


@settings(max_examples=150, deadline=None)
@given(st.lists(st.sampled_from(WORDS), max_size=60).map(b"".join))
def test_no_broken_message_makes_it_fail(content):
    message = parse(content)
    everything = [message.subject, message.sender, message.sender_name, *message.recipients]
    assert not any("\n" in text or "\r" in text or "\0" in text for text in everything)


@settings(max_examples=80, deadline=None)
@given(st.text(max_size=300))
def test_no_name_of_a_file_leads_elsewhere(name):
    safe = attachment_name(name)
    assert safe and not set(safe) & set("/\\\0\r\n") and safe not in {".", ".."}


@pytest.mark.parametrize(
    ("given_name", "safe"),
    [
        ("../../x", "x"),
        ("..\\..\\windows\\x.exe", "x.exe"),
        ("/etc/passwd", "passwd"),
        ("..", "bijlage"),
        ("foto\u202egpj.exe", "foto gpj.exe"),
        ("a\r\nBcc: x@example.org", "a Bcc_ x@example.org"),
        ("a" * 300 + ".pdf", "a" * 89 + ".pdf"),
    ],
)
def test_the_name_of_a_file_is_only_a_name(given_name, safe):
    assert attachment_name(given_name) == safe


def test_an_attachment_named_with_a_path_is_only_a_name():
    message = make_message("Zie bijlage.")
    message.add_attachment(b"x", maintype="application", subtype="pdf", filename="../../x")
    message.add_attachment(b"y", maintype="application", subtype="pdf", filename="/x")

    assert [file.name for file in parse(message.as_bytes()).attachments] == ["x", "x-2"]


def test_no_header_of_ours_can_be_made_by_a_subject_or_a_name():
    message = parse(
        b"From: =?utf-8?q?Anna=0D=0ABcc=3A_x=40example=2Eorg?= <anna@example.org>\n"
        b"Subject: =?utf-8?q?Hallo=0D=0ABcc=3A_x=40example=2Eorg?=\n\nx"
    )

    assert message.subject == "Hallo Bcc: x@example.org"
    assert message.sender == "anna@example.org"
    assert message.sender_name == "Anna Bcc: x@example.org"


@pytest.mark.parametrize(
    "written_from",
    [
        b"From: anna@example.org, eva@example.org",
        b"From: anna@example.org\nFrom: eva@example.org",
        b'From: "anna@example.org" <',
        b"From: anna",
        b"From: " + b"(" * 5_000,
        b"From: " + b"<" * 5_000 + b"anna@example.org>",
    ],
)
def test_who_is_not_exactly_one_sender_is_nobody(written_from):
    assert parse(written_from + b"\n\nHallo").sender == ""


def nested(depth):
    text = b"Content-Type: text/plain\n\nDiep."
    for number in range(depth):
        edge = b"edge%d" % number
        text = b"Content-Type: multipart/mixed; boundary=%s\n\n--%s\n%s\n--%s--\n" % (
            edge, edge, text, edge,
        )  # fmt: skip
    return b"From: anna@example.org\n" + text


def test_fifty_deep_is_read():
    assert parse(nested(50)).body == "Diep."


def test_deeper_than_anyone_writes_is_kept_as_a_problem():
    assert parse(nested(200)).problems == ("te veel delen",)
    message = parse(nested(2_000))
    assert (message.sender, message.problems) == ("anna@example.org", ("RecursionError",))


def test_mails_in_mails_fifty_deep_are_one_file():
    message = make_message("Diep.", Subject="0")
    for number in range(50):
        outer = EmailMessage()
        outer["Subject"], outer["From"] = str(number), "anna@example.org"
        outer.set_content("Zie bijlage.")
        outer.add_attachment(message)
        message = outer

    parsed = parse(message.as_bytes())

    assert (parsed.body, len(parsed.attachments)) == ("Zie bijlage.", 1)


def test_a_thousand_recipients():
    everyone = ", ".join(f"Lid Nummer {n} <lid{n}@example.org>" for n in range(1_000))

    assert len(parse(make_message(To=everyone).as_bytes()).recipients) == 1_000


MB = 1_000_000


LARGE = 400_000  # what takes long grows with the square: this is enough to see it


@pytest.mark.parametrize(
    ("name", "made"),
    [
        ("parts", lambda: b"Content-Type: multipart/mixed; boundary=x\n\n" + b"--x\n\na\n" * 50_000),
        ("deep html", lambda: raw("<div>" * (LARGE // 5), "text/html")),
        ("comments", lambda: raw("<!--" * (LARGE // 4), "text/html")),
        ("brackets", lambda: raw("<" * LARGE, "text/html")),
        ("entities", lambda: raw("&#" * (LARGE // 2), "text/html")),
        ("long line", lambda: raw("a" * LARGE)),
        ("words", lambda: b"Subject: " + b"=?a?q?" * 30_000 + b"\n\nx"),
        ("comment", lambda: b"To: " + b"(" * LARGE + b"\n\nx"),
        ("headers", lambda: b"X: y\n" * 100_000 + b"\nx"),
        ("references", lambda: b"References: " + b"<a@b> " * 100_000 + b"\n\nx"),
        ("winmail", lambda: raw(b"\x78\x9f\x3e\x22\x00\x00" + b"\x01" + b"\0" * LARGE, "application/ms-tnef")),
    ],
)  # fmt: skip
@pytest.mark.thorough
def test_a_bomb_takes_no_time(name, made):
    content = made()
    began = time.process_time()
    parse(content)
    assert time.process_time() - began < 3


@pytest.mark.thorough
def test_thirty_megabytes():
    message = make_message("Zie bijlage.")
    film = bytes(range(256)) * 4_096 * 22
    message.add_attachment(film, maintype="video", subtype="mp4", filename="film.mp4")
    content = message.as_bytes()
    assert len(content) > 30 * MB

    parsed = parse(content)

    assert parsed.body == "Zie bijlage."
    assert parsed.attachments[0].content == film


@pytest.mark.parametrize("program", ["<", "<a ", "<!", "</", "&", "<a href='", "\u0130"])
def test_html_that_was_made_to_be_slow(program):
    began = time.process_time()
    text_of((program * MB)[: MB // 5])
    assert time.process_time() - began < 3


def _object(level, name, data):
    return (
        bytes([level]) + name.to_bytes(4, "little") + len(data).to_bytes(4, "little") + data
        + (sum(data) % 65_536).to_bytes(2, "little")
    )  # fmt: skip


# As Outlook makes it: a signature, a key, then objects; here one file with its name and content.
WINMAIL = (
    b"\x78\x9f\x3e\x22\x01\x00"
    + _object(1, 0x00089006, (0x10000).to_bytes(4, "little"))
    + _object(1, 0x00069007, (1252).to_bytes(8, "little"))
    + _object(2, 0x00069002, b"\x01\x00" + b"\xff" * 4 + b"\0" * 8)
    + _object(2, 0x00018010, b"notulen.txt\0")
    + _object(2, 0x0006800F, b"Aanwezig: drie.")
)
