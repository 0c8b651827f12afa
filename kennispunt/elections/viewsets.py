"""The back office: look up an area, and add a way in which it is written."""

from wagtail.admin.panels import FieldPanel, InlinePanel, MultiFieldPanel
from wagtail.snippets.views.snippets import IndexView, SnippetViewSet

from kennispunt.elections.models import Area

# Fields that come from the official list and are only shown.
OFFICIAL = [
    "code",
    "kind",
    "name",
    "slug",
    "kiesraad_code",
    "eml_id",
    "province",
    "main_town",
    "latitude",
    "longitude",
    "valid_from",
    "valid_to",
]


class AreaIndex(IndexView):
    def search_queryset(self, queryset):
        """An area with several names that match is shown once."""
        return super().search_queryset(queryset).distinct()


class AreaViewSet(SnippetViewSet):
    model = Area
    index_view_class = AreaIndex
    icon = "site"
    menu_label = "Gebieden"
    add_to_admin_menu = True
    menu_order = 700
    list_display = ["name", "kind", "code", "province", "valid_from", "valid_to"]
    list_filter = ["kind", "province"]
    search_fields = ["names__name", "name", "code", "main_town"]
    search_backend_name = None  # plain database look-up: four hundred rows need no index
    inspect_view_enabled = True
    copy_view_enabled = False
    panels = [
        MultiFieldPanel(
            [FieldPanel(name, read_only=True) for name in OFFICIAL],
            heading="Uit de officiële lijst",
        ),
        InlinePanel("names", heading="Zo wordt het gebied ook geschreven", label="Schrijfwijze"),
    ]
