"""The search in /beheer/: synonyms to keep, and questions that found nothing to read."""

from wagtail.admin.panels import FieldPanel
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSet, SnippetViewSetGroup

from kennispunt.search.models import MissedQuery, SynonymGroup
from kennispunt.ui.snippets import NotChosen, nobody_may


class SynonymViewSet(NotChosen, SnippetViewSet):
    model = SynonymGroup
    icon = "list-ul"
    menu_label = "Synoniemen"
    search_fields = ["words"]
    panels = [FieldPanel("words")]


nobody_may("add", models=[MissedQuery])


class MissedQueryViewSet(NotChosen, SnippetViewSet):
    """Only to read and to throw away: nobody writes one by hand."""

    model = MissedQuery
    icon = "search"
    menu_label = "Zonder antwoord"
    list_display = ["words", "week", "times"]
    list_filter = ["week"]
    panels = [FieldPanel(name, read_only=True) for name in ("words", "week", "times")]


class SearchGroup(SnippetViewSetGroup):
    menu_label = "Zoeken"
    menu_icon = "search"
    items = (SynonymViewSet, MissedQueryViewSet)


register_snippet(SearchGroup)
