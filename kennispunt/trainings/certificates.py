"""A certificate as PDF (PDF/UA-1), made when its person asks for it. It names no party."""

from pathlib import Path

from django.conf import settings
from django.utils.formats import date_format, number_format
from django.utils.timezone import localtime

from kennispunt.trainings.models import Registration
from kennispunt.ui import paper

LAYOUT = (Path(__file__).parent / "certificate.typ").read_bytes()


def certificate(registration: Registration) -> bytes:
    """Make it for somebody who has_earned it, with the meetings where they were."""
    edition = registration.edition
    marks = registration.attendances.filter(was_there=True).select_related("meeting")
    attended = sorted((one.meeting for one in marks), key=lambda meeting: meeting.starts_at)
    hours = sum((one.ends_at - one.starts_at).total_seconds() for one in attended) / 3600
    said = {
        "name": registration.person.name,
        "training": edition.training.title,
        "when": [date_format(localtime(one.starts_at), "l j F Y") for one in attended],
        "place": edition.place.capitalize() if not edition.room else edition.place,
        "hours": f"{number_format(round(hours, 1))} uur".replace(",0 uur", " uur"),
        "given": date_format(localtime(attended[-1].ends_at), "j F Y"),
        "site": settings.SITE_URL.partition("://")[2],
    }
    return paper.pdf(LAYOUT, said)
