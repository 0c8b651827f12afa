"""The files that we forget: those that belong to nothing, and content that lost its row."""

from datetime import timedelta
from functools import partial

from django.db import transaction

from kennispunt.files.models import StoredFile, private_storage

KEPT = timedelta(days=1)  # long enough to finish a form


def forget_unclaimed_files(now):
    """A file that belongs to nothing (any more), after a day."""
    waiting = StoredFile.objects.unclaimed().filter(stored_at__lt=now - KEPT)
    count = 0
    for key in list(waiting.values_list("pk", flat=True)):
        # Asked again for each: it may have been claimed since.
        count += StoredFile.objects.unclaimed().filter(pk=key).delete()[0]
    return count


def forget_lost_content(now):
    """Content without a row, after a day: what a kill at the wrong moment left behind."""
    storage = private_storage()
    lost = [
        name
        for name in _names(storage)
        if storage.get_modified_time(name) < now - KEPT
        and not StoredFile.objects.filter(content=name).exists()
    ]
    for name in lost:
        transaction.on_commit(partial(storage.delete, name))
    return len(lost)


def _names(storage):
    """Everything there, folder by folder: see random_path."""
    try:
        folders, _ = storage.listdir("")
    except FileNotFoundError:  # nothing was ever kept
        return
    for folder in folders:
        for name in storage.listdir(folder)[1]:
            yield f"{folder}/{name}"


PROMISES = [forget_unclaimed_files, forget_lost_content]
