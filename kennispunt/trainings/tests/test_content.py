"""The starting texts, their editors, and how search and the rest of the site find a training."""

import shutil

import pytest
from django.core.exceptions import ValidationError
from django.core.management import CommandError, call_command
from django.utils import timezone
from django.utils.html import strip_tags

from kennispunt.facts.usage import uses
from kennispunt.pages.readability import measure
from kennispunt.pages.references import References
from kennispunt.pages.sources import read
from kennispunt.search.find import search
from kennispunt.trainings.loading import CONTENT, load_trainings
from kennispunt.trainings.models import Edition, Room, Theme, Training
from kennispunt.trainings.tests.make import make_edition, make_room, make_training

FILES = sorted((CONTENT / "trainingen").glob("*.md"))
BACK_OFFICE = "/beheer/snippets/trainings/"


# --- The texts of the repository -----------------------------------------------------------------


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_text_is_short_and_says_for_whom(path):
    source = read(path)

    assert len(source.front["samenvatting"].split()) <= 35
    assert len(source.body.split()) <= 300
    assert source.front["voor"]
    assert "!" not in source.body


@pytest.mark.django_db
class TestLoaded:
    def test_all_is_taken_in_and_opens(self, client, starter):
        assert Training.objects.count() == len(FILES) >= 10
        for training in Training.objects.all():
            answer = client.get(training.get_absolute_url())
            assert "{{" not in answer.text, training
            assert training.audiences

    def test_a_second_time_nothing_changes_and_what_an_editor_changed_stays(self, starter):
        Training.objects.filter(slug="penningmeester").update(lead="Zo schreef Eva het.")

        report = load_trainings()

        assert (report.new, report.renewed, report.kept) == (0, 0, [])
        assert Training.objects.get(slug="penningmeester").lead == "Zo schreef Eva het."

    def test_theme_that_we_made_by_hand_stays_ours(self, db):
        Theme.objects.create(slug="geld", name="Geldzaken")
        call_command("load_facts", verbosity=0)

        report = load_trainings()

        assert "thema:geld" in report.kept
        assert Training.objects.get(slug="penningmeester").theme.name == "Geldzaken"

    @pytest.mark.parametrize(
        ("old", "new", "says"),
        [
            ('thema = "geld"', 'thema = "poen"', "regel 6, thema: “poen” kennen we niet"),
            ('"bestuur"', '"iedereen"', "voor: iedereen kennen we niet"),
            ("## Voorbereiding", "## Iets anders", "de koppen zijn"),
            ("{{feit: kascommissie-min}}", "{{feit: bestaat-niet}}", "Er is geen feit"),
            ("artikel:verzekeren", "artikel:bestaat-niet", "Er is geen tekst"),
        ],
    )
    def test_mistake_in_a_file_names_file_and_place(self, starter, tmp_path, old, new, says):
        shutil.copytree(CONTENT / "trainingen", tmp_path / "trainingen")
        path = tmp_path / "trainingen" / "penningmeester.md"
        path.write_text(path.read_text("utf-8").replace(old, new), "utf-8")

        with pytest.raises(ValidationError, match=says) as problem:
            load_trainings(tmp_path)

        assert "penningmeester.md" in str(problem.value)


# --- Back office ---------------------------------------------------------------------------------


@pytest.mark.django_db
class TestBackOffice:
    @pytest.fixture
    def sign_in(self, client, make_user, starter):
        def sign_in(group):
            client.force_login(make_user("eva", group=group))
            return client

        return sign_in

    def typed(self, training, **fields):
        audiences = {name: "on" for name in Training.AUDIENCES if getattr(training, name)}
        names = ("slug", "title", "lead", *Training.TEXTS)
        texts = {name: getattr(training, name) for name in names}
        return texts | audiences | {"theme": training.theme_id, "is_offered": "on"} | fields

    def test_editor_changes_a_text_and_search_follows(self, sign_in, page_cache):
        client = sign_in("Editors")
        training = Training.objects.get(slug="penningmeester")
        address = f"{BACK_OFFICE}training/edit/{training.pk}/"

        answer = client.post(address, self.typed(training, title="De kas van Lindewaard"))

        assert answer.status_code == 302
        assert "De kas van Lindewaard" in client.get(training.get_absolute_url()).text
        assert found("kas lindewaard")

    @pytest.mark.parametrize(
        ("text", "says"),
        [
            ("{{feit: bestaat-niet}}", "Er is geen feit"),
            ("## Een kop", "Laat koppen weg"),
            ("[x](training:bestaat-niet)", "Er is geen tekst"),
        ],
    )
    def test_mistake_is_told_where_it_stands(self, sign_in, text, says):
        training = Training.objects.get(slug="penningmeester")
        address = f"{BACK_OFFICE}training/edit/{training.pk}/"

        answer = sign_in("Editors").post(address, self.typed(training, body=text))

        assert answer.status_code == 200
        assert says in answer.text

    @pytest.mark.parametrize("slug", ["feed", "wens", "stem"])
    def test_training_does_not_take_the_address_of_another_page(self, sign_in, slug):
        training = Training.objects.get(slug="penningmeester")
        address = f"{BACK_OFFICE}training/edit/{training.pk}/"

        answer = sign_in("Editors").post(address, self.typed(training, slug=slug))

        assert "staat al iets anders" in answer.text

    @pytest.mark.parametrize(
        ("group", "model", "opens"),
        [
            ("Editors", "training", True),
            ("Editors", "theme", True),
            ("Editors", "room", False),
            ("Editors", "quietperiod", False),
            ("Project leaders", "training", True),
            ("Project leaders", "room", True),
            ("Project leaders", "quietperiod", True),
            ("Project leaders", "councilevening", True),
            ("Moderators", "training", False),
            ("Moderators", "room", False),
        ],
    )
    def test_who_keeps_what(self, sign_in, group, model, opens):
        answer = sign_in(group).get(f"{BACK_OFFICE}{model}/add/")

        assert (answer.status_code == 200) == opens

    def test_what_editions_lean_on_is_not_deleted(self, sign_in):
        training = Training.objects.get(slug="penningmeester")

        answer = sign_in("Project leaders").get(f"{BACK_OFFICE}training/delete/{training.pk}/")

        assert answer.status_code != 200

    def test_project_leader_adds_a_room(self, sign_in):
        fields = {"name": "De Ark", "address": "Kade 1", "town": "Assen", "area": "GM0106"}

        answer = sign_in("Project leaders").post(
            f"{BACK_OFFICE}room/add/", fields | {"has_induction_loop": "unknown"}
        )

        assert answer.status_code == 302
        assert Room.objects.get(name="De Ark").has_induction_loop is None


# --- Found ---------------------------------------------------------------------------------------


def found(words):
    """Return the results of a search for trainings: title, note and day."""
    answer = search(words, kinds=["training"])
    hits = [*filter(None, [answer.best]), *(hit for group in answer.groups for hit in group.hits)]
    return [(strip_tags(hit.title), hit.note, hit.day) for hit in hits]


@pytest.mark.django_db
def test_search_says_where_a_training_is_next_and_follows_changes(db):
    training = make_training("kas", title="De kas op orde")
    assert found("kas orde") == [("De kas op orde", "Leden", None)]

    edition = make_edition(training=training, room=make_room(town="Assen"))
    day = timezone.localtime(edition.starts_at).date()
    [(_, note, shown)] = found("kas assen")
    assert (note.partition(",")[0], shown) == ("Assen", day)

    edition.status, edition.cancelled_at = Edition.Status.CANCELLED, timezone.now()
    edition.save()
    assert found("kas orde") == [("De kas op orde", "Leden", None)]

    training.is_offered = False
    training.save()
    assert found("kas orde") == []


@pytest.mark.django_db
def test_text_may_link_to_a_training(db):
    make_training("kas", title="De kas op orde")

    assert References().link("training:kas").address == "/trainingen/kas/"


@pytest.mark.django_db
def test_who_changes_a_fact_sees_the_trainings_that_show_it(starter):
    assert "Training: Je eerste jaar als penningmeester" in [
        use.title for use in uses("kascommissie-min")
    ]


@pytest.mark.django_db
def test_command_says_what_is_wrong(db):
    with pytest.raises(CommandError, match="feit"):  # the facts are not loaded
        call_command("load_trainings")


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_text_reads_easily(path):
    assert measure(read(path).body).score > 60
