"""Lists that were read with the name of a person become the blank lists that they are.

Files of 2018 to 2022 write "Lijst 3 (Achternaam, V.)", which was taken for a name. The search index
is made anew every day, so the names leave it by themselves.
"""

import re
import unicodedata

from django.db import migrations
from django.db.models import Max, Q

# The rule as it was when this was written (elections/names.py may change): what says no name.
# A person as the files write one: "Achternaam, V.", "Berg, van den, J.A. (Jan)", "V. Achternaam".
INITIALS = r"(?:[A-Z][a-z]?\.[ -]?){1,8}"
SURNAME_FIRST = rf"[^\W\d_][^()\d]*,\s*{INITIALS}\s*(?:[^\W\d_' -]|[ '’-])*(?:\(.*\))?"
INITIALS_FIRST = rf"{INITIALS}\s*(?:[a-z’']+\s+)*[A-Z][\w’'-]+(?:[ -][A-Z][\w’'-]+)*"
PERSON = re.compile(SURNAME_FIRST)

LONGEST = 300  # signs of a name that we look at
# What stands for no name. Whatever follows "blanco" may be a person, and so may what stands between
# brackets behind a number; a registered name such as "Lijst 9 Winterswijk" is one.
NUMBER = r"(?:lijst\s*(?:nummer|nr\.?)?|lijstnummer|nr\.?)?\s*(\d{1,3})"
BLANK = re.compile(rf"\W*blan[ck]o\b(?:[\s(:-]*{NUMBER}\b)?", re.IGNORECASE)
NUMBERED = re.compile(
    r"(?P<word>lijst(?:nummer|\s+nummer|\s+nr\.?)?\s*)?(?P<number>\d{1,3})\b(?P<rest>.*)",
    re.IGNORECASE,
)
NAMELESS = re.compile(
    r"\W*(?:(?:lijst\s+)?(?:zonder|geen)\s+(?:naam|aanduiding)|naamloze?(?:\s+lijst)?|n\.?v\.?t\.?)\W*"
    r"(?:\(.*\))?(?:lijst\s+(\d{1,3}))?\W*",
    re.IGNORECASE,
)
UNSEEN = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x9f\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff]")


def one_line(text):
    return " ".join(unicodedata.normalize("NFC", UNSEEN.sub("", text)).split())


def blank_list(name: str) -> tuple[bool, int | None]:
    """Whether this says that the list has no name, and the number of the list if that is told."""
    name = one_line(name)[:LONGEST]
    if found := BLANK.match(name) or NAMELESS.fullmatch(name):
        return True, int(found[1]) if found[1] else None
    if found := NUMBERED.fullmatch(name):
        rest = found["rest"].strip(" :.,–—-")
        bracketed = found["word"] and rest.startswith(("(", "["))
        if bracketed or not rest or names_nobody(rest) or is_person(rest.strip("()[] ")):
            return True, int(found["number"])
    return not re.search(r"\w", name) or bool(PERSON.fullmatch(name)), None


def names_nobody(text: str) -> bool:
    return bool(BLANK.match(text) or NAMELESS.fullmatch(text))


def is_person(text: str) -> bool:
    """Behind a number; a party of its own may well be called "P.A.K. Brunssum"."""
    return bool(PERSON.fullmatch(text) or re.fullmatch(INITIALS_FIRST, text))


def forget_persons(apps, schema_editor):
    lists = apps.get_model("elections", "ElectoralList").objects
    # All shapes that stand for no name have a number, a comma, or one of these words.
    shapes = Q(name__contains=",") | Q(name__regex=r"[0-9]")
    for word in ("blan", "zonder", "geen", "naamlo"):
        shapes |= Q(name__icontains=word)
    for one in lists.filter(shapes, blank_order=0).order_by("pk"):
        blank, number = blank_list(one.name)
        if blank:
            last = lists.filter(result=one.result_id).aggregate(last=Max("blank_order"))["last"]
            lists.filter(pk=one.pk).update(
                name="", folded="", blank_order=last + 1, number=one.number or number
            )


class Migration(migrations.Migration):
    dependencies = [("elections", "0002_results")]

    operations = [migrations.RunPython(forget_persons, migrations.RunPython.noop)]
