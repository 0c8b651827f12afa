"""The back office as ours: it opens on what waits, in our colours, and leads on to the desk."""

from django.templatetags.static import static
from django.urls import reverse
from django.utils.html import format_html
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.admin.ui.components import Component

from kennispunt.office.staff import everything

MOST = 10  # lines of what waits; all of it stands on the desk
OF_WAGTAIL = ("whats-new-in-wagtail", "editor-guide")  # in English, about what we do not use


@hooks.register("register_admin_menu_item")
def desk_in_menu():
    return MenuItem("Balie", reverse("desk:desk"), icon_name="tasks", order=1)


@hooks.register("register_help_menu_item")
def handbook_in_menu():
    return MenuItem("Handboek", reverse("desk:handbook"), icon_name="help", order=1)


@hooks.register("construct_help_menu")
def only_our_handbook(request, items):
    items[:] = [item for item in items if not item.name.startswith(OF_WAGTAIL)]


@hooks.register("insert_global_admin_css")
def our_colours():
    return format_html('<link rel="stylesheet" href="{}">', static("desk/beheer/back_office.css"))


class WaitingPanel(Component):
    """The work that waits for whoever looks, first of all."""

    name = "waiting"
    template_name = "desk/waiting_panel.html"
    order = 1

    def get_context_data(self, parent_context):
        waiting = everything(parent_context["request"].user)
        heading = f"Er wacht op jou: {waiting.total}" if waiting.total else "Er wacht niets op jou"
        return {"lines": waiting[:MOST], "heading": heading}


@hooks.register("construct_homepage_panels")
def waiting_first(request, panels):
    panels.append(WaitingPanel())
