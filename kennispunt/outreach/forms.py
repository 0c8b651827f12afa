"""The forms of the staff: a table with addresses, and a letter."""

from django import forms

from kennispunt.outreach import addresses
from kennispunt.outreach.models import Mailing
from kennispunt.pages.references import References, problems


class UploadForm(forms.Form):
    file = forms.FileField(
        label="CSV-bestand",
        help_text="Met een kolom voor de gemeente (naam of CBS-code) en een voor het mailadres.",
    )

    def clean_file(self):
        file = self.cleaned_data["file"]
        if file.size > addresses.LARGEST:
            raise forms.ValidationError("Dit bestand is te groot: hoogstens 1 MB.")
        self.table = addresses.read(file.read())
        return file


class ColumnsForm(forms.Form):
    """The meaning of each column. The table itself travels along: nothing is uploaded twice."""

    area = forms.TypedChoiceField(label="Kolom met het gebied", coerce=int)
    email = forms.TypedChoiceField(label="Kolom met het mailadres", coerce=int)
    source = forms.CharField(
        label="Waar komt het bestand vandaan?",
        max_length=200,
        help_text="Bijvoorbeeld: Register van Overheidsorganisaties, 24 november 2026.",
    )
    content = forms.CharField(widget=forms.HiddenInput, max_length=2 * addresses.LARGEST)

    def __init__(self, data=None, *, table=None, content="", **kwargs):
        if table is None:
            content = data.get("content", "")
            table = addresses.read(content.encode())
        self.table = table
        initial = {
            "area": table.guess("code", "gemeente", "gebied", "naam", "organisatie"),
            "email": table.guess("mail", "adres"),
            "content": content,
        }
        super().__init__(data, initial=initial, **kwargs)
        choices = list(enumerate(table.columns))
        self.fields["area"].choices = self.fields["email"].choices = choices


class MailingForm(forms.ModelForm):
    """A letter. `seen` says what was on the screen when somebody began to change it."""

    seen = forms.CharField(required=False, widget=forms.HiddenInput)

    class Meta:
        model = Mailing
        fields = ["subject", "body", "moment"]
        widgets = {"body": forms.Textarea(attrs={"rows": 14})}
        help_texts = {
            "subject": "Geen naam van een partij.",
            "body": "Begin met wat de griffier kan doen. De link naar het pakket van de eigen "
            "gemeente komt er vanzelf onder.",
        }

    def clean_body(self):
        body = self.cleaned_data["body"]
        if found := [one.message for one in problems(body, References())]:
            raise forms.ValidationError(found)
        return body
