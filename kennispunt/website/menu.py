"""The menu, the bar on a phone and the footer. A page that exists is added here by hand:
what stands in the menu is a decision, and tests/test_menu.py opens every address.
"""

from dataclasses import dataclass

from django.conf import settings


@dataclass(frozen=True)
class Item:
    """One line of a menu. The icon is for the bar on a phone, the text for the home page."""

    title: str
    address: str
    icon: str = ""
    text: str = ""


SEARCH = "/zoeken/"

MAIN: list[Item] = [
    Item("Onderwerpen", "/onderwerpen/", icon="book"),
    Item("Kalender", "/kalender/", icon="calendar"),
    Item("Trainingen", "/trainingen/", icon="people"),
    Item("Wegwijzer", "/wegwijzer/"),
]

FOOTER: dict[str, list[Item]] = {
    "Partijen": [
        Item("Partijen per gebied", "/partijen/"),
        Item("Meld je partij aan", "/partijen/aanmelden/"),
        Item("Wie kan meedoen", "/partijen/wie-kan-meedoen/"),
    ],
    "Ook hier": [
        Item("Begrippen", "/begrippen/"),
        Item("Dossiers", "/dossiers/"),
        Item("Voor griffiers", "/griffiers/"),
    ],
    "Over ons": [
        Item("Wie wij zijn", "/over/"),
        Item("Contact", "/contact/"),
        Item("Toegankelijkheid", "/toegankelijkheid/"),
        Item("Privacy", "/privacy/"),
    ],
}


def menu(request):
    """The context processor of the shell: the menus, and whether somebody is signed in.

    A visitor without a session is not looked up, so that their pages can be kept for everyone.
    """
    # A request that is refused early, such as one for no host of ours, has nobody yet.
    has_session = settings.SESSION_COOKIE_NAME in request.COOKIES and hasattr(request, "user")
    return {
        "main_menu": [(item, request.path.startswith(item.address)) for item in MAIN],
        "footer_menu": FOOTER,
        "search_address": SEARCH,
        "is_signed_in": has_session and request.user.is_authenticated,
    }
