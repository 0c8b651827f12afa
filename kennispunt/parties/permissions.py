"""The rights of a person: the words in which every app above asks about them.

    mandate = acting_for(request)                     # the party this person acts for now, or None
    mandate.status_on(localdate())                    # Party.Status, as it counts for this person
    may_book_places(request.user, mandate.party)

What a status opens is the table "Who may do what" of the product; the app that offers a thing
says which statuses it is for. Nothing is kept between requests: who was removed has lost it.
"""

from collections.abc import Iterable
from datetime import date

from django.core.exceptions import PermissionDenied
from django.db.models import Q
from django.http import HttpRequest
from django.utils.timezone import localdate

from kennispunt.accounts.groups import is_in
from kennispunt.elections.models import Area, AreaSuccession
from kennispunt.parties.models import (
    Application,
    Case,
    Decision,
    Evidence,
    Mandate,
    Objection,
    Party,
)

ACTING = "acting_for"  # in the session: the number of a mandate, never a name

Status = Party.Status

MAY_BOOK = (Status.APPLIED, *Party.OPENS)  # provisional before the decision
MAY_VOTE = (Status.ELIGIBLE,)
VOTE_LATER = "Stemmen kan nog niet: daarvoor moet de partij zijn toegelaten"


# --- For whom ------------------------------------------------------------------------------------


def mandates_of(user) -> list[Mandate]:
    """Every mandate that is open: the accepted ones by the name of the party, then those that
    are provisional in the order in which they began.
    """
    if not user.is_authenticated:
        return []
    mine = list(Mandate.objects.of(user).open().select_related("party"))
    waiting = sorted((one for one in mine if not one.accepted_on), key=lambda one: one.pk)
    return [one for one in mine if one.accepted_on] + waiting


def acting_for(request: HttpRequest) -> Mandate | None:
    """The mandate with which this person acts: the one chosen, else the first. One query."""
    if not hasattr(request, "_mandates"):
        request._mandates = mandates_of(request.user)
    if not request._mandates:
        return None
    chosen = request.session.get(ACTING)
    return next((one for one in request._mandates if one.pk == chosen), request._mandates[0])


def party_names(person) -> dict[int, str]:
    """Return the name of each party that this person spoke for, by its number, as far as they may
    know: somebody who was never accepted reads their own words back."""
    mandates = Mandate.objects.of(person).select_related("party").order_by("pk")
    accepted_last = sorted(mandates, key=lambda one: one.accepted_on is not None)
    return {one.party_id: one.party_name for one in accepted_last}


def as_known_to(person, rows, *fields) -> list[dict]:
    """These fields of rows about parties, with `party__name` as this person may know it."""
    names = party_names(person)
    found = [(one.pop("party"), one) for one in rows.values("party", "party__name", *fields)]
    return [one | {"party__name": names.get(party, one["party__name"])} for party, one in found]


def act_for(request: HttpRequest, mandate: Mandate) -> None:
    """From now on this person acts with another mandate."""
    request.session[ACTING] = mandate.pk


# --- What ----------------------------------------------------------------------------------------


def mandate_for(user, party: Party) -> Mandate | None:
    """The mandate with which this person speaks for this party, accepted or provisional."""
    if not user.is_authenticated:
        return None
    return Mandate.objects.of(user).open().filter(party=party).select_related("party").first()


def status_for(user, party: Party, on: date) -> Party.Status:
    """Return the status that counts for this person on a day: APPLIED until somebody accepted them,
    whatever we know of the party; NONE when they do not speak for it."""
    mandate = mandate_for(user, party)
    return mandate.status_on(on) if mandate else Status.NONE


def is_accepted(user, party: Party) -> bool:
    """Whether somebody said yes to this person. Until then they see and act for themselves alone
    (MandateQuerySet.seen_by), also when the party is theirs by what they sent.
    """
    mandate = mandate_for(user, party)
    return bool(mandate and mandate.accepted_on)


def acts_for(user, party: Party) -> set[int]:
    """The keys of the people of the party for whom this user takes and gives up places."""
    if not may_book_places(user, party):
        return set()
    return set(Mandate.objects.seen_by(user).filter(party=party).values_list("person", flat=True))


def rights_in_words(one, on: date) -> str:
    """Return what a mandate or an invitation opens on this day: said the same on every page.

    A right that the party cannot use yet is not told as something that one may.
    """
    status = (one if isinstance(one, Mandate) else one.party).status_on(on)
    may = []
    if one.may_book and status in MAY_BOOK:
        may.append("plaatsen bij trainingen nemen" + ", voorlopig" * (status == Status.APPLIED))
    if one.may_vote and status in MAY_VOTE:
        may.append("stemmen voor de partij")
    if one.may_manage and getattr(one, "accepted_on", True):
        may.append("collega’s beheren")
    words = ", ".join(may) or "lezen en vragen"
    if one.may_vote and status not in (*MAY_VOTE, Status.ENDED, Status.NONE):
        words += f". {VOTE_LATER}"
    return words


def may_book_places(user, party: Party) -> bool:
    """Whether this person takes places at trainings for this party, and gives them up.

    Applicants get provisional places, founders those that are left: status_for() says which.
    """
    mandate = mandate_for(user, party)
    return bool(mandate and mandate.may_book and mandate.status_on(localdate()) in MAY_BOOK)


def may_vote(user, party: Party) -> bool:
    mandate = mandate_for(user, party)
    return bool(mandate and mandate.may_vote and mandate.status_on(localdate()) in MAY_VOTE)


def may_manage(user, party: Party) -> bool:
    """Whether this person invites and removes colleagues; also of a party that has ended."""
    mandate = mandate_for(user, party)
    return bool(mandate and mandate.may_manage and mandate.accepted_on)


# --- Staff ---------------------------------------------------------------------------------------


def may_decide(user) -> bool:
    """Project leaders decide about parties."""
    return is_in(user, "Project leaders")


def may_keep_register(user) -> bool:
    """Project leaders write down names, areas, lists and mergers; never of their own party."""
    return is_in(user, "Project leaders")


LOOK_ALONG = ("Project leaders", "Moderators")


def may_look_along(user) -> bool:
    """The second pair of eyes, and answers to objections: a small bureau has one project leader,
    so moderators may too. Never who was first (actions/deciding.py).
    """
    return is_in(user, *LOOK_ALONG)


def refuse_own_party(party: Party, by) -> None:
    """Nobody decides about a party that they speak for."""
    if Mandate.objects.of(by).filter(party=party).exists():
        raise PermissionDenied("Je spreekt zelf voor deze partij. Laat een collega besluiten.")


def may_answer_objection(user, objection: Objection) -> bool:
    """Not who took the decision, and not who agreed with it."""
    decision = objection.decision
    return user.pk not in (decision.decided_by_id, decision.seconded_by_id)


def may_read_evidence(user, file) -> bool:
    """Whether this person sent the file, or it was sent and they decide. No colleague."""
    if Application.objects.filter(file=file, person=user.pk).exists():
        return True
    sent = Evidence.objects.filter(file=file)
    if not (may_decide(user) or may_look_along(user)):
        sent = sent.filter(person=user.pk)
    return sent.exists()


# --- Decisions -----------------------------------------------------------------------------------


def may_read_decision(user, decision: Decision) -> bool:
    """Whether it answered what this person sent, or was about a party that they spoke for."""
    if decision.answered.filter(person=user).exists():
        return True
    spoke = Mandate.objects.of(user).filter(
        party=decision.party, accepted_on__lte=localdate(decision.decided_at)
    )
    return decision.case.kind != Case.Kind.APPLICATION and spoke.exists()


def decision_for(user, party: Party) -> Decision | None:
    """The last decision about this party that this person may read."""
    decisions = party.decisions.select_related("case", "party")
    return next((one for one in decisions if may_read_decision(user, one)), None)


def may_object(user, decision: Decision, on: date) -> bool:
    """Whether this person heard a no and the six weeks to object are not over."""
    is_no = decision.outcome == Case.Outcome.DECLINE
    return is_no and on <= decision.object_until and may_read_decision(user, decision)


# --- Where: rules that protect look at all of a person's mandates --------------------------------


def areas_of(user) -> frozenset[str]:
    """Codes of every area where this person may be a rival or a colleague.

    From all mandates that have not ended, also those that wait. Compare with the plain areas of
    the other party: `areas_of(reader) & codes_of(party)`. A gemeente brings its province and its
    water boards, and the other way round; two gemeenten of one province do not overlap.
    """
    if not user.is_authenticated:
        return frozenset()
    parties = Mandate.objects.of(user).open().values("party")
    return overlapping(Area.objects.filter(parties__in=parties).values_list("code", flat=True))


def codes_of(party: Party) -> frozenset[str]:
    """The areas where a party takes part itself, and what they went over into."""
    return _with_heirs(party.areas.values_list("code", flat=True))


def overlapping(codes: Iterable[str]) -> frozenset[str]:
    """These areas and every area that shares ground with one of them."""
    own = _with_heirs(codes)
    if not own:
        return own
    found = set(own)
    # Each gemeente that lies in an area of ours, or is one, with its province and water boards.
    # Row by row: through a gemeente on the border a water board does not reach the next board.
    near = Area.objects.filter(Q(code__in=own) | Q(province__in=own) | Q(waterschappen__in=own))
    for row in near.values_list("code", "province", "waterschappen__code"):
        found.update(row)
    return frozenset(found - {None})


def _with_heirs(codes):
    """Also what they went over into: a party of before a *herindeling* is a rival in the new."""
    known, new = set(), set(codes)
    while new:
        known |= new
        heirs = AreaSuccession.objects.filter(old__in=new).values_list("new", flat=True)
        new = set(heirs) - known
    return frozenset(known)
