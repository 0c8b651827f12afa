"""The mails to people who asked for something, also when they have no place anywhere.

The purposes begin with `trainings`, as when this was a part of it: what people chose at /mijn/mail/
stays as they chose it.
"""

from kennispunt.mail.send import send
from kennispunt.ui.links import full_address


def proposal(person, wish, edition):
    """Tell that the wish is planned. None when this person stopped these mails."""
    return send(
        "wishes/mail/proposal.md",
        to=person.email,
        purpose="trainings.proposal",
        expires_at=edition.starts_at,
        name=person.name,
        wish=wish,
        edition=edition,
        meetings=list(edition.meetings.all()),
        sign_up_link=full_address("trainings:sign_up", edition.training.slug, edition.pk),
    )


def custom_answered(request):
    """Our answer to a request for something made to measure."""
    edition = request.edition
    send(
        "wishes/mail/custom.md",
        to=request.person.email,
        purpose="trainings.custom",
        name=request.person.name,
        answer=request.answer,
        edition=edition,
        meetings=list(edition.meetings.all()) if edition else [],
        sign_up_link=edition
        and full_address("trainings:sign_up", edition.training.slug, edition.pk),
        mine_link=full_address("trainings:mine"),
    )
