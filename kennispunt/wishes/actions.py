"""Wishes of parties that add up, made-to-measure requests, and the vote on themes.

A wish is a theme in a province. Each party has one voice in it, from the town it names. When
enough parties want it, the desk proposes an edition to those who asked.
"""

from collections.abc import Iterable
from datetime import date, datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.timezone import localdate

from kennispunt.elections.models import Area
from kennispunt.parties.models import Party
from kennispunt.parties.permissions import is_accepted, mandate_for, may_vote
from kennispunt.trainings.models import Edition, Theme
from kennispunt.ui.rows import TooLate
from kennispunt.wishes import letters
from kennispunt.wishes.models import CustomRequest, ThemeVote, Wish, WishVoice
from kennispunt.wishes.periods import REQUESTS_AT_ONCE, VOTES_EACH, vote_on
from kennispunt.wishes.permissions import may_wish
from kennispunt.wishes.towns import region_of, towns_of

# --- Wishes --------------------------------------------------------------------------------------


@transaction.atomic
def wish(
    party: Party, *, by, theme: Theme, town: Area, people: int = 2, text: str = "", room: str = ""
) -> WishVoice:
    """Ask for a training about the theme, in this town. A second time changes the first.

    ValidationError with a code when it cannot be: "party" or "town".
    """
    _check_asker(party, by, town)
    Party.objects.select_for_update().get(pk=party.pk)  # so that a party has one voice
    found, _ = Wish.objects.get_or_create(theme=theme, region=region_of(town), closed_on=None)
    said = {"person": by, "town": town, "people": people, "text": text, "room": room}
    ours = WishVoice.objects.filter(wish=found).seen_by(by, party)
    before = ours.filter(person=by).first() or ours.first()
    if before is None:
        return WishVoice.objects.create(wish=found, party=party, made_on=localdate(), **said)
    WishVoice.objects.filter(pk=before.pk).update(**said)
    before.refresh_from_db()
    return before


def _check_asker(party, by, town):
    if not may_wish(by, party):
        raise ValidationError("Je kunt voor deze partij niets vragen.", code="party")
    if town not in towns_of(mandate_for(by, party)):
        raise ValidationError("Kies een gemeente waar je partij meedoet.", code="town")


@transaction.atomic
def take_back(voice: WishVoice, *, by) -> None:
    """Take a wish of the party back. ValidationError when this person may not say so."""
    said = WishVoice.objects.seen_by(by, voice.party).filter(pk=voice.pk)
    if not may_wish(by, voice.party) or not said.exists():
        raise ValidationError("Je kunt voor deze partij niets vragen.", code="party")
    voice.delete()
    Wish.objects.filter(pk=voice.wish_id, closed_on=None, voices=None).delete()


@transaction.atomic
def propose(wish: Wish, edition: Edition, *, now: datetime | None = None) -> int:
    """Propose this edition to those who asked: the wish is dealt with. Returns how many mails.

    TooLate when a colleague dealt with it; ValidationError when nobody can sign up any more.
    """
    now = now or timezone.now()
    _check_edition(edition, now)
    claimed = Wish.objects.filter(pk=wish.pk, closed_on=None)
    if not claimed.update(closed_on=localdate(now), edition=edition):
        raise TooLate("Deze wens is al behandeld.")
    voices = WishVoice.objects.filter(wish=wish).select_related("person", "party")
    asked = [one for one in voices if one.person and may_wish(one.person, one.party)]
    return sum(1 for one in asked if letters.proposal(one.person, wish, edition))


def _check_edition(edition, now):
    if edition.status != Edition.Status.OPEN or edition.starts_at <= now:
        raise ValidationError("Kies een editie waarvoor je je nog kunt inschrijven.")


# --- Made to measure -----------------------------------------------------------------------------


@transaction.atomic
def request_custom(
    party: Party, *, by, town: Area, text: str, people: int, when: str = "", room: str = "",
    now: datetime | None = None,
) -> CustomRequest:  # fmt: skip
    """Ask for something made for this party alone. The same words again are the same request.

    ValidationError with a code: "party" or "town"; "many" when as many wait as we can answer.
    """
    _check_asker(party, by, town)
    Party.objects.select_for_update().get(pk=party.pk)
    waiting = CustomRequest.objects.filter(party=party, state=CustomRequest.State.OPEN)
    if not is_accepted(by, party):
        waiting = waiting.filter(person=by)
    if same := waiting.filter(person=by, text=text).first():
        return same
    if waiting.count() >= REQUESTS_AT_ONCE:
        raise ValidationError(
            "Er wachten al drie vragen van je partij. Wacht op ons antwoord.", "many"
        )
    return CustomRequest.objects.create(
        party=party, person=by, town=town, text=text, people=people, when=when, room=room,
        made_at=now or timezone.now(),
    )  # fmt: skip


@transaction.atomic
def answer_custom(
    request: CustomRequest, *, text: str, edition: Edition | None = None,
    promised_on: date | None = None, now: datetime | None = None,
) -> None:  # fmt: skip
    """Answer a request by mail; with an edition it is planned.

    With a day by which we promise more it waits on the desk, to be answered once more then.
    TooLate when a colleague answered; ValidationError for an edition, as for a proposal.
    """
    now = now or timezone.now()
    if edition:
        _check_edition(edition, now)
    state = CustomRequest.State.PLANNED if edition else CustomRequest.State.ANSWERED
    waiting = CustomRequest.objects.for_us().filter(pk=request.pk, answered_at=request.answered_at)
    if not waiting.update(
        state=state, answer=text, edition=edition, answered_at=now,
        promised_on=None if edition else promised_on,
    ):  # fmt: skip
        raise TooLate("Deze vraag is al beantwoord.")
    request.refresh_from_db()
    if request.person and may_wish(request.person, request.party):
        letters.custom_answered(request)


# --- The vote on themes --------------------------------------------------------------------------


@transaction.atomic
def vote(party: Party, *, by, themes: Iterable[Theme], now: datetime | None = None) -> None:
    """Choose the themes this party wants next year: these and no others, until it closes.

    ValidationError with a code: "closed", "party" or "max".
    """
    today, themes = localdate(now), set(themes)
    current = vote_on(today)
    if not current.is_open(today):
        raise ValidationError("De stemming is gesloten.", code="closed")
    if not may_vote(by, party):
        raise ValidationError("Je kunt voor deze partij niet stemmen.", code="party")
    if len(themes) > VOTES_EACH:
        raise ValidationError(f"Kies hoogstens {VOTES_EACH} thema’s.", code="max")
    # One at a time for a party, so that two tabs together do not give more than three.
    Party.objects.select_for_update().get(pk=party.pk)
    cast = ThemeVote.objects.filter(year=current.year, party=party)
    cast.exclude(theme__in=themes).delete()
    for theme in themes:
        ThemeVote.objects.get_or_create(
            year=current.year, theme=theme, party=party, defaults={"cast_by": by}
        )


# --- Forgetting ----------------------------------------------------------------------------------


def forget(person) -> None:
    """Forget the person: the party's wish stays; a request that nobody can answer goes."""
    WishVoice.objects.filter(person=person).update(person=None, text="", room="")
    CustomRequest.objects.filter(person=person).delete()
    ThemeVote.objects.filter(cast_by=person).update(cast_by=None)
