"""A row that others change too is never saved whole: that would bring back what was read before.

A bare `save()` writes every column as it was read. Outside this list it is not written at all:
name the fields (`keep`, `update_fields`), under a lock or with a claim. See kennispunt/ui/rows.py.
"""

import ast

from django.conf import settings

from kennispunt.ui.rows import SharedRow, locked

CODE = settings.BASE_DIR / "kennispunt"

# File and what is saved there: why nobody else can have changed it.
ALONE = {
    "accounts/example.py: user": "example data, only in development",
    "accounts/models.py: user": "a new account",
    "accounts/views.py: form": "the own name and settings, by the person",
    "accounts/viewsets.py: user": "the form of the back office writes one account",
    "files/actions.py: file": "a new file",
    "mail/many.py: letter": "a new letter",
    "mail/send.py: mail": "a new message",
    "pages/sources.py: model(…)": "a new row",
    "pages/sources.py: old": "loading, when nobody edits: an edited row is left alone",
    "pages/sources.py: page": "loading, when nobody edits: an edited page is left alone",
    "pages/tree.py: page": "the first page of a new site",
    "parties/views/applying.py: form": "a step of an application: applying.save writes its fields",
    "trainings/planning_forms.py: self.room": "a new room",
}  # fmt: skip


def bare_saves():
    """Every `x.save()` that names no fields, as "file: x"."""
    for file in sorted(CODE.rglob("*.py")):
        name = file.relative_to(CODE).as_posix()
        if "/tests/" in name or "/migrations/" in name:
            continue
        for node in ast.walk(ast.parse(file.read_text("utf-8"))):
            saves = isinstance(node, ast.Call) and getattr(node.func, "attr", "") == "save"
            if saves and not node.args and not any(
                one.arg in ("update_fields", "commit") for one in node.keywords
            ):  # fmt: skip
                saved = node.func.value
                called = isinstance(saved, ast.Call)
                what = ast.unparse(saved.func) + "(…)" if called else ast.unparse(saved)
                if what != "super(…)":
                    yield f"{name}: {what}"


def test_no_row_is_saved_whole_but_those_that_nobody_else_changes():
    assert set(bare_saves()) == set(ALONE)


def shared_models(above=SharedRow):
    """The models that are shared, also by what stands between."""
    below = above.__subclasses__()
    own = {model for model in below if not model._meta.abstract}
    return own.union(*(shared_models(model) for model in below))


def test_what_several_people_decide_about_is_marked_as_shared():
    names = {model.__name__ for model in shared_models()}
    assert names >= {
        "Party",
        "Mandate",
        "Case",
        "Application",
        "Objection",
        "Edition",
        "Registration",
    }


def test_a_field_that_is_kept_leaves_the_others_alone(db):
    """Red when `keep` writes the row as it was read."""
    from kennispunt.parties.models import Party
    from kennispunt.parties.tests.make import make_party

    party = make_party("Asser Kring")
    Party.objects.update(about="Wij zijn er.")

    party.keep(name="Asser Ring")

    party.refresh_from_db()
    assert (party.name, party.folded, party.about) == ("Asser Ring", "asser ring", "Wij zijn er.")


def test_a_locked_row_brings_along_what_was_asked_for_and_no_more(db):
    """Red when no name means every key that the row has."""
    from kennispunt.parties.models import Case, Party
    from kennispunt.parties.tests.make import make_party

    case = Case.objects.create(party=make_party("Asser Kring"), kind="application", due="2026-12-1")

    assert not Case.party.is_cached(locked(case))
    assert Case.party.is_cached(locked(case, "party"))
    assert Party.objects.get() == locked(case, "party").party
