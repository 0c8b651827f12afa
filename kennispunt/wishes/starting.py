"""The beginning of an edition that is planned for a wish of parties, or for a request of one."""

from django.template.loader import render_to_string

from kennispunt.trainings.models import Edition
from kennispunt.trainings.starting import Start
from kennispunt.wishes.models import CustomRequest, Wish


def for_wish(number: int) -> Start | None:
    """The training of its theme, when there is one. What parties wrote stands beside it."""
    wish = Wish.objects.select_related("theme", "region").filter(pk=number).first()
    if wish is None:
        return None
    edition = Edition(**the_one_training(wish.theme))
    return Start(edition, beside=render_to_string("wishes/desk/for_wish.html", {"wish": wish}))


def the_one_training(theme) -> dict:
    offered = list(theme.trainings.filter(is_offered=True)[:2])
    return {"training": offered[0]} if len(offered) == 1 else {}


def for_request(number: int) -> Start | None:
    """Return an edition whose places may all go to the one party that asked."""
    asked = CustomRequest.objects.select_related("town").filter(pk=number).first()
    if asked is None:
        return None
    people = max(1, asked.people)
    edition = Edition(places=people, minimum=1, max_per_party=people)
    return Start(edition, beside=render_to_string("wishes/desk/for_request.html", {"asked": asked}))
