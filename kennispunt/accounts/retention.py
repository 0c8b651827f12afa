"""The periods after which we forget how people sign in, and who was erased."""

from datetime import timedelta

from allauth.account.models import EmailAddress
from allauth.usersessions.models import UserSession
from django.conf import settings
from django.contrib.sessions.models import Session
from django.db import transaction
from django.db.models import Exists, OuterRef
from django.utils.timezone import localdate

from kennispunt.accounts import erasure
from kennispunt.accounts.models import User
from kennispunt.mail.models import OutgoingMail

UNCONFIRMED = timedelta(days=7)
RESTORED = 7  # days in which a copy that is put back is replayed


def forget_sessions(now):
    """Sessies die voorbij zijn, met het internetadres en het apparaat."""
    over = Session.objects.filter(expire_date__lt=now)
    count = over.count()
    over.delete()
    alive = Session.objects.values("session_key")
    return count + UserSession.objects.exclude(session_key__in=alive).delete()[0]


def forget_told_of_change(now):
    """De mail aan een oud adres dat het is veranderd, zodra die weg is."""
    told = OutgoingMail.objects.filter(purpose="account.email_changed", ended_at__lte=now)
    return told.delete()[0]


def forget_erasures(now):
    """Wie gewist is, als vingerafdruk: zodra geen back-up nog zo oud is."""
    before = localdate(now) - timedelta(days=settings.BACKUP_DAYS + RESTORED)
    count = erasure.lines_before(before)
    transaction.on_commit(lambda: erasure.forget_lines(before), robust=True)
    return count


def forget_unconfirmed(now):
    """Een mailadres waarmee iemand een account begon en dat niemand bevestigde, na een week."""
    shown = EmailAddress.objects.filter(user=OuterRef("pk"), verified=True)
    begun = User.objects.filter(~Exists(shown), last_login=None, joined_at__lt=now - UNCONFIRMED)
    # People whom we made staff may take longer to come.
    count = 0
    for user in begun.filter(is_superuser=False, groups=None):
        erasure.delete(user)
        count += 1
    return count


PROMISES = [forget_sessions, forget_told_of_change, forget_erasures, forget_unconfirmed]
