"""The two steps of the signpost: the role of the reader, and the need."""

from typing import NamedTuple

ROLES = [
    ("raadslid", "Raadslid"),
    ("wethouder", "Wethouder"),
    ("statenlid", "Statenlid"),
    ("ab-lid", "Lid van het algemeen bestuur van een waterschap"),
    ("fractieondersteuner", "Fractieondersteuner"),
    ("bestuurslid", "Bestuurslid van een partij"),
    ("kandidaat", "Kandidaat"),
    ("griffier", "Griffier"),
]


class Need(NamedTuple):
    title: str
    text: str
    here: tuple[str, ...]  # what this site itself has about it


NEEDS_IN_FULL = {
    "regels": Need("Regels opzoeken", "Wat mag, wat moet, en waar staat het?", ()),
    "opleiding": Need("Iets leren", "Lessen, trainingen en bijeenkomsten.", ()),
    "cijfers": Need("Cijfers en feiten", "Over je gemeente, provincie of waterschap.", ()),
    "lastig": Need(
        "Een lastige situatie",
        "Ruzie, druk of een keuze waar je niet uit komt.",
        ("artikel:bestuur-en-fractie", "artikel:eigen-belang"),
    ),
    "verkiezingen": Need(
        "Verkiezingen",
        "Meedoen, de lijst, de campagne en de uitslag.",
        ("artikel:naam-registreren", "onderwerp:kandidaten", "onderwerp:campagne"),
    ),
    "geld": Need(
        "Geld",
        "De begroting, vergoedingen en het geld van je partij.",
        ("dossier:gemeentefinancien", "onderwerp:geld"),
    ),
    "integriteit": Need(
        "Integriteit",
        "Belangen, screening en meldingen.",
        ("artikel:eigen-belang", "artikel:kandidaat-screenen"),
    ),
    "veiligheid": Need(
        "Veiligheid",
        "Bedreiging, druk en een veilig werk.",
        ("dossier:veiligheid-en-weerbaar-bestuur",),
    ),
}
NEEDS = [(slug, need.title) for slug, need in NEEDS_IN_FULL.items()]
