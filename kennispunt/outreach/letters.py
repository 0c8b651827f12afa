"""The mails between who wrote a letter to griffies and who reads it; no subject names it."""

from kennispunt.mail.send import send
from kennispunt.outreach.models import Mailing
from kennispunt.ui.links import full_address


def to_read(mailing: Mailing, reader) -> None:
    write("to_read", mailing, reader)


def approved(mailing: Mailing) -> None:
    tell_author("approved", mailing, mailing.approved_by)


def sent_back(mailing: Mailing) -> None:
    tell_author("sent_back", mailing, mailing.returned_by)


def withdrawn(mailing: Mailing) -> None:
    tell_author("withdrawn", mailing, mailing.withdrawn_by)


def tell_author(template, mailing, by):
    author = mailing.written_by
    if author and author != by and author.is_active:
        write(template, mailing, author)


def write(template, mailing, person):
    send(
        f"outreach/mail/{template}.md",
        to=person.email,
        purpose="outreach.review",
        name=person.name,
        title=mailing.subject,
        remark=mailing.remark,
        link=full_address(mailing),
    )
