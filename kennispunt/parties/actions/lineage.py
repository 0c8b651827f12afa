"""Mergers, splits and new starts of parties: each is recorded and taken back as one act.

A merger of several parties is one act: all end together, and when it was a mistake all are free
again together. Their managers are mailed once, when it is recorded and when it is taken back.
"""

from datetime import date, timedelta

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q
from django.utils.timezone import localdate

from kennispunt.accounts.models import User
from kennispunt.elections.models import Area
from kennispunt.mail.send import send as send_mail
from kennispunt.parties.actions.recording import change, look_at, write
from kennispunt.parties.consequences import context_of, last_day, told_by
from kennispunt.parties.judging import proposal_for
from kennispunt.parties.models import Case, Lineage, Party
from kennispunt.parties.periods import ANSWER_WORKING_DAYS, working_days_after
from kennispunt.parties.permissions import refuse_own_party
from kennispunt.ui.dutch import date_in_words, listed
from kennispunt.ui.rows import TooLate

DAY = timedelta(days=1)


@transaction.atomic
def record_lineage(
    party: Party, *, kind: str, on: date, source: str, by, new: Party | None = None,
    new_name: str = "", others=(),
) -> Party:  # fmt: skip
    """Record that a party, with others when they merge, goes on as another one: one that we know,
    or a new one, about which a case opens. One that merged or continued ends the day before, when
    the other begins; its people are told. Return the party it became.
    """
    numbers = [party.pk, *(old.pk for old in others)]
    parties = _lock_all([*numbers, *([new.pk] if new else [])])
    olds = [parties[number] for number in numbers]
    for old in olds:
        refuse_own_party(old, by)
    with change(party, by=by):
        if new in olds:
            raise ValidationError({"new": "Een partij kan niet opgaan in zichzelf."})
        before = proposal_for(new) if new else None
        new = new or _make_heir(olds, new_name, kind, on)
        last = {}
        for old in olds:
            last |= _pass_on(old, new, kind=kind, on=on, source=source, by=by)
        became = {
            Lineage.Kind.MERGED: "opgegaan in haar",
            Lineage.Kind.CONTINUED: "verdergegaan als haar",
            Lineage.Kind.SPLIT: "van wie zij zich afsplitste",
        }[kind]
        names = listed(f"“{old.name}”" for old in olds)
        write(new, by, f"Op {date_in_words(on)}: {names} {became}.", source)
        if before:
            look_at(new, before)
        for person, day in last.items():
            _mail(person, "went_on", last=day, page="parties:apply")
    return new


def _lock_all(numbers) -> dict[int, Party]:
    """Lock all at once and in one order, so that two people do not send one party two ways."""
    rows = Party.objects.select_for_update(of=("self",)).order_by("pk")
    return {one.pk: one for one in rows.filter(pk__in=numbers)}


def _make_heir(olds: list[Party], name: str, kind: str, on: date) -> Party:
    """Make a party that nobody applied for yet: whether it is admitted is decided at the desk."""
    today = localdate()
    areas = Area.objects.filter(parties__in=olds).distinct()
    if Party.objects.named(name).filter(areas__in=areas).exists():
        raise ValidationError(
            {"new_name": "Zo’n partij is er al in dit gebied. Kies haar in de lijst hierboven."}
        )
    new = Party.objects.create(name=name, status=Party.Status.APPLIED, status_since=today)
    new.areas.set(areas)
    verb = "splitste zich af van" if kind == Lineage.Kind.SPLIT else "komt voort uit"
    names = listed(f"“{old.name}”" for old in olds)
    Case.objects.create(
        party=new,
        kind=Case.Kind.LINEAGE,
        what_changed=f"De partij {verb} {names}, per {date_in_words(on)}."[:300],
        due=working_days_after(today, ANSWER_WORKING_DAYS),
    )
    return new


def _pass_on(old: Party, new: Party, *, kind, on, source, by) -> dict[User, date]:
    """Record that one party goes on; return the people to tell, with the last day of the party."""
    if old.successors.filter(new=new).exists():
        raise ValidationError({"new": "Dit staat er al."})
    if new.pk in _ancestors(old):
        raise ValidationError({"new": f"“{old.name}” komt zelf voort uit die partij."})
    ends = kind in Lineage.ENDS
    if ends and old.successors.filter(kind__in=Lineage.ENDS).exists():
        raise ValidationError({"new": f"“{old.name}” ging al op in een andere partij."})
    lineage = Lineage.objects.create(
        old=old, new=new, kind=kind, date=on, source=source, lasted_until=old.status_until
    )
    write(old, by, f"Op {date_in_words(on)}: {lineage.in_words} “{new.name}”.", source)
    told = told_by(kind, [old])
    last = last_day(old, on)
    if ends and old.status in Party.OPENS and (not old.status_until or old.status_until > last):
        old.keep(status_until=last)
    return dict.fromkeys(told, last)


def _ancestors(party: Party) -> set[int]:
    """Return the numbers of every party that it came from."""
    known, new = set(), {party.pk}
    while new:
        found = Lineage.objects.filter(new__in=new).values_list("old", flat=True)
        new = set(found) - known
        known |= new
    return known


@transaction.atomic
def undo_lineage(party: Party, lineage: Lineage, *, by) -> None:
    """Undo a mistake: every old party lasts as long as it did before, and its people hear so.

    TooLate when it is gone.
    """
    found = Lineage.objects.filter(Q(old=party) | Q(new=party), pk=lineage.pk).first()
    if found is None:
        raise TooLate("Dit was al weg.")
    act = found.together()
    parties = _lock_all([found.new_id, *(one.old_id for one in act)])
    olds = [parties[one.old_id] for one in act]
    for old in olds:
        refuse_own_party(old, by)
    told = told_by(found.kind, olds)
    with change(party, by=by):
        new = parties[found.new_id]
        for one, old in zip(act, olds, strict=True):
            if one.kind in Lineage.ENDS and old.status_until == last_day(old, one.date):
                old.keep(status_until=one.lasted_until)
            one.delete()
            for here, other in [(old, new), (new, old)]:
                on = date_in_words(one.date)
                write(here, by, f"De band met “{other.name}” per {on} klopte niet.")
        _drop_heir(new)
        for person in told:
            _mail(person, "went_on_not", page="parties:mine")


def _drop_heir(new: Party) -> None:
    """Drop a party, and the question about it, that was only there because of what is undone."""
    own = [new.predecessors, new.applications, new.mandates, new.decisions, new.lists]
    if new.status == Party.Status.APPLIED and not any(one.exists() for one in own):
        new.cases.open().filter(kind=Case.Kind.LINEAGE).update(state=Case.State.CLOSED)
        new.keep(status=Party.Status.NONE, status_since=localdate())


def _mail(person: User, name: str, *, page: str, **context) -> None:
    send_mail(
        f"parties/mail/{name}.md", to=person.email, purpose="parties.decision",
        **context_of(person.name, page=page, **context),
    )  # fmt: skip
