"""The upload field with example data, for the gallery of components."""

from django import forms

from kennispunt.files.forms import UploadField
from kennispunt.files.kinds import PICTURES
from kennispunt.files.models import StoredFile


class _Form(forms.Form):
    papers = UploadField(
        label="Waaruit blijkt dat je meedoet?", owner="files.samples", count=3, required=False
    )
    photo = UploadField(label="Een foto", owner="files.samples", kinds=PICTURES, count=1)


def samples():
    form = _Form({}, prefix="voorbeeld")
    form.full_clean()
    form.fields["papers"].stored = [
        StoredFile(name="Besluit centraal stembureau 2026.pdf", size=812_000),
        StoredFile(name=f"{'Gemeenschapsbelangen' * 4}.docx", size=24_000),
    ]
    yield "Bestanden kiezen", form
