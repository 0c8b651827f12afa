"""Actions on a file: check and store it, or remove it."""

import hashlib
import logging
from contextlib import suppress

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile, File

from kennispunt.files import access, viruses
from kennispunt.files.kinds import ALL, CONTENT_TYPES, EXTENSIONS, check
from kennispunt.files.models import StoredFile, random_path
from kennispunt.files.names import stored_name

log = logging.getLogger(__name__)
NO_STORE = "We kunnen je bestand nu niet bewaren. Kies het over een kwartier nog een keer."


def store(upload: File, *, owner: str, kinds: tuple[str, ...] = ALL) -> StoredFile:
    """Check an upload and store it, privately. ValidationError, in Dutch, when we must not.

    The owner app points a foreign key at the result: within a day, or it is cleaned up.
    """
    if not access.is_known(owner):
        raise LookupError(f"No app has registered who may read the files of {owner!r}.")
    sent = _content_of(upload)
    viruses.refuse_infected(sent)
    checked = check(sent, kinds)
    file = StoredFile(
        owner=owner,
        name=stored_name(upload.name, EXTENSIONS[checked.kind]),
        content_type=CONTENT_TYPES[checked.kind],
        size=len(checked.content),
        digest=hashlib.sha256(checked.content).hexdigest(),
    )
    # First the content, then the row: what a kill leaves in between is cleaned up at night.
    storage, place = file.content.storage, random_path(file, file.name)
    try:
        file.content = storage.save(place, ContentFile(checked.content))
    except OSError as problem:
        log.exception("A file could not be stored.")
        with suppress(Exception):  # a full disk leaves an empty one
            storage.delete(place)
        raise ValidationError(NO_STORE) from problem
    file.save()
    return file


def remove(file: StoredFile) -> None:
    """Forget a file. Its content goes when the transaction is committed."""
    file.delete()


def _content_of(upload):
    most = settings.FILES_MAX_MEGABYTES
    if upload.size > most * 1024 * 1024:
        raise ValidationError(f"Dit bestand is groter dan {most} MB. Maak het kleiner.")
    if not upload.size:
        raise ValidationError("Dit bestand is leeg. Kies een ander.")
    upload.seek(0)
    return upload.read()
