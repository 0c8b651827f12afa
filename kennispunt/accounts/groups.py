"""What the staff may do in the back office. An app says it when its data is loaded."""

from django.contrib.auth.models import Group, Permission
from django.contrib.contenttypes.models import ContentType

STAFF = ("Editors", "Moderators")  # made by Wagtail; they may enter the back office


def let_staff(model, *actions: str) -> None:
    """Let editors and moderators do these ("add", "change", "delete", "view"). Safe to repeat."""
    wanted = Permission.objects.filter(
        content_type=ContentType.objects.get_for_model(model),
        codename__in=[f"{action}_{model._meta.model_name}" for action in actions],
    )
    for group in Group.objects.filter(name__in=STAFF):
        group.permissions.add(*wanted)
