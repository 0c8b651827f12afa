"""Every component with example data, at /ui/. Only there in development."""

from datetime import date, timedelta

from django import forms
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.shortcuts import render
from django.views.decorators.http import require_safe

from kennispunt.ui.discovery import modules
from kennispunt.ui.icons import SHAPES

EXAMPLE_DAY = date(2026, 12, 21)
LONG = "Gemeenschapsbelangenvereniging Noordoostpolder-Weststellingwerf"


class ExampleForm(forms.Form):
    """One of each kind of field."""

    name = forms.CharField(
        label="Hoe heet je?", widget=forms.TextInput(attrs={"autocomplete": "name"})
    )
    email = forms.EmailField(
        label="Je e-mailadres",
        help_text="Je krijgt eerst een mail om te bevestigen.",
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )
    people = forms.IntegerField(
        label="Met hoeveel mensen kom je?",
        help_text="Jij telt mee. Hoogstens 3 van één partij.",
        max_value=3,
        error_messages={"max_value": "Je kunt met hoogstens 3 mensen komen. Vul 1, 2 of 3 in."},
    )
    day = forms.DateField(
        label="Op welke dag?", required=False, widget=forms.DateInput(attrs={"type": "date"})
    )
    topic = forms.ChoiceField(
        label="Waar gaat het over?",
        choices=[("", "Kies een onderwerp"), ("money", "Geld"), ("members", LONG)],
    )
    question = forms.CharField(
        label="Wat wil je die avond leren?",
        help_text="Eén zin is genoeg.",
        required=False,
        widget=forms.Textarea,
    )
    hurry = forms.ChoiceField(
        label="Is er een dag waarop je het moet weten?",
        choices=[("day", "Vóór 21 december"), ("no", "Nee, geen haast")],
        widget=forms.RadioSelect,
    )
    wishes = forms.MultipleChoiceField(
        label="Wil je iets laten weten?",
        required=False,
        choices=[
            ("ramp", "Ik kom met een rolstoel of rollator"),
            ("lift", "Ik kan iemand een lift geven"),
        ],
        widget=forms.CheckboxSelectMultiple,
    )
    share = forms.BooleanField(
        label="Ja, anderen mogen van het antwoord leren, zonder mijn naam, partij en gemeente",
        help_text="Je leest de tekst eerst zelf na.",
    )

    def clean(self):
        if self.cleaned_data.get("name") == "Anna":
            raise ValidationError("Deze training is vol. Kies een andere of ga op de wachtlijst.")


@require_safe
def gallery(request):
    wrong = {"name": "Anna", "people": "5", "question": "Veel mensen vinden ons aardig."}
    context = {
        "icons": sorted(SHAPES),
        "day": EXAMPLE_DAY,
        "yesterday": EXAMPLE_DAY - timedelta(days=1),
        "tomorrow": EXAMPLE_DAY + timedelta(days=1),
        "long": LONG,
        "next_days": [
            {
                "date": date(2027, 1, 18),
                "title": "Waarborgsom voor de lijst betaald",
                "url": "#due",
            },
            {"date": date(2027, 2, 1), "title": "Kandidatenlijst inleveren"},
            {"date": date(2027, 3, 17), "title": "Verkiezingen"},
        ],
        "lights": [(194, 52), (123, 100), (161, 166), (161, 224)],
        "lights_said": "Nederland in stippen. Trainingen in Drachten, Hoorn, Ede en Boekel.",
        "toc_parts": [("pagina", "De pagina"), ("lezen", "Lezen"), ("formulier", "Formulier")],
        "page": Paginator(range(500), 25).get_page(request.GET.get("page", 7)),
        # Components of other apps: each may have a samples.py with `samples()`: (title, form).
        "samples": [sample for module in modules("samples") for sample in module.samples()],
        "empty_form": ExampleForm(prefix="leeg"),
        "wrong_form": ExampleForm(
            {f"fout-{name}": value for name, value in wrong.items()}, prefix="fout"
        ),
    }
    return render(request, "ui/gallery.html", context)
