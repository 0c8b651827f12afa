"""Applying: a draft that is saved as one goes, and the moment it is sent."""

from django.db import transaction
from django.utils import timezone
from django.utils.timezone import localdate

from kennispunt.elections.models import Area
from kennispunt.mail.send import send as send_mail
from kennispunt.parties import signals
from kennispunt.parties.actions import evidence
from kennispunt.parties.models import Application, Case, Consent, Evidence, Mandate, Party
from kennispunt.parties.periods import ANSWER_WORKING_DAYS, working_days_after
from kennispunt.ui.links import full_address
from kennispunt.ui.rows import TooLate, locked

NOT_YET = Party.LegalForm.NOT_YET


def begin(person) -> Application:
    """Give this person a draft: the one that was begun before, or a new one."""
    fresh = {"person": person, "state": Application.State.DRAFT}
    return Application.objects.get_or_create(**fresh)[0]


def begin_with(party: Party, person) -> Application:
    """Begin a draft to speak for a party that shows itself: its area and name are filled in."""
    draft = begin(person)
    kind = Application.Kind
    # By its name: a list may be of several parties.
    save(
        draft,
        area=party.areas.first(),
        electoral_list=None,
        party_name=party.name,
        kind={Party.Status.FOUNDING: kind.FOUNDING, Party.Status.NEW: kind.REGISTERED}.get(
            party.status, kind.OTHER
        ),
    )
    return draft


def save(application: Application, **fields) -> None:
    """Save what was filled in so far. TooLate when it was sent or thrown away in another tab."""
    fields["saved_at"] = timezone.now()
    draft = Application.objects.drafts().filter(pk=application.pk)
    if not draft.update(**fields):
        raise TooLate(application.how_it_stands())
    for name, value in fields.items():
        setattr(application, name, value)


def mail_link(application: Application) -> None:
    """Mail the way back to the draft. The link says nothing: only its author gets in."""
    address = full_address("parties:apply")
    to = application.person.email
    send_mail("parties/mail/draft.md", to=to, purpose="parties.draft", address=address)


@transaction.atomic
def send(application: Application, *, consent: str) -> Application:
    """Hand in the application, as it is now. TooLate when it was sent, changed or thrown away.

    The party is made here when it is not there yet. An applicant for one that is there waits
    for a colleague or the desk, and learns nothing about who else speaks for it.
    """
    now = timezone.now()
    drafts = Application.objects.drafts().exclude(kind="").select_related("person")
    known, application = application, drafts.filter(pk=application.pk).first()
    if application is None:
        raise TooLate(known.how_it_stands())
    # Two people who apply for the same party at once are dealt with one after the other.
    Area.objects.select_for_update(no_key=True).get(pk=application.area_id)
    party, is_new = _party_of(application)
    # The party before what is sent about it, as in deciding, withdrawing and forgetting.
    as_read = Application.objects.drafts().filter(pk=application.pk, saved_at=application.saved_at)
    sent = {"state": Application.State.SENT, "party": party, "sent_at": now, "saved_at": now}
    if not as_read.update(**sent):
        raise TooLate(application.how_it_stands())
    application.refresh_from_db()
    Consent.objects.create(person=application.person, words=consent, given_at=now)
    mandate, _ = Mandate.objects.get_or_create(
        person=application.person,
        party=party,
        ended_on=None,
        defaults={"role": application.role, "began_on": localdate(now)},
    )
    if mandate.accepted_on and party.status_on(localdate(now)) in Party.OPENS:
        # This person speaks for it already: there is nothing to decide.
        application.keep(state=Application.State.CLOSED)
        return application
    if is_new:
        _stood(party, application)
    _sent_along(party, application)
    if application.proof == Application.Proof.COLLEAGUE:
        _ask_colleagues(party)
    _open_case(party)
    send_mail(
        "parties/mail/received.md",
        to=application.person.email,
        purpose="parties.received",
        name=application.person.name,
        day=application.answer_due(),
        address=full_address("parties:application"),
    )
    return application


def _party_of(application: Application) -> tuple[Party, bool]:
    """Return the party this is about: that of the list, or of this name in this area, or new.

    A joint list is of more parties: who says how their own is called means that one.
    """
    found = None
    if application.electoral_list and not application.party_name:
        found = application.electoral_list.parties.first()
    in_area = Party.objects.named(application.list_name).filter(areas=application.area)
    party = found or in_area.first()
    if party is None:
        return _new_party(application), True
    party = locked(party.goes_on_as(localdate()))
    if party.status == Party.Status.NONE:
        # Declined before: it applies again, and the earlier decisions stay.
        party.keep(status=Party.Status.APPLIED, status_since=localdate(), status_until=None)
    return party, False


def _new_party(application: Application) -> Party:
    founding = application.kind == Application.Kind.FOUNDING
    party = Party.objects.create(
        name=application.list_name,
        legal_form=application.legal_form or (NOT_YET if founding else ""),
        kvk_number=application.kvk_number,
        status=Party.Status.APPLIED,
        status_since=localdate(),
    )
    party.areas.add(application.area)
    chosen = application.electoral_list
    # A list that is of another party already: that it was a joint one, the desk finds out.
    if chosen and not chosen.parties.exists():
        party.lists.add(chosen)
    return party


def _stood(party, application):
    """Note the list that they chose as evidence about the party."""
    if chosen := application.electoral_list:
        source = f"{chosen.result.source}, {application.area}"
        evidence.add(party, kind=Evidence.Kind.RESULT, source=source)


def _sent_along(party, application):
    """Note what they sent along as evidence about the person."""
    if application.file:
        evidence.add(
            party,
            kind=Evidence.Kind.DOCUMENT,
            source="meegestuurd met de aanmelding",
            person=application.person,
            file=application.file,
        )


def _ask_colleagues(party: Party) -> None:
    """Ask the managers of the party whether they know this person, as the person chose."""
    for manager in party.managers():
        send_mail(
            "parties/mail/asked_to_join.md",
            to=manager.email,
            purpose="parties.request",
            name=manager.name,
            address=full_address("parties:mine"),
        )


def _open_case(party: Party) -> Case:
    """Open one case for a party: a second applicant joins it. One that ended is admitted anew."""
    joins = party.status_on(localdate()) in Party.OPENS
    kind = Case.Kind.PERSON if joins else Case.Kind.APPLICATION
    due = working_days_after(localdate(), ANSWER_WORKING_DAYS)
    return Case.objects.open_or_new(party, kind=kind, due=due)


@transaction.atomic
def withdraw(application: Application) -> None:
    """Take an application back. A party that nobody else applied for is not admitted.

    TooLate when it was sent, decided or taken back meanwhile: it is about what they saw.
    """
    party = application.party
    if party:
        party = locked(party)  # before the application, as in sending, deciding and forgetting
    mine = Application.objects.of(application.person).open()
    as_seen = mine.filter(pk=application.pk, party=party)
    if not as_seen.update(state=Application.State.WITHDRAWN, saved_at=timezone.now()):
        raise TooLate(application.how_it_stands())
    if party is None:
        return
    waits = Mandate.objects.of(application.person).filter(party=party, accepted_on=None)
    for mandate in waits.open():
        mandate.keep(ended_on=localdate())
        signals.mandate_ended.send(Mandate, mandate=mandate)
    _close_without_people(party)


def _close_without_people(party: Party) -> None:
    """Close the question when nobody waits for an answer any more."""
    if party.applications.sent().exists():
        return
    kinds = [Case.Kind.APPLICATION, Case.Kind.PERSON]
    party.cases.open().filter(kind__in=kinds).update(state=Case.State.CLOSED)
    applied = Party.objects.filter(pk=party.pk, status=Party.Status.APPLIED)
    applied.update(status=Party.Status.NONE, status_since=localdate(), status_until=None)
