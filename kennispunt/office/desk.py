"""Work that waits in mail, which stands too low to offer it itself: failed mail, mail that stays
put, and mail that people sent us."""

from datetime import timedelta

from django.db.models import Count, Min, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.timezone import localdate

from kennispunt.mail import handlers
from kennispunt.mail.models import IncomingMail, Mailbox, OutgoingMail
from kennispunt.mail.permissions import may_keep_mail_going, may_read_mail
from kennispunt.office.staff import Waiting

LATE = timedelta(minutes=15)
LONG = timedelta(days=1)  # that a mail is tried again in vain: a full mailbox may take that long
MOST = 50  # lines of mail that waits: the rest is in the list


def waiting(user):
    """Mail to read, mail that failed or stays put."""
    yield from waiting_in(user)
    if not may_keep_mail_going(user):
        return
    mails = reverse(OutgoingMail.snippet_viewset.get_url_name("list"))
    late = timezone.now() - LATE
    rows = OutgoingMail.objects
    failed = rows.filter(status=OutgoingMail.Status.FAILED)
    perhaps = rows.filter(status=OutgoingMail.Status.PERHAPS)
    held = rows.open().filter(held__in=OutgoingMail.Held.OURS)
    yield from together(failed, "Mail die niet aankwam", f"{mails}?status=failed", "ended_at")
    yield from together(
        perhaps, "Mail die misschien aankwam", f"{mails}?status=perhaps", "ended_at"
    )
    yield from together(held, "De mailserver weigert onze mail", f"{mails}?status=waiting")
    never_tried = Q(attempts=0, due_at__lte=late)
    stuck = OutgoingMail.objects.open().filter(never_tried | Q(created_at__lte=late - LONG))
    if since := stuck.aggregate(since=Min("created_at"))["since"]:
        error = stuck.order_by("created_at").values_list("last_error", flat=True).first()
        yield Waiting(
            "mail", "Mail blijft liggen", f"{mails}?status=waiting", since=since, note=error
        )


def together(mails, title, address, since="created_at"):
    """One line for mails with which the same is wrong, with what the mail server said last."""
    found = mails.aggregate(number=Count("pk"), since=Min(since))
    if found["number"]:
        error = mails.order_by(f"-{since}").values_list("last_error", flat=True).first()
        yield Waiting("mail", title, address, found["since"], note=error, count=found["number"])


def when_due(mails):
    """{(purpose, key): when what it is about lapses or begins}, one question for each purpose."""
    keys = {}
    for mail in mails:
        if mail.key:
            keys.setdefault(mail.purpose, set()).add(mail.key)
    return {
        (purpose, key): about.due
        for purpose, ones in keys.items()
        for key, about in handlers.subject_of(purpose).about(ones).items()
        if about.due
    }


def in_short(mail):
    """Say from whom and about what: so that two lines can be told apart."""
    return f"Van {mail.sender or 'een onbekend adres'}: {mail}"[:200]


def waiting_in(user):
    """Mail that we could not handle, and a mailbox that does not answer."""
    if not may_read_mail(user):
        return
    mails = reverse(IncomingMail.snippet_viewset.get_url_name("list"))
    open_mail = list(IncomingMail.objects.waiting().order_by("received_at")[:MOST])
    due = when_due(open_mail)
    for mail in open_mail:
        until = due.get((mail.purpose, mail.key))
        yield Waiting(
            "mail", mail.reason or "Mail om te lezen", reverse("mail_read", args=[mail.pk]),
            since=mail.received_at, due=until and localdate(until), note=in_short(mail),
        )  # fmt: skip
    for mailbox in Mailbox.objects.filter(failing_since__lte=timezone.now() - LATE):
        yield Waiting(
            "techniek", "De mailbox antwoordt niet", mails, since=mailbox.failing_since,
            note=mailbox.last_error,
        )  # fmt: skip
