"""Take inhoud/wegwijzer/ and inhoud/dossiers/ in, and leave alone what editors changed."""

from pathlib import Path

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction

from kennispunt.accounts.groups import let_staff
from kennispunt.pages.references import References
from kennispunt.pages.sources import (
    PAGE_FIELDS,
    Report,
    check_form,
    check_names,
    read,
    take_in,
    take_in_rows,
    values_of,
)
from kennispunt.pages.tree import home
from kennispunt.signpost.choices import NEEDS
from kennispunt.signpost.models import (
    DossierIndexPage,
    DossierPage,
    Entry,
    Remark,
    missing_headings,
)

CONTENT = settings.BASE_DIR / "inhoud"
ENTRY_FIELDS = PAGE_FIELDS | {
    "rollen": "roles",
    "behoeften": "needs",
    "nodig": "words",
    "adres": "address",
    "telefoon": "phone",
    "vorm": "form",
    "kosten": "costs",
    "betaalt": "payer",
    "betaald": "is_commercial",
    "spoed": "is_urgent",
    "verwante": "related",
    "open_punten": "open_points",
}
DOSSIER_FIELDS = PAGE_FIELDS | {
    "rollen": "roles",
    "wetten": "laws",
    "verwante": "related",
    "bronnen": "sources",
    "vervalt_op": "retire_on",
    "open_punten": "open_points",
}


def dossier_index() -> DossierIndexPage:
    """The page /dossiers/. Made when it is not there."""
    if index := DossierIndexPage.objects.first():
        return index
    summary = "Wat speelt er, wie beslist, wanneer, en wat kun je vragen? Zonder oordeel."
    return home().add_child(
        instance=DossierIndexPage(title="Dossiers", slug="dossiers", summary=summary)
    )


@transaction.atomic
def load_signpost(folder: Path = CONTENT) -> Report:
    """Load the entries and dossiers. Safe to repeat. ValidationError names file, line and field."""
    report, references = Report(), References()
    entries = [read(path) for path in sorted((folder / "wegwijzer").glob("*.md"))]
    dossiers = [read(path) for path in sorted((folder / "dossiers").glob("*.md"))]
    coming = frozenset(source.key for source in (*entries, *dossiers))
    for source in entries:
        check_form(source, ENTRY_FIELDS, {"soort"})
        check_needs(source)
        check_names(source, references, coming, report)
    for source in dossiers:
        check_form(source, DOSSIER_FIELDS, {"soort"})
        check_names(source, references, coming, report)
        if missing := missing_headings(source.body):
            raise ValidationError(f"{source.name}: deze koppen ontbreken: {', '.join(missing)}")
    rows = {source.front["slug"]: entry_values(source) for source in entries}
    take_in_rows(Entry, "wegwijzer", rows, report)
    for source in dossiers:
        values = values_of(source, DOSSIER_FIELDS)
        take_in(DossierPage, source.key, values, dossier_index(), report, source.name)
    let_staff(Entry, "add", "change")
    let_staff(Remark, "change")
    return report


def check_needs(source):
    for word in source.front["behoeften"]:
        if word not in dict(NEEDS):
            raise ValidationError(f"{source.place('behoeften')}: “{word}” kennen we niet")


def entry_values(source):
    values = values_of(source, ENTRY_FIELDS)
    values["is_commercial"] = bool(values["is_commercial"])
    values["phone"] = values["phone"] or ""
    del values["slug"]
    return values
