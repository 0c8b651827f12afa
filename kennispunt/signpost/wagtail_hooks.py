from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSet

from kennispunt.pages.forms import Lines, ticks
from kennispunt.signpost.choices import NEEDS, ROLES
from kennispunt.signpost.models import Entry
from kennispunt.ui.columns import yes_no
from kennispunt.ui.snippets import nobody_may


class EntryViewSet(SnippetViewSet):
    """Editors keep the signpost."""

    model = Entry
    icon = "redirect"
    menu_label = "Wegwijzer"
    add_to_admin_menu = True
    menu_order = 660
    list_display = [
        "title", yes_no("is_commercial", "commercieel"), "checked_on", "check_again_on",
        "confirmed_on",
    ]  # fmt: skip
    list_filter = ["is_live", "is_commercial", "is_urgent"]
    search_fields = ["title", "summary", "body"]
    search_backend_name = None
    copy_view_enabled = False
    panels = [
        *(FieldPanel(name) for name in ("title", "slug", "summary", "body", "address", "phone")),
        MultiFieldPanel(
            [FieldPanel(name) for name in ("roles", "needs", "words")],
            heading="Voor wie en waarvoor",
        ),
        MultiFieldPanel(
            [FieldPanel(name) for name in ("form", "costs", "payer", "is_commercial", "is_urgent")],
            heading="Wat het is en wat het kost",
        ),
        MultiFieldPanel(
            [FieldPanel(name) for name in ("checked_on", "check_again_on", "contact_email")],
            heading="Controle",
        ),
        *(FieldPanel(name) for name in ("related", "open_points", "is_live")),
    ]

    def get_form_class(self, for_update=False):
        form = super().get_form_class(for_update)
        fields = {
            "roles": ticks("Voor wie", ROLES),
            "needs": ticks("Waarvoor", NEEDS),
            "words": Lines(
                label="In de woorden van de lezer", help_text="Eén per regel: Ik word bedreigd."
            ),
            "related": Lines(
                label="Lees ook", required=False, help_text="Eén per regel: artikel:slug."
            ),
            "open_points": Lines(
                label="Open punten", required=False, help_text="Bezoekers zien dit niet."
            ),
        }
        return type(form.__name__, (form,), fields)


# Texts link to entries: one that is over is made invisible.
nobody_may("delete", models=[Entry])
register_snippet(EntryViewSet)
