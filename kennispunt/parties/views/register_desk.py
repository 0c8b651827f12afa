"""The register as the staff keeps it, at /balie/partijen/register/. No person is shown here."""

from django.contrib import messages
from django.db.models import Q
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.timezone import localdate
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from kennispunt.office.guards import for_staff
from kennispunt.parties import consequences, desk
from kennispunt.parties.actions import register
from kennispunt.parties.actions.lineage import undo_lineage
from kennispunt.parties.judging import proposal_for
from kennispunt.parties.mergers import gone, what_became
from kennispunt.parties.models import Case, Lineage, Mandate, Party
from kennispunt.parties.permissions import may_keep_register
from kennispunt.parties.register_forms import FORMS, shown_lists
from kennispunt.ui.answering import form_page, posted, refusal_said, unless_too_late
from kennispunt.ui.narrowing import page_of, words_of
from kennispunt.ui.rows import TooLate

# Things that can be taken away again: where they hang on the party, and how.
REMOVALS = {
    "naam": ("names", register.remove_name),
    "gebied": ("periods", register.undo_area),
    "lijst": ("lists", register.unlink_list),
    "afkomst": (None, undo_lineage),
}


@require_safe
@for_staff(may_keep_register)
def overview(request):
    """Every party that we know, by name; found by a name of any time, or by its area."""
    words = words_of(request)
    parties = Party.objects.prefetch_related("areas")
    if words:
        parties = parties.matching(words)
    page = page_of(request, parties)
    today = localdate()
    rows = [(one, one.status_on(today)) for one in page]
    context = {"words": words, "page": page, "rows": rows}
    return render(request, "parties/keeping/overview.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@for_staff(may_keep_register)
def party(request, key, part=""):
    """One party, with a form for each thing that can change. What is typed is never lost."""
    one = get_object_or_404(Party, key=key)
    if part and part not in FORMS:
        raise Http404
    if part and request.method != "POST":
        return redirect("parties:keep", one.key)
    forms = {
        name: form(posted(request) if name == part else None, party=one, prefix=name)
        for name, form in FORMS.items()
    }
    if part:
        form, had_case = forms[part], one.cases.open().exists()
        if form.is_valid() and form.save(request.user):
            return done(request, one, "Vastgelegd.", had_case)
        one.refresh_from_db()
    return show(request, one, forms, part)


def done(request, one, words, had_case):
    """Back to the party; a case that the rules opened just now is told."""
    messages.success(request, words)
    if not had_case and one.cases.open().filter(kind=Case.Kind.REGISTER).exists():
        messages.info(
            request, "De regels zien nu iets nieuws. Op de balie staat een zaak over deze partij."
        )
    return redirect("parties:keep", one.key)


def show(request, one, forms, part):
    today = localdate()
    lineage = Lineage.objects.filter(Q(old=one) | Q(new=one)).select_related("old", "new")
    lineage = [(step, consequences.of_undoing(step)) for step in lineage]
    context = {
        "party": one,
        "status": one.status_on(today),
        "areas": one.areas.all(),
        "gone": [what_became(area, today) for area in gone(one, today)],
        "names": one.names.all(),
        "periods": one.periods.select_related("area"),
        "lists": shown_lists(one),
        "lineage": lineage,
        "changes": one.changes.select_related("made_by")[:50],
        **cases_of(one),
        "proposal": proposal_for(one),
        "is_public": one in Party.objects.shown(today),
        "own": Mandate.objects.of(request.user).filter(party=one).exists(),
        "forms": forms,
        "part": part,
        "sent": forms.get(part),
    }
    return form_page(request, "parties/keeping/party.html", context)


def cases_of(one) -> dict:
    """Return what lies open about this party, with the screen of each person who asks to join, and
    earlier decisions."""
    case = one.cases.open().first()
    about_people = case and case.kind == Case.Kind.PERSON
    closed = one.cases.filter(state=Case.State.CLOSED).order_by("-opened_at")
    return {
        "case": case,
        "joining": desk.joining().filter(party=one).order_by("pk") if about_people else [],
        "closed": closed.prefetch_related("decisions")[:50],
    }


@require_POST
@for_staff(may_keep_register)
@unless_too_late("parties:keep", "key")
def remove(request, key, what, pk):
    """Take back an alias, what has not begun, a list, or a tie that was a mistake."""
    one = get_object_or_404(Party, key=key)
    if what not in REMOVALS:
        raise Http404
    related, act = REMOVALS[what]
    things = getattr(one, related) if related else Lineage.objects.filter(Q(old=one) | Q(new=one))
    thing = things.filter(pk=pk).first()
    if thing is None:
        raise TooLate(register.GONE)
    had_case = one.cases.open().exists()
    with refusal_said(request):
        act(one, thing, by=request.user)
        return done(request, one, "Weggehaald.", had_case)
    return redirect("parties:keep", one.key)
