"""The form of an article, for editors."""

from kennispunt.pages.forms import ELECTIONS, PHASES, ROLES, Lines, TextForm, ticks


class ArticleForm(TextForm):
    roles = ticks("Voor wie", ROLES)
    phases = ticks("Wanneer in de tijd van een partij", PHASES)
    elections = ticks("Verkiezingen", ELECTIONS, "Van deze verkiezingen tonen we de datums.")
    also_under = Lines(
        label="Ook onder", required=False, help_text="Slug van een ander onderwerp, één per regel."
    )
    search_words = Lines(
        label="Ook gezocht als",
        required=False,
        help_text="Woorden waarmee mensen dit zoeken en die niet in de tekst staan, één per regel. "
        "Bezoekers zien dit niet.",
    )
    open_points = Lines(
        label="Open punten",
        required=False,
        help_text="Wat nog na te kijken is, één per regel. Bezoekers zien dit niet.",
    )
