"""The back office: editors keep the facts and the laws. Wagtail keeps who changed what."""

from django.contrib import messages
from django.utils.html import format_html, format_html_join
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel, Panel
from wagtail.admin.ui.tables import Column
from wagtail.snippets.views.snippets import SnippetViewSet, SnippetViewSetGroup

from kennispunt.facts import usage
from kennispunt.facts.models import Fact, Law


class UsesPanel(Panel):
    """The texts that use this fact."""

    class BoundPanel(Panel.BoundPanel):
        template_name = "facts/uses_panel.html"

        def get_context_data(self, parent_context=None):
            name = self.instance.name
            return super().get_context_data(parent_context) | {
                "uses": usage.uses(name) if name else []
            }


def tell_uses(request, fact):
    """After a change: say which texts now show something else."""
    if not isinstance(fact, Fact):
        return
    messages.info(request, "Een collega leest dit na; het staat op de balie.")
    if uses := usage.uses(fact.name):
        items = format_html_join(
            "", '<li><a href="{}">{}</a></li>', ((u.address, u.title) for u in uses)
        )
        messages.warning(
            request, format_html("Kijk deze teksten na, want ze noemen dit feit:<ul>{}</ul>", items)
        )


class FactViewSet(SnippetViewSet):
    model = Fact
    icon = "tag"
    menu_label = "Feiten"
    list_display = [
        "name", "what", Column("shown", label="waarde"), "certainty", "checked_on",
        "check_again_on",
    ]  # fmt: skip
    list_filter = ["group", "certainty", "check_again_on"]
    search_fields = ["name", "what", "law", "source"]
    search_backend_name = None
    copy_view_enabled = True  # a new version in time begins as a copy
    panels = [
        MultiFieldPanel(
            [
                FieldPanel("name"),
                FieldPanel("what"),
                FieldRowPanel([FieldPanel("value"), FieldPanel("unit")]),
                FieldPanel("group"),
            ],
            heading="Het feit",
        ),
        MultiFieldPanel(
            [
                FieldPanel("law"),
                FieldPanel("source"),
                FieldRowPanel([FieldPanel("checked_on"), FieldPanel("check_again_on")]),
                FieldPanel("certainty"),
                FieldPanel("reservation"),
            ],
            heading="Hoe weten we dit?",
        ),
        FieldRowPanel([FieldPanel("valid_from"), FieldPanel("valid_to")], heading="Wanneer?"),
        UsesPanel(heading="Waar staat dit feit?"),
    ]


class LawViewSet(SnippetViewSet):
    model = Law
    icon = "doc-full"
    menu_label = "Wetten"
    list_display = ["name", "title", "bwb_id"]
    search_fields = ["name", "title"]
    search_backend_name = None
    panels = [FieldPanel(name) for name in ("name", "title", "bwb_id", "elsewhere")]


class FactsGroup(SnippetViewSetGroup):
    items = (FactViewSet, LawViewSet)
    menu_label = "Feiten en wetten"
    menu_icon = "tag"
    menu_order = 650
