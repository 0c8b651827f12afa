"""The forms of the desk about an edition: planning, a series, cancelling, costs."""

from copy import deepcopy
from datetime import date

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.utils.timezone import localdate, localtime

from kennispunt.accounts.models import User
from kennispunt.elections.models import Area
from kennispunt.office import dutch_clock
from kennispunt.trainings.actions.editions import Again
from kennispunt.trainings.models import Edition, Room, Training
from kennispunt.trainings.plan_checks import Plan
from kennispunt.ui.dutch import counted
from kennispunt.ui.fields import AmountField, DayField

NEW, ONLINE = "new", "online"
ROOM_FIELDS = (
    "name", "address", "postcode", "town", "area", "seats", "travel", "parking", "accessibility",
    "has_induction_loop", "contact",
)  # fmt: skip
MORE_MEETINGS, MOST_MEETINGS, IN_A_SERIES = 3, 30, 8
MOST = 1000  # places: more is a slip


def day(label, **options):
    field = DayField(label=label, **options)
    field.validators += [MinValueValidator(date(2000, 1, 1)), MaxValueValidator(date(2100, 1, 1))]
    return field


def hour(label, **options):
    widget = forms.TimeInput({"type": "time"}, "%H:%M")
    return forms.TimeField(label=label, widget=widget, **options)


def moment():
    return forms.DateTimeInput({"type": "datetime-local"}, "%Y-%m-%dT%H:%M")


def trainers(edition: Edition | None = None):
    """Return everyone who can give a training; also one who gives this and left the group."""
    found = User.objects.filter(groups__name="Trainers")
    if edition and edition.trainer_id:
        found |= User.objects.filter(pk=edition.trainer_id)
    return found.distinct().order_by("name")


def wheres(*more):
    """The rooms and "online", to choose from."""
    rooms = Room.objects.all()
    return [("", "Kies waar"), (ONLINE, "Online"), *more, *((str(r.pk), str(r)) for r in rooms)]


class WithErrors:
    """A form that a page shows in groups, with one summary of its errors on top."""

    @property
    def with_errors(self):
        return [(field, field.errors) for field in self.visible_fields() if field.errors]


class RoomForm(forms.ModelForm):
    """A room, made while planning. It stands in the back office like any other."""

    class Meta:
        model = Room
        fields = ROOM_FIELDS

    def __init__(self, *args, **options):
        super().__init__(*args, **options)
        self.fields["area"].empty_label = "Kies een gemeente"
        self.fields["area"].queryset = Area.objects.municipalities().valid_on(localdate())


class EditionForm(WithErrors, forms.ModelForm):
    """All that is planned of an edition, in one form; a new room can be made in it."""

    where = forms.ChoiceField(
        label="Waar is het?", help_text="Staat de zaal er niet bij? Kies ‘een nieuwe zaal’."
    )
    online_link = forms.URLField(
        label="Adres van de online ruimte", required=False, assume_scheme="https", max_length=200,
        help_text="Alleen wie een plek heeft, ziet dit. Het mag later nog.",
    )  # fmt: skip
    tell = forms.BooleanField(required=False)
    seen = forms.CharField(required=False, widget=forms.HiddenInput)

    class Meta:
        model = Edition
        fields = [
            "training", "trainer", "online_link", "places", "minimum", "max_per_party", "opens_at",
            "closes_at", "asks_diet", "asks_access", "bring", "meetings_needed", "note",
        ]  # fmt: skip
        widgets = {
            "opens_at": moment(),
            "closes_at": moment(),
            "note": forms.Textarea(attrs={"rows": 3}),
        }
        help_texts = {
            "minimum": "Zijn het er twee weken ervoor minder? Dan vraagt de balie wat je doet.",
            "trainer": "Iedereen in de groep Trainers. Staat de editie in de agenda, dan krijgt de "
            "trainer een mail: ook wie het niet meer is.",
        }

    def __init__(self, *args, **options):
        super().__init__(*args, **options)
        edition = self.instance
        offered = Training.objects.filter(is_offered=True)
        if edition.training_id:
            offered |= Training.objects.filter(pk=edition.training_id)
        self.fields["training"].queryset = offered
        self.fields["training"].empty_label = "Kies een training"
        # Its address is in the mails of people who signed up, and they came for this one.
        self.fields["training"].disabled = edition.status != Edition.Status.DRAFT
        self.fields["trainer"].queryset = trainers(edition)
        self.fields["trainer"].empty_label = "Nog niemand"
        self.fields["where"].choices = wheres((NEW, "Een nieuwe zaal: vul haar hieronder in"))
        self.add_meetings(self.initial.pop("meetings", []))
        typed = {name: self.data.get(f"room-{name}") for name in ROOM_FIELDS if self.is_bound}
        is_new = self.is_bound and self.data.get(self.add_prefix("where")) == NEW
        self.room_form = RoomForm(self.data if is_new else None, prefix="room", initial=typed)
        self.room = None
        del self.fields["tell"]

    def add_meetings(self, known):
        """Three fields for each meeting: those that are there, and a few more."""
        self.rows = max(len(known), 1) + MORE_MEETINGS
        if self.is_bound:
            self.rows = max(self.rows, sum(name.endswith("-day") for name in self.data))
        self.rows = min(self.rows, MOST_MEETINGS)
        for index in range(self.rows):
            needed = index == 0
            which = f" van bijeenkomst {index + 1}" if index else ""
            self.fields[f"{index}-day"] = day(f"Dag{which}", required=needed)
            self.fields[f"{index}-begins"] = hour(f"Begint{which}", required=needed)
            self.fields[f"{index}-ends"] = hour(f"Eindigt{which}", required=needed)
            if index < len(known):
                start, end = (localtime(one) for one in known[index])
                self.initial[f"{index}-day"] = start.date()
                self.initial[f"{index}-begins"] = start.time()
                self.initial[f"{index}-ends"] = end.time()
        self.shown = max(len(known), 1)

    def clean(self):
        cleaned = super().clean()
        self.meetings = self.clean_meetings(cleaned)
        where = cleaned.get("where")
        if where == NEW:
            if self.room_form.is_valid():
                self.room = self.room_form.instance
            else:
                self.add_error("where", "Vul de nieuwe zaal in, of kies een andere.")
        elif where and where != ONLINE:
            self.room = Room.objects.select_related("area").filter(pk=where).first()
        for name in ("places", "max_per_party"):
            if cleaned.get(name) is not None and not 1 <= cleaned[name] <= MOST:
                self.add_error(name, f"Vul een getal in van 1 tot en met {MOST}.")
        least, most = cleaned.get("minimum"), cleaned.get("places")
        if least is not None and most is not None and least > most:
            self.add_error("minimum", f"Dit is meer dan de {most} plaatsen die er zijn.")
        if self.meetings:
            self.check_periods(cleaned)
        return cleaned

    def check_periods(self, cleaned):
        starts = self.meetings[0][0]
        opens, closes = cleaned.get("opens_at"), cleaned.get("closes_at")
        if opens and opens >= starts:
            self.add_error("opens_at", "Dit is na het begin van de training.")
        if closes and opens and closes <= opens:
            self.add_error("closes_at", "Inschrijven sluit nu voordat het opengaat.")
        needed = cleaned.get("meetings_needed")
        if needed and needed > len(self.meetings):
            self.add_error("meetings_needed", f"Er zijn er maar {len(self.meetings)}.")

    def clean_meetings(self, cleaned):
        """The moments, in order. What is wrong stands at its field."""
        found = []
        for index in range(self.rows):
            names = [f"{index}-{part}" for part in ("day", "begins", "ends")]
            values = [cleaned.get(name) for name in names]
            if any(name in self.errors for name in names) or values == [None] * 3:
                continue
            empty = [name for name, value in zip(names, values, strict=True) if value is None]
            for name in empty:
                self.add_error(name, "Vul dit in, of laat de hele bijeenkomst leeg.")
            if empty:
                continue
            try:
                one = dutch_clock.meeting(*values)
            except ValidationError as problem:
                self.add_error(names[2], problem)
                continue
            if any(start < one[1] and one[0] < end for start, end in found):
                self.add_error(names[1], "Dit is tegelijk met een andere bijeenkomst.")
            found.append(one)
        return sorted(found)

    def ask_to_tell(self, number: int):
        """Time or place change, and people know the old one: is that what the desk means?"""
        field = deepcopy(EditionForm.base_fields["tell"])
        people = counted(number, "persoon krijgt", "mensen krijgen")
        field.label = f"{people} nu een mail dat tijd of plaats anders is."
        self.fields["tell"] = field
        if not self.data.get("tell"):
            self.add_error("tell", "Zet een vinkje als dat mag.")

    @property
    def plan(self) -> Plan:
        cleaned = self.cleaned_data
        return Plan(
            tuple(self.meetings), self.room, cleaned["trainer"], cleaned["places"],
            self.instance.pk,
        )  # fmt: skip

    def chosen(self) -> dict:
        """Return what the actions ask. Makes the new room, when there is one."""
        if self.room is not None and self.room.pk is None:
            self.room.save()
        kept = {name: self.cleaned_data[name] for name in self.Meta.fields}
        kept["online_link"] = "" if self.room else kept["online_link"]
        return {**kept, "room": self.room, "meetings": self.meetings}

    # How the page shows it: in groups.

    @property
    def what(self):
        return [self[name] for name in ("training", "trainer")]

    @property
    def place_fields(self):
        return [self[name] for name in ("where", "online_link")]

    @property
    def tell_field(self):
        return self["tell"] if "tell" in self.fields else None

    @property
    def meeting_rows(self):
        """Return every row of a meeting, filled in or not, with its three fields."""
        return [
            [self[f"{index}-{part}"] for part in ("day", "begins", "ends")]
            for index in range(self.rows)
        ]

    @property
    def first_rows(self):
        return self.meeting_rows[: self.shown]

    @property
    def more_rows(self):
        return self.meeting_rows[self.shown :]

    @property
    def more_is_open(self):
        return self.is_bound and any(one.data for row in self.more_rows for one in row)

    @property
    def room_is_open(self):
        return self.is_bound and self["where"].value() == NEW

    @property
    def signing_up(self):
        names = ("places", "minimum", "max_per_party", "opens_at", "closes_at")
        return [self[name] for name in names]

    @property
    def asking(self):
        names = ("asks_diet", "asks_access", "bring", "meetings_needed", "note")
        return [self[name] for name in names]


def initial_of(edition: Edition) -> dict:
    """An edition as the form shows it."""
    where = ONLINE if edition.room_id is None else str(edition.room_id)
    seen = edition.changed_at.isoformat()
    return {"where": where, "meetings": edition.moments, "seen": seen}


class SeriesForm(WithErrors, forms.Form):
    """The same training on more days and places: a row for each."""

    def __init__(self, *args, edition, **options):
        super().__init__(*args, **options)
        self.edition, self.may_be_asked = edition, []
        choices = wheres()
        here = ONLINE if edition.room_id is None else str(edition.room_id)
        people = trainers(edition)
        for index in range(IN_A_SERIES):
            self.fields[f"{index}-day"] = day(f"Dag {index + 1}", required=index == 0)
            self.fields[f"{index}-where"] = forms.ChoiceField(
                label="Waar", choices=choices, required=False, initial=here
            )
            self.may_be_asked.append(f"{index}-where")
            self.fields[f"{index}-trainer"] = forms.ModelChoiceField(
                people,
                label="Trainer",
                required=False,
                initial=edition.trainer,
                empty_label="Nog niemand",
            )

    @property
    def rows(self):
        return [
            [self[f"{index}-{part}"] for part in ("day", "where", "trainer")]
            for index in range(IN_A_SERIES)
        ]

    def clean(self):
        cleaned = super().clean()
        self.ones, seen = [], set()
        for index in range(IN_A_SERIES):
            on, where = cleaned.get(f"{index}-day"), cleaned.get(f"{index}-where")
            if not on:
                continue
            if not where:
                self.add_error(f"{index}-where", "Kies waar het is.")
                continue
            if (on, where) in seen:
                self.add_error(f"{index}-day", "Deze dag staat er al, op dezelfde plek.")
            seen.add((on, where))
            room = None if where == ONLINE else Room.objects.filter(pk=where).first()
            self.ones.append(
                Again(on, room, self.edition.online_link, cleaned.get(f"{index}-trainer"))
            )
        return cleaned


class CancelForm(forms.Form):
    reason = forms.CharField(
        label="Waarom gaat het niet door?", max_length=200, required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text="Dit staat in de mail en op de pagina. Noem geen mensen.",
    )  # fmt: skip


class CostsForm(forms.ModelForm):
    class Meta:
        model = Edition
        fields = ["costs", "hours", "note"]
        field_classes = {"costs": AmountField, "hours": AmountField}
        widgets = {"note": forms.Textarea(attrs={"rows": 3})}
