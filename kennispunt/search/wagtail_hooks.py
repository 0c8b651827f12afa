"""What editors keep for the search, in /beheer/: synonyms; and what they read: what was asked in
vain."""

from wagtail.admin.panels import FieldPanel
from wagtail.permission_policies import ModelPermissionPolicy
from wagtail.permissions import register_permission_policy
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSet, SnippetViewSetGroup

from kennispunt.search.models import MissedQuery, SynonymGroup
from kennispunt.ui.snippets import NotChosen


class SynonymViewSet(NotChosen, SnippetViewSet):
    model = SynonymGroup
    icon = "list-ul"
    menu_label = "Synoniemen"
    search_fields = ["words"]
    panels = [FieldPanel("words")]


class NeverWritten(ModelPermissionPolicy):
    def user_has_permission(self, user, action):
        return action != "add" and super().user_has_permission(user, action)


register_permission_policy(MissedQuery, NeverWritten(MissedQuery))


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
