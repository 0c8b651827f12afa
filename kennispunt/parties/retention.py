"""The periods after which we forget about people and parties: the numbers are periods.KEEP_DAYS."""

from datetime import timedelta

from django.db.models import Exists, OuterRef, Q
from django.utils.timezone import localdate

from kennispunt.files import actions as files
from kennispunt.parties.actions import evidence
from kennispunt.parties.models import (
    Application,
    Case,
    Consent,
    Decision,
    Evidence,
    Invitation,
    Mandate,
    Objection,
)
from kennispunt.parties.periods import KEEP_DAYS, OBJECTION_DAYS

State = Application.State
NO_ANSWER = Q(question="", answer="", answered_by=None)


def forget_drafts(now):
    """Een aanmelding die niet is verstuurd, 30 dagen nadat zij is bewaard."""
    old = now - timedelta(days=KEEP_DAYS["draft"])
    return _forget_applications(Application.objects.drafts().filter(saved_at__lt=old))


def forget_applications(now):
    """Wat iemand bij een aanmelding invulde, een jaar nadat zij is afgehandeld.

    That was at the first decision after it was sent, or when a colleague took the person on. What
    is decided about the party later, has nothing to do with it.
    """
    done = Application.objects.filter(state__in=[State.CLOSED, State.WITHDRAWN])
    old = now - timedelta(days=KEEP_DAYS["declined"])
    decisions = Decision.objects.filter(party=OuterRef("party"))
    recent = decisions.filter(decided_at__gte=old)
    dealt_with = decisions.filter(decided_at__gte=OuterRef("sent_at"), decided_at__lt=old)
    mandates = Mandate.objects.filter(person=OuterRef("person"), party=OuterRef("party"))
    taken_on = mandates.filter(accepted_on__lt=localdate(old))
    over = Exists(dealt_with) | Exists(taken_on) | ~Exists(recent)
    return _forget_applications(done.filter(over, saved_at__lt=old))


def forget_answers(now):
    """Wat wij vroegen en iemand antwoordde, een jaar nadat de zaak klaar is."""
    old = now - timedelta(days=KEEP_DAYS["declined"])
    recent = Decision.objects.filter(case=OuterRef("pk"), decided_at__gte=old)
    done = Case.objects.filter(~Exists(recent), state=Case.State.CLOSED, due__lt=localdate(old))
    return done.exclude(NO_ANSWER).update(question="", answer="", answered_by=None)


def _forget_applications(applications):
    gone = list(applications.select_related("file"))
    for one in gone:
        file = one.file
        one.delete()
        if file:
            files.remove(file)
    return len(gone)


def forget_files(now):
    """Een stuk dat als bewijs is gestuurd, als de termijn voor bezwaar voorbij is."""
    in_term = Decision.objects.filter(decided_at__gte=now - timedelta(days=OBJECTION_DAYS))
    objected = Objection.objects.filter(answered_at=None)
    waiting = Application.objects.sent().filter(party=OuterRef("party"))
    settled = Evidence.objects.filter(
        ~Exists(in_term.filter(party=OuterRef("party"))),
        ~Exists(objected.filter(decision__party=OuterRef("party"))),
        ~Exists(waiting),
    )
    return evidence.forget_files(settled)


def forget_evidence(now):
    """Dat we een bewijs zagen, een jaar nadat het niet meer telt."""
    old = localdate(now) - timedelta(days=KEEP_DAYS["evidence"])
    gone = Evidence.objects.filter(expires_on__lt=old)
    evidence.forget_files(gone)
    return gone.delete()[0]


def forget_invitations(now):
    """Een uitnodiging en het adres erin, 14 dagen na verzending; dat adres bij een nee meteen."""
    old = now - timedelta(days=KEEP_DAYS["invitation"] + 1)
    return Invitation.objects.filter(sent_at__lt=old).delete()[0]


def forget_mandates(now):
    """Dat iemand voor een partij sprak, twee jaar nadat het eindigde."""
    ended = Mandate.objects.filter(ended_on__lt=now - timedelta(days=KEEP_DAYS["mandate"]))
    gone = list(ended)
    for one in gone:
        about = Evidence.objects.filter(party=one.party_id, person=one.person_id)
        still = Mandate.objects.filter(party=one.party_id, person=one.person_id)
        if not still.exclude(pk=one.pk).exists():
            evidence.forget_files(about)
            about.delete()
        one.delete()
    return len(gone)


def forget_objections(now):
    """Wat iemand in een bezwaar schreef, wie het was, en ons antwoord, een jaar later."""
    old = now - timedelta(days=KEEP_DAYS["declined"])
    answered = Objection.objects.filter(answered_at__lt=old)
    gone = {"person": None, "words": "gewist", "reply": "gewist"}
    return answered.exclude(**gone).update(**gone)


def forget_consent(now):
    """Een toestemming, twee jaar nadat zij is ingetrokken."""
    old = now - timedelta(days=KEEP_DAYS["consent"])
    return Consent.objects.filter(withdrawn_at__lt=old).delete()[0]


PROMISES = [
    forget_drafts,
    forget_applications,
    forget_answers,
    forget_files,
    forget_evidence,
    forget_invitations,
    forget_mandates,
    forget_objections,
    forget_consent,
]
