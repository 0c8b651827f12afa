"""Refusals for everybody are ours and not theirs: a few of the same, and we stop.

A mail server that answers "relay access denied" to every address says nothing about them. Without
this, a whole letter would fail in seconds and its addresses be set apart. What was refused so waits
(`held`), is tried again with one mail a minute, and goes out by itself when one gets through.
"""

import re
from datetime import timedelta

from django.db.models import Q

from kennispunt.mail.models import LetterToMany, OutgoingMail
from kennispunt.mail.post import ServerProblem

Status, Held = OutgoingMail.Status, OutgoingMail.Held

FEW = 3  # different addresses in a row, with the same answer
MANY = 10  # when the answer is about an address: three unknown ones in a row do happen
LATELY = timedelta(hours=1)
_ABOUT_AN_ADDRESS = re.compile(
    r"\b5\.1\.(?:[0-6]|10)\b|\b5\.2\.\d|user unknown|unknown user|no such (?:user|recipient)"
    r"|mailbox (?:unavailable|not found|full)|does not exist|recipient|inactive|invalid address",
    re.IGNORECASE,
)
_NOT_OF_ONE_MAIL = re.compile(r"\brelay|denied|not allowed|not permitted|authenticat", re.I)


def same(reason: str) -> str:
    """Return what a refusal says, without the address and numbers of the one mail it was about."""
    words = re.sub(r"<[^>]*>|\S+@\S+|\S*https?://\S*", " ", reason.lower()).split()
    known = [word for word in words[2:] if not re.search(r"\d", word)]
    return " ".join([*words[:2], *known])


def alike(mail: OutgoingMail) -> list[int]:
    """The mails that failed for the reason of this one, and can go again."""
    failed = OutgoingMail.objects.with_content().filter(status=Status.FAILED)
    reason = same(mail.last_error)
    rows = failed.values_list("pk", "last_error")
    return [pk for pk, error in rows if same(error) == reason]


def few(reason: str, saw: str) -> int:
    """Return how many of the same are no accident."""
    of_address = saw == "address" and not _NOT_OF_ONE_MAIL.search(reason)
    return MANY if of_address and _ABOUT_AN_ADDRESS.search(reason) else FEW


class Streak:
    """The refusals since the last mail that got through, in this run and just before it."""

    def __init__(self):
        self.key, self.mails, self.broken, self.freed = None, {}, 0, set()
        rows = OutgoingMail.objects.filter(status=Status.WAITING, held__in=Held.OURS)
        held = rows.values_list("held", "purpose", "last_error").distinct()[:200]
        self.suspect = {
            (same(error), purpose if held == Held.KIND else "") for held, purpose, error in held
        }

    def refused(self, mail, refusal, now) -> str:
        """Return how this mail is held, when what refused it refuses all; "" when it does not."""
        if mail.held == Held.FREED or (mail.held, mail.purpose) in self.freed:
            return ""  # the server took others since, and refuses this one again
        held = Held.KIND if refusal.saw == "content" else Held.SERVER
        key = (same(str(refusal)), mail.purpose if held == Held.KIND else "")
        if key != self.key:
            self.key, self.mails = key, self._before(key, now)
        self.mails[mail.pk] = mail.to
        if (
            len(set(self.mails.values())) < few(str(refusal), refusal.saw)
            and key not in self.suspect
        ):
            return ""
        self._hold(held, str(refusal), now)
        return held

    def _before(self, key, now):
        """The same refusals that ended just before, until the first mail that got through."""
        reason, purpose = key
        ended = OutgoingMail.objects.filter(
            status__in=[Status.SENT, Status.FAILED], ended_at__gte=now - LATELY
        )
        if purpose:
            ended = ended.filter(purpose=purpose)
        found = {}
        for one in ended.order_by("-ended_at", "-pk").defer("message", "blanks")[:MANY]:
            if one.status == Status.SENT or same(one.last_error) != reason:
                break
            if one.held != Held.FREED:
                found[one.pk] = one.to
        return found

    def _hold(self, held, reason, now):
        """Let those that failed on it wait again; of a kind whose content is refused all others."""
        again = {"status": Status.WAITING, "ended_at": None, "held": held}
        failed = OutgoingMail.objects.filter(pk__in=list(self.mails), status=Status.FAILED)
        failed.with_content().update(due_at=now + timedelta(minutes=1), **again)
        if held == Held.KIND:
            _, purpose = self.key
            rest = now + timedelta(minutes=5)
            others = OutgoingMail.objects.filter(status=Status.WAITING, purpose=purpose, claim="")
            others.filter(letter=None).update(held=held, last_error=reason[:500], due_at=rest)
            LetterToMany.objects.filter(purpose=purpose).update(rests_until=rest)

    def went_out(self, mail, now):
        """One got through: what was held because of the server, or of this kind, goes too."""
        self.key, self.mails, self.broken = None, {}, 0
        if not self.suspect:
            return
        waiting = OutgoingMail.objects.filter(status=Status.WAITING)
        kind = Q(held=Held.KIND, purpose=mail.purpose)
        gone = waiting.filter(Q(held=Held.SERVER) | kind)
        self.freed |= set(gone.values_list("held", "purpose").distinct())
        gone.update(held=Held.FREED, due_at=now)
        LetterToMany.objects.filter(purpose=mail.purpose).update(rests_until=None)
        self.suspect = {(why, of) for why, of in self.suspect if of not in {"", mail.purpose}}

    def broke_off(self, mail, reason):
        """A few in a row that broke off: the rest of the run waits for a server that works."""
        self.broken += 1
        if self.broken >= FEW:
            raise ServerProblem(reason)
