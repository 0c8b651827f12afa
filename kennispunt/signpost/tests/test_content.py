"""The signpost and the dossiers of the repository: whole, neutral and loaded as they are."""

import shutil
from datetime import date

import pytest
from django.core.exceptions import ValidationError

from kennispunt.facts.loading import load_facts
from kennispunt.pages.sources import read
from kennispunt.signpost import order
from kennispunt.signpost.choices import NEEDS, ROLES
from kennispunt.signpost.loading import CONTENT, load_signpost
from kennispunt.signpost.models import HEADINGS, DossierPage, Entry

# Where fewer than three of our entries fit: they stand on the page of the role.
NO_CHOICE = {
    ("wethouder", "verkiezingen"),
    *(("statenlid", need) for need in ("cijfers", "verkiezingen", "geld")),
    *(("ab-lid", need) for need in ("opleiding", "cijfers", "verkiezingen", "geld")),
}
ENTRIES = sorted((CONTENT / "wegwijzer").glob("*.md"))


@pytest.mark.parametrize("path", ENTRIES, ids=lambda path: path.stem)
def test_entry_is_short(path):
    source = read(path)

    assert len(source.body.split()) <= 60
    assert len(source.front["samenvatting"].split()) <= 30


def test_every_role_finds_help_for_something():
    entries = [read(path).front for path in ENTRIES]

    for role, _ in ROLES:
        assert {n for one in entries if role in one["rollen"] for n in one["behoeften"]}, role
    assert {need for one in entries for need in one["behoeften"]} == {need for need, _ in NEEDS}


@pytest.mark.django_db
class TestLoaded:
    def test_the_number_of_the_team_is_there_from_the_start(self):
        load_facts()
        load_signpost()
        [team] = Entry.objects.filter(is_urgent=True)

        assert (team.phone, team.dial) == ("070 373 83 14", "0703738314")

    @pytest.mark.thorough
    def test_all_is_taken_in_once(self, client):
        load_facts()
        first, second = load_signpost(), load_signpost()

        assert first.new == Entry.objects.count() + DossierPage.objects.count()
        assert (second.new, second.renewed, second.kept) == (0, 0, [])
        for dossier in DossierPage.objects.live():
            text = client.get(dossier.url).text
            assert [heading for heading in HEADINGS if heading not in text] == []

    def test_every_choice_gives_three_to_five_and_nothing_is_out_of_reach(self, client, starter):
        offered = set()
        for role, _ in ROLES:
            page = client.get(f"/wegwijzer/{role}/")
            seen = {entry.slug for entry in page.context["besides"]}
            for need, _ in page.context["needs"]:
                shown = client.get(f"/wegwijzer/{role}/{need}/")
                assert order.AT_LEAST <= len(shown.context["entries"]) <= 5, (role, need)
                seen |= {one.slug for part in ("entries", "more") for one in shown.context[part]}
                offered.add((role, need))
            assert seen == {one.slug for one in Entry.objects.all() if role in one.roles}, role

        assert {(r, n) for r, _ in ROLES for n, _ in NEEDS} - offered == NO_CHOICE

    def test_what_an_editor_changed_stays(self, starter):
        Entry.objects.filter(slug="kiesraad").update(summary="Zo heeft Eva het geschreven.")

        load_signpost()

        assert Entry.objects.get(slug="kiesraad").summary == "Zo heeft Eva het geschreven."

    def test_dossier_without_a_heading_is_refused(self, tmp_path):
        for folder in ("wegwijzer", "dossiers"):
            shutil.copytree(CONTENT / folder, tmp_path / folder)
        load_facts()
        path = tmp_path / "dossiers" / "omgevingswet.md"
        path.write_text(path.read_text().replace("## Wie beslist wat?", "## Iets anders"))

        with pytest.raises(ValidationError, match=r"omgevingswet.md.*Wie beslist wat"):
            load_signpost(tmp_path)
        assert not Entry.objects.exists()

    def test_dossier_that_retired_says_so(self, client, starter):
        dossier = DossierPage.objects.get(slug="omgevingswet")
        assert "houden we het niet meer bij" not in client.get(dossier.url).text
        dossier.retire_on = date(2020, 1, 1)
        dossier.save()

        assert "houden we het niet meer bij" in client.get(dossier.url).text
