"""The forms that people fill in about a party: applying, step by step, and its people."""

from django import forms

from kennispunt.elections.models import folded
from kennispunt.files.forms import UploadField
from kennispunt.parties.actions import applying, evidence
from kennispunt.parties.models import Application, Invitation, Mandate, Party
from kennispunt.parties.proposing import last_lists
from kennispunt.ui.fields import CodeField, KvkField, NameField

YES_NO = [("yes", "Ja"), ("no", "Nee")]
Kind = Application.Kind


class StepForm(forms.Form):
    """One step of an application: begins with what was saved, saves into it."""

    def __init__(self, *args, application: Application, **options):
        self.application = application
        super().__init__(*args, initial=self.saved(), **options)

    def saved(self) -> dict:
        return {name: getattr(self.application, name) for name in self.base_fields}

    def save(self) -> None:
        applying.save(self.application, **self.cleaned_data)


class ListStep(StepForm):
    """The list, or that it is not there."""

    which = forms.ChoiceField(label="Welke partij is het?", widget=forms.RadioSelect)
    party_name = NameField(
        label="Hoe heet je partij?",
        required=False,
        max_length=120,
        help_text="Vul dit in als je lijst er niet bij staat. Een werknaam mag. Stonden er meer "
        "partijen op één lijst? Kies dan die lijst, en vul hier in hoe jouw partij heet.",
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )

    def __init__(self, *args, **options):
        super().__init__(*args, **options)
        self.lists = {f"list-{one.pk}": one for one in last_lists(self.application.area)}
        listed = [(key, one.title) for key, one in self.lists.items()]
        other = [(kind.value, kind.label) for kind in Kind if kind != Kind.LIST]
        if not listed:
            other = [one for one in other if one[0] != Kind.OTHER] + [
                (Kind.OTHER.value, "We deden al eerder mee")
            ]
        self.fields["which"].choices = listed + other

    may_be_asked = ("party_name",)

    def saved(self):
        mine = self.application
        chosen = f"list-{mine.electoral_list_id}" if mine.electoral_list_id else mine.kind
        return {"which": chosen, "party_name": mine.party_name}

    def clean(self):
        cleaned = super().clean()
        which = cleaned.get("which")
        if which and which not in self.lists and not cleaned.get("party_name", "").strip():
            self.add_error("party_name", "Vul in hoe je partij heet. Een werknaam mag.")
        return cleaned

    def save(self):
        which = self.cleaned_data["which"]
        found = self.lists.get(which)
        applying.save(
            self.application,
            electoral_list=found,
            kind=Kind.LIST if found else which,
            party_name=self.own_name(found),
        )

    def own_name(self, found):
        """Return the name that was typed; with a list only if parties share it by other names."""
        typed = self.cleaned_data["party_name"].strip()
        return "" if found and folded(typed) == folded(found.name) else typed


class PersonStep(StepForm):
    """Your name, and your role in the party."""

    name = NameField(
        label="Hoe heet je?",
        max_length=150,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    role = forms.ChoiceField(
        label="Wat doe je voor je partij?",
        choices=[(value, label[0].upper() + label[1:]) for value, label in Mandate.Role.choices],
        widget=forms.RadioSelect,
    )

    def saved(self):
        return {"name": self.application.person.name, "role": self.application.role}

    def save(self):
        person = self.application.person
        person.name = self.cleaned_data["name"]
        person.save(update_fields=["name"])
        applying.save(self.application, role=self.cleaned_data["role"])


class DeclarationStep(StepForm):
    """The declaration about the party."""

    seat = forms.ChoiceField(
        label="Hoort je partij bij een partij met een zetel in de Tweede Kamer?",
        help_text="Bijvoorbeeld als afdeling, of met een naam die jullie samen gebruiken.",
        choices=YES_NO,
        widget=forms.RadioSelect,
    )
    cooperation = forms.ChoiceField(
        label="Werken jullie samen met een andere partij?",
        choices=Application.Cooperation,
        widget=forms.RadioSelect,
    )
    cooperation_with = forms.CharField(
        label="Met wie, en hoe?", required=False, max_length=300,
        help_text="Alleen als je samenwerkt. Eén zin is genoeg.",
    )  # fmt: skip
    legal_form = forms.ChoiceField(
        label="Wat voor organisatie is het?",
        choices=[(value, label.capitalize()) for value, label in Party.LegalForm.choices if value]
        + [("", "Weet ik niet")],
        required=False,
        widget=forms.RadioSelect,
    )
    kvk_number = KvkField(required=False)

    may_be_asked = ("cooperation_with",)

    def saved(self):
        mine = self.application
        seat = {None: None, True: "no", False: "yes"}[mine.no_national_seat]
        names = ("cooperation", "cooperation_with", "legal_form", "kvk_number")
        return {"seat": seat} | {name: getattr(mine, name) for name in names}

    def clean(self):
        cleaned = super().clean()
        alone = cleaned.get("cooperation") in (None, Application.Cooperation.NONE)
        if not alone and not cleaned.get("cooperation_with"):
            self.add_error("cooperation_with", "Vul in met wie jullie samenwerken, en hoe.")
        return cleaned

    def save(self):
        fields = dict(self.cleaned_data)
        applying.save(self.application, no_national_seat=fields.pop("seat") == "no", **fields)


class ProofStep(StepForm):
    """The way in which we may check that you speak for the party."""

    proof = forms.ChoiceField(
        label="Hoe mogen we nagaan dat jij voor deze partij spreekt?",
        help_text="Kies wat voor jou het makkelijkst is. We doen alleen wat je hier kiest.",
        choices=Application.Proof,
        widget=forms.RadioSelect,
    )
    proof_at = forms.CharField(
        label="Waar vinden we dat?", required=False, max_length=200,
        help_text="Bijvoorbeeld de website waarop het mailadres of telefoonnummer staat, "
        "of de naam van je collega.",
    )  # fmt: skip
    upload = UploadField(
        label="Bewijs", required=False, owner=evidence.OWNER, count=1,
        help_text="Alleen als je een bewijs meestuurt, zoals een foto van een brief of een pdf. "
        "Streep door wat wij niet hoeven te weten, zoals je BSN. Hoogstens 10 MB.",
    )  # fmt: skip
    remark = forms.CharField(
        label="Wil je nog iets kwijt?", required=False, max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )  # fmt: skip
    heard_from = forms.ChoiceField(
        label="Hoe heb je ons gevonden?", required=False,
        help_text="Hoeft niet. We tellen dit alleen, en nooit minder dan vijf partijen.",
        choices=[*Application.HeardFrom.choices, ("", "Zeg ik liever niet")],
        widget=forms.RadioSelect,
    )  # fmt: skip

    may_be_asked = ("proof_at", "upload")

    def clean(self):
        cleaned = super().clean()
        proof = cleaned.get("proof")
        needs_no_place = proof in (None, Application.Proof.DOCUMENT)
        if not needs_no_place and not cleaned.get("proof_at"):
            self.add_error("proof_at", "Vul in waar we het vinden, of bij wie.")
        is_document = proof == Application.Proof.DOCUMENT
        is_sent = "upload" in self.errors or cleaned.get("upload") or self.application.file
        if is_document and not is_sent:
            self.add_error("upload", "Kies het bestand dat je meestuurt.")
        return cleaned

    def saved(self):
        names = ("proof", "proof_at", "remark", "heard_from")
        return {name: getattr(self.application, name) for name in names}

    def save(self):
        fields = dict(self.cleaned_data)
        sent = fields.pop("upload")  # a list
        if self.cleaned_data["proof"] != Application.Proof.DOCUMENT:
            fields["file"] = None
        elif sent:
            [fields["file"]] = sent
        applying.save(self.application, **fields)


class ConsentForm(forms.Form):
    """Yes, keep this of me. The words are kept with the yes."""

    consent = forms.BooleanField(
        error_messages={"required": "Zet een vinkje als je dit goed vindt."}
    )

    def __init__(self, *args, words: str, **options):
        super().__init__(*args, **options)
        self.fields["consent"].label = words


class JoinForm(ConsentForm):
    """Yes to an invitation; with a name, by which colleagues know each other."""

    name = NameField(
        label="Je naam",
        help_text="Zo zien je collega’s van de partij je.",
        max_length=150,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )

    field_order = ["name", "consent"]

    def __init__(self, *args, person, **options):
        super().__init__(*args, **options)
        self.person = person
        if person.name:
            del self.fields["name"]

    def keep_name(self) -> None:
        if name := self.cleaned_data.get("name"):
            self.person.name = name
            self.person.save(update_fields=["name"])


class CodeForm(forms.Form):
    code = CodeField(
        label="De code die je collega kreeg", max_length=20,
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "characters"}),
    )  # fmt: skip


class AnswerForm(forms.Form):
    answer = forms.CharField(
        label="Je antwoord", max_length=5000, widget=forms.Textarea(attrs={"rows": 5})
    )


class ObjectionForm(forms.Form):
    words = forms.CharField(
        label="Wat klopt er volgens jou niet?",
        help_text="Gewone woorden zijn genoeg.",
        max_length=5000,
        widget=forms.Textarea(attrs={"rows": 6}),
    )


class RegistrationForm(forms.Form):
    """Founders tell that their name is registered."""

    name = NameField(label="De naam zoals die is geregistreerd", max_length=120)
    source = forms.CharField(
        label="Waar staat dat?", max_length=150,
        help_text="Bijvoorbeeld het adres van de bekendmaking, of de datum van het besluit.",
    )  # fmt: skip


class RightsForm(forms.ModelForm):
    """Role and rights of a colleague."""

    class Meta:
        model = Mandate
        fields = ["role", "may_book", "may_vote", "may_manage"]
        labels = {
            "role": "Wat doet je collega?",
            "may_book": "Mag plaatsen bij trainingen nemen",
            "may_vote": "Mag stemmen voor de partij",
            "may_manage": "Mag collega’s uitnodigen en verwijderen",
        }


class InvitationForm(forms.ModelForm):
    class Meta:
        model = Invitation
        fields = ["email", "role", "may_book", "may_vote", "may_manage"]
        labels = {"email": "Mailadres van je collega"} | RightsForm.Meta.labels
        widgets = {"email": forms.EmailInput(attrs={"autocomplete": "off"})}


class PublicForm(forms.ModelForm):
    """The details that everyone may read about the party in the register."""

    website = forms.URLField(label="Website", required=False, assume_scheme="https")

    class Meta:
        model = Party
        fields = ["is_shown", "website", "public_email", "about"]
        labels = {
            "is_shown": "Toon dit in het openbare register",
            "public_email": "Mailadres voor iedereen",
            "about": "Wie jullie zijn, in een paar zinnen",
        }
        widgets = {"about": forms.Textarea(attrs={"rows": 3})}
