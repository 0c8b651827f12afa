"""Makes filled.json: what a small site of a release holds. Runs in a checkout of that release:

    export DEBUG=1 DATABASE_URL=sqlite:///filled.sqlite3
    python manage.py migrate
    python manage.py shell -v 0 < …/tests/upgrade/make.py

Invented people, three of our texts, a few facts, and a row in every other table of ours, made from
the models of the release itself (tests/filled.py). Beside it stand the migrations of the release.
"""

import json
import os
import sys
from base64 import b64encode
from datetime import date
from pathlib import Path
from shutil import copy, copytree
from tempfile import mkdtemp

from django.apps import apps
from django.contrib.auth.models import Group
from django.core.serializers.json import DjangoJSONEncoder
from django.db import transaction
from django.db.migrations.recorder import MigrationRecorder

sys.path.insert(0, ".")  # the tests of the release
from kennispunt.accounts.models import User
from kennispunt.elections.tests.make import make_area
from kennispunt.facts.loading import load_facts
from kennispunt.facts.models import Fact
from kennispunt.knowledge.loading import CONTENT, load_content
from kennispunt.knowledge.models import ArticlePage
from kennispunt.parties.tests.make import make_party
from kennispunt.signpost.loading import dossier_index
from kennispunt.trainings.tests.make import make_edition, make_theme
from tests.filled import ADDRESS, MARK, Filled
from tests.test_promises import GIVEN, NO_PERSON

TERM = """
[alv]
term = "algemene ledenvergadering"
afkorting = "ALV"
betekenis = "De vergadering van alle leden."
gecontroleerd_op = 2026-11-22
"""
TEXTS = ("naam-registreren", "partij-beginnen", "verzekeren")
FACTS = ("waarborgsom-naam-gr", "naam-max-tekens", "statuten-oproep-dagen")
LEFT_OUT = {"search", "django_tasks_database"}  # made again, and done
OUT = Path(os.environ.get("OUT", "filled.json"))

# --- Fill -------------------------------------------------------------------------------------

anna = User.objects.create_user("anna@example.org", None, name="Anna de Wit")
eva = User.objects.create_user("eva@example.org", None, name="Eva Kok")
for person in (anna, eva):
    person.keep_address()
eva.groups.add(Group.objects.get(name="Editors"))

load_facts()
folder = Path(mkdtemp())
copytree(CONTENT / "onderwerpen", folder / "onderwerpen")
(folder / "artikelen").mkdir()
for name in TEXTS:
    copy(CONTENT / "artikelen" / f"{name}.md", folder / "artikelen")
(folder / "begrippen.toml").write_text(TERM, "utf-8")
load_content(folder)

fact = Fact.objects.filter(name="waarborgsom-naam-gr", valid_to=None).latest("pk")
fact.valid_to = date(2027, 12, 31)
fact.save_revision(user=eva)
fact.save()
Fact.objects.create(
    name=fact.name, what=fact.what, value="150", unit=fact.unit, group=fact.group, law=fact.law,
    checked_on=date(2026, 11, 24), certainty="hoog", valid_from=date(2028, 1, 1),
)  # fmt: skip

article = ArticlePage.objects.get(slug="verzekeren")
article.title, article.steward = "Verzekeren, zegt Eva", eva
article.save_revision(user=eva).publish()
Fact.objects.exclude(name__in=FACTS).delete()

person = User.objects.create_user(ADDRESS, None, name=MARK)
person.keep_address()
begun = {"since": date(2026, 1, 1), "until": None}
other = make_area("GM0114", "Emmen")
everything = Filled(person, GIVEN | {
    "parties.PartyName": begun, "parties.PartyArea": begun,
    "parties.Lineage": lambda all: {"old": make_party("Kring Van Vroeger")},
    "elections.AreaSuccession": {"old": other},
    "elections.ElectoralList": {"blank_order": 0},
}, NO_PERSON)  # fmt: skip
everything.rows |= {
    "accounts.User": person,
    "elections.Area": make_area(),
    "parties.Party": make_party("Asser Kring"),
    "trainings.Theme": make_theme(),
    "trainings.Edition": make_edition(days=-3),
}
everything.rows["trainings.Meeting"] = everything.row("trainings.Edition").meetings.get()
dossier_index()
left_empty = []
for model in apps.get_models():
    if model.__module__.startswith("kennispunt.") and not model._base_manager.exists():
        try:
            with transaction.atomic():
                everything.row(model._meta.label)
        except Exception:
            left_empty.append(model._meta.label)
sys.stdout.write(f"Left empty: {', '.join(left_empty)}\n")

# --- Write ------------------------------------------------------------------------------------


class Encoder(DjangoJSONEncoder):
    def default(self, value):
        binary = isinstance(value, bytes | memoryview)
        return {"base64": b64encode(value).decode()} if binary else super().default(value)


rows = {}
for model in apps.get_models(include_auto_created=True):
    fields = model._meta.local_concrete_fields
    names = [field.attname for field in fields]
    found = model._base_manager.order_by("pk").values_list(*names)
    if found and model._meta.app_label not in LEFT_OUT:
        values = [[f.get_prep_value(v) for f, v in zip(fields, row, strict=True)] for row in found]
        rows[model._meta.label] = [names, *values]
ours = {app.label for app in apps.get_app_configs() if app.name.startswith("kennispunt")}
last = {}
for done in MigrationRecorder.Migration.objects.order_by("app", "name"):
    last[done.app] = done.name
migrations = {app: name for app, name in last.items() if app in ours}
tables = ",\n".join(
    json.dumps(label)
    + ": [\n"
    + ",\n".join(json.dumps(row, cls=Encoder, ensure_ascii=False) for row in data)
    + "\n]"
    for label, data in rows.items()
)
OUT.write_text(f'{{"migrations": {json.dumps(migrations)},\n"rows": {{\n{tables}\n}}}}\n', "utf-8")
