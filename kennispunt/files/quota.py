"""The limit on what one person may send in a day: an account costs nothing, a disk does."""

from allauth.core import context
from django.conf import settings
from django.core.exceptions import ValidationError

from kennispunt.limits.counting import DAY, place, take

TOO_MUCH = "Je stuurde vandaag al veel bestanden. Ga morgen verder, of mail ons wat je wilt sturen."


def refuse_too_much(size: int) -> None:
    """Count one file of so many bytes. ValidationError, in Dutch, when it is too much for a day.

    By whoever is signed in; else by the place that somebody comes from.
    """
    request = context.request
    if request is None:
        return
    user = request.user
    who = f"person {user.pk}" if user.is_authenticated else place(request)
    most = settings.FILES_A_DAY_MEGABYTES * 1024 * 1024
    if not (
        take("files", who, at_most=settings.FILES_A_DAY, seconds=DAY)
        and take("bytes of files", who, at_most=most, seconds=DAY, amount=size)
    ):
        raise ValidationError(TOO_MUCH)
