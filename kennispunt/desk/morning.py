"""One mail on the morning of a working day: what waits for this person, by pile.

It names kinds of work and numbers, and nobody: a mail is read on the train.
"""

from dataclasses import dataclass
from datetime import datetime, time
from urllib.parse import quote

from django.db import transaction
from django.utils.timezone import localdate, localtime, make_aware

from kennispunt.accounts.groups import everyone_of_the_staff
from kennispunt.accounts.models import User
from kennispunt.desk.models import MorningMail
from kennispunt.elections.working_days import is_working_day
from kennispunt.mail.send import send
from kennispunt.office.staff import WorkList, everything
from kennispunt.ui.dutch import counted
from kennispunt.ui.links import full_address

HOURS = range(6, 12)  # after a night in which the clock stood still it is still the morning
MOST = 200  # lines of a pile that are looked at, to say what is late and what is new
PURPOSE = "desk.morning"


@dataclass(frozen=True)
class InShort:
    """One kind of work in the mail."""

    kind: str
    count: int
    late: int
    new: int
    address: str

    @property
    def words(self) -> str:
        """ "3, waarvan 1 te laat en 2 nieuw" """
        more = [f"{self.late} te laat"] * bool(self.late) + [f"{self.new} nieuw"] * bool(self.new)
        return f"{self.count}" + (f", waarvan {' en '.join(more)}" if more else "")


def tell_all(now: datetime) -> None:
    """Mail everyone of the staff, once a day; what a killed process left goes the next hour."""
    if is_working_day(localdate(now)) and localtime(now).hour in HOURS:
        for person in everyone_of_the_staff():
            tell(person, now)


@transaction.atomic
def tell(person: User, now: datetime) -> None:
    """One mail, unless this person had one today, or nothing waits. Two clocks send it once."""
    MorningMail.objects.get_or_create(person=person)
    row = MorningMail.objects.select_for_update().get(person=person)
    if row.went_at and row.went_at >= make_aware(datetime.combine(localdate(now), time(0))):
        return
    MorningMail.objects.filter(pk=row.pk).update(went_at=now)
    waiting = everything(person)
    if not waiting.total:
        return
    send(
        "desk/mail/morning.md",
        to=person.email,
        purpose=PURPOSE,
        name=person.name,
        number=counted(waiting.total, "ding", "dingen"),
        piles=list(in_short(waiting, localdate(now), since=row.went_at)),
        link=full_address("desk:desk"),
    )


def in_short(waiting: WorkList, today, *, since):
    """Each kind with its number; what is too late, and what came since the last mail."""
    for kind, count in waiting.kinds():
        lines = waiting.of_kind(kind)[:MOST]
        yield InShort(
            kind.capitalize(),
            count,
            late=sum(line.count for line in lines if line.due and line.due < today),
            new=sum(line.count for line in lines if since and line.since >= since),
            address=full_address("desk:desk") + f"?soort={quote(kind)}",
        )
