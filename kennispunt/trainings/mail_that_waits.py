"""The subject of a mail about a place, for its reader at the desk, and what can be done then."""

import re

from allauth.account.models import EmailAddress
from django.core.exceptions import ValidationError
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.timezone import localtime

from kennispunt.elections.working_days import in_words
from kennispunt.mail.handlers import About, CannotHandle, Subject
from kennispunt.office.dutch_clock import hour_of
from kennispunt.trainings import letters, replies
from kennispunt.trainings.actions import places
from kennispunt.trainings.calendars import DOMAIN
from kennispunt.trainings.models import Notice, Registration
from kennispunt.ui.cleaning import row_number
from kennispunt.ui.rows import TooLate

State = Registration.State

DECLINED = "declined"
ACTS = {
    State.OFFERED: (("takes", "Neemt de plek"), ("cancels", "Geeft de plek door")),
    State.PLACED: (("cancels", "Zegt af"), ("comes", "Komt")),
    State.WAITING: (("cancels", "Wil niet meer wachten"), ("comes", "Wacht nog")),
}
_UID = re.compile(rf"\d{{1,9}}-\d{{1,9}}-(\d{{1,9}})@{re.escape(DOMAIN)}")


class Places(Subject):
    """A place, an offer of one, or waiting for one: the key is the sign-up and its offer."""

    def about(self, keys):
        numbers = {key: key.partition("_")[0] for key in keys}
        found = {
            str(one.pk): one for one in known().filter(pk__in=filter(row_number, numbers.values()))
        }
        return {key: about(found[number]) for key, number in numbers.items() if number in found}

    def of(self, address):
        also = EmailAddress.objects.filter(email__iexact=address, verified=True).values("user")
        theirs = Q(person__email__iexact=address) | Q(person__in=also)
        now = timezone.now()
        return [about(one) for one in known().live().filter(theirs, edition__ends_at__gt=now)[:10]]

    def act(self, key, name):
        registration, offer = replies.find(key)
        if name not in dict(ACTS.get(registration.state, ())):
            raise CannotHandle("Dat kan nu niet meer: kijk hoe deze inschrijving er nu voor staat")
        try:
            if name == "takes":
                places.take(registration, offer=offer)
            elif registration.state == State.OFFERED:
                places.pass_on(registration, offer=offer)
                letters.cancelled(registration, had_place=False)
            elif name == "cancels":
                places.cancel(registration)
        except TooLate as late:
            raise CannotHandle(str(late)) from late
        except ValidationError as problem:
            raise CannotHandle(problem.message) from problem

    def of_event(self, uid):
        found = _UID.fullmatch(uid)
        one = found and Registration.objects.filter(pk=found[1]).first()
        return key_of(one) if one else ""

    def declined(self, key, sender):
        registration, _ = replies.find(key)
        if not registration.is_live:
            return  # a calendar that follows what we know
        if registration.state != State.PLACED or sender != registration.person.email:
            raise CannotHandle("Zegt nee in de agenda")
        _, first = Notice.objects.get_or_create(registration=registration, kind=DECLINED)
        if not first:
            raise CannotHandle("Zegt weer nee in de agenda; we vroegen al of de plek vrij is")
        letters.declined(registration)

    def let_go(self, key):
        number = row_number(key.partition("_")[0])
        if number and (one := Registration.objects.filter(pk=number).first()):
            places.hold_on(one)


def known():
    rows = Registration.objects.exclude(person=None)
    return rows.select_related("edition__training", "edition__room", "person")


def key_of(registration):
    return f"{registration.pk}_{registration.offers}"


def about(registration) -> About:
    """One sign-up in words, with what can be done about it now."""
    edition = registration.edition
    begins, until = localtime(edition.starts_at), registration.offered_until
    return About(
        key_of(registration),
        f"{registration.person}: {registration.get_state_display()} bij {edition.training}, "
        f"{in_words(begins.date())}",
        reverse("trainings:participants", args=[edition.pk]),
        due=until or edition.starts_at,
        note=held(until) if until else "",
        acts=ACTS.get(registration.state, ()),
    )


def held(until):
    moment = f"{in_words(localtime(until).date())}, {hour_of(until)}"
    return f"De plek is aangeboden tot {moment}. Zolang deze mail wacht, vervalt hij niet."
