"""Loading the synonyms that a new site starts with. After that they belong to the editors."""

import tomllib
from pathlib import Path

from kennispunt.search.models import SynonymGroup

FILE = Path(__file__).parent / "data" / "synonyms.toml"


def load_synonyms() -> int:
    """Add the groups of data/synonyms.toml to a site that has none yet; return how many were added.

    What an editor changed or removed therefore stays so.
    """
    if SynonymGroup.objects.exists():
        return 0
    groups = tomllib.loads(FILE.read_text("utf-8"))["groups"]
    return len(SynonymGroup.objects.bulk_create(SynonymGroup(words=words) for words in groups))
