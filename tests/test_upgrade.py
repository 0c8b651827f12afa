"""A filled database of the last release, after the migrations of today (tests/upgrade/)."""

import json
from base64 import b64decode
from datetime import date
from shutil import copytree

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.totp.internal.auth import TOTP
from django.apps import apps
from django.core.management import call_command
from wagtail.models import Revision

from kennispunt.accounts.models import User
from kennispunt.facts import api
from kennispunt.facts.loading import load_facts
from kennispunt.facts.models import Fact
from kennispunt.knowledge.loading import CONTENT, load_content
from kennispunt.knowledge.models import ArticlePage, Term
from kennispunt.search.find import search
from tests.filled import MARK
from tests.upgrade.restore import FILLED

pytestmark = pytest.mark.usefixtures("upgraded")
TEXTS = {"naam-registreren", "partij-beginnen", "verzekeren"}

# Where a table of the release went, and what is not there any more, with the reason.
MOVED = {
    f"trainings.{name}": f"wishes.{name}"
    for name in ("CustomRequest", "ThemeVote", "Wish", "WishVoice")
} | {"parties.Lookup": "office.Lookup"}
GONE = {"contenttypes.ContentType.app_label": "follows what moved"} | {
    f"parties.Case.{name}": "what was asked about an application stands on that application"
    for name in ("question", "answer", "asked_by_id", "answered_by_id", "asked_until")
}


def released():
    """(label, names of columns, rows) of every table of the release."""
    filled = json.loads(FILLED.read_text("utf-8"))
    for label, (names, *rows) in filled["rows"].items():
        yield label, names, rows


def test_nothing_that_was_kept_is_lost():
    """Each row by its number, and each column that is still there says what it said."""
    lost = []
    for label, names, rows in released():
        if label in GONE:
            continue
        model = apps.get_model(MOVED.get(label, label))
        fields = {one.attname: one for one in model._meta.local_concrete_fields}
        kept = [name for name in names if name in fields and f"{label}.{name}" not in GONE]
        pk = model._meta.pk.attname
        now = {one[pk]: one for one in model._base_manager.values(pk, *kept)}
        for row in rows:
            was = dict(zip(names, row, strict=True))
            found = now.get(fields[pk].to_python(was[pk]))
            if found is None:
                lost.append(f"{label} {was[pk]}")
                continue
            lost += [
                f"{label}.{name}: {was[name]!r} is {found[name]!r}"
                for name in kept
                if plain(fields[name], was[name]) != plain(fields[name], found[name])
            ]
        lost += [
            f"{label}.{name}" for name in names if not {name, f"{label}.{name}"} & {*fields, *GONE}
        ]

    assert lost == []


def plain(field, value):
    """A value of the file and one of the database, written alike."""
    if field.get_internal_type() == "BinaryField":
        return b64decode(value["base64"]) if isinstance(value, dict) else bytes(value)
    value = field.get_prep_value(field.to_python(value))
    return value if field.get_internal_type() == "JSONField" else str(value)


def test_people_are_still_there_and_what_they_may():
    assert set(User.objects.values_list("name", flat=True)) == {"Anna de Wit", "Eva Kok", MARK}
    eva = User.objects.get(email="eva@example.org")
    assert not eva.has_perm("facts.change_fact")  # a right of the staff asks a second factor now
    TOTP.activate(eva, "JBSWY3DPEHPK3PXP")
    eva = User.objects.get(pk=eva.pk)
    assert eva.has_perm("wagtailadmin.access_admin") and eva.has_perm("facts.change_fact")
    assert not User.objects.get(email="anna@example.org").groups.exists()
    assert EmailAddress.objects.filter(primary=True).count() == 3


def test_fact_has_its_versions_and_who_changed_it():
    name = "waarborgsom-naam-gr"
    assert api.get(name, on=date(2027, 6, 1)).value == "112.50"
    assert api.get(name, on=date(2028, 6, 1)).value == "150"
    first = Fact.objects.get(name=name, valid_from=None)
    assert Revision.objects.for_instance(first).get().user.name == "Eva Kok"

    assert load_facts()["new"] > 0
    assert Fact.objects.get(pk=first.pk).valid_to == date(2027, 12, 31)


def test_article_that_an_editor_changed_is_left_alone(client, tmp_path):
    folder = copytree(CONTENT, tmp_path / "inhoud")
    for file in (folder / "artikelen").glob("*.md"):
        if file.stem not in TEXTS:
            file.unlink()
        else:
            file.write_text(file.read_text("utf-8") + "\nNieuw.\n", "utf-8")
    load_facts()
    report = load_content(folder)

    assert "artikelen/verzekeren.md" in report.kept
    articles = {page.slug: page for page in ArticlePage.objects.live()}
    assert set(articles) == TEXTS
    assert articles["verzekeren"].title == "Verzekeren, zegt Eva"
    assert articles["verzekeren"].steward.name == "Eva Kok"
    assert articles["naam-registreren"].body.endswith("Nieuw.")
    assert "Verzekeren, zegt Eva" in client.get(articles["verzekeren"].url).text


def test_search_finds_the_texts_after_it_is_made_anew():
    load_facts()
    call_command("rebuild_search", verbosity=0)
    article = ArticlePage.objects.get(slug="verzekeren")

    assert Term.objects.get().abbreviation == "ALV"
    assert any(hit.url.startswith(article.url) for hit in search("verzekeren zegt eva").hits())


def test_new_rows_get_a_number_of_their_own():
    """A copied row keeps its number; PostgreSQL must go on counting after the last."""
    load_facts()
    assert User.objects.create_user("fleur@example.org", name="Fleur").pk
