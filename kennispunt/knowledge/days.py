"""The article that tells how to do what a day of the election calendar asks."""

from kennispunt.elections.explained import YEAR_PLAN
from kennispunt.pages.references import References

ARTICLES = {
    "statuten": "statuten-opstellen",
    "registratie": "naam-registreren",
    "waarborgsom": "waarborgsom-betalen",
    "steun-start": "handtekeningen",
    "kandidaatstelling": "lijst-inleveren",
    "herstel-start": "lijst-hersteld-beroep",
    "beroep-lijst": "lijst-hersteld-beroep",
    "stemming": "dag-van-de-stemming",
    "uitslag": "klopt-de-telling",
    "benoemingsbrief": "gekozen-en-nu",
    YEAR_PLAN: "jaar-van-bestuur",
}


def addresses() -> dict[str, str]:
    """Return those of the articles that a visitor can open."""
    references = References()
    found = {name: references.links([f"artikel:{slug}"]) for name, slug in ARTICLES.items()}
    return {name: targets[0].address for name, targets in found.items() if targets}
