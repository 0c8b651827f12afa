"""Work for people who look after pages: to review, sent back, to check, links, remarks."""

from datetime import datetime, time

from django.db.models import Count, Min
from django.urls import reverse
from django.utils.text import Truncator
from django.utils.timezone import localdate, make_aware

from kennispunt.accounts.groups import stewards
from kennispunt.facts.models import Fact
from kennispunt.office.staff import Held, Waiting
from kennispunt.pages import reviewing, stewarding
from kennispunt.pages.models import BasePage, CheckedLink, Reaction
from kennispunt.ui.dutch import counted

REMARK = 120  # signs of a remark on a line; all of it stands at the text


def waiting(user):
    """Yield to people of the back office their own texts and links, and those of nobody."""
    if user.has_perm("wagtailadmin.access_admin"):
        yield from reviews(user)
        yield from texts(user)
        yield from facts()
        yield from links(user)
    yield from remarks(user)


def held(person):
    """Yield the pages that this person looks after."""
    if number := BasePage.objects.filter(steward=person).count():
        title = counted(number, "pagina", "pagina’s") + " om bij te houden"
        yield Held("pages", title, stewards(), lambda to, by: stewarding.give(person, to))


def reviews(user):
    """Texts that wait for a second reader, and those that a reader sent back. A line for each."""
    for task in reviewing.to_review(user):
        thing = task.workflow_state.content_object
        yield Waiting(
            "nalezen",
            f"Lees na: {reviewing.title_of(thing)}",
            reviewing.edit_address(thing, user),
            since=task.started_at,
            note="nieuw" if reviewing.is_new(thing) else "",
        )
    for state in reviewing.came_back(user):
        thing, task = state.content_object, state.current_task_state
        yield Waiting(
            "terug",
            f"Kwam terug: {reviewing.title_of(thing)}",
            reviewing.edit_address(thing, user),
            since=task.finished_at,
            note=Truncator(task.comment).chars(REMARK),
        )


def texts(user):
    due = BasePage.objects.to_check(on=localdate()).looked_after_by(user)
    found = due.aggregate(count=Count("pk"), first=Min("check_again_on"))
    if number := found["count"]:
        address = reverse("pages_to_check") + "?van=mij"
        title = counted(number, "tekst is", "teksten zijn") + " toe aan controle"
        yield Waiting("tekst", title, address, since=morning(found["first"]), count=number)


def facts():
    today = localdate()
    due = Fact.objects.valid_on(today).to_check(on=today)
    found = due.aggregate(count=Count("pk"), first=Min("check_again_on"))
    if number := found["count"]:
        title = counted(number, "feit is", "feiten zijn") + " toe aan controle"
        address = reverse("pages_to_check") + "#feiten"
        yield Waiting("feit", title, address, since=morning(found["first"] or today), count=number)


def links(user):
    found = [link for link in CheckedLink.objects.with_problem() if link.looked_after_by(user)]
    if found:
        yield Waiting(
            "link",
            counted(len(found), "link klopt", "links kloppen") + " niet meer",
            reverse("pages_links"),
            since=min(link.problem_since for link in found),
            count=len(found),
        )


def remarks(user):
    """Remarks below texts that nobody dealt with yet, in one line."""
    if not user.has_perm("pages.change_reaction"):
        return
    found = Reaction.objects.filter(handled=False).aggregate(count=Count("pk"), first=Min("day"))
    if found["count"]:
        yield Waiting(
            "reactie",
            "Opmerkingen van lezers",
            reverse("wagtailsnippets_pages_reaction:list") + "?handled=false",
            since=morning(found["first"]),
            count=found["count"],
        )


def morning(day):
    return make_aware(datetime.combine(day, time(0)))
