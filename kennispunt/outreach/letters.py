"""The mails between the author of a letter to griffies and its reader; no subject names it."""

from kennispunt.mail.send import send
from kennispunt.ui.links import full_address


def write(what: str, mailing, person) -> None:
    """Mail a colleague: "to_read", "approved", "sent_back" or "withdrawn"."""
    send(
        f"outreach/mail/{what}.md",
        to=person.email,
        purpose="outreach.review",
        name=person.name,
        title=mailing.subject,
        remark=mailing.remark,
        link=full_address(mailing),
    )
