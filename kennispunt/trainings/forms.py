"""The forms about somebody's place."""

from django import forms

from kennispunt.parties.models import Mandate
from kennispunt.trainings.models import Registration


class AnswersForm(forms.ModelForm):
    """The things that we ask somebody about themselves: only those that this edition needs."""

    class Meta:
        model = Registration
        fields = ["question", "diet", "access"]
        labels = {
            "question": "Wat is je grootste vraag over dit onderwerp?",
            "diet": "Wat eet je niet?",
            "access": "Wat heb je nodig om mee te doen?",
        }
        help_texts = {
            "question": "Eén zin is genoeg. De trainer past de avond erop aan.",
            "diet": "Wij geven dit door aan de keuken, zonder je naam.",
            "access": "Bijvoorbeeld een zaal zonder trap, of een tolk.",
        }
        widgets = {"question": forms.Textarea(attrs={"rows": 3})}

    def __init__(self, *args, edition, **kwargs):
        super().__init__(*args, **kwargs)
        if not edition.asks_diet:
            del self.fields["diet"]
        if not edition.asks_access:
            del self.fields["access"]


class SignUpForm(AnswersForm):
    """The people who come, and some things about myself. Colleagues fill in their own."""

    who = forms.MultipleChoiceField(
        label="Wie komt er?",
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Kies ten minste één persoon."},
    )
    same_day = forms.BooleanField(
        label="Ik weet dat er die dag nog een training is, en schrijf toch in", required=False
    )

    field_order = ["who", "question", "diet", "access", "same_day"]

    def __init__(self, *args, mandates: list[Mandate], me, **kwargs):
        super().__init__(*args, **kwargs)
        self.me = me
        self.mandates = {str(one.person_id): one for one in mandates}
        names = {
            key: "Ikzelf" if one.person_id == me.pk else one.who
            for key, one in self.mandates.items()
        }
        self.fields["who"].choices = sorted(names.items(), key=lambda pair: pair[0] != str(me.pk))
        self.fields["who"].initial = [str(me.pk)]
        if len(names) > 1:
            self.fields[
                "who"
            ].help_text = "Wie je meeneemt, krijgt zelf een mail en vult de eigen vraag in."
        del self.fields["same_day"]

    def warn_of_same_day(self, others: list[Registration]):
        """Somebody has another training that day: ask whether that is meant."""
        field = SignUpForm.base_fields["same_day"]
        self.fields["same_day"] = field
        if self.data.get("same_day"):
            return
        mine = {one.edition.training.title for one in others if one.person_id == self.me.pk}
        who = [f"Die dag is er ook: {', '.join(sorted(mine))}."] if mine else []
        if any(one.person_id != self.me.pk for one in others):
            who.append("Iemand die je meeneemt, heeft die dag al een training.")
        self.add_error("same_day", f"{' '.join(who)} Zet een vinkje als dat de bedoeling is.")

    @property
    def chosen(self) -> list[Mandate]:
        return [self.mandates[key] for key in self.cleaned_data["who"]]
