"""What we do when something happens to a party or to who speaks for it."""

from kennispunt.trainings.actions import places, wishes


def status_decided(sender, party, **kwargs):
    places.party_decided(party)


def mandate_ended(sender, mandate, **kwargs):
    places.mandate_ended(mandate)


def person_forgotten(sender, person, **kwargs):
    places.forget(person)
    wishes.forget(person)
