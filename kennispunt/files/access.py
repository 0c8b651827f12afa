"""The right to read a file: the app that owns it decides.

# kennispunt/parties/apps.py, in ready()
access.register("parties.evidence", may_read)
"""

from collections.abc import Callable

from kennispunt.files.models import StoredFile

_readers: dict[str, Callable] = {}


def register(owner: str, may_read: Callable[[object, StoredFile], bool]) -> None:
    """Let `may_read(user, file)` decide about every file of this owner, at every request."""
    _readers[owner] = may_read


def is_known(owner: str) -> bool:
    return owner in _readers


def may_read(user, file: StoredFile) -> bool:
    """Whether this person may read it now. Nobody, when no app answers for it."""
    reader = _readers.get(file.owner)
    return bool(reader and reader(user, file))
