"""The signpost: two steps to a few places that help. Open to everyone, except where it says so."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from kennispunt.limits.counting import later, too_many
from kennispunt.office.guards import for_staff
from kennispunt.pagecache.decorators import cached_page
from kennispunt.pages.models import CheckedLink
from kennispunt.pages.references import References
from kennispunt.signpost import actions, asking, order
from kennispunt.signpost.choices import NEEDS_IN_FULL, ROLES
from kennispunt.signpost.forms import ChangeForm, RemarkForm
from kennispunt.signpost.models import Entry, Remark
from kennispunt.signpost.permissions import may_edit
from kennispunt.ui import links
from kennispunt.ui.answering import form_page, posted, unless_too_late
from kennispunt.ui.narrowing import words_of

LIMITS = {"each": 10, "all_together": 200}  # in an hour
BUSY = "We kregen veel meldingen achter elkaar. Probeer het over een uur opnieuw, of mail ons."


def role_or_404(role):
    if role not in dict(ROLES):
        raise Http404
    return dict(ROLES)[role]


@require_safe
@cached_page
def roles(request):
    """Step 1: who are you?"""
    return render(request, "signpost/roles.html", {"roles": ROLES, "urgent": order.urgent()})


@require_safe
@cached_page
def needs(request, role):
    """Step 2: what do you need?"""
    role_name = role_or_404(role)
    choices = order.choices_of(role)
    context = {
        "role": role,
        "role_name": role_name,
        "needs": choices.needs,
        "besides": choices.besides,
        "urgent": order.urgent(),
    }
    return render(request, "signpost/needs.html", context)


@require_safe
@cached_page
def entries(request, role, need):
    """The places that help this role with this need."""
    if need not in NEEDS_IN_FULL:
        raise Http404
    role_name = role_or_404(role)
    found = order.entries_for(role, need)
    context = {
        "role": role,
        "role_name": role_name,
        "need": NEEDS_IN_FULL[need],
        "entries": found[: order.AT_ONCE],
        "more": found[order.AT_ONCE :],
        "here": References().links(NEEDS_IN_FULL[need].here),
        "rule": order.RULE,
        "urgent": order.urgent(),
    }
    return render(request, "signpost/entries.html", context)


@require_safe
@cached_page
def everything(request):
    """Every entry by the alphabet, narrowed to the words that were typed."""
    words = words_of(request)
    found = sorted(Entry.objects.public(), key=lambda one: one.title.lower())
    for word in words.lower().split():
        found = [one for one in found if word in said(one)]
    return render(request, "signpost/everything.html", {"entries": found, "words": words})


def said(entry):
    return " ".join([entry.title, entry.summary, entry.body, *entry.words]).lower()


@require_safe
@cached_page
def entry(request, slug):
    found = get_object_or_404(Entry.objects.public(), slug=slug)
    references = References()
    context = {
        "entry": found,
        "document": found.read(references, spots="feit"),
        "related": references.links(found.related),
        "urgent": order.urgent() if found.is_about_danger else [],
        "overdue": found.check_again_on < references.today,
        "link": CheckedLink.objects.filter(address=found.address).first(),
    }
    return render(request, "signpost/entry.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@unless_too_late("signpost:entry", "slug")
def report(request, slug):
    """A reader says what is wrong. Nothing is kept about who they are."""
    found = get_object_or_404(Entry.objects.public(), slug=slug)
    form = RemarkForm(posted(request))
    if form.is_valid():
        if too_many(request, "remark", **LIMITS):
            form.add_error(None, BUSY)
            context = {"entry": found, "form": form}
            return later(render(request, "signpost/report.html", context))
        actions.report_mistake(found, form.cleaned_data["text"])
        messages.success(request, "Bedankt. De redactie kijkt het na.")
        return redirect(found)
    return form_page(request, "signpost/report.html", {"entry": found, "form": form})


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def confirm(request, token):
    """Let the provider say whether all still holds. Open to whoever has the mailed link.

    Looking at the page changes nothing: mail scanners follow links too.
    """
    found = asking.entry_of(token)
    if found is None:
        why = (
            "Een link in onze mail werkt 60 dagen. Klopt er iets niet in de wegwijzer? "
            "Mail of bel ons."
        )
        return links.dead(request, why=why)
    form = ChangeForm(posted(request, "text"))
    if request.method == "POST" and not form.is_bound:
        actions.confirm(found, on=timezone.localdate())
        return render(request, "signpost/confirm_done.html", {"entry": found})
    if form.is_valid():
        actions.propose_change(found, form.cleaned_data["text"])
        return render(request, "signpost/confirm_done.html", {"entry": found, "changes": True})
    context = {"entry": found, "document": found.read(), "form": form}
    return form_page(request, "signpost/confirm.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@for_staff(may_edit)
@unless_too_late("/balie/")
def remark(request, pk):
    """One remark, for an editor: read it, mend the entry, and say that it is done."""
    found = get_object_or_404(Remark.objects.select_related("entry"), pk=pk)
    if request.method == "POST":
        actions.finish(found, at=timezone.now())
        messages.success(request, "Verwerkt.")
        return redirect("/balie/")
    return render(request, "signpost/remark.html", {"remark": found})
