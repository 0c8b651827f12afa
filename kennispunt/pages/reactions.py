"""Reactions below a text: did it help, and a remark if they like.

    {% load reactions %}{% helped %}

Apps above say for which of their addresses one may react: `register(title_of)`, where
title_of(path) gives a title, or "" for what is not theirs. Pages of editors are known already.
"""

from collections.abc import Callable
from datetime import timedelta

from django.utils.timezone import localdate
from wagtail.models import Site

from kennispunt.pages.models import BasePage, Reaction
from kennispunt.ui.links import Signed
from kennispunt.ui.rows import TooLate

# A reaction of the evening may be finished in the morning.
TICKET = Signed("kennispunt.pages.reaction", int, works=timedelta(days=1))

_sources: list[Callable[[str], str]] = []


def register(title_of: Callable[[str], str]) -> None:
    if title_of not in _sources:
        _sources.append(title_of)


def title_of(path: str) -> str:
    """The title of the public text at this address; "" when there is none."""
    if "\0" in path:  # no address holds one, and PostgreSQL refuses to be asked
        return ""
    return next((title for source in _sources if (title := source(path))), "")


def page_title(path: str) -> str:
    site = Site.objects.filter(is_default_site=True).select_related("root_page").first()
    if site is None or not path.startswith("/"):
        return ""
    url_path = site.root_page.url_path.rstrip("/") + path
    found = BasePage.objects.live().public().filter(url_path=url_path).first()
    return found.title if found else ""


register(page_title)

# --- What can happen -----------------------------------------------------------------------------


def react(path: str, *, helped: bool) -> Reaction:
    """Keep a yes or no about the text at this address."""
    return Reaction.objects.create(
        address=path, title=title_of(path), helped=helped, day=localdate()
    )


def add_remark(reaction: Reaction, remark: str) -> None:
    """Add the one remark that a reaction may have. TooLate when it had one."""
    without = Reaction.objects.filter(pk=reaction.pk, remark="")
    if not without.update(remark=remark, handled=False):
        raise TooLate


def ticket(reaction: Reaction) -> str:
    """Return the word that lets the one who reacted add a remark within a day."""
    return TICKET.token(reaction.pk)


def find(text: str) -> Reaction | None:
    """The reaction of a ticket; None when it is too old, made up or forgotten."""
    return Reaction.objects.filter(pk=TICKET.read(text)).first()
