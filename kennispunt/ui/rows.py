"""Rows that several people change at once: nobody undoes what another did meanwhile.

What was read is a copy of a moment. Written back whole it brings back every column of that moment,
also what a colleague decided since. So a shared row is changed by name, and where the change
depends on what stands there, under a lock or with a claim:

    party = locked(party)                              # as it is now, until the transaction ends
    party.keep(status=Party.Status.NEW, status_until=day)

    if not Case.objects.filter(pk=case.pk, state=State.OPEN).update(state=State.CLOSED):
        raise TooLate                                  # a colleague was first
"""

from django.db import models


class TooLate(Exception):
    """A colleague was first: what was asked is done, gone or different by now. Says so in Dutch."""

    def __init__(self, words="Iemand was je voor. Kijk hoe het er nu voor staat."):
        super().__init__(words)


class SharedRow(models.Model):
    """A row that others change too: what is there is never saved whole (tests/test_rows.py)."""

    class Meta:
        abstract = True

    def keep(self, **fields) -> None:
        """Write these fields and no other, and when that was."""
        for name, value in fields.items():
            setattr(self, name, value)
        dated = [one.name for one in self._meta.fields if getattr(one, "auto_now", False)]
        self.save(update_fields=[*fields, *dated])


def locked(row, *related):
    """The row as it is now, with the `related` rows that it points to; nobody else changes it until
    the transaction ends. TooLate when it is gone."""
    rows = type(row)._base_manager.select_for_update(of=("self",))
    if related:  # select_related() without a name would follow every key
        rows = rows.select_related(*related)
    found = rows.filter(pk=row.pk).first()
    if found is None:
        raise TooLate
    return found
