from wagtail.admin.panels import FieldPanel
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSet, SnippetViewSetGroup

from kennispunt.outreach.models import GriffieAddress, Opening, Text
from kennispunt.ui.snippets import nobody_may


class TextViewSet(SnippetViewSet):
    model = Text
    icon = "mail"
    menu_label = "Teksten"
    list_display = ["title"]
    copy_view_enabled = False
    panels = [FieldPanel("title"), FieldPanel("body")]


class GriffieAddressViewSet(SnippetViewSet):
    model = GriffieAddress
    icon = "group"
    menu_label = "Adressen van griffies"
    list_display = ["area", "email", "checked_on", "bounced_on", "ended_on", "source"]
    list_filter = ["bounced_on", "ended_on"]
    search_fields = ["area__name", "email"]
    search_backend_name = None
    copy_view_enabled = False
    panels = [
        FieldPanel(name)
        for name in ("area", "email", "source", "checked_on", "bounced_on", "ended_on")
    ]

    def get_queryset(self, request):
        return GriffieAddress.objects.select_related("area")


class OpeningViewSet(SnippetViewSet):
    """Openings of short addresses: only to look at."""

    model = Opening
    icon = "view"
    menu_label = "Geopende adressen"
    list_display = ["area", "month", "times"]
    list_filter = ["month"]
    search_fields = ["area__name"]
    search_backend_name = None
    copy_view_enabled = False
    inspect_view_enabled = True


class GriffiersGroup(SnippetViewSetGroup):
    items = (TextViewSet, GriffieAddressViewSet, OpeningViewSet)
    menu_icon = "mail"
    menu_label = "Griffiers"
    menu_order = 670


# Addresses keep their history, and texts are asked for by name.
nobody_may("delete", models=[Text, GriffieAddress])
nobody_may("add", "change", "delete", models=[Opening])
register_snippet(GriffiersGroup)
