"""The part of the search about ourselves."""

from django.urls import reverse

from kennispunt.search.index import Entry

PAGES = {
    "about": ("Wie wij zijn", "Voor wie we er zijn en waar we ons aan houden."),
    "contact": (
        "Contact",
        "Mail of bel ons als je er niet uit komt. Telefoonnummer en e-mailadres.",
    ),
    "accessibility": (
        "Toegankelijkheid",
        "Iedereen moet deze site kunnen gebruiken. Lukt iets niet? Meld het ons.",
    ),
    "privacy": ("Privacy", "Welke gegevens wij van je bewaren, waarom en hoe lang."),
}


def entries(keys=None):
    for name, (title, lead) in PAGES.items():
        if keys is None or name in keys:
            yield Entry(key=name, title=title, url=reverse(f"website:{name}"), lead=lead)
