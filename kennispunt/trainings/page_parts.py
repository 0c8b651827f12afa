"""Parts that apps above add to our pages, each at the place that the page has for it.

    page_parts.register("mine", "wishes/mine.html", give=mine.requests)  # in apps.py

The page says {% page_parts "mine" %} (templatetags/trainings.py). Its places: "agenda", "mine".
"""

from collections.abc import Callable

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils.html import format_html_join
from django.utils.safestring import SafeString

_parts: dict[str, list] = {"agenda": [], "mine": []}


def register(
    page: str, template: str, *, give: Callable[[HttpRequest], dict] = lambda request: {}
) -> None:
    """Show this template, with what `give` says for a request. KeyError: there is no such place."""
    _parts[page].append((template, give))


def of(page: str, request: HttpRequest) -> SafeString:
    """All parts of this page, as HTML."""
    parts = _parts[page]
    return format_html_join(
        "", "{}", ((render_to_string(name, give(request), request),) for name, give in parts)
    )
