"""What is sent in the back office: files with results."""

from django import forms
from django.core import signing

SALT = "elections.results"
ONE_HOUR = 3600


class ManyFilesInput(forms.FileInput):
    allow_multiple_selected = True

    def value_from_datadict(self, data, files, name):
        return files.getlist(name)


class ManyFiles(forms.FileField):
    """One or more files, as pairs of a name and the content."""

    widget = ManyFilesInput(attrs={"multiple": True, "accept": ".csv,text/csv"})

    def clean(self, data, initial=None):
        kept = [super(ManyFiles, self).clean(file, initial) for file in data or [None]]
        return [(file.name, file.read()) for file in kept]


class ResultsForm(forms.Form):
    """The files to look at."""

    files = ManyFiles(
        label="Bestanden",
        allow_empty_file=True,  # importing.py says what is wrong with it
        error_messages={"required": "Kies een of meer bestanden."},
    )


class ConfirmForm(forms.Form):
    """The files that were looked at, sealed: nothing is kept in between, nor a name of a person."""

    sealed = forms.CharField(widget=forms.HiddenInput)

    def clean_sealed(self):
        try:
            files = signing.loads(self.cleaned_data["sealed"], salt=SALT, max_age=ONE_HOUR)
        except signing.BadSignature:
            raise forms.ValidationError(
                "Dit is langer dan een uur geleden. Kies de bestanden opnieuw."
            ) from None
        return [(name, text.encode()) for name, text in files]


def seal(files) -> str:
    return signing.dumps([(file.name, file.as_csv()) for file in files], salt=SALT, compress=True)
