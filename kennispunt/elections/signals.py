"""Signals to the apps above."""

from django.dispatch import Signal

# Results were taken in, or corrected: `areas`, the codes of the areas they are of. Sent in the
# transaction that keeps them, so that what follows is kept or undone with them.
results_imported = Signal()
