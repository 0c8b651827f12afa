"""The look of every form: label, help, error, field; and a summary of errors on top."""

from django import forms
from django.forms.renderers import DjangoTemplates

# Django says "Dit veld is verplicht."; we say what to do.
WHEN_EMPTY = {
    "line": "Vul dit in.",
    "list": "Kies er een.",
    "group": "Kies wat bij je past.",
    "tick": "Zet een vinkje om verder te gaan.",
}


class BoundField(forms.BoundField):
    """A field with its value and errors, and what our templates ask about it."""

    @property
    def kind(self):
        """The kind of field: a tick, a choice from a group or a list, or a line to fill in."""
        if isinstance(self.field.widget, forms.CheckboxInput):
            return "tick"
        if self.use_fieldset:
            return "group"
        return "list" if isinstance(self.field.widget, forms.Select) else "line"

    @property
    def classes(self):
        """Of the element around it: the kind, whether it is wrong, and what the form adds."""
        said = ["field", f"field--{self.kind}", "field--error" * bool(self.errors)]
        return " ".join(filter(None, [*said, self.css_classes()]))

    @property
    def is_optional(self):
        """Whether to say so: a single tick needs no telling, and of what another answer may ask
        for (`form.may_be_asked`) it would not be true.
        """
        asked = self.name in getattr(self.form, "may_be_asked", ())
        return not self.field.required and not asked and self.kind != "tick"

    @property
    def focus_id(self):
        """Return where the error summary sends the reader: the field, or the first of its group."""
        return self.id_for_label or f"{self.auto_id}_0"

    @property
    def messages(self):
        """Return what is wrong, each said as what to do."""
        return [self._message(error) for error in self.errors.as_data()]

    @property
    def summaries(self):
        """The same for the summary on top of the form, where the label is not in sight."""
        label = str(self.label or "")
        between = " " if label.endswith(("?", ".", "!")) or not label else ": "
        return [f"{label}{between}{message}" for message in self.messages]

    def _message(self, error):
        [message] = error.messages
        said_by_django = forms.Field.default_error_messages.get(error.code)
        return WHEN_EMPTY[self.kind] if message == said_by_django else message


class FormRenderer(DjangoTemplates):
    """FORM_RENDERER: {{ form }} is the error summary and all fields, also for forms of others."""

    form_template_name = "ui/form.html"
    field_template_name = "ui/field.html"
    bound_field_class = BoundField
