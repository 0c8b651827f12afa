"""A second person reads each change of a fact. It holds at once, for a wrong amount cannot wait;
until somebody else has read it, it waits on the desk of everyone who may change facts.

Kept in Wagtail's log, where the change itself stands: no table of our own.
"""

from dataclasses import dataclass

from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import ValidationError
from django.db import transaction
from wagtail.log_actions import log
from wagtail.models import ModelLogEntry

from kennispunt.facts.loading import state
from kennispunt.facts.models import Fact

READ = "facts.read"
CHANGES = ("wagtail.create", "wagtail.edit", "wagtail.revert")
SHOWN = (
    "what", "value", "unit", "group", "law", "source", "certainty", "reservation", "checked_on",
    "check_again_on", "valid_from", "valid_to",
)  # fmt: skip


@dataclass(frozen=True)
class Change:
    """Changes of a fact since a second person read it: not the one who changed it last."""

    fact: Fact
    first: ModelLogEntry
    entry: ModelLogEntry

    @property
    def lines(self) -> list[tuple[str, str, str]]:
        """Each field that differs: its name, what it was and what it is. A new fact was nothing."""
        earlier = self.fact.revisions.filter(pk__lt=self.first.revision_id or 0)
        before = earlier.order_by("pk").last()
        was = before.content if before else {}
        now = state(self.fact)
        return [
            (str(Fact._meta.get_field(name).verbose_name), was.get(name) or "", now[name] or "")
            for name in SHOWN
            if (was.get(name) or "") != (now[name] or "")
        ]


def unread(user) -> list[Change]:
    """Return what waits for this person: the changes of others, the oldest first."""
    first, last = {}, {}
    entries = ModelLogEntry.objects.filter(
        content_type=ContentType.objects.get_for_model(Fact),
        action__in=[*CHANGES, READ],
        user__isnull=False,
    )
    for entry in entries.select_related("revision", "user").order_by("timestamp", "pk"):
        if entry.action == READ:
            first.pop(entry.object_id, None)
        else:
            first.setdefault(entry.object_id, entry)
            last[entry.object_id] = entry
    facts = Fact.objects.in_bulk([int(key) for key in first])
    waiting = [
        Change(facts[int(key)], entry, last[key])
        for key, entry in first.items()
        if int(key) in facts and last[key].user_id != user.pk
    ]
    return sorted(waiting, key=lambda one: one.first.timestamp)


@transaction.atomic
def mark_read(fact: Fact, *, by, entry: int) -> None:
    """`by` read this change and it is right.

    ValidationError when it is her own, when somebody read it already, or changed it since.
    """
    Fact.objects.select_for_update().get(pk=fact.pk)
    found = next((one for one in unread(by) if one.fact == fact), None)
    if found is None:
        raise ValidationError("Dit hoef jij niet na te lezen: het is van jou, of al gedaan.")
    if found.entry.pk != entry:
        raise ValidationError("Dit feit is intussen weer veranderd. Kijk opnieuw.")
    log(instance=fact, action=READ, user=by)
