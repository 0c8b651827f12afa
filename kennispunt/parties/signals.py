"""Signals to the apps above, sent in the transaction in which it happens."""

from django.dispatch import Signal

# The status of a party was decided: party, before (Party.Status), decision. Provisional places
# become places or go to others, a forum opens or closes.
status_decided = Signal()

# Somebody who waited speaks for the party now: mandate. What was provisional for them is theirs.
person_accepted = Signal()

# Somebody no longer speaks for a party, or waits to no more, taken back or refused: mandate. Their
# places and votes are others' now.
mandate_ended = Signal()

# All that said for which party somebody speaks is forgotten: person. What the apps above keep of
# the same goes too; the person may still have an account.
person_forgotten = Signal()
