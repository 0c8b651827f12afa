"""The rights of the staff in the back office. An app says them when its data is loaded.

A right of the staff counts only together with a second factor: is_in() here and User.has_perm()
are below every page, so a page, a file or an action that such a right opens is closed without one,
wherever it stands. Whoever has a second factor was asked for it: allauth asks at every signing in,
and setting one up ends the other sessions (signals.py).
"""

from allauth.mfa.utils import is_mfa_enabled
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group, Permission
from django.contrib.contenttypes.models import ContentType
from django.db.models import Q, QuerySet

STAFF = ("Editors", "Moderators", "Project leaders")  # they may enter the back office
DESK = (*STAFF, "Trainers")  # they have a desk, /balie/


def is_in(user, *names: str) -> bool:
    """Whether this person has what one of these groups may. A superuser is in all."""
    return _is_named(user, *names) and has_second_factor(user)


def has_second_factor(user) -> bool:
    """Whether this person has more than a mailbox and a password. One query a request."""
    if not hasattr(user, "_has_second_factor"):
        user._has_second_factor = is_mfa_enabled(user)
    return user._has_second_factor


def lacks_second_factor(user) -> bool:
    """Whether this person works here, and may do none of it until they set up a second factor."""
    return works_here(user) and not has_second_factor(user)


def works_here(user) -> bool:
    """Whether this person is of the staff, whatever they may do at this moment."""
    return _is_named(user, *DESK)


def _is_named(user, *names):
    """Whether this person is in one of these groups; also of that one query a request."""
    if not user.is_active or not user.is_authenticated:
        return False
    if not hasattr(user, "_group_names"):
        user._group_names = set(user.groups.values_list("name", flat=True))
    return user.is_superuser or not user._group_names.isdisjoint(names)


def may_be_named(*names: str) -> Q:
    """Return the people to choose from in a form: {limit_choices_to=…} of every link to a person.
    It does not tell who has an account, and a wrong pick names nobody who does not work here."""
    return Q(is_active=True) & (Q(is_superuser=True) | Q(groups__name__in=names))


def everyone_of_the_staff() -> QuerySet:
    """Return everyone who works here, by name; with or without a second factor."""
    return get_user_model().objects.filter(may_be_named(*DESK)).distinct().order_by("name", "pk")


def stewards() -> Q:
    """Return the people who can look after a page."""
    return may_be_named(*STAFF)


def trainers() -> Q:
    """Return the people who can give a training."""
    return may_be_named("Trainers")


def is_staff(user) -> bool:
    """Whether this person has a desk."""
    return is_in(user, *DESK)


def may_keep_colleagues(user) -> bool:
    """Whether this person says who else works here, and in which role."""
    return is_in(user, "Project leaders")


def let_staff(model, *actions: str, groups=STAFF) -> None:
    """Let who enters the back office do these ("add", "change", …). Safe to repeat."""
    wanted = Permission.objects.filter(
        content_type=ContentType.objects.get_for_model(model),
        codename__in=[f"{action}_{model._meta.model_name}" for action in actions],
    )
    for group in Group.objects.filter(name__in=groups):
        group.permissions.add(*wanted)
