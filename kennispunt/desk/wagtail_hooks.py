"""From the back office back to the desk, and to the handbook."""

from django.urls import reverse
from wagtail import hooks
from wagtail.admin.menu import MenuItem


@hooks.register("register_admin_menu_item")
def desk_in_menu():
    return MenuItem("Balie", reverse("desk:desk"), icon_name="tasks", order=1)


@hooks.register("register_help_menu_item")
def handbook_in_menu():
    return MenuItem("Handboek", reverse("desk:handbook"), icon_name="help", order=1)
