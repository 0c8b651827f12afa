"""Choosing files in a form: nobody chooses one twice because another field was wrong."""

import re

import pytest
from django import forms
from django.core import signing
from django.core.files.uploadedfile import UploadedFile
from django.utils.datastructures import MultiValueDict

from kennispunt.files import actions
from kennispunt.files.forms import CHOSEN, UploadField, token_of
from kennispunt.files.kinds import DOCUMENTS
from kennispunt.files.models import StoredFile
from kennispunt.files.tests import make
from kennispunt.files.tests.conftest import OWNER

pytestmark = pytest.mark.django_db


class ProofForm(forms.Form):
    name = forms.CharField(label="Naam")
    proof = UploadField(label="Bewijs", owner=OWNER, kinds=DOCUMENTS, count=2)


def sent(*uploads, **typed):
    typed = {key: value if isinstance(value, list) else [value] for key, value in typed.items()}
    return ProofForm(MultiValueDict(typed), MultiValueDict({"proof": list(uploads)}))


def hidden(form):
    """What the page sends back with the next try."""
    return re.findall(r'name="proof-before" value="([^"]+)"', str(form))


def brief(name="brief.pdf"):
    return make.upload(make.pdf(), name)


def test_a_good_form_gives_the_files(readers):
    form = sent(brief(), brief("besluit"), name="Anna")

    assert form.is_valid()
    assert [file.name for file in form.cleaned_data["proof"]] == ["brief.pdf", "besluit.pdf"]


def test_what_was_chosen_stays_when_another_field_is_wrong(readers):
    wrong = sent(brief(), name="")
    assert not wrong.is_valid()
    assert "brief.pdf" in str(wrong)

    again = sent(name="Anna", **{"proof-before": hidden(wrong)})

    assert again.is_valid()
    assert again.cleaned_data["proof"] == [StoredFile.objects.get()]


def test_what_was_chosen_can_be_taken_away_again(readers):
    tokens = hidden(sent(brief(), brief("fout.pdf"), name=""))

    form = sent(name="Anna", **{"proof-before": tokens, "proof-drop": [tokens[1]]})

    assert form.is_valid()
    assert [file.name for file in form.cleaned_data["proof"]] == ["brief.pdf"]
    assert StoredFile.objects.count() == 1


def test_a_wrong_file_is_named_and_the_good_one_beside_it_is_kept(readers):
    form = sent(make.upload(b"MZ\x90", "<b>virus.pdf"), brief(), name="Anna")

    assert form.errors["proof"] == [
        "bvirus.pdf: Kies een pdf, Word (docx) of odt. Dit bestand is iets anders."
    ]
    assert len(hidden(form)) == 1


def test_more_files_than_may_be_sent_are_refused(readers):
    form = sent(brief(), brief(), brief(), name="Anna")

    assert form.errors["proof"] == ["Je kunt hoogstens 2 bestanden meesturen. Haal er een weg."]
    assert StoredFile.objects.count() == 2


def test_no_file_where_one_is_needed(readers):
    assert sent(name="Anna").errors == {"proof": ["Kies een bestand."]}


def test_only_files_of_this_form_that_nobody_owns_come_back(readers, monkeypatch):
    """A token is of the page that it came with: made up, or of another form, it brings nothing."""
    from kennispunt.files import access

    access.register("tests.other", lambda user, file: True)
    other = actions.store(brief(), owner="tests.other")
    mine = actions.store(brief(), owner=OWNER)

    for token in [
        str(mine.key),
        token_of(other),
        signing.dumps(str(mine.key)),
        token_of(mine) + "x",
    ]:
        assert not sent(name="Anna", **{"proof-before": [token]}).is_valid()
    assert CHOSEN.read(token_of(mine)) == str(mine.key)


def test_the_field_says_what_may_be_sent(readers):
    page = str(sent(name="Anna"))

    assert "Hoogstens 2 bestanden, elk tot 10 MB: pdf, Word (docx) of odt." in page
    assert 'accept=".pdf,application/pdf,.docx,' in page
    assert re.search(r'<input type="file"[^>]* aria-describedby="id_proof_helptext', page)


# --- On the way in ------------------------------------------------------------------------------


def test_what_is_too_large_does_not_reach_the_disk(rf, settings):
    settings.FILES_MAX_MEGABYTES = 1
    content = b"%PDF-" + bytes(1_200_000)

    [file] = rf.post("/", {"proof": make.upload(content)}).FILES.getlist("proof")

    assert (type(file), file.size, file.file) == (UploadedFile, 1_200_005, None)


def test_what_is_not_too_large_comes_in_whole(rf, settings):
    settings.FILES_MAX_MEGABYTES = 1
    content = b"%PDF-" + bytes(1_000_000)

    [file] = rf.post("/", {"proof": make.upload(content)}).FILES.getlist("proof")

    assert file.read() == content
