"""Rows for a spreadsheet, as csv or xlsx. What people typed is never a formula there."""

import csv
import io
from collections.abc import Iterable

from django.http import HttpResponse
from openpyxl import Workbook
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.styles import Font

FORMATS = ("csv", "xlsx")
FORMULA = ("=", "+", "-", "@", "\t", "\r")
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def plain(value):
    """A text that a spreadsheet reads as text, whatever it begins with (CSV injection)."""
    if not isinstance(value, str):
        return value
    value = ILLEGAL_CHARACTERS_RE.sub("", value)
    return f"'{value}" if value.lstrip(" ").startswith(FORMULA) else value


def response(name: str, kind: str, columns: list[str], rows: Iterable[list]) -> HttpResponse:
    """A download: `kind` is one of FORMATS."""
    table = [columns, *([plain(value) for value in row] for row in rows)]
    made = as_xlsx(table) if kind == "xlsx" else as_csv(table)
    content_type = XLSX if kind == "xlsx" else "text/csv; charset=utf-8"
    return HttpResponse(
        made,
        content_type=content_type,
        headers={"Content-Disposition": f'attachment; filename="{name}.{kind}"'},
    )


def as_csv(table) -> bytes:
    """With semicolons and a byte order mark: then Excel in Dutch opens it well."""
    output = io.StringIO()
    csv.writer(output, delimiter=";").writerows(
        ["" if value is None else value for value in row] for row in table
    )
    return output.getvalue().encode("utf-8-sig")


def as_xlsx(table) -> bytes:
    book = Workbook()
    sheet = book.active
    for row in table:
        sheet.append(row)
    for cell in sheet[1]:
        cell.font = Font(bold=True)
    sheet.freeze_panes = "A2"
    output = io.BytesIO()
    book.save(output)
    return output.getvalue()
