"""The promises about trainings: what we forget, and when. The numbers: periods.KEEP_DAYS."""

from datetime import timedelta

from django.db.models import Q
from django.utils.timezone import localdate

from kennispunt.trainings.models import EditionMail, Evaluation, Registration
from kennispunt.trainings.periods import KEEP_DAYS


def _over(now, what):
    """Sign-ups for editions that were over so long ago."""
    return Registration.objects.filter(edition__ends_at__lt=now - timedelta(days=KEEP_DAYS[what]))


def forget_needs(now):
    """Wat iemand niet eet of nodig heeft bij een training, de dag erna."""
    return _over(now, "needs").exclude(Q(diet="") & Q(access="")).update(diet="", access="")


def forget_questions(now):
    """Wat iemand wilde leren, 30 dagen na de training."""
    return _over(now, "question").exclude(question="").update(question="")


def forget_free_text(now):
    """Wat iemand in een evaluatie schreef, na een jaar; het cijfer blijft."""
    old = localdate(now - timedelta(days=KEEP_DAYS["free_text"]))
    said = Evaluation.objects.filter(given_on__lt=old).exclude(Q(useful="") & Q(better=""))
    return said.update(useful="", better="")


def forget_mails(now):
    """Wat de balie aan deelnemers schreef, na twee jaar."""
    old = now - timedelta(days=KEEP_DAYS["attendance"])
    return EditionMail.objects.filter(sent_at__lt=old).delete()[0]


def forget_attendance(now):
    """Wie er bij een training was, na twee jaar; dat er iemand van de partij was, blijft."""
    old = _over(now, "attendance")
    old.filter(state__in=["waiting", "offered"]).update(
        state=Registration.State.ENDED, seat=None, offered_until=None
    )
    known = old.exclude(Q(person=None) & Q(booked_by=None) & Q(role=""))
    return known.update(person=None, booked_by=None, role="")


PROMISES = [forget_needs, forget_questions, forget_free_text, forget_mails, forget_attendance]
