"""Our reactions to a change of a party, of the people who speak for it, or of our trainers."""

from kennispunt.trainings.actions import leaving, trainers


def status_decided(sender, party, **kwargs):
    leaving.party_decided(party)


def person_accepted(sender, mandate, **kwargs):
    leaving.person_accepted(mandate)


def mandate_ended(sender, mandate, **kwargs):
    leaving.mandate_ended(mandate)


def person_forgotten(sender, person, **kwargs):
    leaving.forget(person)


def groups_changed(sender, instance, action, reverse, pk_set, **kwargs):
    """Somebody left a group, or a group was emptied: whoever trains no more gives nothing."""
    if action in ("post_remove", "post_clear"):
        trainers.leave(pk_set if reverse else [instance.pk])


def account_saved(sender, instance, created, **kwargs):
    if not created and not instance.is_active:
        trainers.leave([instance.pk])
