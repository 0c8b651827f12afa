"""What we do when something happens to a party or to who speaks for it."""

from kennispunt.trainings.actions import leaving, wishes


def status_decided(sender, party, **kwargs):
    leaving.party_decided(party)


def mandate_ended(sender, mandate, **kwargs):
    leaving.mandate_ended(mandate)


def person_forgotten(sender, person, **kwargs):
    leaving.forget(person)
    wishes.forget(person)
