"""One stylesheet, joined from the components of all our apps and compressed once. No build step."""

import gzip
import hashlib
import re
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import brotli
from django.apps import apps
from django.conf import settings

FIRST = "tokens.css"  # it fixes the order of the layers, so the other files need none
COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
MARGIN = re.compile(r"\s*\n\s*")


@dataclass(frozen=True)
class Stylesheet:
    """The text, its version (a hash of it) and what goes over the wire, by content encoding."""

    text: str
    version: str
    encoded: dict[str, bytes]


def files() -> list[Path]:
    """Every static/<app>/*.css of our own apps: ui first, then upwards, each by name.

    A stylesheet for the back office alone is kept out of it by lying one folder deeper.
    """
    ours = __name__.partition(".")[0]
    found = [
        file
        for app in reversed(list(apps.get_app_configs()))
        if app.name.partition(".")[0] == ours
        for file in sorted(Path(app.path, "static", app.label).glob("*.css"))
    ]
    return sorted(found, key=lambda file: file.name != FIRST)


def joined() -> str:
    """The text of all files, without comments and indentation."""
    text = "\n".join(file.read_text("utf-8") for file in files())
    return MARGIN.sub("\n", COMMENT.sub("", text)).strip()


@lru_cache(maxsize=1)
def compressed(text: str) -> Stylesheet:
    plain = text.encode()
    return Stylesheet(
        text=text,
        version=hashlib.sha256(plain).hexdigest()[:12],
        encoded={
            "br": brotli.compress(plain),
            "gzip": gzip.compress(plain, mtime=0),
            "identity": plain,
        },
    )


@lru_cache(maxsize=1)
def _kept() -> Stylesheet:
    return compressed(joined())


def stylesheet() -> Stylesheet:
    """The stylesheet of the site. In development a change in a file shows at the next request."""
    return compressed(joined()) if settings.DEBUG else _kept()
