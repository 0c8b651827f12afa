"""The forms of the back office: files with results."""

from datetime import timedelta

from django import forms

from kennispunt.ui.links import Signed

# Pairs of a name and its content.
LOOKED_AT = Signed("elections.results", list, works=timedelta(hours=1), compress=True)


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
        files = LOOKED_AT.read(self.cleaned_data["sealed"])
        if files is None:
            raise forms.ValidationError(
                "Dit is langer dan een uur geleden. Kies de bestanden opnieuw."
            )
        return [(name, text.encode()) for name, text in files]


def seal(files) -> str:
    return LOOKED_AT.token([(file.name, file.as_csv()) for file in files])
