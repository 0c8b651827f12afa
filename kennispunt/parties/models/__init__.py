"""The register of parties, and who speaks for them."""

from kennispunt.parties.models.party import Lineage, Party, PartyName
from kennispunt.parties.models.people import Mandate

__all__ = ["Lineage", "Mandate", "Party", "PartyName"]
