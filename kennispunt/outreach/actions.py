"""What can happen: a short address is opened, a letter is approved, and goes out once."""

from datetime import date, datetime

from django.conf import settings
from django.db import IntegrityError, transaction
from django.db.models import Exists, F, OuterRef
from django.urls import reverse

from kennispunt.elections.calendar import coming
from kennispunt.elections.models import Area
from kennispunt.mail.models import OutgoingMail
from kennispunt.mail.send import send
from kennispunt.outreach.lines import lines_of
from kennispunt.outreach.models import Delivery, GriffieAddress, Mailing, Opening
from kennispunt.pages.references import References

PURPOSE = "outreach.griffie"
CALM_A_YEAR = 2
BATCH = 50  # letters in one transaction: a kill repeats none of them


def count_opening(area: Area, *, on: date) -> None:
    """Somebody opened the short address of this area: one more in this month, and no more."""
    month = on.replace(day=1)
    Opening.objects.get_or_create(area=area, month=month)
    Opening.objects.filter(area=area, month=month).update(times=F("times") + 1)


def approve(mailing: Mailing, *, by, at: datetime) -> str:
    """Let a letter go to every griffie. Returns why not, for who approves; "" when it goes.

    Never by who wrote it, at most two calm ones a year, one for each day of voting.
    """
    if by == mailing.written_by:
        return "Wie de brief schreef, keurt hem niet goed. Vraag een collega."
    voting_on = None
    if mailing.moment == Mailing.Moment.ELECTION:
        voting_on = coming(at.date())[0].voting
    else:
        this_year = Mailing.objects.filter(
            moment=Mailing.Moment.CALM, approved_at__year=at.year
        ).count()
        if this_year >= CALM_A_YEAR:
            return f"Dit jaar gingen er al {CALM_A_YEAR} brieven uit. Wacht tot volgend jaar."
    try:
        with transaction.atomic():
            claimed = Mailing.objects.filter(pk=mailing.pk, approved_at=None).update(
                approved_by=by, approved_at=at, voting_on=voting_on
            )
    except IntegrityError:
        return "Voor deze verkiezing ging er al een brief uit."
    return "" if claimed else "Deze brief was al goedgekeurd."


def deliver(mailing: Mailing, *, at: datetime) -> int:
    """Put what is left of an approved letter in the outbox. Returns how many that was.

    May be killed and started again: every griffie gets one letter.
    """
    if mailing.approved_at is None or mailing.sent_at is not None:
        return 0
    count = 0
    while rows := list(waiting_for(mailing)[:BATCH]):
        with transaction.atomic():
            for address in rows:
                _, new = Delivery.objects.get_or_create(mailing=mailing, area=address.area)
                if new:
                    write_to(mailing, address)
                    count += 1
    Mailing.objects.filter(pk=mailing.pk, sent_at=None).update(sent_at=at)
    return count


def waiting_for(mailing):
    done = mailing.deliveries.values("area")
    return GriffieAddress.objects.reachable().exclude(area__in=done).select_related("area")


def write_to(mailing, address):
    page = settings.SITE_URL + reverse("outreach:area", args=[address.area.slug])
    send(
        "outreach/mail/mailing.md",
        to=address.email,
        purpose=PURPOSE,
        subject=mailing.subject,
        lines=lines_of(mailing.body, References()),
        link=page,
    )


def mark_bounced(*, on: date) -> int:
    """Use no address from which a letter came back since it was checked; staff look at it first.

    Returns how many were found.
    """
    came_back = OutgoingMail.objects.filter(
        purpose=PURPOSE, status=OutgoingMail.Status.FAILED, to=OuterRef("email"),
        created_at__date__gte=OuterRef("checked_on"),
    )  # fmt: skip
    return GriffieAddress.objects.reachable().filter(Exists(came_back)).update(bounced_on=on)
