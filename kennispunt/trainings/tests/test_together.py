"""Two members of staff at one edition: what one did is never undone by what the other read."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from kennispunt.trainings.actions import editions, leaving, trainers
from kennispunt.trainings.models import Edition
from kennispunt.trainings.tests.make import make_edition, replan, sign_up
from kennispunt.trainings.tests.test_editions import evening
from tests.meanwhile import meanwhile

pytestmark = pytest.mark.django_db(transaction=True)


def test_costs_that_are_kept_do_not_bring_back_an_edition_that_was_cancelled():
    edition = make_edition(places=6)

    meanwhile(
        lambda: editions.cancel(edition, reason="De zaal is dicht."),
        lambda: editions.keep_costs(edition, costs=120, hours=4, note="Zaal betaald."),
    )

    edition.refresh_from_db()
    assert (edition.status, edition.cancel_reason) == ("cancelled", "De zaal is dicht.")
    assert (edition.costs, edition.note) == (120, "Zaal betaald.")


def test_who_gives_it_stays_when_it_moves(make_user):
    edition, tess, later = make_edition(), make_user("tess", group="Trainers"), evening(days=41)

    meanwhile(
        lambda: trainers.assign(edition, tess),
        lambda: replan(edition, meetings=[later]),
    )

    edition.refresh_from_db()
    assert edition.trainer == tess
    assert edition.meetings.get().starts_at == edition.starts_at == later[0]


def test_places_that_changed_stay_when_a_colleague_writes_another_field():
    """Also where a colleague read the row long ago: only what is named is written."""
    edition = make_edition(places=6)
    read_before = Edition.objects.get(pk=edition.pk)

    meanwhile(
        lambda: replan(edition, places=9),
        lambda: read_before.keep(bring="Een laptop"),
    )

    edition.refresh_from_db()
    assert (edition.places, edition.bring) == (9, "Een laptop")


def test_who_is_forgotten_locks_the_party_before_its_editions(asser_kring, anna):
    """In the order of a decision about the party, so that neither waits for the other for ever."""
    sign_up(make_edition(), anna, party=asser_kring)

    with CaptureQueriesContext(connection) as asked:
        leaving.forget(anna)

    [party] = [i for i, one in enumerate(asked) if one["sql"].startswith('SELECT "parties_party"')]
    edition = [
        i for i, one in enumerate(asked) if one["sql"].startswith('SELECT "trainings_edition"')
    ]
    assert party < edition[0]
