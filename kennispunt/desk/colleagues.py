"""Colleagues: asked to work here, given other roles, and gone. Nobody needs a superuser for it.

Whoever leaves keeps an account, because they may speak for a party as well. What stood on their
name goes to a colleague, or back on the desk.
"""

from collections.abc import Iterable

from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.contrib.auth.models import Group
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import Q
from wagtail.log_actions import log

from kennispunt.accounts.groups import DESK, may_keep_colleagues, works_here
from kennispunt.accounts.models import User
from kennispunt.mail.send import send
from kennispunt.office.staff import Held, held
from kennispunt.ui.dutch import listed
from kennispunt.ui.rows import TooLate

# What we call the groups, and what each opens: the table of docs/who-may-what.md in short.
ROLES = {
    "Editors": ("Redacteur", "Schrijft teksten, feiten en de wegwijzer, en zet beelden klaar."),
    "Moderators": ("Moderator", "Leest na en publiceert. Kijkt mee bij besluiten over partijen."),
    "Trainers": ("Trainer", "Ziet de eigen trainingen: wie komt en wie er was."),
    "Project leaders": (
        "Projectleider",
        "Besluit over partijen, plant trainingen, leest de mail en nodigt collega’s uit.",
    ),
}
ACCOUNT = "account.staff"


def in_words(roles: Iterable[str]) -> str:
    """ "redacteur en trainer" """
    known = set(roles)
    return listed(ROLES[name][0].lower() for name in ROLES if name in known)


def roles_of(person: User) -> list[str]:
    return list(person.groups.filter(name__in=DESK).values_list("name", flat=True))


@transaction.atomic
def invite(address: str, *, name: str, roles: Iterable[str], by: User) -> User:
    """Give somebody a desk and mail them how to begin.

    ValidationError when they work here already, or their account was closed.
    """
    _still_may(by)
    address = address.lower()
    second = Q(emailaddress__email=address, emailaddress__verified=True)
    person = User.objects.filter(Q(email=address) | second).first()
    if person is None:
        person = User.objects.create_user(address, name=name)
    elif not person.is_active:
        raise ValidationError("Dit account is gesloten. Vraag het wie de server beheert.")
    elif works_here(person):
        raise ValidationError("Wie dit adres heeft, werkt hier al. Kies een naam in de lijst.")
    if not person.name:  # of somebody who had begun to sign up
        person.name = name
        person.save(update_fields=["name"])
    _give(person, roles, by=by)
    send(
        "desk/mail/invited.md",
        to=person.email, purpose=ACCOUNT, urgent=True, name=person.name, roles=in_words(roles),
    )  # fmt: skip
    return person


@transaction.atomic
def change(person: User, *, roles: Iterable[str], by: User) -> User:
    """Give a colleague these roles and no other.

    ValidationError when it is not yours to do, TooLate when a colleague said goodbye to them.
    """
    _still_may(by)
    _is_not_out_of_reach(person, by)
    if set(roles_of(person)) != set(roles):
        _give(person, roles, by=by)
        send(
            "desk/mail/roles.md",
            to=person.email, purpose=ACCOUNT, name=person.name, roles=in_words(roles),
        )  # fmt: skip
    return person


@transaction.atomic
def remove(person: User, *, to: dict[str, User | None], by: User) -> None:
    """End the work of a colleague here: nothing opens any more, from this moment.

    `to`: who takes over, by the name of what is held; the rest comes back on the desk.
    TooLate when a colleague was first.
    """
    _still_may(by)
    _is_not_out_of_reach(person, by)
    if person.is_superuser:
        raise ValidationError("Dit account beheert ook de server. Haal dat er in het beheer af.")
    for one in held(person):
        taker = to.get(one.name)
        if taker and not takers(one, person).filter(pk=taker.pk).exists():
            raise ValidationError(f"{taker} kan dit niet overnemen: {one.title}.")
        one.give(taker, by)
    _give(person, (), by=by)
    # Also what somebody gave by hand in the back office.
    person.groups.remove(*person.groups.all())
    person.user_permissions.clear()
    end_sessions(person)
    send("desk/mail/gone.md", to=person.email, purpose=ACCOUNT, name=person.name)


@transaction.atomic
def reset_second_factor(person: User, *, by: User) -> None:
    """Let a colleague whose phone or key is gone set up a new one. Until then nothing opens."""
    _still_may(by)
    _is_not_out_of_reach(person, by)
    if not Authenticator.objects.filter(user=person).delete()[0]:
        raise TooLate("Deze collega heeft nu geen tweede stap.")
    end_sessions(person)
    log(person, "wagtail.edit", user=by)
    send("desk/mail/reset.md", to=person.email, purpose=ACCOUNT, urgent=True, name=person.name)


def takers(one: Held, person: User):
    """Return the colleagues who may take this over."""
    return User.objects.filter(one.takers).exclude(pk=person.pk).distinct().order_by("name")


def end_sessions(person: User) -> None:
    """Whatever is open on any device, is closed."""
    for session in UserSession.objects.filter(user=person):
        session.end()


def _give(person, roles, *, by):
    wanted = Group.objects.filter(name__in=[name for name in roles if name in DESK])
    person.groups.remove(*Group.objects.filter(name__in=DESK).exclude(pk__in=wanted))
    person.groups.add(*wanted)
    log(person, "wagtail.edit", user=by)


def _still_may(by):
    """One at a time: of two who remove each other the second is too late."""
    list(Group.objects.select_for_update().filter(name="Project leaders"))
    if not may_keep_colleagues(User.objects.get(pk=by.pk)):
        raise PermissionDenied


def _is_not_out_of_reach(person, by):
    if not works_here(User.objects.get(pk=person.pk)):
        raise TooLate("Deze collega was al weg.")
    if person.pk == by.pk:
        raise ValidationError("Je eigen rollen verandert een collega.")
    if person.is_superuser and not by.is_superuser:
        raise ValidationError("Dit account beheert ook de server. Vraag het wie dat doet.")
