"""What can happen: a short address is opened, a letter is approved, and goes out once."""

import hashlib
import json
from datetime import date, datetime

from django.db import transaction
from django.db.models import Exists, F, OuterRef
from django.utils import timezone

from kennispunt.elections.calendar import coming
from kennispunt.elections.models import Area
from kennispunt.mail.models import OutgoingMail
from kennispunt.mail.send import send
from kennispunt.outreach import letters
from kennispunt.outreach.lines import Line, lines_of
from kennispunt.outreach.models import Delivery, GriffieAddress, Mailing, Opening
from kennispunt.outreach.permissions import writers
from kennispunt.pages.references import References
from kennispunt.ui.links import full_address
from kennispunt.ui.rows import locked

PURPOSE = "outreach.griffie"
CALM_A_YEAR = 2
# What who writes it decides; the rest is of who reads it.
WRITTEN = (
    "subject", "body", "moment", "written_by", "written_at", "returned_by", "returned_at", "remark",
)  # fmt: skip
BATCH = 50  # letters in one transaction: a kill repeats none of them


def count_opening(area: Area, *, on: date) -> None:
    """Somebody opened the short address of this area: one more in this month, and no more."""
    month = on.replace(day=1)
    Opening.objects.get_or_create(area=area, month=month)
    Opening.objects.filter(area=area, month=month).update(times=F("times") + 1)


# --- A letter and its second reader --------------------------------------------------------------
# Each verb returns why not, for who presses the button; "" when it is done.


def fingerprint(mailing: Mailing) -> str:
    """Of what somebody sees who reads this letter: another text or another fact is another one."""
    shown = [mailing.subject, mailing.moment, mailing.body, lines_of(mailing.body, References())]
    return hashlib.sha256(json.dumps(shown).encode()).hexdigest()


@transaction.atomic
def submit(mailing: Mailing, *, by, seen: str | None = None) -> str:
    """Keep a new letter, or what `by` made of it; and ask who else may, to read it.

    `seen`: the fingerprint of what was on the screen. Who changed it last, does not approve it.
    """
    if mailing.pk:
        now = locked(mailing)
        if not now.can_change:
            return "Deze brief is al goedgekeurd of ingetrokken. Schrijf een nieuwe."
        if seen is not None and seen != fingerprint(now):
            return "Een collega veranderde deze brief intussen. Open hem opnieuw."
    mailing.written_by, mailing.written_at = by, timezone.now()
    mailing.returned_by = mailing.returned_at = None
    mailing.remark = ""
    mailing.save(update_fields=WRITTEN if mailing.pk else None)
    for reader in writers().exclude(pk=by.pk):
        letters.to_read(mailing, reader)
    return ""


@transaction.atomic
def approve(mailing: Mailing, *, by, at: datetime, seen: str | None = None) -> str:
    """Let a letter go to every griffie, as it was shown.

    Never by who wrote it, at most two calm ones a year, one for each day of voting.
    """
    # All of them, so that two at once are not the third of this year.
    list(Mailing.objects.select_for_update().order_by("pk").values_list("pk"))
    mailing = locked(mailing)
    if by == mailing.written_by:
        return "Wie de brief schreef, keurt hem niet goed. Vraag een collega."
    if problem := not_waiting(mailing):
        return problem
    if seen is not None and seen != fingerprint(mailing):
        return "De brief is intussen veranderd. Lees hem opnieuw."
    if not GriffieAddress.objects.reachable().exists():
        return "We hebben nog geen adres van een griffie. Voeg eerst adressen toe."
    if mailing.moment == Mailing.Moment.ELECTION:
        mailing.voting_on = coming(at.date())[0].voting
        gone = Mailing.objects.filter(voting_on=mailing.voting_on, approved_at__isnull=False)
        if gone.exists():
            return "Voor deze verkiezing ging er al een brief uit."
    else:
        calm = Mailing.objects.filter(moment=Mailing.Moment.CALM, approved_at__year=at.year)
        if calm.count() >= CALM_A_YEAR:
            return f"Dit jaar gingen er al {CALM_A_YEAR} brieven uit. Wacht tot volgend jaar."
    mailing.approved_by, mailing.approved_at = by, at
    mailing.lines = lines_of(mailing.body, References())
    mailing.save(update_fields=["approved_by", "approved_at", "voting_on", "lines"])
    letters.approved(mailing)
    return ""


def not_waiting(mailing) -> str:
    if mailing.withdrawn_at:
        return "Deze brief is ingetrokken."
    if mailing.approved_at:
        return "Deze brief was al goedgekeurd."
    if mailing.returned_at:
        return "Deze brief is teruggestuurd. Eerst past de schrijver hem aan."
    return ""


@transaction.atomic
def send_back(mailing: Mailing, *, by, at: datetime, remark: str) -> str:
    """Not yet: the author reads why, and sends it again."""
    mailing, remark = locked(mailing), remark.strip()
    if by == mailing.written_by:
        return "Dit is je eigen brief. Verander hem zelf."
    if problem := not_waiting(mailing):
        return problem
    if not remark:
        return "Schrijf erbij wat er anders moet."
    mailing.returned_by, mailing.returned_at, mailing.remark = by, at, remark
    mailing.save(update_fields=["returned_by", "returned_at", "remark"])
    letters.sent_back(mailing)
    return ""


@transaction.atomic
def withdraw(mailing: Mailing, *, by, at: datetime) -> str:
    """It does not go, or no further. Before the first went it does not count in its year."""
    mailing = locked(mailing)
    if mailing.withdrawn_at:
        return "Deze brief was al ingetrokken."
    if mailing.sent_at:
        return "Deze brief is al verstuurd."
    mailing.withdrawn_by, mailing.withdrawn_at = by, at
    if not mailing.deliveries.exists():
        mailing.approved_by = mailing.approved_at = mailing.voting_on = None
    mailing.save(
        update_fields=["withdrawn_by", "withdrawn_at", "approved_by", "approved_at", "voting_on"]
    )
    letters.withdrawn(mailing)
    return ""


# --- On its way ----------------------------------------------------------------------------------


def deliver(mailing: Mailing, *, at: datetime) -> int:
    """Put what is left of an approved letter in the outbox. Returns how many that was.

    May be killed and started again: every griffie gets one letter. Who withdraws it meanwhile waits
    for one batch, and no other follows.
    """
    count, rows = 0, True
    while rows:
        with transaction.atomic():
            mailing = locked(mailing)
            if not Mailing.objects.going().filter(pk=mailing.pk).exists():
                return count
            rows = list(waiting_for(mailing)[:BATCH])
            for address in rows:
                _, new = Delivery.objects.get_or_create(mailing=mailing, area=address.area)
                if new:
                    write_to(mailing, address)
                    count += 1
            if not rows:
                mailing.sent_at = at
                mailing.save(update_fields=["sent_at"])
    return count


def waiting_for(mailing):
    done = mailing.deliveries.values("area")
    return GriffieAddress.objects.reachable().exclude(area__in=done).select_related("area")


def write_to(mailing, address):
    page = full_address("outreach:area", address.area.slug)
    send(
        "outreach/mail/mailing.md",
        to=address.email,
        purpose=PURPOSE,
        subject=mailing.subject,
        lines=[Line(*one) for one in mailing.lines or lines_of(mailing.body, References())],
        link=page,
    )


def mark_bounced(*, on: date) -> int:
    """Use no address from which a letter came back since it was checked; staff look at it first.

    Returns how many were found.
    """
    came_back = OutgoingMail.objects.filter(
        purpose=PURPOSE, status=OutgoingMail.Status.FAILED, to=OuterRef("email"),
        created_at__date__gte=OuterRef("checked_on"),
    ).exclude(held__in=OutgoingMail.Held.OURS)  # fmt: skip
    return GriffieAddress.objects.reachable().filter(Exists(came_back)).update(bounced_on=on)
