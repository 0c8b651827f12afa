"""The bytes of a message, made once and sent as they are at every attempt.

Python's own message classes make some ninety of these in a second; this makes thousands
(docs/performance.md). Whatever comes in, no header can be added by it: `header` refuses that.
"""

import re
import secrets
from binascii import b2a_base64, b2a_qp
from collections.abc import Iterable
from dataclasses import dataclass
from email.header import Header
from email.utils import encode_rfc2231, format_datetime, formataddr
from pathlib import PurePath
from urllib.parse import urlsplit

from django.conf import settings
from django.core.mail.message import sanitize_address
from django.utils import timezone

from kennispunt.mail.letter import Letter


@dataclass(frozen=True)
class Attachment:
    name: str
    content_type: str
    content: bytes


def new_message_id() -> str:
    """A Message-ID of ours: says where from, and nothing else."""
    return f"<{secrets.token_hex(16)}@{urlsplit(settings.SITE_URL).hostname}>"


def headers(
    to: str, message_id: str, *, reply_to="", unsubscribe="", in_reply_to=""
) -> dict[str, str]:
    """Return what stands above every message of ours."""
    return {
        "From": formataddr((settings.MAIL_SENDER_NAME, settings.DEFAULT_FROM_EMAIL)),
        "To": on_the_wire(to),
        "Reply-To": reply_to,
        "Message-ID": message_id,
        "In-Reply-To": in_reply_to,
        "References": in_reply_to,
        # Robots of others do not answer this (RFC 3834).
        "Auto-Submitted": "auto-generated",
        "List-Unsubscribe": unsubscribe and f"<{unsubscribe}>",
        "List-Unsubscribe-Post": unsubscribe and "List-Unsubscribe=One-Click",
    }


def on_the_wire(address: str) -> str:
    """The address in ASCII: a domain with an accent in it has a second name for that."""
    return address if address.isascii() else sanitize_address(address, "utf-8")


def build(letter: Letter, above: dict[str, str], attachments: Iterable[Attachment] = ()) -> bytes:
    """The whole message. ValueError when a header holds a line break or another control."""
    everything = {
        "Subject": letter.subject,
        "Date": format_datetime(timezone.localtime()),
        **above,
        "MIME-Version": "1.0",
    }
    twins = multipart(
        "alternative", [text_part("plain", letter.text), text_part("html", letter.html)]
    )
    if attachments:
        twins = multipart("mixed", [twins, *map(attached, attachments)])
    lines = [header(name, value) for name, value in everything.items() if value]
    return "\r\n".join(lines).encode("ascii") + b"\r\n" + twins


def addressed(message: bytes, *, to: str) -> bytes:
    """A message that was made here, with another address in its header."""
    line = header("To", to).encode("ascii") + b"\r\n"
    return re.sub(rb"(?ms)^To: .*?\r\n(?![ \t])", lambda _: line, message, count=1)


def header(name, value):
    """One header in ASCII, folded."""
    if any(ord(sign) < 32 or ord(sign) == 127 for sign in value):
        raise ValueError(f"{name} holds a line break or another control")
    if value.isascii() and len(value) + len(name) < 76:
        return f"{name}: {value}"
    charset = "us-ascii" if value.isascii() else "utf-8"
    encoded = Header(value, charset, header_name=name).encode(linesep="\r\n")
    return f"{name}: {encoded}"


def multipart(kind, parts):
    boundary = secrets.token_hex(16).encode()
    opening = b'Content-Type: multipart/%s; boundary="%s"\r\n\r\n' % (kind.encode(), boundary)
    return (
        opening
        + b"".join(b"--%s\r\n%s\r\n" % (boundary, part) for part in parts)
        + b"--%s--\r\n" % boundary
    )


def text_part(kind, text):
    quoted = b2a_qp(text.replace("\r\n", "\n").encode(), istext=True).replace(b"\n", b"\r\n")
    return (
        b"Content-Type: text/%s; charset=utf-8\r\n"
        b"Content-Transfer-Encoding: quoted-printable\r\n\r\n" % kind.encode()
    ) + quoted


def attached(attachment):
    name = PurePath(attachment.name.replace("\\", "/")).name or "bijlage"
    lines = [
        header("Content-Type", attachment.content_type),
        header("Content-Disposition", f"attachment; filename*={encode_rfc2231(name, 'utf-8')}"),
        "Content-Transfer-Encoding: base64",
    ]
    encoded = b"\r\n".join(
        b2a_base64(attachment.content[start : start + 57], newline=False)
        for start in range(0, len(attachment.content), 57)
    )
    return "\r\n".join(lines).encode("ascii") + b"\r\n\r\n" + encoded
