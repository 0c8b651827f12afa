"""A form field that takes files, and stores what was chosen when another field has an error."""

from dataclasses import dataclass, field
from datetime import timedelta

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.template.defaultfilters import filesizeformat

from kennispunt.files import actions, quota
from kennispunt.files.kinds import ALL, CONTENT_TYPES, EXTENSIONS, in_words
from kennispunt.files.models import StoredFile
from kennispunt.files.names import shown_name
from kennispunt.ui.dutch import counted
from kennispunt.ui.links import Signed

# As long as an unclaimed file is stored.
CHOSEN = Signed("kennispunt.files.forms", str, works=timedelta(days=1))


@dataclass
class Chosen:
    """The files of a form: new ones, those that were stored before, and those to take away."""

    uploads: list = field(default_factory=list)
    before: list = field(default_factory=list)
    dropped: list = field(default_factory=list)

    def __bool__(self):
        return bool(self.uploads or self.before)


class UploadInput(forms.Widget):
    """The file input, and above it what was chosen before."""

    template_name = "files/upload.html"
    needs_multipart_form = True

    def value_from_datadict(self, data, files, name):
        def several(of, key):
            return of.getlist(key) if hasattr(of, "getlist") else of.get(key, [])

        return Chosen(
            several(files, name), several(data, f"{name}-before"), several(data, f"{name}-drop")
        )

    def value_omitted_from_data(self, data, files, name):
        return name not in files and f"{name}-before" not in data

    def get_context(self, name, value, attrs):
        context = super().get_context(name, None, attrs)
        context["widget"]["kept"] = [
            {"token": token_of(file), "name": file.name, "size": filesizeformat(file.size)}
            for file in value or []
        ]
        return context


class UploadField(forms.Field):
    """Gives a list of StoredFile; the owner app claims each with its foreign key.

    A good file is stored at once, also when the form is not: nobody chooses a file twice because a
    telephone number was wrong. What is never claimed is cleaned up after a day.
    """

    widget = UploadInput

    def __init__(self, *, owner, kinds=ALL, count=None, **options):
        self.owner, self.kinds = owner, kinds
        self.count = count or settings.FILES_MAX_COUNT
        self.stored = []  # every form has its own copy of its fields
        options.setdefault("help_text", self._limits())
        super().__init__(**options)

    def widget_attrs(self, widget):
        types = [f".{EXTENSIONS[kind]},{CONTENT_TYPES[kind]}" for kind in self.kinds]
        return {"accept": ",".join(types)} | ({"multiple": True} if self.count > 1 else {})

    def prepare_value(self, value):
        return self.stored

    def has_changed(self, initial, data):
        return bool(data)

    def clean(self, chosen):
        self.stored = self._stored_before(chosen)
        problems = [problem for upload in chosen.uploads if (problem := self._take(upload))]
        if problems:
            raise ValidationError(problems)
        if self.required and not self.stored:
            raise ValidationError("Kies een bestand.")
        return self.stored

    def _take(self, upload):
        """Store one file; return the problem, when there is one."""
        if len(self.stored) >= self.count:
            return f"Je kunt hoogstens {_files(self.count)} meesturen. Haal er een weg."
        try:
            quota.refuse_too_much(upload.size)
            self.stored.append(actions.store(upload, owner=self.owner, kinds=self.kinds))
        except ValidationError as problem:
            return f"{shown_name(upload.name)[:60]}: {problem.message}"
        return None

    def _stored_before(self, chosen):
        keys = {}
        for token in chosen.before[: self.count]:
            if key := CHOSEN.read(token):
                keys[key] = token in chosen.dropped
        stored = []
        for file in StoredFile.objects.unclaimed().filter(key__in=keys, owner=self.owner):
            if keys[str(file.key)]:
                actions.remove(file)
            else:
                stored.append(file)
        return stored

    def _limits(self):
        most = f"Hoogstens {_files(self.count)}, elk" if self.count > 1 else "Eén bestand,"
        return f"{most} tot {settings.FILES_MAX_MEGABYTES} MB: {in_words(self.kinds)}."


def token_of(file):
    """Return the token by which the form says: this one I chose before. Only its reader has it."""
    return CHOSEN.token(str(file.key))


def _files(count):
    return counted(count, "bestand", "bestanden")
