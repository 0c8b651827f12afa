"""What we do when allauth tells us something."""

from allauth.mfa.signals import authenticator_added
from allauth.usersessions.models import UserSession
from django.dispatch import receiver


@receiver(authenticator_added)
def end_other_sessions(sender, request, user, **kwargs):
    """A session from before the second factor never showed one."""
    others = UserSession.objects.filter(user=user).exclude(session_key=request.session.session_key)
    for session in others:
        session.end()
