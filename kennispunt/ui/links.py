"""Links that leave the site: in a mail, a calendar, a feed. And links that open by themselves.

A signed link names nobody and opens one thing without signing in. Nobody can make or change one,
and what it opens is decided where it is read: an odd, old or forged one is None, and everyone then
gets the same page, `dead`, that says what to do next.

    PLACE = Signed("kennispunt.trainings.place", int, int)
    full_address("trainings:place", PLACE.token(place.pk, place.offers))
    number, offer = PLACE.read(token) or (None, None)
"""

from datetime import timedelta

from django.conf import settings
from django.core import signing
from django.shortcuts import render
from django.urls import reverse


def full_address(to, *args) -> str:
    """The whole address of a page of ours, for use outside the site.

    `to`: the name of an address with its `args`, a path, or a thing that has a page.
    """
    if not isinstance(to, str):
        to = to.get_absolute_url()
    return settings.SITE_URL + (to if to.startswith("/") else reverse(to, args=args))


class Signed:
    """One kind of token that we give out and recognize: of these types, for as long as it `works`.

    `salt` and types are those of tokens that lie in mailboxes: change neither.
    """

    def __init__(self, salt: str, *types: type, works: timedelta | None = None, compress=False):
        self.salt, self.types, self.works, self.compress = salt, types, works, compress

    def token(self, *values) -> str:
        """Make the word in a link or a hidden field. Anybody can read it, so it is never a name."""
        [kept] = values if len(self.types) == 1 else [values]
        return signing.dumps(kept, salt=self.salt, compress=self.compress)

    def read(self, token: str):
        """The value, or the list of values, of a token of ours; None when it is none any more."""
        try:
            kept = signing.loads(token, salt=self.salt, max_age=self.works)
        except (signing.BadSignature, ValueError):
            return None
        values = [kept] if len(self.types) == 1 else kept
        if not isinstance(values, list) or list(map(type, values)) != list(self.types):
            return None
        return kept


def dead(request, *, why: str = "", href: str = "/contact/", words: str = "Vraag het ons"):
    """The page of a link that does not work (any more): `why`, if we know, and the next step."""
    context = {"why": why, "href": href, "words": words}
    return render(request, "ui/dead_link.html", context, status=404)
