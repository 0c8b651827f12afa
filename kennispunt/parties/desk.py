"""Work for the staff about parties. Titles name a place, never a person or a party."""

from datetime import datetime, time

from django.db.models import Count, Exists, Min, OuterRef, Prefetch, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.timezone import localdate

from kennispunt.accounts.models import User
from kennispunt.elections.models import Area
from kennispunt.office.staff import Figure, Pile, StaffPage, Waiting, WorkList
from kennispunt.parties.models import Application, Case, Decision, Mandate, Objection, Party
from kennispunt.parties.periods import ANSWER_WORKING_DAYS, working_days_after
from kennispunt.parties.permissions import (
    LOOK_ALONG,
    may_decide,
    may_keep_register,
    may_look_along,
)

KINDS = {
    Case.Kind.APPLICATION: ("aanmelding", "Aanmelding uit {}"),
    Case.Kind.PERSON: ("aanmelding", "Iemand wil spreken voor een partij in {}"),
    Case.Kind.ELECTION: ("opnieuw kijken", "Na de uitslag: partij in {}"),
    Case.Kind.FOUNDERS: ("aanmelding", "Oprichters met een geregistreerde naam in {}"),
    Case.Kind.KAMER: ("opnieuw kijken", "Nieuwe groep in de Kamer: partij in {}"),
    Case.Kind.REGISTER: ("opnieuw kijken", "Het register veranderde: partij in {}"),
    Case.Kind.LINEAGE: ("aanmelding", "Na een fusie of splitsing: partij in {}"),
}
AS_DUE = ("due", "opened_at", "pk")  # the order of the work list


def waiting(user):
    """Cases, second looks, objections and parties without a manager that this person may do."""
    if may_decide(user):
        yield from cases()
        yield requests_to_join()
        yield from unchanged()
        yield unmanaged()
        yield without_area()
    if may_look_along(user):
        yield seconds(user)
        yield objections(user)
        yield from stuck(user)


def of_parties(user) -> WorkList:
    """The same in the order of the list."""
    return WorkList(waiting(user))


def with_areas(query, path="party"):
    areas = Prefetch(f"{path}__areas", queryset=Area.objects.only("code", "name", "kind"))
    return query.select_related(path).prefetch_related(areas)


def place(party):
    return ", ".join(area.name for area in party.areas.all()) or "een onbekend gebied"


HEADINGS = {
    Case.Kind.APPLICATION: "Aanmelding van {}",
    Case.Kind.PERSON: "Iemand wil spreken voor {}",
    Case.Kind.ELECTION: "Na de uitslag: {}",
    Case.Kind.FOUNDERS: "Oprichters met een geregistreerde naam: {}",
    Case.Kind.KAMER: "Nieuwe groep in de Kamer: {}",
    Case.Kind.REGISTER: "Het register veranderde: {}",
    Case.Kind.LINEAGE: "Na een fusie of splitsing: {}",
}


def title_of(case):
    """Return what a case is about, without a name: for the list, a tab and a history."""
    return KINDS[case.kind][1].format(place(case.party))


def cases():
    """A pile for each kind of work."""
    unchanged = Q(kind=Case.Kind.ELECTION, what_changed="")
    sent = Application.objects.sent().filter(party=OuterRef("party"))
    found = with_areas(Case.objects.waiting(localdate()).exclude(unchanged)).order_by(*AS_DUE)
    found = found.annotate(
        has_answer=Exists(sent.exclude(answer="")),
        is_asked=Exists(sent.with_them(localdate())),
        is_late=Exists(sent.filter(asked_until__lt=localdate())),
    )
    for name in sorted({name for name, _ in KINDS.values()}):
        kinds = [kind for kind, (of, _) in KINDS.items() if of == name and kind != Case.Kind.PERSON]
        yield Pile(name, found.filter(kind__in=kinds), line_of_case)


def line_of_case(case):
    late = case.state == Case.State.ASKED or case.is_late
    notes = {
        "antwoord binnen": case.has_answer or (case.answer and not late),
        "geen antwoord gekregen": late,
        "aan iemand is iets gevraagd": case.is_asked,
    }
    return Waiting(
        kind=KINDS[case.kind][0],
        title=title_of(case),
        address=reverse("parties:case", args=[case.pk]),
        since=case.opened_at,
        due=case.due,
        note=", ".join(note for note, holds in notes.items() if holds),
    )


def requests_to_join():
    """People who ask to speak for a party that is known. A colleague may be first."""
    return Pile("aanmelding", with_areas(joining()).order_by("began_on", "pk"), line_of_request)


def line_of_request(mandate):
    return Waiting(
        kind="aanmelding",
        title=KINDS[Case.Kind.PERSON][1].format(place(mandate.party)),
        address=reverse("parties:person", args=[mandate.pk]),
        since=begin_of(mandate.began_on),
        due=working_days_after(mandate.began_on, ANSWER_WORKING_DAYS),
        note="een collega mag het ook bevestigen",
    )


def joining():
    """Return people who ask to speak for a party that is known. When it has to be admitted anew,
    that case is first: it is about them too."""
    admits = Case.objects.open().filter(kind=Case.Kind.APPLICATION)
    return Mandate.objects.waiting().exclude(party__cases__in=admits)


def begin_of(day):
    return timezone.make_aware(datetime.combine(day, time.min))


def seconds(user):
    found = Case.objects.filter(state=Case.State.SECOND).exclude(first_by=user)
    found = found.exclude(kind=Case.Kind.PERSON)  # answered to that person alone
    return Pile("tweede blik", with_areas(found).order_by(*AS_DUE), line_of_second)


def line_of_second(case):
    return Waiting(
        kind="tweede blik",
        title=f"Kijk mee: partij in {place(case.party)}",
        address=reverse("parties:case", args=[case.pk]),
        since=case.opened_at,
        due=case.due,
    )


def objections(user):
    found = Objection.objects.filter(answered_at=None)
    own = Q(decision__decided_by=user) | Q(decision__seconded_by=user)
    found = with_areas(found.exclude(own), "decision__party").order_by("due", "made_at", "pk")
    return Pile("bezwaar", found, line_of_objection)


def line_of_objection(objection):
    return Waiting(
        kind="bezwaar",
        title=f"Bezwaar: partij in {place(objection.decision.party)}",
        address=reverse("parties:objection", args=[objection.pk]),
        since=objection.made_at,
        due=objection.due,
    )


def stuck(user):
    """Objections to decisions of this person that nobody else may answer: it is known, not lost."""
    unanswered = Objection.objects.filter(answered_at=None)
    own = Q(decision__decided_by=user) | Q(decision__seconded_by=user)
    mine = list(with_areas(unanswered.filter(own), "decision__party"))
    looking = User.objects.filter(Q(is_superuser=True) | Q(groups__name__in=LOOK_ALONG))
    others = set(looking.values_list("pk", flat=True)) if mine else set()
    for one in mine:
        if others <= {one.decision.decided_by_id, one.decision.seconded_by_id}:
            yield Waiting(
                kind="bezwaar",
                title=f"Niemand kan dit bezwaar beantwoorden: {place(one.decision.party)}",
                address=reverse("parties:objection", args=[one.pk]),
                since=one.made_at,
                due=one.due,
                note="een derde persoon is nodig",
            )


def unchanged():
    found = Case.objects.unchanged().aggregate(
        number=Count("pk"), since=Min("opened_at"), due=Min("due")
    )
    if found["number"]:
        yield Waiting(
            kind="opnieuw kijken",
            title="Na de uitslag niets veranderd: bevestig samen",
            address=reverse("parties:batch"),
            since=found["since"],
            due=found["due"],
            count=found["number"],
        )


def without_area():
    """Their gemeente merged: they stand in what it became, until somebody writes down where."""
    today = localdate()
    gone = Min("areas__valid_to", filter=Q(areas__valid_to__lte=today))
    found = Party.objects.in_force(today).annotate(gone_on=gone).exclude(gone_on=None)
    rows = found.order_by("gone_on", "pk").prefetch_related("areas")
    return Pile("register", rows, line_of_gone_area)


def line_of_gone_area(party):
    return Waiting(
        kind="register",
        title=f"Gebied bestaat niet meer: partij in {place(party)}",
        address=reverse("parties:keep", args=[party.key]),
        since=begin_of(party.gone_on),
    )


def without_manager():
    """Parties in force where nobody manages the people."""
    managing = Mandate.objects.managing().filter(party=OuterRef("pk"))
    return Party.objects.in_force(localdate()).filter(~Exists(managing))


def unmanaged():
    """Nobody is left without a manager without us knowing."""
    found = without_manager().order_by("status_since", "pk")
    return Pile("zonder beheerder", found.prefetch_related("areas"), line_of_unmanaged)


def line_of_unmanaged(party):
    return Waiting(
        kind="zonder beheerder",
        title=f"Niemand beheert de collega’s: partij in {place(party)}",
        address=reverse("parties:unmanaged", args=[party.pk]),
        since=begin_of(party.status_since),
    )


def pages(user):
    if may_keep_register(user):
        address = reverse("parties:keeping")
        yield StaffPage("Het register van partijen", address, "Namen, gebieden, lijsten, fusies")


def figures(user, year):
    """Count the parties, the people who speak for them, and the decisions. For all of the staff."""
    in_force = Party.objects.in_force(localdate())
    counts = dict(in_force.order_by().values_list("status").annotate(Count("pk")))
    for status in Party.OPENS:
        name = Party.Status(status).label.capitalize()
        yield Figure("Partijen vandaag", name, counts.get(status, 0))
    people = Mandate.objects.accepted().filter(party__in=in_force)
    number = people.aggregate(number=Count("person", distinct=True))["number"]
    yield Figure("Partijen vandaag", "Mensen die voor een partij spreken", number)
    about = f"Besluiten over partijen in {year}"
    found = Decision.objects.filter(decided_at__year=year).order_by()
    counts = dict(found.values_list("outcome").annotate(Count("pk")))
    for outcome in Case.Outcome:
        yield Figure(about, outcome.label.capitalize(), counts.get(outcome, 0))
    objections = Objection.objects.filter(made_at__year=year).count()
    yield Figure(about, "Bezwaren", objections)
