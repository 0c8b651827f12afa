"""Work of trainings that waits for the staff. Titles name a theme and a place, never a party."""

from django.db.models import Count, Exists, Min, OuterRef, Q, Subquery
from django.db.models.functions import TruncDate
from django.urls import reverse
from django.utils import timezone
from django.utils.timezone import localdate

from kennispunt.accounts.groups import trainers as who_train
from kennispunt.elections.working_days import in_words
from kennispunt.office.staff import Figure, Held, Pile, StaffPage, Waiting
from kennispunt.parties.models import Case
from kennispunt.parties.permissions import may_decide
from kennispunt.trainings.actions import trainers
from kennispunt.trainings.figures import figures as year_figures
from kennispunt.trainings.models import Attendance, Edition, Meeting, Registration
from kennispunt.trainings.periods import (
    DECIDE_BEFORE,
    DRAFTS_BEFORE,
    MARK_WITHIN,
    REMIND_BEFORE,
    TRAINER_FIRST,
)
from kennispunt.trainings.permissions import is_trainer, may_plan
from kennispunt.ui.dutch import counted


def waiting(user):
    """All of it; each part gives nothing to somebody who may not do it."""
    yield from undecided(user)
    yield from unmarked(user)
    yield from planned(user)
    yield from without_trainer(user)


def pages(user):
    if is_trainer(user):
        yield StaffPage(
            "Trainingen geven", reverse("trainings:given"), "Wie er komt, en wie er was."
        )
    if may_plan(user):
        yield StaffPage(
            "Trainingen plannen", reverse("trainings:planning"), "Edities, deelnemers en mail."
        )
        yield StaffPage(
            "Cijfers van trainingen", reverse("trainings:figures"), "Per jaar, en om te publiceren."
        )


def figures(user, year):
    """Yield what was given in a year, among the figures of all."""
    if not may_plan(user):
        return
    total = year_figures(year).total
    yield Figure("Trainingen", "Gegeven", total.trainings, of_people=False)
    yield Figure("Trainingen", "Deelnemers", total.people)
    yield Figure("Trainingen", "Verschillende partijen", total.parties)


def held(person):
    """Yield the trainings that this person still gives."""
    coming = list(Edition.objects.coming(timezone.now()).filter(trainer=person).order_by("pk"))

    def give(to, by):
        for edition in coming:
            trainers.assign(edition, to, by=by)

    if coming:
        title = counted(len(coming), "training die nog komt", "trainingen die nog komen")
        yield Held("trainings", title, who_train(), give)


def unmarked(user):
    """Yield meetings without any mark of attendance: to the trainer, later to planners."""
    if not is_trainer(user):
        return
    now = timezone.now()
    placed = Registration.objects.placed().filter(edition=OuterRef("edition"))
    over = Meeting.objects.filter(
        ~Exists(Attendance.objects.filter(meeting=OuterRef("pk"))),
        Exists(placed),
        edition__status=Edition.Status.OPEN,
        ends_at__lte=now,
        ends_at__gt=now - MARK_WITHIN,
    )
    mine = Q(edition__trainer=user)
    if may_plan(user):
        mine |= Q(edition__trainer=None) | Q(ends_at__lte=now - TRAINER_FIRST)
    rows = over.filter(mine).select_related("edition__training", "edition__room")
    yield Pile("aanwezigheid", rows.order_by("ends_at", "pk"), line_of_unmarked)


def line_of_unmarked(meeting):
    return Waiting(
        kind="aanwezigheid",
        title=f"Wie was er? {meeting.edition}",
        address=reverse("trainings:attendance", args=[meeting.edition_id, meeting.pk]),
        since=meeting.ends_at,
    )


def undecided(user):
    """Parties of which somebody has a provisional place: decide before the training begins."""
    if not may_decide(user):
        return
    coming = Registration.objects.live().filter(
        is_provisional=True, party=OuterRef("party"), edition__starts_at__gt=timezone.now()
    )
    begins = coming.order_by("edition__starts_at").values(day=TruncDate("edition__starts_at"))[:1]
    found = Case.objects.open().annotate(begins_on=Subquery(begins)).exclude(begins_on=None)
    rows = found.order_by("begins_on", "opened_at", "pk")
    yield Pile("training", rows, line_of_undecided)


def line_of_undecided(case):
    return Waiting(
        "training",
        "Besluit over een partij met een voorlopige plek",
        reverse("parties:case", args=[case.pk]),
        since=case.opened_at,
        due=case.begins_on,
    )


def planned(user):
    """Editions that begin soon and lack people, a trainer or a link; drafts whose day is near."""
    if not may_plan(user):
        return
    now = timezone.now()
    soon = Edition.objects.filter(starts_at__gt=now, starts_at__lte=now + DECIDE_BEFORE)
    drafts_until = now + DRAFTS_BEFORE
    drafts = Edition.objects.filter(starts_at__gt=now, starts_at__lte=drafts_until)
    found = (soon.open() | drafts.filter(status=Edition.Status.DRAFT)).distinct()
    for one in found.counted().select_related("training", "room").order_by("starts_at", "pk"):
        lacks = lacking(one)
        if lacks:
            yield Waiting(
                kind="training",
                title=f"{lacks}: {one}",
                address=reverse("trainings:plan", args=[one.pk]),
                since=one.changed_at,
                due=localdate(one.starts_at) - REMIND_BEFORE,
                note=f"begint {in_words(localdate(one.starts_at))}",
            )


def without_trainer(user):
    """Editions of later that nobody gives, in one line: none was found yet, or the trainer left."""
    if not may_plan(user):
        return
    later = Edition.objects.open().filter(starts_at__gt=timezone.now() + DECIDE_BEFORE)
    found = later.filter(trainer=None).aggregate(
        number=Count("pk"), first=Min("starts_at"), since=Min("changed_at")
    )
    if number := found["number"]:
        yield Waiting(
            kind="training",
            title="Een editie zonder trainer"
            if number == 1
            else f"{number} edities zonder trainer",
            address=reverse("trainings:planning") + "?trainer=geen",
            since=found["since"],
            due=localdate(found["first"] - DECIDE_BEFORE),
            count=number,
        )


def lacking(edition) -> str:
    """Return what an edition that comes near lacks, the worst first."""
    if edition.status == Edition.Status.DRAFT:
        return "Nog niet in de agenda"
    lacks = []
    if edition.taken < edition.minimum:
        lacks.append("Te weinig mensen")
    if edition.trainer_id is None:
        lacks.append("geen trainer")
    if edition.room_id is None and not edition.online_link:
        lacks.append("geen zaal of adres")
    return ", ".join(lacks).capitalize()
