"""Rows as they are now, locked until the transaction ends: the edition first, then the people."""

from collections.abc import Iterable

from kennispunt.accounts.models import User
from kennispunt.trainings.models import Edition, Registration
from kennispunt.ui import rows


def locked(edition: Edition) -> Edition:
    """Lock the edition, so that nobody else changes it or its places. TooLate when it is gone."""
    return rows.locked(edition, "training", "room")


def current(registration: Registration) -> Registration:
    """Return the registration as it is now, with its edition and its person locked."""
    edition = locked(registration.edition)
    known = Registration.objects.select_related("party", "person", "booked_by", "offer_mail")
    found = known.get(pk=registration.pk)
    if found.person:
        one_at_a_time([found.person])
    found.edition = edition
    return found


def one_at_a_time(people: Iterable[User]) -> None:
    """Lock these people, so that none of them gets a place elsewhere meanwhile."""
    found = User.objects.select_for_update(no_key=True)
    list(found.filter(pk__in=[one.pk for one in people]).order_by("pk").values_list("pk"))
