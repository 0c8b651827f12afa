"""Tables that a phone can show: each cell says under which heading it stands."""

import re
from html import unescape

from django.utils.html import escape, strip_tags

TABLE = re.compile(r"<table\b.*?</table>", re.DOTALL)
ROW = re.compile(r"<tr\b.*?</tr>", re.DOTALL)
CELL = re.compile(r"<t([hd])\b([^>]*)>(.*?)</t\1>", re.DOTALL)
# What opens on the spot, and what only a screen reader says, is no part of a heading.
ASIDE = re.compile(r"<span\b[^>]*(?:popover|visually-hidden).*?</span>", re.DOTALL)


def labelled(html: str) -> str:
    """Return the same HTML, in which each cell of a table below a <thead> has a data-label.

    Where a table is too wide its rows become blocks (table.css), with the heading above each cell.
    A cell that needs none says so itself: data-label="".
    """
    return TABLE.sub(label_table, html)


def label_table(table) -> str:
    head, end, body = table[0].partition("</thead>")
    if not end or 'class="num"' in table[0]:  # figures stay a table
        return table[0]
    headings = [heading_in(cell[3]) for cell in CELL.finditer(head)]
    return head + end + ROW.sub(lambda row: label_row(row[0], headings), body)


def label_row(row: str, headings: list[str]) -> str:
    left = iter(headings)

    def label(cell):
        heading = next(left, "")
        needs_one = heading and cell[1] == "d" and "data-label" not in cell[2]
        said = f' data-label="{escape(heading)}"' if needs_one else ""
        return f"<t{cell[1]}{cell[2]}{said}>{cell[3]}</t{cell[1]}>"

    return CELL.sub(label, row)


def heading_in(html: str) -> str:
    return " ".join(unescape(strip_tags(ASIDE.sub("", html))).split())
