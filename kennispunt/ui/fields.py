"""Fields that clean what is typed or pasted before they look at it.

None has a maxlength: a browser would cut what was pasted without a word.
"""

from datetime import date

from django import forms
from django.core.validators import MaxValueValidator, MinValueValidator, RegexValidator
from django.db import models

from kennispunt.ui import cleaning


class NameField(forms.CharField):
    """One line: a name or a title, without what nobody sees."""

    def to_python(self, value):
        return super().to_python(cleaning.one_line(value) if isinstance(value, str) else value)

    def widget_attrs(self, widget):
        attrs = super().widget_attrs(widget)
        attrs.pop("maxlength", None)
        return attrs


class CodeField(NameField):
    """A code that we mailed, or of an app."""

    def to_python(self, value):
        return super().to_python(cleaning.code(value) if isinstance(value, str) else value)


class KvkField(NameField):
    """Eight digits; "" when it is left empty."""

    def __init__(self, **options):
        options.setdefault(
            "widget", forms.TextInput({"inputmode": "numeric", "autocomplete": "off"})
        )
        super().__init__(label="KVK-nummer", **options)
        self.validators.append(RegexValidator(r"\A[0-9]{8}\Z", "Een KVK-nummer heeft 8 cijfers."))

    def to_python(self, value):
        return super().to_python(cleaning.kvk(value) if isinstance(value, str) else value)


class AddressField(forms.EmailField):
    """A mail address, in the one way in which we keep it."""

    def to_python(self, value):
        return cleaning.mail_address(super().to_python(value))


class AmountField(forms.DecimalField):
    """A number as one writes it here: 1.250,75 or € 99,50."""

    widget = forms.TextInput

    def __init__(self, **options):
        super().__init__(**options)
        self.localize = self.widget.is_localized = True

    def widget_attrs(self, widget):
        return {**super().widget_attrs(widget), "inputmode": "decimal"}

    def to_python(self, value):
        if isinstance(value, str):  # a point before the cents, which Django takes in every language
            value = cleaning.amount(value)
        return super().to_python(value)


class DayField(forms.DateField):
    """A day of our own times: one of the year 1 or 9999 is a slip, and cannot be counted with."""

    def __init__(self, **options):
        options.setdefault("widget", forms.DateInput({"type": "date"}, "%Y-%m-%d"))
        super().__init__(**options)
        self.validators += [
            MinValueValidator(date(1900, 1, 1), "Dit is geen dag van deze tijd."),
            MaxValueValidator(date(2200, 1, 1), "Dit is geen dag van deze tijd."),
        ]

    def to_python(self, value):
        if isinstance(value, str):
            value = cleaning.plain_digits(cleaning.one_line(value))
        return super().to_python(value)


class RowsField(forms.ModelMultipleChoiceField):
    """Rows to tick. A number that no row can have is no choice: SQLite fails at it (pk__in)."""

    def clean(self, value):
        numbered = isinstance(self.queryset.model._meta.pk, models.IntegerField)
        for key in value if numbered and isinstance(value, list | tuple) else ():
            if cleaning.row_number(str(key)) is None:
                raise forms.ValidationError(
                    self.error_messages["invalid_choice"], "invalid_choice", {"value": key}
                )
        return super().clean(value)
