"""A number to press before anything else, for somebody who types that a person is threatened."""

import re

from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from kennispunt.signpost import order

# Stems, and how they are misspelt on a bad evening. Too often costs a line, too seldom a life.
WORDS = re.compile(
    r"bedrei|bedrij[gc]|doodsdrei|ge[iï]ntim|intimid|agressi|aggressi|stalk|belaag|belagen|onveilig"
    r"|geweld(?!ig)|mishandel|aangevallen|in gevaar|brandbom|doxx?ing|chant(age|eer)"
    r"|voor mijn deur|aan de deur gestaan|\b112\b",
    re.IGNORECASE,
)


def help_for(text: str) -> SafeString:
    """The numbers, when the question is about danger; else nothing."""
    if not WORDS.search(text):
        return SafeString("")
    return render_to_string("signpost/_urgent.html", {"urgent": order.urgent()})
