from wagtail.admin.panels import FieldPanel
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSet

from kennispunt.knowledge.models import Term
from kennispunt.pages.forms import Lines
from kennispunt.ui.snippets import nobody_may


class TermViewSet(SnippetViewSet):
    """Editors keep the terms of /begrippen/."""

    model = Term
    icon = "openquote"
    menu_label = "Begrippen"
    add_to_admin_menu = True
    menu_order = 650
    list_display = ["term", "abbreviation", "law", "checked_on"]
    search_fields = ["term", "abbreviation", "meaning"]
    search_backend_name = None
    copy_view_enabled = False
    panels = [
        FieldPanel(name)
        for name in (
            "term", "slug", "abbreviation", "synonyms", "meaning", "law", "source",
            "checked_on", "see",
        )
    ]  # fmt: skip

    def get_form_class(self, for_update=False):
        form = super().get_form_class(for_update)
        return type(
            form.__name__,
            (form,),
            {
                "synonyms": Lines(
                    label="Andere woorden", required=False, help_text="Eén per regel."
                ),
                "see": Lines(label="Zie ook", required=False, help_text="Slugs, één per regel."),
            },
        )


nobody_may("delete", models=[Term])  # texts link to terms, and the address never changes
register_snippet(TermViewSet)
