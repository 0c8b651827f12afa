"""Our answers to the signals of allauth."""

import time

from allauth.account import signals as allauth
from allauth.account.internal.flows.login import (
    get_authentication_records,
    record_authentication,
)
from allauth.account.models import EmailAddress
from allauth.mfa.signals import authenticator_added
from allauth.usersessions.models import UserSession
from django.contrib.auth.signals import user_logged_in
from django.db.models.signals import post_delete, pre_delete, pre_save
from django.dispatch import receiver
from wagtail.models import ModelLogEntry

from kennispunt.accounts import erasure, mailbox
from kennispunt.accounts.middleware import SIGNED_IN_AT
from kennispunt.accounts.models import User


@receiver(authenticator_added)
def end_other_sessions(sender, request, user, **kwargs):
    """A session from before the second factor never showed one; this one just did."""
    record_authentication(request, user, method="mfa", reauthenticated=True)
    others = UserSession.objects.filter(user=user).exclude(session_key=request.session.session_key)
    for session in others:
        session.end()


@receiver(user_logged_in)
def note_when(sender, request, **kwargs):
    """A session of the staff ends after a working day: middleware.py."""
    if request is not None and hasattr(request, "session"):
        request.session[SIGNED_IN_AT] = time.time()


@receiver(allauth.user_logged_in)
def note_who_signed_up(sender, request, user, **kwargs):
    """The code with which one signs up shows who one is as well; allauth does not note that."""
    if not get_authentication_records(request, user):
        record_authentication(request, user, method="code", email=user.email)


@receiver(post_delete, sender=EmailAddress)
def take_mail_along(sender, instance, **kwargs):
    """Move what was kept by an address that goes, when another is put in its place, to the one that
    stays; only from one that was shown to be theirs.
    """
    stays = User.objects.filter(pk=instance.user_id).values_list("email", flat=True).first()
    if instance.verified and stays and stays != instance.email.lower():
        mailbox.move(instance.email, stays)


@receiver(pre_delete, sender=User)
def forget_with_the_account(sender, instance, **kwargs):
    """By whatever way an account goes, also from a list in the back office."""
    erasure.forget_everywhere(instance)


@receiver(pre_save, sender=ModelLogEntry)
def name_nobody_in_the_log(sender, instance, **kwargs):
    """Wagtail's log says what was done with an account, and keeps that for ever: by its number."""
    if instance.content_type.model_class() is User:
        instance.label, instance.data = f"account {instance.object_id}", {}
