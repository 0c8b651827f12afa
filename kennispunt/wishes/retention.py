"""The promises about wishes and requests: the numbers are in periods.KEEP_DAYS."""

from datetime import timedelta

from django.db.models import Q
from django.utils.timezone import localdate

from kennispunt.wishes.models import CustomRequest, Wish, WishVoice
from kennispunt.wishes.periods import KEEP_DAYS


def forget_wishes(now):
    """Wie een training wenste, een jaar na de wens, of 90 dagen na ons voorstel."""
    asked = localdate(now - timedelta(days=KEEP_DAYS["wish"]))
    proposed = localdate(now - timedelta(days=KEEP_DAYS["dealt_with"]))
    old = Q(made_on__lt=asked) | Q(wish__closed_on__lt=proposed)
    forgotten, _ = WishVoice.objects.filter(old).delete()
    Wish.objects.filter(closed_on=None, voices=None).delete()  # nobody wants it any more
    return forgotten


def forget_requests(now):
    """Een vraag om maatwerk, 90 dagen na ons antwoord, niet voor wat we nog beloofden, en hoe dan
    ook na een jaar."""
    done = now - timedelta(days=KEEP_DAYS["dealt_with"])
    old = now - timedelta(days=KEEP_DAYS["wish"])
    answered = Q(answered_at__lt=done) & (Q(promised_on=None) | Q(promised_on__lt=localdate(now)))
    gone = CustomRequest.objects.filter(answered | Q(made_at__lt=old))
    return gone.delete()[0]


PROMISES = [forget_wishes, forget_requests]
