from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.permission_policies import ModelPermissionPolicy
from wagtail.permissions import register_permission_policy
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSet, SnippetViewSetGroup

from kennispunt.trainings.models import CouncilEvening, QuietPeriod, Room, Theme, Training
from kennispunt.ui.columns import yes_no


class Kept(ModelPermissionPolicy):
    """Editions and figures lean on it, and addresses stay: nobody deletes one."""

    def user_has_permission(self, user, action):
        return action != "delete" and super().user_has_permission(user, action)


class TrainingViewSet(SnippetViewSet):
    model = Training
    icon = "doc-full"
    menu_label = "Trainingen"
    list_display = ["title", "theme", yes_no("is_offered", "geven we")]
    list_filter = ["theme", "is_offered"]
    search_fields = ["title", "lead", "body"]
    search_backend_name = None
    copy_view_enabled = False
    panels = [
        *(FieldPanel(name) for name in ("title", "slug", "theme", "lead")),
        *(FieldPanel(name) for name in Training.TEXTS),
        MultiFieldPanel([FieldPanel(name) for name in Training.AUDIENCES], heading="Voor wie"),
        FieldPanel("is_offered"),
    ]


class ThemeViewSet(SnippetViewSet):
    model = Theme
    icon = "tag"
    menu_label = "Thema’s"
    list_display = ["name", "slug"]
    copy_view_enabled = False
    panels = [FieldPanel("name"), FieldPanel("slug")]


class RoomViewSet(SnippetViewSet):
    model = Room
    icon = "home"
    menu_label = "Zalen"
    list_display = ["name", "town", "seats"]
    search_fields = ["name", "town", "address"]
    search_backend_name = None
    copy_view_enabled = False
    panels = [
        *(FieldPanel(name) for name in ("name", "address", "postcode", "town", "area")),
        MultiFieldPanel(
            [
                FieldPanel(name)
                for name in ("travel", "parking", "accessibility", "has_induction_loop")
            ],
            heading="Voor wie komt",
        ),
        MultiFieldPanel([FieldPanel(name) for name in ("seats", "contact")], heading="Voor ons"),
    ]


class QuietPeriodViewSet(SnippetViewSet):
    model = QuietPeriod
    icon = "calendar-alt"
    menu_label = "Rustige periodes"
    list_display = ["name", "starts_on", "ends_on"]
    copy_view_enabled = False
    panels = [FieldPanel(name) for name in ("name", "starts_on", "ends_on", "provinces")]


class CouncilEveningViewSet(SnippetViewSet):
    model = CouncilEvening
    icon = "time"
    menu_label = "Raadsavonden"
    list_display = ["area", "weekday"]
    list_filter = ["weekday"]
    search_fields = ["area__name"]
    search_backend_name = None
    copy_view_enabled = False
    panels = [FieldPanel("area"), FieldPanel("weekday")]


class TrainingsGroup(SnippetViewSetGroup):
    items = (
        TrainingViewSet,
        ThemeViewSet,
        RoomViewSet,
        QuietPeriodViewSet,
        CouncilEveningViewSet,
    )
    menu_icon = "group"
    menu_label = "Trainingen"
    menu_order = 665


for model in (Training, Theme, Room):
    register_permission_policy(model, Kept(model))
register_snippet(TrainingsGroup)
