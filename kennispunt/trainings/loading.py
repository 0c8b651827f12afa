"""Take the themes and trainings of inhoud/trainingen/ in, and leave alone what editors changed."""

import re
import tomllib
from pathlib import Path

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction

from kennispunt.accounts.groups import let_staff
from kennispunt.pages.references import References
from kennispunt.pages.sources import Report, check_form, check_names, read, take_in_rows
from kennispunt.trainings.finding import AUDIENCES
from kennispunt.trainings.models import CouncilEvening, QuietPeriod, Room, Theme, Training

CONTENT = settings.BASE_DIR / "inhoud"
FIELDS = {"titel": "title", "slug": "slug", "samenvatting": "lead", "thema": "theme"}
# The headings of a file, and the field that holds what stands below each.
PARTS = {"Wat je leert": "body", "Voorbereiding": "preparation", "Lees verder": "further"}
PLANNERS = ("Project leaders",)


@transaction.atomic
def load_trainings(folder: Path = CONTENT) -> Report:
    """Load themes and trainings. Safe to repeat. ValidationError names file, line and field."""
    report, references = Report(), References()
    folder = folder / "trainingen"
    names = tomllib.loads((folder / "themas.toml").read_text("utf-8"))
    take_in_rows(Theme, "thema", {slug: {"name": name} for slug, name in names.items()}, report)
    sources = [read(path) for path in sorted(folder.glob("*.md"))]
    coming = frozenset(source.key for source in sources)
    themes = dict(Theme.objects.values_list("slug", "pk"))
    rows = {}
    for source in sources:
        check_form(source, FIELDS, {"soort", "voor"})
        check_names(source, references, coming, report)
        rows[source.front["slug"]] = values_of(source, themes)
    take_in_rows(Training, "training", rows, report)
    let_write()
    return report


def let_write() -> None:
    """Let editors keep the texts, and planners the rooms and the days without trainings."""
    for model in (Theme, Training):
        let_staff(model, "add", "change", groups=("Editors", *PLANNERS))
    let_staff(Room, "add", "change", groups=PLANNERS)
    for model in (QuietPeriod, CouncilEvening):
        let_staff(model, "add", "change", "delete", groups=PLANNERS)


def values_of(source, themes) -> dict:
    """Return the values in a file by the names of our model."""
    front = source.front
    if front["thema"] not in themes:
        raise ValidationError(f"{source.place('thema')}: “{front['thema']}” kennen we niet")
    if unknown := set(front["voor"]) - set(AUDIENCES):
        raise ValidationError(f"{source.place('voor')}: {', '.join(unknown)} kennen we niet")
    audiences = {field: word in front["voor"] for word, (field, _) in AUDIENCES.items()}
    fixed = {"title": front["titel"], "lead": front["samenvatting"]}
    return fixed | {"theme_id": themes[front["thema"]]} | audiences | parts_of(source)


def parts_of(source) -> dict:
    """Return the text below each heading; exactly our headings, in this order."""
    _, *found = re.split(r"^## (.+)$", source.body, flags=re.MULTILINE)
    if found[::2] != list(PARTS):
        raise ValidationError(f"{source.name}: de koppen zijn {', '.join(PARTS)}")
    return {PARTS[title]: text.strip() for title, text in zip(*[iter(found)] * 2, strict=True)}
