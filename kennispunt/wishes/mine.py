"""Everything that we keep of one person about wishes: to see, and to take along."""

from kennispunt.parties.permissions import as_known_to
from kennispunt.wishes.models import CustomRequest, ThemeVote, WishVoice


def export(person) -> dict:
    """Everything, with the party it is about."""
    return {
        "wensen": as_known_to(
            person, WishVoice.objects.filter(person=person),
            "wish__theme__name", "town__name", "people", "text", "room", "made_on",
        ),
        "maatwerk": as_known_to(
            person, CustomRequest.objects.filter(person=person),
            "town__name", "text", "when", "people", "room", "answer", "made_at", "answered_at",
        ),
        "stemmen op thema’s": list(
            ThemeVote.objects.filter(cast_by=person).values("year", "theme__name", "party__name")
        ),
    }  # fmt: skip


def requests(request) -> dict:
    """Return the requests of the reader for their party alone, with our answers."""
    mine = CustomRequest.objects.filter(person=request.user)
    return {"requests": mine.select_related("edition__training").order_by("-made_at")}
