"""The work that waits for the staff about facts: changes that nobody else has read."""

from django.urls import reverse

from kennispunt.facts import second
from kennispunt.facts.permissions import may_change_facts
from kennispunt.office.staff import Waiting
from kennispunt.ui.dutch import counted


def waiting(user):
    if not may_change_facts(user):
        return
    found = second.unread(user)
    if found:
        title = f"Lees na: {counted(len(found), 'feit is', 'feiten zijn')}"
        yield Waiting(
            "nalezen",
            f"{title} veranderd",
            reverse("facts_unread"),
            since=found[0].first.timestamp,
            count=len(found),
        )
