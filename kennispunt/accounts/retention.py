"""What we forget of how people sign in."""

from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session


def forget_sessions(now):
    """Sessies die voorbij zijn, met het internetadres en het apparaat."""
    over = Session.objects.filter(expire_date__lt=now)
    count = over.count()
    over.delete()
    alive = Session.objects.values("session_key")
    return count + UserSession.objects.exclude(session_key__in=alive).delete()[0]
