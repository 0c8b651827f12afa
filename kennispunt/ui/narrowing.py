"""What a list is narrowed to, as it stands in the address."""

from django.http import HttpRequest

from kennispunt.ui.cleaning import sought


def words_of(request: HttpRequest) -> str:
    """What was searched for."""
    return sought(request.GET.get("q", ""))
