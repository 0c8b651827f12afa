"""For the trainer: attendance and questions; and the certificate."""

from datetime import timedelta

import pypdfium2
import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from kennispunt.office.models import Lookup
from kennispunt.office.staff import WorkList
from kennispunt.trainings import desk
from kennispunt.trainings.actions import giving
from kennispunt.trainings.certificates import certificate
from kennispunt.trainings.models import Attendance, Registration
from kennispunt.trainings.tests.make import make_edition, sign_up

MINE = "/balie/trainingen/mijn/"


def waiting(user):
    return WorkList(desk.waiting(user))[:]


@pytest.fixture
def edition(tess):
    """Comes in an hour: signing up still works, and marking already."""
    return make_edition(days=1 / 24, trainer=tess)


def given(tess, *people, evenings=1, **fields):
    """An edition that these people signed up for, and that is over since yesterday."""
    edition = make_edition(days=2, trainer=tess, evenings=evenings, **fields)
    made = [sign_up(edition, person)[0].pk for person in people]
    back = edition.ends_at - timezone.now() + timedelta(days=1)
    for meeting in edition.meetings.all():
        meeting.starts_at, meeting.ends_at = meeting.starts_at - back, meeting.ends_at - back
        meeting.save()
    edition.starts_at, edition.ends_at = edition.starts_at - back, edition.ends_at - back
    edition.save()
    rows = Registration.objects.select_related("edition").in_bulk(made)
    return edition, [rows[pk] for pk in made]


def address(edition, number=0):
    return f"{MINE}{edition.pk}/aanwezig/{edition.meetings.all()[number].pk}/"


def marks(edition):
    rows = Attendance.objects.filter(meeting__edition=edition)
    return {one.registration.person.name: one.was_there for one in rows}


# --- Attendance ----------------------------------------------------------------------------------


def test_tess_marks_with_one_tap_each_and_corrects(client, tess, edition, anna, carla):
    first, second = sign_up(edition, anna)[0], sign_up(edition, carla)[0]
    client.force_login(tess)

    answer = client.post(address(edition), {"mark": f"{first.pk}-ja"})
    client.post(address(edition), {"mark": f"{second.pk}-ja"})
    client.post(address(edition), {"mark": f"{second.pk}-nee"})
    client.post(address(edition), {"mark": f"{second.pk}-nee"})

    assert answer.url == f"{address(edition)}#p{first.pk}"
    assert marks(edition) == {"Anna": True, "Carla": False}
    assert "1 van de 2 waren er" in client.get(address(edition)).text


def test_all_at_once_leaves_what_was_marked(client, tess, edition, anna, bram, carla):
    for person in (anna, bram, carla):
        sign_up(edition, person)
    absent = Registration.objects.get(person=bram)
    client.force_login(tess)

    client.post(address(edition), {"mark": f"{absent.pk}-nee"})
    client.post(address(edition), {"mark": "rest"})
    client.post(address(edition), {"mark": "rest"})

    assert marks(edition) == {"Anna": True, "Bram": False, "Carla": True}


def test_who_has_no_place_is_not_on_the_list(client, tess, anna, carla):
    edition = make_edition(days=1 / 24, trainer=tess, places=1)
    sign_up(edition, anna)
    waits = sign_up(edition, carla)[0]
    client.force_login(tess)

    page = client.get(address(edition))

    assert [one.person for one, _ in page.context["rows"]] == [anna]
    assert client.post(address(edition), {"mark": f"{waits.pk}-ja"}).status_code == 404
    with pytest.raises(ValidationError):
        giving.mark(edition.meetings.get(), waits, was_there=True)


def test_nobody_is_marked_before_people_come_in(client, tess, anna):
    edition = make_edition(days=1, trainer=tess)
    one = sign_up(edition, anna)[0]
    client.force_login(tess)

    client.post(address(edition), {"mark": f"{one.pk}-ja"})
    client.post(address(edition), {"mark": "rest"})

    assert "Kan vanaf" in client.get(f"{MINE}{edition.pk}/").text
    assert not Attendance.objects.exists()


@pytest.mark.parametrize(
    "word", ["", "x", "0-ja", "-", "999999999999-ja", "rest-rest-", "1\x00-ja"]
)
def test_odd_mark_is_refused(client, tess, edition, anna, word):
    sign_up(edition, anna)
    client.force_login(tess)

    assert client.post(address(edition), {"mark": word}).status_code in (302, 404)
    assert marks(edition) in ({}, {"Anna": True})  # "rest-…" is the rest


def test_meeting_of_another_edition_is_not_found(client, tess, edition):
    other = make_edition(days=1 / 24, trainer=tess, hours=3)
    client.force_login(tess)

    page = f"{MINE}{edition.pk}/aanwezig/{other.meetings.get().pk}/"
    assert client.get(page).status_code == 404


@pytest.mark.parametrize("number", [1, 3])
def test_list_costs_the_same_number_of_queries(
    client, tess, edition, anna, bram, carla, number, django_assert_max_num_queries
):
    for person in (anna, bram, carla)[:number]:
        sign_up(edition, person)
    client.force_login(tess)

    with django_assert_max_num_queries(14):
        client.get(address(edition))


def test_paper_has_a_box_for_each_evening(client, tess, anna):
    edition, _ = given(tess, anna, evenings=3)
    client.force_login(tess)

    page = client.get(f"{MINE}{edition.pk}/lijst/").text

    assert page.count("tick__box") == 3
    assert "Asser Kring" not in page
    assert "anna@" not in page


def test_desk_asks_the_trainer_and_after_days_the_project_leader(tess, petra, anna):
    edition, [one] = given(tess, anna)

    assert [line.title for line in waiting(tess)] == ["Wie was er? Leden werven, Assen"]
    assert list(waiting(petra)) == []
    long_ago = timezone.now() - timedelta(days=4)
    edition.meetings.update(starts_at=long_ago - timedelta(hours=2), ends_at=long_ago)
    assert len(list(waiting(petra))) == 1
    giving.mark(edition.meetings.get(), one, was_there=False)
    assert [*waiting(tess), *waiting(petra)] == []


def test_people_see_who_looked_at_their_name(client, tess, edition, anna, carla):
    sign_up(edition, anna)
    sign_up(edition, carla)
    client.force_login(tess)

    client.get(address(edition))
    client.get(f"{MINE}{edition.pk}/lijst/")
    client.get(f"{MINE}{edition.pk}/blad/")

    seen = Lookup.objects.values_list("person__name", "staff__name", "what")
    assert sorted(seen) == [
        ("Anna", "Tess", "je inschrijving voor een training"),
        ("Carla", "Tess", "je inschrijving voor een training"),
    ]


# --- The sheet -----------------------------------------------------------------------------------


def test_sheet_has_roles_and_questions_and_no_more(client, tess, anna, carla):
    edition = make_edition(days=2, trainer=tess)
    sign_up(edition, anna, role="chair", question="Hoe begin ik?", access="Een lift")
    sign_up(edition, carla, role="board", diet="Geen noten")
    client.force_login(tess)

    page = client.get(f"{MINE}{edition.pk}/blad/")

    assert page.context["people"] == [("bestuurslid", ""), ("voorzitter", "Hoe begin ik?")]
    for hidden in ("Anna", "Carla", "Asser", "Hazelmeer", "lift", "noten"):
        assert hidden not in page.text


def test_sheet_is_gone_after_thirty_days(client, tess, anna):
    edition, _ = given(tess, anna)
    client.force_login(tess)
    assert client.get(f"{MINE}{edition.pk}/blad/").status_code == 200

    edition.starts_at, edition.ends_at = (
        one - timedelta(days=30) for one in (edition.starts_at, edition.ends_at)
    )
    edition.save()

    assert client.get(f"{MINE}{edition.pk}/blad/").status_code == 410


# --- Who may -------------------------------------------------------------------------------------

PARTS = ["", "aanwezig/", "lijst/", "blad/"]


def part_of(edition, part):
    return address(edition) if part == "aanwezig/" else f"{MINE}{edition.pk}/{part}"


@pytest.mark.parametrize("part", PARTS)
@pytest.mark.parametrize("person", ["eva", "maud", "anna", "carla"])
def test_who_does_not_give_trainings_sees_none_of_it(request, client, edition, person, part):
    client.force_login(request.getfixturevalue(person))

    assert client.get(MINE).status_code == 403
    assert client.get(part_of(edition, part)).status_code == 403
    assert client.post(address(edition), {"mark": "rest"}).status_code == 403


@pytest.mark.parametrize("part", PARTS)
def test_tess_sees_nothing_of_the_edition_of_another_trainer(client, make_user, tess, anna, part):
    other = make_edition(days=1 / 24, trainer=make_user("toon", group="Trainers"))
    sign_up(other, anna)
    client.force_login(tess)

    assert client.get(part_of(other, part)).status_code == 403
    assert client.post(address(other), {"mark": "rest"}).status_code == 403
    assert list(client.get(MINE).context["coming"]) == []
    assert not Attendance.objects.exists()


@pytest.mark.parametrize("part", PARTS)
def test_petra_does_all_of_it(client, petra, edition, part):
    client.force_login(petra)

    assert client.get(part_of(edition, part)).status_code == 200
    assert list(client.get(MINE).context["coming"]) == [edition]


def test_visitor_is_sent_to_sign_in(client, edition):
    assert client.get(address(edition)).url.startswith("/account/login/")


# --- The certificate -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("needed", "attended", "earns"),
    [(None, 3, True), (None, 2, False), (2, 2, True), (2, 1, False), (9, 3, True), (2, 0, False)],
)
def test_certificate_is_for_who_was_there_enough(client, tess, anna, needed, attended, earns):
    edition, [one] = given(tess, anna, evenings=3, meetings_needed=needed)
    for number, meeting in enumerate(edition.meetings.all()):
        giving.mark(meeting, one, was_there=number < attended)
    client.force_login(anna)
    link = f"/mijn/trainingen/{one.pk}/certificaat.pdf"

    assert (link in client.get("/mijn/trainingen/").text) == earns
    assert client.get(link).status_code == (200 if earns else 404)


def test_certificate_names_person_training_and_days_and_no_party(client, tess, anna):
    edition, [one] = given(tess, anna, evenings=2)
    for meeting in edition.meetings.all():
        giving.mark(meeting, one, was_there=True)
    client.force_login(anna)

    answer = client.get(f"/mijn/trainingen/{one.pk}/certificaat.pdf")

    assert answer["Content-Type"] == "application/pdf"
    document = pypdfium2.PdfDocument(answer.content)
    assert len(document) == 1
    text = document[0].get_textpage().get_text_bounded()
    for said in ("Certificaat", "Anna", "Leden werven", "Assen", "4 uur"):
        assert said in text
    assert "Asser Kring" not in text
    assert b"pdfuaid" in answer.content  # PDF/UA: a screen reader can read it
    assert document.get_metadata_value("Title") == "Certificaat: Leden werven"


def test_certificate_of_a_long_name_and_title_is_still_one_page(tess, make_user, anna):
    anna.name = "Wilhelmina Gerardina Antoinetta van der Bruggen-Oude Elferink tot Zevenhuizen" * 2
    anna.name = anna.name[:150]
    anna.save()
    edition, [one] = given(tess, anna, evenings=6)
    edition.training.title = (
        "Voorlezen, luisteren en vergaderen met iedereen die er is in de raad" * 2
    )
    edition.training.title = edition.training.title[:100]
    edition.training.save()
    for meeting in edition.meetings.all():
        giving.mark(meeting, one, was_there=True)
    document = pypdfium2.PdfDocument(certificate(one))

    assert len(document) == 1


@pytest.mark.parametrize("name", ["王小明", "සිංහල", "Ana 😀", "Ana 𒀀", "𒀀", "اسم عربي", "A\ud83d"])
def test_certificate_is_there_for_every_name(tess, anna, name):
    edition, [one] = given(tess, anna)
    giving.mark(edition.meetings.get(), one, was_there=True)
    one.person.name = name

    document = pypdfium2.PdfDocument(certificate(one))

    said = document[0].get_textpage().get_text_bounded()
    assert ("geen letter voor" in said) == (not name.isprintable() or "𒀀" in name)
    assert len(document) == 1


@pytest.mark.parametrize("person", ["carla", "petra", "tess"])
def test_certificate_is_of_the_person_alone(request, client, tess, anna, person):
    edition, [one] = given(tess, anna)
    giving.mark(edition.meetings.get(), one, was_there=True)
    client.force_login(request.getfixturevalue(person))

    assert client.get(f"/mijn/trainingen/{one.pk}/certificaat.pdf").status_code == 404


def test_who_has_no_name_is_asked_for_one(client, tess, anna):
    anna.name = ""
    anna.save()
    edition, [one] = given(tess, anna)
    giving.mark(edition.meetings.get(), one, was_there=True)
    client.force_login(anna)

    page = client.get(f"/mijn/trainingen/{one.pk}/certificaat.pdf")
    assert "Welke naam komt op je certificaat?" in page.text
