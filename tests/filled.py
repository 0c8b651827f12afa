"""A row in every table, filled with one word wherever words can stand: who looks for it afterwards
sees what is left of a person.

Rows are made from the models themselves, so a table or column that comes is filled without anybody
thinking of it. GIVEN says what a constraint asks.
"""

from contextlib import suppress
from datetime import timedelta
from email import message_from_bytes, policy

from django.apps import apps
from django.contrib.sessions.models import Session
from django.core.files.base import ContentFile
from django.core.files.storage import storages
from django.db import connection, models
from django.utils import timezone
from django.utils.timezone import localdate

MARK = "Kwartel"
ADDRESS = "kwartel@example.org"
MESSAGE = f"From: {ADDRESS}\nTo: {ADDRESS}\nSubject: {MARK}\n\n{MARK} zegt iets.\n".encode()
USER = "accounts.User"


class Filled:
    """Makes one row of each model, everything about and by one person. What holds `nobody` is
    filled with other words."""

    def __init__(self, person, given, nobody):
        self.person, self.given, self.nobody, self.rows = person, given, nobody, {}

    def row(self, label):
        """The row of this model, made when it is not there yet."""
        if label not in self.rows:
            model = apps.get_model(label)
            given = self.given.get(label, {})
            given = given(self) if callable(given) else given
            fields = {
                field.name: self.value(field)
                for field in model._meta.concrete_fields
                if field.name not in given and not is_numbered(field)
            }
            made = model(**fields | given)
            # As it stands, without what save() would make of it; then its own times.
            models.Model.save(made, force_insert=True)
            self.rows[label] = made
        return self.rows[label]

    def value(self, field):
        if field.is_relation:
            return self.person if field.related_model._meta.label == USER else self.other(field)
        if field.choices:
            return field.choices[0][0]
        if field.model._meta.label in self.nobody:
            return value_of(field, "Gewoon", "gewoon@example.org")
        return value_of(field, MARK, ADDRESS)

    def other(self, field):
        label = field.related_model._meta.label
        return self.row(label) if label in self.rows or not field.null else None


def is_numbered(field):
    """Whether the database makes it by itself."""
    return field.primary_key and field.get_internal_type().endswith("AutoField")


def value_of(field, word, address):
    """The word, in whatever holds words; else something that fits."""
    kind = field.get_internal_type()
    if isinstance(field, models.FileField):
        return ContentFile(f"{word} in een bestand".encode(), "x")
    if isinstance(field, models.EmailField):
        return address
    if isinstance(field, models.GenericIPAddressField):
        return "203.0.113.77"
    if kind in ("CharField", "TextField", "SlugField", "URLField"):
        return f"{word} {field.name}"[: field.max_length or None]
    simple = {
        "JSONField": [word],
        "BinaryField": MESSAGE,
        "BooleanField": False,
        "DateField": localdate() - timedelta(days=1),
        "DateTimeField": timezone.now() - timedelta(days=1),
        "UUIDField": field.get_default() if field.has_default() else None,
    }
    return simple.get(kind, 1)


# --- Looking for it -------------------------------------------------------------------------------


def found(word=MARK):
    """Every place where a word is left: "parties.Case.answer", or the name of a file."""
    word = word.lower()
    return in_tables(word) | in_files(word)


def in_tables(word):
    names = {model._meta.db_table: model._meta.label for model in apps.get_models(True)}
    places = set()
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f'SELECT * FROM "{table}"')
            columns = [column[0] for column in cursor.description]
            for row in cursor.fetchall():
                for column, value in zip(columns, row, strict=True):
                    if word in readable(value):
                        places.add(f"{names.get(table, table)}.{column}")
    if any(word in str(session.get_decoded()).lower() for session in Session.objects.all()):
        places.add("sessions.Session.session_data")
    return places


def readable(value):
    """A column as text; a mail also with its parts decoded."""
    if isinstance(value, bytes | memoryview):
        raw = bytes(value)
        text = raw.decode("utf-8", "replace")
        with suppress(Exception):
            parsed = message_from_bytes(raw, policy=policy.default)
            text += "".join(
                part.get_content()
                for part in parsed.walk()
                if part.get_content_maintype() == "text"
            )
        return text.lower()
    return str(value).lower()


def in_files(word):
    return {
        f"file {name}"
        for alias in ("private", "default")
        for name in names_in(storages[alias])
        if word.encode() in storages[alias].open(name).read().lower()
    }


def names_in(storage, folder=""):
    try:
        folders, files = storage.listdir(folder)
    except FileNotFoundError:
        return
    yield from (f"{folder}/{name}".strip("/") for name in files)
    for name in folders:
        yield from names_in(storage, f"{folder}/{name}".strip("/"))


def points_to(person):
    """Every column that still says who it was, by number."""
    return {
        f"{model._meta.label}.{field.name}"
        for model in apps.get_models(True)
        for field in model._meta.concrete_fields
        if field.is_relation
        and field.related_model
        and field.related_model._meta.label == USER
        and model._base_manager.filter(**{field.attname: person}).exists()
    }
