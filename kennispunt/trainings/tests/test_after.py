"""After a training: thanks once, an evaluation without who, and a question half a year later."""

from datetime import timedelta

import pytest
from django.utils import timezone

from kennispunt.mail import preferences
from kennispunt.trainings import mine
from kennispunt.trainings.actions import evaluating, giving
from kennispunt.trainings.clock import DAILY, HOURLY, ask_later, thank
from kennispunt.trainings.models import Evaluation, Notice, Registration
from kennispunt.trainings.results import results
from kennispunt.trainings.tests.make import make_edition, make_parties
from kennispunt.trainings.tests.test_giving import given
from kennispunt.trainings.tokens import evaluation_address, evaluation_of
from kennispunt.ui.rows import TooLate

Moment = Evaluation.Moment
HALF_YEAR = timedelta(days=182)


def page_of(registration, moment=Moment.AFTER):
    return "/" + evaluation_address(registration, moment).split("/", 3)[3]


def subjects(outbox):
    return [(mail.to, mail.subject) for mail in outbox() if mail.purpose.startswith(PURPOSES)]


PURPOSES = ("trainings.thanks", "trainings.later")


def mark(edition, registration, was_there=True):
    for meeting in edition.meetings.all():
        giving.mark(meeting, registration, was_there=was_there)


# --- Thanks --------------------------------------------------------------------------------------


def test_who_was_there_is_thanked_once_and_who_was_not_is_not(tess, anna, carla, outbox):
    edition, [there, absent] = given(tess, anna, carla)
    mark(edition, there)
    mark(edition, absent, was_there=False)

    assert [evaluating.thank(), evaluating.thank()] == [1, 0]

    assert subjects(outbox) == [("anna@example.org", "Wat vond je van de training?")]
    assert evaluation_address(there, Moment.AFTER) in outbox()[-1].text.replace("\n", "")


def test_unmarked_people_are_thanked_half_a_day_after(tess, anna, outbox):
    edition, _ = given(tess, anna)

    assert evaluating.thank(edition.ends_at + timedelta(hours=11)) == 0
    assert evaluating.thank(edition.ends_at + timedelta(hours=12)) == 1


def test_nobody_is_thanked_before_the_end_or_long_after(tess, anna):
    edition, [one] = given(tess, anna)
    mark(edition, one)

    assert evaluating.thank(edition.ends_at - timedelta(minutes=1)) == 0
    assert evaluating.thank(edition.ends_at + timedelta(days=8)) == 0


def test_nobody_is_thanked_for_what_was_cancelled(tess, anna):
    edition, [one] = given(tess, anna)
    mark(edition, one)
    type(edition).objects.update(status="cancelled", cancelled_at=timezone.now())

    assert evaluating.thank() == 0


def test_the_clock_starts_it(tess, anna):
    assert thank in HOURLY
    assert ask_later in DAILY


# --- The evaluation ------------------------------------------------------------------------------


def test_anna_answers_without_signing_in_and_once(client, tess, anna):
    edition, [one] = given(tess, anna)

    assert client.get(page_of(one)).status_code == 200
    done = client.post(page_of(one), {"grade": "8", "useful": "Bellen", "better": "Meer tijd"})
    again = client.post(page_of(one), {"grade": "1"})

    assert "Bedankt voor je antwoord" in done.text
    assert "Je hebt al geantwoord" in again.text
    kept = Evaluation.objects.get()
    assert (kept.edition, kept.grade, kept.useful) == (edition, 8, "Bellen")


def test_nothing_ties_an_answer_to_who_gave_it(client, tess, anna):
    """Not a foreign key, and not a day that only one of them has."""
    edition, [one] = given(tess, anna)
    client.post(page_of(one), {"grade": "8"})

    one.refresh_from_db()
    day = timezone.localdate(edition.ends_at)
    assert (Evaluation.objects.get().given_on, one.evaluated_on) == (day, day)
    fields = {field.name for field in Evaluation._meta.get_fields()}
    assert fields == {"id", "edition", "moment", "grade", "useful", "better", "given_on"}
    assert "Bellen" not in str(mine.export(anna))


def test_two_answers_at_once_are_one(tess, anna):
    _, [one] = given(tess, anna)
    same = Registration.objects.get(pk=one.pk)

    evaluating.evaluate(one, Moment.AFTER, grade=8)
    same.evaluated_on = None  # as the other request still saw it
    with pytest.raises(TooLate):
        evaluating.evaluate(same, Moment.AFTER, grade=1)

    assert Evaluation.objects.get().grade == 8


@pytest.mark.parametrize(
    "typed", [{}, {"grade": "0"}, {"grade": "11"}, {"grade": "8,5"}, {"useful": "x" * 1001}]
)
def test_odd_answer_is_said_and_not_kept(client, tess, anna, typed):
    _, [one] = given(tess, anna)

    assert client.post(page_of(one), typed).status_code == 422
    assert not Evaluation.objects.exists()


@pytest.mark.parametrize("token", ["x", "WzEsMV0:1tA:x", "a:b:c", "%00"])
def test_odd_link_opens_nothing(client, db, token):
    assert client.get(f"/trainingen/evaluatie/{token}/").status_code == 404


def test_link_of_a_place_is_no_link_to_an_evaluation(tess, anna):
    from kennispunt.trainings.tokens import token_of

    _, [one] = given(tess, anna)
    assert evaluation_of(token_of(one)) is None


def test_link_works_sixty_days_and_not_after_erasing(client, tess, anna):
    edition, [one] = given(tess, anna)
    assert one.takes_evaluation(Moment.AFTER, edition.ends_at + timedelta(days=60))
    assert not one.takes_evaluation(Moment.AFTER, edition.ends_at + timedelta(days=61))
    assert not one.takes_evaluation(Moment.AFTER, edition.ends_at - timedelta(hours=1))

    mine.erase(anna)

    assert "Je hebt al geantwoord" in client.post(page_of(one), {"grade": "8"}).text
    assert not Evaluation.objects.exists()


# --- Results -------------------------------------------------------------------------------------


def evaluations(edition, *grades, moment=Moment.AFTER):
    day = timezone.localdate(edition.ends_at)
    return Evaluation.objects.bulk_create(
        Evaluation(edition=edition, grade=grade, useful=f"zin {grade}", moment=moment,
                   given_on=day)
        for grade in grades
    )  # fmt: skip


def test_fewer_than_five_answers_show_nothing(client, tess, anna):
    edition, _ = given(tess, anna)
    client.force_login(tess)
    evaluations(edition, 1, 2, 3, 4)
    four = client.get(f"/balie/trainingen/mijn/{edition.pk}/").text
    evaluations(edition, 10)
    five = client.get(f"/balie/trainingen/mijn/{edition.pk}/").text

    assert "Er zijn nog geen vijf antwoorden" in four
    assert "zin " not in four
    assert "5 antwoorden, gemiddeld een 4,0" in five
    assert five.index("zin 1<") < five.index("zin 10") < five.index("zin 2")


def test_a_small_edition_cannot_be_found_by_subtracting(db):
    large, small, other = make_edition(), make_edition(), make_edition()
    one, few, more = (
        evaluations(large, *[8] * 5), evaluations(small, 1, 1), evaluations(other, 1, 1, 1),
    )  # fmt: skip

    assert results(one + few).count == 5
    assert results(one + few).grade == 8
    assert results(one + few + more).count == 10


def test_answers_of_half_a_year_later_count_by_themselves(db):
    edition = make_edition()
    evaluations(edition, 8, 8, 8, 8, 8)
    evaluations(edition, None, None, None, None, moment=Moment.LATER)

    found = results(edition.evaluations.all())

    assert (found.count, found.later) == (5, [])
    assert results([]).count is None


# --- Half a year later ---------------------------------------------------------------------------


def test_half_a_year_later_who_was_there_is_asked_once(tess, make_user, outbox):
    people = make_parties(make_user, 3)
    edition, [there, absent, stopped] = given(tess, *people)
    mark(edition, there)
    mark(edition, stopped)
    mark(edition, absent, was_there=False)
    preferences.choose(people[2].email, "trainings.later", False)
    then = edition.ends_at + HALF_YEAR

    assert evaluating.ask_later(then - timedelta(hours=1)) == 0
    assert [evaluating.ask_later(then), evaluating.ask_later(then)] == [1, 0]
    assert evaluating.ask_later(then + timedelta(days=31)) == 0

    assert subjects(outbox) == [(people[0].email, "Wat gebruikte je van de training?")]
    assert b"List-Unsubscribe:" in bytes(outbox()[-1].message)


def test_the_answer_is_kept_without_who_and_once(client, tess, anna):
    edition, [one] = given(tess, anna)
    mark(edition, one)
    evaluating.ask_later(edition.ends_at + HALF_YEAR)
    then = edition.ends_at + HALF_YEAR + timedelta(days=1)

    evaluating.evaluate(one, Moment.LATER, useful="Het belrondje", now=then)
    with pytest.raises(TooLate):
        evaluating.evaluate(one, Moment.LATER, useful="Nog eens", now=then)

    kept = Evaluation.objects.get()
    assert (kept.moment, kept.useful, kept.grade) == (Moment.LATER, "Het belrondje", None)
    assert kept.given_on == timezone.localdate(edition.ends_at) + HALF_YEAR
    assert evaluating.ask_later(then) == 0
    assert Notice.objects.filter(kind__startswith="later").count() == 1


def test_nobody_answers_what_was_not_asked(client, tess, anna):
    _, [one] = given(tess, anna)

    assert "Je hebt al geantwoord" in client.get(page_of(one, Moment.LATER)).text
