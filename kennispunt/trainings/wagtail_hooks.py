from django import forms
from django.contrib import messages
from django.db import transaction
from django.utils import timezone
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.admin.panels import FieldPanel, MultiFieldPanel, ObjectList
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import EditView, SnippetViewSet, SnippetViewSetGroup

from kennispunt.trainings.actions import editions
from kennispunt.trainings.models import CouncilEvening, Edition, QuietPeriod, Room, Theme, Training
from kennispunt.ui.columns import yes_no
from kennispunt.ui.dutch import counted
from kennispunt.ui.snippets import nobody_may


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


class RoomForm(WagtailAdminModelForm):
    """A room. When people come to its address and it changes: did it move, or was it a slip?"""

    tell = forms.ChoiceField(
        label="Staat het adres nu anders?",
        required=False,
        choices=[
            ("", "Het adres is hetzelfde"),
            ("ja", "De zaal is ergens anders: mail wie komt en wie er training geeft"),
            ("nee", "Het stond er verkeerd: mail niemand"),
        ],
        help_text="Alleen nodig als er edities in de agenda staan.",
    )
    WHERE = frozenset(("name", "address", "postcode", "town"))

    def clean(self):
        cleaned = super().clean()
        moved = self.instance.pk and self.WHERE.intersection(self.changed_data)
        if moved and not cleaned.get("tell"):
            number = Edition.objects.coming_in(self.instance, timezone.now()).count()
            if number:
                words = "komt 1 editie" if number == 1 else f"komen {number} edities"
                self.add_error("tell", f"In deze zaal {words}. Kies of we mailen.")
        return cleaned


class RoomEdit(EditView):
    def save_instance(self):
        with transaction.atomic():
            was = Room.objects.select_for_update().get(pk=self.form.instance.pk).full_address
            room = super().save_instance()
            if self.form.cleaned_data.get("tell") == "ja" and room.full_address != was:
                told = editions.room_moved(room, was, by=self.request.user)
                number = counted(told, "mail is", "mails zijn")
                messages.success(self.request, f"{number} onderweg; de trainers horen het ook.")
        return room


class RoomViewSet(SnippetViewSet):
    model = Room
    edit_view_class = RoomEdit
    icon = "home"
    menu_label = "Zalen"
    list_display = ["name", "town", "seats"]
    search_fields = ["name", "town", "address"]
    search_backend_name = None
    copy_view_enabled = False
    panels = [
        *(FieldPanel(name) for name in ("name", "address", "postcode", "town", "area")),
        FieldPanel("tell"),
        MultiFieldPanel(
            [
                FieldPanel(name)
                for name in ("travel", "parking", "accessibility", "has_induction_loop")
            ],
            heading="Voor wie komt",
        ),
        MultiFieldPanel([FieldPanel(name) for name in ("seats", "contact")], heading="Voor ons"),
    ]
    edit_handler = ObjectList(panels, base_form_class=RoomForm)


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


nobody_may("delete", models=[Training, Theme, Room])  # editions and figures lean on them
register_snippet(TrainingsGroup)
