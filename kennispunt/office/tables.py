"""Rows for a spreadsheet, as csv or xlsx. What people typed is never a formula there.

A cell is given as what it is (number, date, moment, text), so that Excel in Dutch and LibreOffice
can count with it. A column of numbers holds nothing else: what is too small to tell stays empty and
is named in a column of its own (hidden_in).
"""

import csv
import io
from collections.abc import Iterable
from datetime import date, datetime
from decimal import Decimal

from django.http import HttpResponse
from django.utils.timezone import is_aware, localtime
from openpyxl import Workbook
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.styles import Font
from openpyxl.utils import get_column_letter

FORMATS = ("csv", "xlsx")
FORMULA = ("=", "+", "-", "@", "\t", "\r")
SMALL = "minder dan vijf"  # the heading of the column that says which cells were too small to tell
WIDEST = 60  # signs of a column
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def plain(value):
    """A text that a spreadsheet reads as text, whatever it begins with (CSV injection).

    A moment as the clock stood here: no spreadsheet knows time zones.
    """
    if isinstance(value, datetime) and is_aware(value):
        return localtime(value).replace(tzinfo=None, microsecond=0)
    if not isinstance(value, str):
        return value
    value = ILLEGAL_CHARACTERS_RE.sub("", value)
    return f"'{value}" if value.lstrip(" ").startswith(FORMULA) else value


def hidden_in(columns: list[str], row: Iterable) -> str:
    """The names of the cells that are None: they were too small to tell."""
    return ", ".join(
        name for name, value in zip(columns, row, strict=True) if value is None
    )  # fmt: skip


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
    """With semicolons, decimal commas and a byte order mark: then Excel in Dutch opens it well."""
    output = io.StringIO()
    csv.writer(output, delimiter=";").writerows([written(value) for value in row] for row in table)
    return output.getvalue().encode("utf-8-sig")


def written(value) -> str:
    """A cell as Excel in Dutch reads it; a date in the order that all read alike."""
    if value is None:
        return ""
    if isinstance(value, Decimal | float):
        return f"{value:f}".replace(".", ",")
    return f"{value:%Y-%m-%d %H:%M}" if isinstance(value, datetime) else str(value)


def as_xlsx(table) -> bytes:
    book = Workbook()
    sheet = book.active
    for row in table:
        sheet.append(row)
    for column, cells in enumerate(sheet.columns, start=1):
        cells[0].font = Font(bold=True)
        for cell in cells[1:]:
            if isinstance(cell.value, Decimal | float):
                cell.number_format = "0.00"  # shown with a comma where that is the custom
            elif isinstance(cell.value, date):
                is_moment = isinstance(cell.value, datetime)
                cell.number_format = "d-m-yyyy hh:mm" if is_moment else "d-m-yyyy"
        longest = max(len(str(cell.value or "")) for cell in cells)
        sheet.column_dimensions[get_column_letter(column)].width = min(longest + 2, WIDEST)
    sheet.freeze_panes = "A2"
    output = io.BytesIO()
    book.save(output)
    return output.getvalue()
