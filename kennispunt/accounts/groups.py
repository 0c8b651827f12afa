"""What the staff may do in the back office. An app says it when its data is loaded."""

from django.contrib.auth.models import Group, Permission
from django.contrib.contenttypes.models import ContentType

STAFF = ("Editors", "Moderators", "Project leaders")  # they may enter the back office
DESK = (*STAFF, "Trainers")  # they have a desk, /balie/


def is_in(user, *names: str) -> bool:
    """Whether this person is in one of these groups. A superuser is in all. One query a request."""
    if not user.is_active or not user.is_authenticated:
        return False
    if not hasattr(user, "_group_names"):
        user._group_names = set(user.groups.values_list("name", flat=True))
    return user.is_superuser or not user._group_names.isdisjoint(names)


def is_staff(user) -> bool:
    """Whether this person has a desk."""
    return is_in(user, *DESK)


def let_staff(model, *actions: str, groups=STAFF) -> None:
    """Let who enters the back office do these ("add", "change", …). Safe to repeat."""
    wanted = Permission.objects.filter(
        content_type=ContentType.objects.get_for_model(model),
        codename__in=[f"{action}_{model._meta.model_name}" for action in actions],
    )
    for group in Group.objects.filter(name__in=groups):
        group.permissions.add(*wanted)
