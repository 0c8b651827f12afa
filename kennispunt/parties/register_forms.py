"""The forms of the staff for the register. Each saves with one action."""

from django import forms
from django.db.models import Prefetch
from django.utils.timezone import localdate

from kennispunt.elections import area_elections, finding
from kennispunt.elections.models import Area
from kennispunt.parties import consequences
from kennispunt.parties.actions import lineage, register
from kennispunt.parties.mergers import gone, kin
from kennispunt.parties.models import Lineage, Party
from kennispunt.parties.proposing import lists_around, lists_like
from kennispunt.ui.answering import refusal_in
from kennispunt.ui.dutch import counted
from kennispunt.ui.fields import DayField, KvkField, NameField, RowsField

SOURCE = "Bijvoorbeeld: mail van de partij, 3 november. Noem geen mensen."


class RegisterForm(forms.Form):
    """Begins with a party, ends with an action. What the action refuses stands at the field."""

    def __init__(self, *args, party, **options):
        self.party = party
        super().__init__(*args, **options)
        self.prepare()

    def prepare(self):
        """Fill in what can be chosen."""

    def save(self, by) -> bool:
        with refusal_in(self):
            self.act(by)
            return True
        return False


def day(label, **options):
    return DayField(label=label, **options)


def source():
    return forms.CharField(label="Hoe weten we dit?", max_length=200, help_text=SOURCE)


def name(label):
    widget = forms.TextInput(attrs={"autocomplete": "off"})
    return NameField(label=label, max_length=120, widget=widget)


class RenameForm(RegisterForm):
    name = name("De nieuwe naam")
    on = day("Vanaf welke dag?", help_text="Een dag die nog komt mag: dan gaat het vanzelf in.")
    source = source()

    def act(self, by):
        register.rename(self.party, **self.cleaned_data, by=by)


class CorrectForm(RegisterForm):
    name = name("Zo hoort het")

    def act(self, by):
        register.correct_name(self.party, **self.cleaned_data, by=by)


class AliasForm(RegisterForm):
    name = name("Ook wel")

    def act(self, by):
        register.add_alias(self.party, **self.cleaned_data, by=by)


class AreaForm(RegisterForm):
    """An area, typed by its name; of two with one name the staff chooses."""

    area = forms.CharField(label="Welk gebied?", max_length=60,
                           help_text="Een gemeente, provincie of waterschap.")  # fmt: skip
    which = forms.ChoiceField(label="Welke bedoel je?", required=False, widget=forms.RadioSelect)
    may_be_asked = ("which",)
    on = day("Sinds welke dag?", required=False, help_text="Leeg: dat weten we niet.")
    source = source()

    def prepare(self):
        typed = self["area"].value() or ""
        today = localdate()
        found = finding.find(typed, today) if self.is_bound else finding.Found()
        self.found = [one for one in found.areas if one.exists_on(today)]
        self.is_sure = len(self.found) == 1 and not found.hint
        if self.found and not self.is_sure:
            choices = [(one.code, one.title.capitalize()) for one in self.found]
            self.fields["which"].choices = choices
        else:
            del self.fields["which"]

    def clean(self):
        cleaned = super().clean()
        if not cleaned.get("area"):
            return cleaned
        chosen = {one.code: one for one in self.found}.get(cleaned.get("which"))
        if not self.found:
            self.add_error("area", "Dit gebied kennen we niet, of het bestaat niet meer.")
        elif not self.is_sure and chosen is None and "which" not in self.errors:
            self.add_error("which", "Zo heet er geen, of er zijn er meer. Kies er een.")
        self.chosen = chosen or next(iter(self.found), None)
        return cleaned

    def act(self, by):
        cleaned = self.cleaned_data
        register.add_area(
            self.party, area=self.chosen, on=cleaned["on"], source=cleaned["source"], by=by
        )


class AreaEndForm(RegisterForm):
    area = forms.ModelChoiceField(label="Welk gebied?", queryset=Area.objects.none())
    on = day("Sinds welke dag niet meer?", help_text="De eerste dag zonder. Later mag ook.")
    source = source()

    def prepare(self):
        self.fields["area"].queryset = self.party.areas.all()

    def act(self, by):
        register.end_area(self.party, **self.cleaned_data, by=by)


class GoOverForm(RegisterForm):
    """An area of the party merged: where does it go on?"""

    new = RowsField(
        label="Waar doet de partij nu mee?", queryset=Area.objects.none(),
        widget=forms.CheckboxSelectMultiple,
    )  # fmt: skip

    def prepare(self):
        self.old = next(iter(gone(self.party, localdate())), None)
        heirs = area_elections.heirs(self.old, localdate()) if self.old else []
        self.fields["new"].queryset = Area.objects.filter(pk__in=[one.pk for one in heirs])
        if len(heirs) == 1:
            self.initial["new"] = heirs

    def act(self, by):
        if self.old:
            new = list(self.cleaned_data["new"])
            register.go_over(self.party, old=self.old, new=new, by=by)


class ListsForm(RegisterForm):
    """Lists that may be of the party: those with such a name, and all others of its area."""

    proposed = forms.MultipleChoiceField(
        label="Lijsten met zo’n naam", required=False, widget=forms.CheckboxSelectMultiple,
        help_text="Een voorstel. Kruis alleen aan wat je zeker weet.",
    )  # fmt: skip
    other = forms.ChoiceField(
        label="Een andere lijst uit dit gebied", required=False,
        help_text="Bijvoorbeeld een gezamenlijke lijst die anders heette.",
    )  # fmt: skip

    def prepare(self):
        linked = set(self.party.lists.values_list("pk", flat=True))
        names = [self.party.name, *(one.name for one in self.party.names.all())]
        self.all, proposed = {}, {}
        for area in self.party.areas.all():
            for one in lists_around(area):
                if one.pk not in linked:
                    self.all[str(one.pk)] = one
            for written in dict.fromkeys(names):
                for found in lists_like(written, area):
                    key = str(found.list.pk)
                    if key in self.all and key not in proposed:
                        proposed[key] = f"{self.title_of(found.list)}: {WHY[found.why]}"
        if proposed:
            self.fields["proposed"].choices = list(proposed.items())
        else:
            del self.fields["proposed"]
        others = [(key, self.title_of(one)) for key, one in self.all.items() if key not in proposed]
        self.fields["other"].choices = [("", "Geen"), *others]
        self.is_empty = not self.all

    @staticmethod
    def title_of(one):
        seats = counted(one.seats, "zetel", "zetels")
        return f"{one.title} ({one.result.in_words}, {seats})"

    def clean(self):
        cleaned = super().clean()
        if not self.errors and not cleaned.get("proposed") and not cleaned.get("other"):
            self.add_error(next(iter(self.fields)), "Kies eerst een lijst.")
        return cleaned

    def act(self, by):
        chosen = [*self.cleaned_data.get("proposed", []), self.cleaned_data["other"]]
        lists = [self.all[key] for key in chosen if key]
        register.link_lists(self.party, lists, by=by)


WHY = {
    "exact": "dezelfde naam",
    "zonder toevoeging": "dezelfde naam, op de plaats of een toevoeging na",
    "lijkt erop": "lijkt erop",
}


class DetailsForm(RegisterForm):
    legal_form = forms.ChoiceField(
        label="Rechtsvorm", required=False,
        choices=[(value, label.capitalize()) for value, label in Party.LegalForm.choices],
    )  # fmt: skip
    kvk_number = KvkField(required=False)

    def prepare(self):
        self.initial |= {
            "legal_form": self.party.legal_form, "kvk_number": self.party.kvk_number,
        }  # fmt: skip

    def act(self, by):
        register.save_details(self.party, **self.cleaned_data, by=by)


class LineageForm(RegisterForm):
    """The party went on as another one, perhaps together with others."""

    kind = forms.ChoiceField(
        label="Wat gebeurt er?", widget=forms.RadioSelect,
        choices=[
            (Lineage.Kind.MERGED, "Fusie: de partij gaat op in een andere"),
            (Lineage.Kind.CONTINUED, "Doorstart: de partij gaat verder als een andere"),
            (Lineage.Kind.SPLIT, "Splitsing: een deel gaat verder als een andere partij"),
        ],
    )  # fmt: skip
    others = RowsField(
        label="Welke partijen gaan nog meer op in die andere?", required=False,
        queryset=Party.objects.none(), widget=forms.CheckboxSelectMultiple,
        help_text="Alleen bij een fusie.",
    )  # fmt: skip
    new = forms.ModelChoiceField(
        label="Welke partij is die andere?", required=False, queryset=Party.objects.none(),
        empty_label="Een nieuwe partij",
    )  # fmt: skip
    new_name = NameField(
        label="Naam van de nieuwe partij", required=False, max_length=120,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
        help_text="Over een nieuwe partij besluit je apart: er komt een zaak op de balie.",
    )  # fmt: skip
    on = day("Vanaf welke dag?", help_text="De dag ervoor is de laatste van wie opgaat.")
    source = source()
    may_be_asked = ("new_name",)
    letters = None  # what is mailed, once it has to be confirmed

    def prepare(self):
        ground = kin(self.party.areas.values_list("code", flat=True))
        near = Party.objects.filter(areas__in=ground).exclude(pk=self.party.pk).distinct()
        near = near.exclude(status=Party.Status.NONE).order_by("name", "pk")
        self.fields["others"].queryset = self.fields["new"].queryset = near
        if not near:
            del self.fields["others"]

    def clean(self):
        cleaned = super().clean()
        new, typed = cleaned.get("new"), cleaned.get("new_name", "")
        if "new" not in self.errors and not new and not typed:
            self.add_error("new_name", "Kies hierboven een partij, of vul een naam in.")
        if new and typed:
            self.add_error("new_name", "Je koos al een partij. Maak dit leeg, of kies geen partij.")
        if cleaned.get("others") and cleaned.get("kind") not in ("", None, Lineage.Kind.MERGED):
            self.add_error("others", "Dit kan alleen bij een fusie.")
        if not self.errors:
            self.ask_to_tell([self.party, *cleaned.get("others", ())])
        return cleaned

    def ask_to_tell(self, olds):
        """People are mailed at once: how many, and what they read, is seen first."""
        cleaned = self.cleaned_data
        self.letters = consequences.of_going_on(olds, cleaned["kind"], cleaned["on"])
        if self.letters:
            label = f"{self.letters.mails} nu deze mail.".capitalize()
            self.fields["tell"] = forms.BooleanField(label=label)
            if not self.data.get(self.add_prefix("tell")):
                self.add_error("tell", "Lees de mail hieronder. Zet dan een vinkje.")

    def act(self, by):
        values = {name: value for name, value in self.cleaned_data.items() if name != "tell"}
        values["others"] = list(values.get("others", ()))
        lineage.record_lineage(self.party, **values, by=by)


# In the order of the page; the name stands in the address.
FORMS = {
    "naam": RenameForm,
    "schrijffout": CorrectForm,
    "ook-wel": AliasForm,
    "gebied": AreaForm,
    "gebied-uit": AreaEndForm,
    "overgegaan": GoOverForm,
    "lijsten": ListsForm,
    "gegevens": DetailsForm,
    "afkomst": LineageForm,
}


def shown_lists(party):
    """The lists it stood on, each with the other parties of a joint one."""
    others = Prefetch("parties", queryset=Party.objects.exclude(pk=party.pk))
    lists = party.lists.select_related("result__election", "result__area")
    return lists.prefetch_related(others).order_by("-result__election__date", "name")
