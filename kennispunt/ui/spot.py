"""Words in a sentence that open on the spot: a difficult word, or a number and where it comes from.

No JavaScript: the sheet is a popover of HTML itself, so the keyboard and a screen reader know it.
A browser that does not know popovers shows the plain words. All of it may stand within a <p>.
"""

from django.utils.html import format_html
from django.utils.safestring import SafeString


def spot(sheet_id: str, words: str, *, kind: str = "") -> SafeString:
    """Show something to press. Several may open the same sheet. Kind: a class of its own."""
    return format_html(
        '<button type="button" class="{}" popovertarget="{}">{}</button>',
        f"spot {kind}".strip(),
        sheet_id,
        words,
    )


def sheet(sheet_id: str, title: str, content: str) -> SafeString:
    """Show the sheet that opens: once on a page for each id."""
    return format_html(
        '<span class="spot__sheet" id="{}" popover><dfn>{}</dfn> {}</span>',
        sheet_id,
        title,
        content,
    )
