"""Messages as they come from outside. People and parties are invented."""

from email.message import EmailMessage
from email.utils import format_datetime

from django.utils import timezone

from kennispunt.mail.addresses import signed_address


def make_message(text="We komen met drie mensen.", **headers) -> EmailMessage:
    """A message from Anna; give other headers as From=…, In_Reply_To=…, a None takes one away."""
    message = EmailMessage()
    known = {
        "From": "Anna Bakker <anna@example.org>",
        "To": signed_address("test.letter", 7, "anna@example.org"),
        "Subject": "Re: Met hoeveel komen jullie?",
        "Date": format_datetime(timezone.now()),
        "Message-ID": "<een@example.org>",
    }
    for name, value in (known | {k.replace("_", "-"): v for k, v in headers.items()}).items():
        if value is not None:
            message[name] = value
    message.set_content(text)
    return message


def make_raw(text="We komen met drie mensen.", **headers) -> bytes:
    return make_message(text, **headers).as_bytes()
