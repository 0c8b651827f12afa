"""Take the texts for griffiers of inhoud/griffiers/ in, and leave alone what editors changed."""

from pathlib import Path

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction

from kennispunt.accounts.groups import let_staff
from kennispunt.outreach.models import GriffieAddress, Mailing, Text
from kennispunt.pages.references import References, problems
from kennispunt.pages.sources import Report, read, take_in_rows

CONTENT = settings.BASE_DIR / "inhoud"


@transaction.atomic
def load_texts(folder: Path = CONTENT) -> Report:
    """Load the letter and the explanation. Safe to repeat."""
    report, references, rows = Report(), References(), {}
    for path in sorted((folder / "griffiers").glob("*.md")):
        source = read(path)
        for problem in problems(source.body, references):
            line = problem.line + source.body_line - 1
            raise ValidationError(f"{source.name}, regel {line}, tekst: {problem.message}")
        rows[source.front["slug"]] = {"title": source.front["titel"], "body": source.body.strip()}
    take_in_rows(Text, "griffiers", rows, report)
    let_staff(Text, "change")
    let_staff(Mailing, "add", "change")
    let_staff(GriffieAddress, "add", "change")
    return report
