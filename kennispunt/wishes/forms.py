"""The forms of parties about their wishes, and of the desk about what comes of them."""

from django import forms
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.timezone import localdate

from kennispunt.elections.models import Area
from kennispunt.trainings.models import Edition, Theme
from kennispunt.trainings.planning_forms import day
from kennispunt.ui.fields import RowsField
from kennispunt.wishes.models import CustomRequest, WishVoice
from kennispunt.wishes.periods import VOTES_EACH
from kennispunt.wishes.towns import towns_of


class TownField(forms.ModelChoiceField):
    """One of the gemeenten of the party; chosen already when there is only one."""

    def __init__(self, mandate):
        towns = towns_of(mandate)
        super().__init__(
            queryset=Area.objects.filter(pk__in=[one.pk for one in towns]),
            label="In welke gemeente?",
            initial=towns[0].pk if len(towns) == 1 else None,
            empty_label=None if len(towns) == 1 else "Kies een gemeente",
        )


def people_field(label, initial=None):
    return forms.IntegerField(label=label, min_value=1, max_value=500, initial=initial)


class WishForm(forms.ModelForm):
    """A training in our own town: its subject, with how many, and perhaps a room."""

    theme = forms.ModelChoiceField(
        Theme.objects.all(), label="Waarover?", empty_label="Kies een thema"
    )

    class Meta:
        model = WishVoice
        fields = ["theme", "town", "people", "text", "room"]
        labels = {
            "text": "Wat willen jullie leren?",
            "room": "Hebben jullie een zaal?",
        }
        help_texts = {
            "text": "Eén zin is genoeg.",
            "room": "Schrijf welke, voor hoeveel mensen, en of je er zonder trap in kunt.",
        }

    def __init__(self, *args, mandate, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["town"] = TownField(mandate)
        self.fields["people"] = people_field("Met hoeveel mensen komen jullie?", initial=2)


class CustomForm(forms.ModelForm):
    """A training for our party alone."""

    class Meta:
        model = CustomRequest
        fields = ["town", "text", "people", "when", "room"]
        labels = {
            "text": "Wat willen jullie leren?",
            "when": "Wanneer kunnen jullie?",
            "room": "Hebben jullie een zaal?",
        }
        help_texts = {
            "text": "Vertel ook waarom een gewone training niet past.",
            "when": "Noem een paar avonden of zaterdagen.",
        }
        widgets = {"text": forms.Textarea(attrs={"rows": 5})}

    def __init__(self, *args, mandate, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["town"] = TownField(mandate)
        self.fields["people"] = people_field("Met hoeveel mensen?")


class VoteForm(forms.Form):
    """At most three themes; none takes the vote back."""

    themes = RowsField(
        Theme.objects.all(),
        label=f"Kies hoogstens {VOTES_EACH} thema’s",
        help_text="Kies je er geen, dan telt jullie partij niet mee.",
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )


class EditionField(forms.ModelChoiceField):
    """An edition that people can sign up for, the first one first."""

    def __init__(self, **kwargs):
        coming = Edition.objects.open().filter(starts_at__gt=timezone.now())
        coming = coming.select_related("training", "room").order_by("starts_at")
        super().__init__(coming, label="Welke editie?", **kwargs)

    def label_from_instance(self, edition):
        day = timezone.localtime(edition.starts_at)
        return f"{date_format(day, 'D j F Y')}: {edition.training.title}, {edition.place}"


class ProposalForm(forms.Form):
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["edition"] = EditionField(empty_label="Kies een editie")


class AnswerForm(forms.Form):
    """Our answer to a request, which goes by mail; an edition when we planned one."""

    text = forms.CharField(
        label="Je antwoord",
        help_text="Dit komt in een mail. Noem geen partij.",
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 8}),
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["edition"] = EditionField(required=False, empty_label="Nog geen editie")
        self.fields["edition"].help_text = "Alleen wat in de agenda staat."
        self.fields["promised_on"] = day(
            "Beloof je nog iets? Voor welke dag?",
            required=False,
            help_text="Dan komt de vraag die dag terug op de balie. Zet de dag ook in je antwoord.",
        )

    def clean_promised_on(self):
        promised = self.cleaned_data["promised_on"]
        if promised and promised < localdate():
            raise forms.ValidationError("Deze dag is al voorbij.")
        return promised
