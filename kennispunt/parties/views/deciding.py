"""Cases of the desk, at /balie/partijen/: everything on one screen, done in place."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import Prefetch
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.timezone import localdate
from django.views.decorators.http import require_http_methods, require_POST

from kennispunt.office.guards import for_staff
from kennispunt.office.lookups import looked
from kennispunt.parties import consequences, desk, desk_forms
from kennispunt.parties.actions import asking, codes, deciding, objecting, people
from kennispunt.parties.actions import evidence as ladder
from kennispunt.parties.judging import proposal_for
from kennispunt.parties.models import Application, Case, Mandate, Objection, Party
from kennispunt.parties.permissions import (
    may_answer_objection,
    may_decide,
    may_look_along,
    refuse_own_party,
)
from kennispunt.ui.answering import (
    form_page,
    posted,
    refusal_said,
    unless_too_late,
    waiting_or_done,
)
from kennispunt.ui.cleaning import row_number


def next_or_list(request, *, but: str = ""):
    """The next one of the list, so that nobody has to go and look for it; not the one at `but`."""
    following = [one.address for one in desk.of_parties(request.user)[:2] if one.address != but]
    return redirect(following[0] if following else "/balie/")


@require_http_methods(["GET", "HEAD", "POST"])
@for_staff(may_look_along)
@unless_too_late()
def case(request, pk):
    """One case: what was filled in, what the rules say, the evidence; and the decision."""
    rows = Case.objects.select_related("party", "asked_by", "first_by", "sent_back_by")
    found = get_object_or_404(rows, pk=pk)
    if found.state == Case.State.CLOSED:
        return closed(request, found)
    if found.kind == Case.Kind.PERSON:
        # Each person who asks has a screen of their own: a no to them is none to the party.
        asks = desk.joining().filter(party=found.party).first()
        return redirect("parties:person", asks.pk) if asks else closed(request, found)
    applications, waiting = who_waits(request, found)
    decides = may_decide(request.user) and found.state in (Case.State.OPEN, Case.State.ASKED)
    proposal = proposal_for(found.party)
    form = desk_forms.DecisionForm(posted(request), case=found, waiting=waiting, proposal=proposal)
    if request.method == "POST":
        if not decides:
            raise PermissionDenied
        if form.is_valid():
            decision = deciding.decide(found, by=request.user, **form.decision())
            done = f"{found.party.name}: besloten." if decision else "Een collega kijkt nog mee."
            messages.success(request, done)
            return next_or_list(request)
    context = {
        **about_party(found),
        "applications": applications,
        "named": [one.person for one in applications],
        "waiting": waiting,
        "proposal": proposal,
        "form": form,
        "code_form": desk_forms.CodeForm(prefix="code"),
        "question": desk_forms.QuestionForm(case=found, prefix="vraag"),
        "evidence_form": desk_forms.EvidenceForm(case=found, prefix="bewijs"),
        "decides": decides,
        **second_look(request, found, form),
    }
    return form_page(request, "parties/desk/case.html", context)


def who_waits(request, found):
    """Return what was sent about this party and the people who wait. They are told who looked."""
    applications = list(
        found.party.applications.sent()
        .select_related("person", "area", "file")
        .prefetch_related("codes")
    )
    rows = Mandate.objects.open().filter(party=found.party, accepted_on=None)
    waiting = list(rows.select_related("person"))
    looked(request, [one.person for one in (*applications, *waiting)], "je aanmelding")
    return applications, waiting


def about_party(found) -> dict:
    """Return what stands on the screen of every case, open or closed."""
    party = found.party
    return {
        "case": found,
        "title": desk.title_of(found),
        "heading": desk.HEADINGS[found.kind].format(party.name),
        "party": party,
        "areas": party.areas.all(),
        "evidence": party.evidence.select_related("checked_by", "file", "person"),
        "today": localdate(),
        "decisions": party.decisions.select_related("decided_by", "seconded_by"),
    }


def second_look(request, found, form) -> dict:
    """The first decision as it is shown, what it does, and who may look along."""
    waits = found.state == Case.State.SECOND
    is_no = waits and found.first_outcome == Case.Outcome.DECLINE
    no = consequences.of_no(found) if is_no else form.no
    if no:
        looked(request, no.told, "wie je partij beheert")
    return {
        "seen": found.fingerprint,
        "no": no,
        "may_second": waits and found.first_by_id != request.user.pk,
        "back_form": desk_forms.BackForm(),
    }


def closed(request, found):
    """A case that is done: what was decided, why, with which facts and evidence."""
    objections = Objection.objects.select_related("person", "answered_by")
    asked = Application.objects.exclude(question="").select_related("person")
    mine = found.decisions.select_related("decided_by", "seconded_by").prefetch_related(
        Prefetch("objections", objections), Prefetch("answered", asked, to_attr="asked")
    )
    for one in mine:
        looked(request, [row.person for row in one.objections.all()], "je bezwaar")
        looked(request, [row.person for row in one.asked], "je aanmelding")
    context = about_party(found) | {"decisions": mine}
    return render(request, "parties/desk/done.html", context)


@require_POST
@for_staff(may_decide)
@unless_too_late("parties:case", "pk")
def ask(request, pk):
    """Ask for more: of each of the people who applied, or of who manages the party."""
    found = get_object_or_404(Case.objects.select_related("party"), pk=pk)
    form = desk_forms.QuestionForm(request.POST, case=found, prefix="vraag")
    if not form.is_valid():
        messages.error(request, next(iter(form.errors.values()))[0])
        return redirect("parties:case", pk)
    with refusal_said(request):
        asking.ask(found, by=request.user, **form.cleaned_data)
        messages.success(request, "Je vraag is verstuurd.")
        return next_or_list(request, but=reverse("parties:case", args=[pk]))
    return redirect("parties:case", pk)


@require_POST
@for_staff(may_decide)
@unless_too_late("/balie/")
def evidence(request, pk):
    """Write down what was seen while checking."""
    waiting = Case.objects.open().select_related("party")
    found = waiting_or_done(waiting, pk, among=Case.objects.all())
    refuse_own_party(found.party, request.user)
    form = desk_forms.EvidenceForm(request.POST, case=found, prefix="bewijs")
    if form.is_valid():
        ladder.add(found.party, by=request.user, **form.seen())
        messages.success(request, "Vastgelegd.")
    else:
        messages.error(request, "Vul in wat je zag en waar.")
    return redirect("parties:case", pk)


@require_POST
@for_staff(may_decide)
@unless_too_late("/balie/")
def code(request, pk):
    """Mail a code to the public address of the party of this application."""
    waiting = Application.objects.sent().select_related("party")
    sent = waiting_or_done(waiting, pk, among=Application.objects.all())
    refuse_own_party(sent.party, request.user)
    form = desk_forms.CodeForm(request.POST, prefix="code")
    if form.is_valid():
        codes.mail_code(sent, address=form.cleaned_data["address"], by=request.user)
        messages.success(request, "De code is verstuurd. Je ziet het hier als hij is ingevuld.")
    else:
        messages.error(request, "Vul een mailadres in.")
    if asks := Mandate.objects.waiting().filter(party=sent.party, person=sent.person).first():
        return redirect("parties:person", asks.pk)
    case = sent.party.cases.open().first()
    return redirect("parties:case", case.pk) if case else redirect("/balie/")


@require_POST
@for_staff(may_look_along)
@unless_too_late("parties:case", "pk")
def second(request, pk):
    """The second pair of eyes says yes, or sends it back with a remark."""
    found = get_object_or_404(Case.objects.select_related("party", "first_by"), pk=pk)
    agrees = "agree" in request.POST
    form = desk_forms.BackForm(request.POST)
    form.is_valid()
    typed = {"seen": request.POST.get("seen", "")} if agrees else form.cleaned_data
    with refusal_said(request):
        deciding.second(found, by=request.user, agrees=agrees, **typed)
        if agrees:
            messages.success(request, "Het besluit is genomen en verstuurd.")
        else:
            messages.info(request, "De zaak ligt weer bij de eerste.")
        return next_or_list(request)
    return redirect("parties:case", pk)


@require_POST
@for_staff(may_decide)
@unless_too_late("parties:case", "pk")
def take_back(request, pk):
    """Take a first decision back, before the second looked."""
    found = get_object_or_404(Case.objects.select_related("party"), pk=pk)
    deciding.take_back(found, by=request.user)
    messages.success(request, "Je besluit is terug. Wat je koos en schreef, staat er nog.")
    return redirect("parties:case", pk)


@require_http_methods(["GET", "HEAD", "POST"])
@for_staff(may_decide)
@unless_too_late("/balie/")
def person(request, pk):
    """Somebody asks to speak for a party that is known: accept, or say why not."""
    waiting = Mandate.objects.waiting().select_related("party", "person")
    mandate = waiting_or_done(waiting, pk, among=Mandate.objects.all())
    refuse_own_party(mandate.party, request.user)
    admits = mandate.party.cases.open().filter(kind=Case.Kind.APPLICATION).first()
    if admits:
        return redirect("parties:case", admits.pk)
    looked(request, [mandate.person], "je verzoek om erbij te horen")
    form = desk_forms.PersonForm(posted(request))
    if form.is_valid():
        if form.cleaned_data["accept"] == "yes":
            people.accept_request(
                mandate, by=request.user, may_manage=form.cleaned_data["may_manage"]
            )
        else:
            people.refuse_request(mandate, reason=form.cleaned_data["reason"])
        messages.success(request, "Gedaan. We hebben het gemaild.")
        return next_or_list(request)
    party = mandate.party
    sent = party.applications.sent().filter(person=mandate.person).first()
    context = {
        "mandate": mandate,
        "place": desk.place(party),
        "others": desk.joining().filter(party=party).exclude(pk=mandate.pk).order_by("pk"),
        "evidence": party.evidence.filter(person=mandate.person).select_related(
            "checked_by", "file"
        ),
        "code_form": desk_forms.CodeForm(prefix="code") if sent else None,
        "party": party,
        "areas": party.areas.all(),
        "case": party.cases.open().filter(kind=Case.Kind.PERSON).first(),
        "application": sent,
        "today": localdate(),
        "managers": party.mandates.managing().count(),
        "form": form,
    }
    return form_page(request, "parties/desk/person.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@for_staff(may_look_along)
@unless_too_late()
def objection(request, pk):
    """An objection, answered by a person who did not take the decision."""
    found = get_object_or_404(
        Objection.objects.select_related("decision__party", "decision__case", "person"), pk=pk
    )
    decision = found.decision
    if not may_answer_objection(request.user, found):
        raise PermissionDenied(
            "Jij nam dit besluit of keek mee. Iemand anders beantwoordt het bezwaar. Is er niemand "
            "anders? Vraag wie onze accounts beheert om een collega moderator te maken."
        )
    looked(request, [found.person], "je bezwaar")
    form = desk_forms.ObjectionAnswerForm(posted(request), party=decision.party)
    if form.is_valid():
        objecting.answer_objection(found, by=request.user, **form.answer())
        messages.success(request, "Je antwoord op het bezwaar is verstuurd.")
        return next_or_list(request)
    context = {
        "objection": found,
        "decision": decision,
        "others": decision.objections.exclude(pk=found.pk),
        "later": decision.party.decisions.filter(decided_at__gt=decision.decided_at).first(),
        "party": decision.party,
        "areas": decision.party.areas.all(),
        "form": form,
        "proposal": proposal_for(decision.party),
    }
    return form_page(request, "parties/desk/objection.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@for_staff(may_decide)
def batch(request):
    """Parties for which nothing changed with the election: confirmed together."""
    cases = Case.objects.unchanged().select_related("party")
    if request.method == "POST":
        shown = {row_number(pk) for pk in request.POST.getlist("case")}
        done = deciding.confirm_batch(cases.filter(pk__in=shown), by=request.user)
        messages.success(request, f"{done} partijen bevestigd.")
        return redirect("/balie/")
    return render(
        request, "parties/desk/batch.html", {"cases": cases[:200], "total": cases.count()}
    )


@require_http_methods(["GET", "HEAD", "POST"])
@for_staff(may_decide)
@unless_too_late("/balie/")
def without_manager(request, pk):
    """A party in force where nobody manages the people: give it to one of them."""
    party = waiting_or_done(desk.without_manager(), pk, among=Party.objects.all())
    refuse_own_party(party, request.user)
    speakers = party.mandates.open().exclude(accepted_on=None).select_related("person")
    looked(request, [one.person for one in speakers], "wie je partij beheert")
    if request.method == "POST":
        chosen = speakers.filter(pk=row_number(request.POST.get("mandate", ""))).first()
        if chosen:
            people.make_manager(chosen)
            messages.success(request, "Dit is geregeld.")
            return next_or_list(request)
        messages.error(request, "Kies eerst iemand.")
    context = {"party": party, "speakers": speakers, "areas": party.areas.all()}
    return render(request, "parties/desk/unmanaged.html", context)
