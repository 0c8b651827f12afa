from datetime import datetime, time, timedelta

from django.db import migrations
from django.utils import timezone

QUESTION_DAYS = 14  # periods.QUESTION_DAYS, of when this was written


def hand_over(apps, schema_editor):
    """What was asked about an application goes from the case to what that person sent.

    An answer goes to who gave it, an open question to each to whom it was mailed. Where that is not
    known any more, both go to who applied first: the others were asked nothing.
    """
    Case = apps.get_model("parties", "Case")
    Mandate = apps.get_model("parties", "Mandate")
    for case in list(Case.objects.exclude(question="", answer="").order_by("-pk")):
        known = Mandate.objects.filter(party=case.party_id).exclude(accepted_on=None)
        if case.kind not in ("application", "person") and known.exists():
            continue  # asked of who manages the party
        theirs = [one for one in whose(apps, case) if not one.question]
        if not theirs:
            continue  # what they sent is forgotten, or was asked about later: it stays on the case
        is_open = case.state == "asked"
        for one in theirs:
            one.question, one.answer, one.asked_by_id = case.question, case.answer, case.asked_by_id
            one.asked_until = (case.asked_until or case.due) if is_open else None
            one.due = case.due if case.answered_by_id == one.person_id else None
            one.save(update_fields=["question", "answer", "asked_by", "asked_until", "due"])
        case.question = case.answer = ""
        case.asked_by = case.answered_by = case.asked_until = None
        case.state = "open" if is_open else case.state
        changed = ["question", "answer", "asked_by", "answered_by", "asked_until", "state"]
        case.save(update_fields=changed)


def whose(apps, case):
    """The applications that the question of this case was about."""
    Application = apps.get_model("parties", "Application")
    sent = Application.objects.filter(party=case.party_id).exclude(sent_at=None)
    sent = sent.exclude(state="withdrawn") if case.state == "asked" else sent
    sent = list(sent.select_related("person").order_by("sent_at", "pk"))
    if case.answered_by_id:
        sent = [one for one in sent if one.person_id == case.answered_by_id] or sent
    elif case.state == "asked":
        told = mailed_to(apps, case)
        waiting = [one for one in sent if one.state == "sent"]
        if mailed := [one for one in waiting if one.person.email in told]:
            return mailed
        sent = waiting or sent
    return sent[:1]


def mailed_to(apps, case):
    """The addresses to which the question that is open was mailed."""
    Mail = apps.get_model("mail", "OutgoingMail")
    since = case.opened_at
    if case.asked_until:
        asked_on = case.asked_until - timedelta(days=QUESTION_DAYS)
        since = max(since, timezone.make_aware(datetime.combine(asked_on, time.min)))
    mails = Mail.objects.filter(purpose="parties.question", created_at__gte=since)
    return set(mails.values_list("to", flat=True))


class Migration(migrations.Migration):
    dependencies = [
        ("parties", "0012_what_was_asked_of_whom"),
        ("mail", "0006_one_letter_many_addresses"),
        ("accounts", "0006_one_way_to_write_an_address"),
    ]

    operations = [migrations.RunPython(hand_over, migrations.RunPython.noop)]
