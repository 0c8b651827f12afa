"""The keys of the reader of a request. The apps that know give them."""

from collections.abc import Callable, Iterable

from django.http import HttpRequest

from kennispunt.search.index import PUBLIC

_givers: list[Callable[[HttpRequest], Iterable[str]]] = []


def register_keys(give: Callable[[HttpRequest], Iterable[str]]) -> None:
    """Ask this function, with every request, which keys the reader has: "forum", "area-gm0373"."""
    _givers.append(give)


def reader_keys(request: HttpRequest) -> frozenset[str]:
    """All keys of this reader. Everyone has "public"."""
    return frozenset([PUBLIC, *(key for give in _givers for key in give(request))])
