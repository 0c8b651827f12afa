"""The back office: what is due, the links to elsewhere, and what readers said about texts."""

from django.urls import path, reverse
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.admin.panels import FieldPanel
from wagtail.models import RevisionMixin
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSet

from kennispunt.pages import versions, views
from kennispunt.pages.models import Reaction
from kennispunt.ui.columns import yes_no
from kennispunt.ui.snippets import NotChosen, nobody_may


@hooks.register("register_admin_urls")
def addresses():
    return [
        path("te-controleren/", views.to_check, name="pages_to_check"),
        path("links/", views.links, name="pages_links"),
        path("links/<int:pk>/", views.decide_link, name="pages_decide_link"),
    ]


@hooks.register("register_reports_menu_item")
def to_check_in_menu():
    return MenuItem(
        "Te controleren", reverse("pages_to_check"), icon_name="calendar-check", order=1
    )


@hooks.register("register_reports_menu_item")
def links_in_menu():
    return MenuItem("Links naar buiten", reverse("pages_links"), icon_name="link", order=210)


@hooks.register("register_log_actions")
def kept_in_log(actions):
    actions.register_action(
        versions.KEPT, "Bewaard door de site", "Bewaard zoals het was vóór een wijziging"
    )


@hooks.register("before_edit_page")
def keep_page(request, page):
    versions.keep(page)


@hooks.register("before_edit_snippet")
def keep_row(request, row):
    if isinstance(row, RevisionMixin):
        versions.keep(row)


class ReactionViewSet(NotChosen, SnippetViewSet):
    model = Reaction
    icon = "comment"
    menu_label = "Reacties van lezers"
    menu_order = 660
    add_to_admin_menu = True
    copy_view_enabled = False
    list_display = [
        "title", yes_no("helped", "geholpen"), "remark", "day", yes_no("handled", "afgehandeld"),
    ]  # fmt: skip
    list_filter = ["handled", "helped", "day"]
    search_fields = ["title", "remark"]
    search_backend_name = None
    list_export = ["day", "address", "title", "helped", "remark"]
    panels = [
        FieldPanel("handled"),
        *(
            FieldPanel(name, read_only=True)
            for name in ("title", "address", "helped", "remark", "day")
        ),
    ]


nobody_may("add", models=[Reaction])  # readers write them
register_snippet(ReactionViewSet)
