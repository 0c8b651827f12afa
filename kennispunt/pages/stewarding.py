"""Looking after pages: from one colleague to another."""

from django.db import transaction

from kennispunt.accounts.models import User
from kennispunt.pages.models import BasePage


@transaction.atomic
def give(person: User, to: User | None) -> None:
    """Let a colleague look after all pages of this person; None: nobody does, so all are told.

    Also in the draft of each page, or who publishes it would give the page back.
    """
    pages = BasePage.objects.select_for_update(of=["self"]).filter(steward=person)
    for page in pages.select_related("latest_revision"):
        if draft := page.latest_revision:
            draft.content["steward"] = to and to.pk
            draft.save(update_fields=["content"])
    BasePage.objects.filter(steward=person).update(steward=to)
