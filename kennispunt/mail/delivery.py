"""From the outbox to the mail server. docs/decisions says why it is done in this order.

A worker reserves some rows by UPDATE, and marks a few as on their way, by UPDATE, just before it
speaks to the mail server. So of a worker that is killed at most GROUP rows can be in doubt. After
LEASE others take what it had reserved; those in doubt go again, with a mark.
"""

from collections.abc import Callable
from contextlib import suppress
from datetime import datetime, timedelta
from uuid import uuid4

from django.db import DatabaseError
from django.db.models import F, Q
from django.utils import timezone
from django_tasks import task
from django_tasks_db.models import DBTaskResult

from kennispunt.mail.models import LetterToMany, OutgoingMail
from kennispunt.mail.post import Doubtful, Post, Refused, ServerProblem
from kennispunt.mail.refusals import Streak
from kennispunt.ui.ahead import impossible

Status = OutgoingMail.Status

BATCH = 20  # an urgent mail waits for at most this many
GROUP = 5  # so many may arrive twice after a kill; the database waits for the disk twice a group
IN_TIME = timedelta(seconds=30)  # what is then left of a group waits, so that LEASE is kept
LEASE = timedelta(minutes=5)  # longer than one conversation with a slow mail server can last
PAUSES = [timedelta(minutes=m) for m in (1, 5, 15, 60, 180, 360)]  # and then every six hours
GIVE_UP = timedelta(days=3)
MINUTE = timedelta(minutes=1)
MOST_COPIES = 2  # of a mail on which the conversation broke off; then it rests, and is told
STOPPED = 500  # rows of a letter that was stopped, in one statement
MOST_KILLS = 5  # of workers that had it on its way, and then too


@task(priority=50)  # before what can wait: indexing, cleaning up
def deliver() -> int:
    """Send what is due. Returns how many went out."""
    return deliver_due(timezone.now)


def wake() -> None:
    """Let a worker deliver now. One task that still waits is enough: it will see our row."""
    if not DBTaskResult.objects.ready().filter(task_path=deliver.module_path).exists():
        deliver.enqueue()


def deliver_due(clock: Callable[[], datetime]) -> int:
    """Send what is due by this clock, until nothing is left or the mail server has a problem."""
    claim, sent = uuid4().hex, []
    release_stale(clock())
    lapse(clock())
    streak = Streak()
    with Post() as post:
        while mails := reserve(claim, clock()):
            try:
                for first in range(0, len(mails), GROUP):
                    deliver_group(mails[first : first + GROUP], post, clock, sent, streak)
            except ServerProblem as problem:
                release(claim, str(problem))
                break
    return len(sent)


# --- Claims -------------------------------------------------------------------------------------


def reserve(claim, now):
    """Up to BATCH rows that are now ours: the urgent ones first, letters to many last."""
    while wanted := next_ones(now):
        free = OutgoingMail.objects.filter(pk__in=wanted, claim="", status=Status.WAITING)
        if free.update(claim=claim, claimed_at=now):
            break  # else another worker was first: what comes after theirs is for us
    ours = OutgoingMail.objects.filter(claim=claim, status=Status.WAITING)
    mails = list(ours.order_by(F("urgent").desc(), "due_at", "pk"))
    letters = LetterToMany.objects.in_bulk({one.letter_id for one in mails if one.letter_id})
    for mail in mails:
        mail.letter = letters.get(mail.letter_id)  # one copy for all of them
    return mails


def next_ones(now):
    """The numbers of up to BATCH rows that are free to claim."""
    if single := OutgoingMail.objects.due(now).values_list("pk", flat=True)[:BATCH]:
        return list(single)
    for letter in letters_that_wait():
        if not letter.stopped_at and not (letter.rests_until and letter.rests_until > now):
            ready = letter.mails.ready(now).order_by("due_at", "pk")
            if found := list(ready.values_list("pk", flat=True)[:BATCH]):
                return found
    return []


def letters_that_wait():
    """The letters to many of which rows wait, the oldest first: a step in the index for each."""
    waiting = OutgoingMail.objects.filter(status=Status.WAITING, claim="").order_by("letter")
    pk = 0
    while pk := waiting.filter(letter__gt=pk).values_list("letter", flat=True).first():
        yield LetterToMany.objects.get(pk=pk)


def release(claim, error=""):
    """Give back what we reserved and did not send, for the next run."""
    changes = {"last_error": error[:500]} if error else {}
    ours = OutgoingMail.objects.filter(claim=claim, status=Status.WAITING)
    ours.update(claim="", claimed_at=None, **changes)


def release_stale(now):
    """Take back what a killed worker held. What was on its way may have arrived."""
    held_too_long = Q(claimed_at__lte=now - LEASE) | impossible("claimed_at", now)
    stale = OutgoingMail.objects.filter(held_too_long)
    stale.filter(status=Status.WAITING, claim__gt="").update(claim="", claimed_at=None)
    on_its_way = stale.filter(status=Status.SENDING)
    freed = {"claim": "", "claimed_at": None, "perhaps_sent": True, "copies": F("copies") + 1}
    on_its_way.filter(copies__lt=MOST_KILLS - 1).update(status=Status.WAITING, due_at=now, **freed)
    on_its_way.update(
        status=Status.PERHAPS, ended_at=now, last_error="Het versturen brak steeds af", **freed
    )


def lapse(now):
    """Wipe what has no sense any more, such as a code; what was not sent yet is not sent."""
    over = OutgoingMail.objects.filter(expires_at__lte=now, message__isnull=False)
    over.filter(status=Status.WAITING, claim="").update(status=Status.LAPSED, ended_at=now)
    for letter in letters_that_wait():
        while letter.stopped_at and lapse_some(letter, now):
            pass
    return over.exclude(status__in=OutgoingMail.OPEN).update(message=None, subject="")


def lapse_some(letter, now):
    """Of a letter that was stopped: so few at once that nobody waits long for the database."""
    waiting = letter.mails.filter(status=Status.WAITING, claim="")
    some = list(waiting.values_list("pk", flat=True).order_by("due_at", "pk")[:STOPPED])
    return waiting.filter(pk__in=some).update(status=Status.LAPSED, ended_at=now)


# --- A few messages -----------------------------------------------------------------------------


def deliver_group(mails, post, clock, sent, streak=None) -> None:
    """Send a few reserved rows, write down what came of them, and add what went out to `sent`."""
    streak = streak or Streak()
    post.still_busy = lambda: keep_hold(mails, clock())
    post.connect()
    now, taken = clock(), []
    untried = put_on_their_way(mails, now)
    try:
        while untried:
            post.connect()  # again, when something odd broke the conversation
            mail = untried.pop(0)
            if deliver_one(mail, post, clock, streak):
                taken.append(mail.pk)
            if clock() - now >= IN_TIME:
                break
    finally:
        give_back(untried)
        done = {"status": Status.SENT, "ended_at": clock(), "claim": "", "last_error": ""}
        on_its_way(taken, mails).update(**done, claimed_at=None)
        sent += taken


def keep_hold(mails, now):
    """The mail server takes its time: nobody may think that we were killed."""
    with suppress(DatabaseError):  # then it only seems so, and what we send is marked as in doubt
        on_its_way([mail.pk for mail in mails], mails).update(claimed_at=now)


def put_on_their_way(mails, now):
    """Mark them before the first word to the mail server. Returns those that are still ours."""
    reserved = OutgoingMail.objects.filter(pk__in=[mail.pk for mail in mails])
    reserved = reserved.filter(claim=mails[0].claim, status=Status.WAITING)
    marked = reserved.update(status=Status.SENDING, claimed_at=now, attempts=F("attempts") + 1)
    for mail in mails:
        mail.attempts += 1
    if marked == len(mails):
        return list(mails)
    # We were so slow that another worker took some.
    ours = set(on_its_way([mail.pk for mail in mails], mails).values_list("pk", flat=True))
    return [mail for mail in mails if mail.pk in ours]


def give_back(mails):
    """The mail server was not asked about these."""
    if mails:
        on_its_way([mail.pk for mail in mails], mails).update(
            status=Status.WAITING, claim="", claimed_at=None, attempts=F("attempts") - 1
        )


def on_its_way(keys, mails):
    """Of these rows the ones that nobody took from us."""
    rows = OutgoingMail.objects.filter(pk__in=keys, claim=mails[0].claim)
    return rows.filter(status=Status.SENDING)


def deliver_one(mail, post, clock, streak) -> bool:
    """Whether the mail server took it; when it did not, that is written down at once."""
    row = on_its_way([mail.pk], [mail])
    try:
        post.send(mail)
    except ServerProblem as problem:
        row.update(**after_a_problem(mail, clock(), problem))
        raise
    except Doubtful as problem:
        row.update(**in_doubt(mail, clock(), str(problem)))
        streak.broke_off(mail, str(problem))  # three in a row: it is the server
        return False
    except Refused as refusal:
        if refusal.final and (held := streak.refused(mail, refusal, clock())):
            end = failed if is_the_only_one(mail, clock()) else held_back
            row.update(**end(mail, clock(), str(refusal)), held=held)
            raise ServerProblem(str(refusal)) from refusal
        end = failed if refusal.final or is_old(mail, clock()) else again
        row.update(**end(mail, clock(), str(refusal)))
        return False
    streak.went_out(mail, clock())
    return True


def after_a_problem(mail, now, problem):
    """The server has a problem: the mail waits, and that costs it no attempt."""
    if is_the_only_one(mail, now):
        return failed(mail, now, str(problem)) | {"perhaps_sent": mail.perhaps_sent}
    if problem.broke_off:
        return in_doubt(mail, now, str(problem))
    if problem.doubtful:
        return again(mail, now, str(problem)) | {"perhaps_sent": True}
    return again(mail, now, str(problem)) | {"due_at": now + MINUTE, "attempts": 1}


def in_doubt(mail, now, error):
    """It may have arrived. Once more, marked; then it rests, for a person to decide."""
    changes = {"perhaps_sent": True, "copies": mail.copies + 1}
    if mail.copies + 1 >= MOST_COPIES:
        return failed(mail, now, error) | changes | {"status": Status.PERHAPS}
    return again(mail, now, error) | changes


def is_old(mail, now):
    return now - mail.created_at >= GIVE_UP


def is_the_only_one(mail, now):
    """Is it this old mail that makes a server stumble? Between its last attempt and this one the
    server took others. When it took nothing at all, it was away, and that costs no mail.
    """
    others = OutgoingMail.objects.filter(
        status=Status.SENT, ended_at__range=(mail.due_at - PAUSES[-1], mail.due_at)
    )
    return is_old(mail, now) and others.exists()


def again(mail, now, error):
    pause = PAUSES[min(mail.attempts, len(PAUSES)) - 1]
    return {
        "status": Status.WAITING, "due_at": now + pause, "last_error": error[:500],
        "claim": "", "claimed_at": None,
    }  # fmt: skip


def held_back(mail, now, error):
    """Refused with all others: it waits, and is among the first to be tried again."""
    return again(mail, now, error) | {"due_at": now + MINUTE}


def failed(mail, now, error):
    return {
        "status": Status.FAILED, "ended_at": now, "last_error": error[:500],
        "claim": "", "claimed_at": None,
    }  # fmt: skip
