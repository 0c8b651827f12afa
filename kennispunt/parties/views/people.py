"""My party at /mijn/partij/: colleagues, rights, invitations. No address names a party."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.timezone import localdate
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from kennispunt.elections.models import AreaResult
from kennispunt.parties import confirming, forms
from kennispunt.parties import consent as words
from kennispunt.parties.actions import asking, people, reopening
from kennispunt.parties.models import Application, Case, Invitation, Mandate, Party
from kennispunt.parties.permissions import act_for, acting_for, codes_of, may_manage
from kennispunt.ui import links
from kennispunt.ui.answering import (
    form_page,
    posted,
    refusal_in,
    unless_too_late,
    waiting_or_done,
)
from kennispunt.ui.cleaning import row_number

NOT_YOURS = "Dit kan alleen wie de collega’s van deze partij beheert."


def acting(request) -> Mandate:
    """The mandate with which I act; who has none is told how to get one."""
    mandate = acting_for(request)
    if mandate is None:
        raise PermissionDenied(
            "Dit is voor mensen die voor een partij spreken. Meld je partij aan."
        )
    return mandate


def managing(request) -> Mandate:
    mandate = acting(request)
    if not may_manage(request.user, mandate.party):
        raise PermissionDenied(NOT_YOURS)
    return mandate


def colleague_of(mandate: Mandate, pk) -> Mandate:
    """A colleague of my own party; of another party there is nobody here."""
    return get_object_or_404(colleagues_of(mandate), pk=pk)


def colleagues_of(mandate: Mandate):
    """Return those who speak for my party with me; before I was accepted myself, nobody."""
    rows = Mandate.objects.seen_by(mandate.person_id).accepted()
    return rows.filter(party=mandate.party).select_related("person", "party")


@require_safe
@never_cache
@login_required
def mine(request):
    """My party: what we may, who my colleagues are, what waits."""
    mandate = acting_for(request)
    if mandate is None:
        sent = Application.objects.of(request.user).exclude(state=Application.State.DRAFT)
        return redirect("parties:application" if sent.exists() else "parties:apply")
    party, today = mandate.party, localdate()
    manages = may_manage(request.user, party)
    last = AreaResult.objects.filter(area__in=codes_of(party)).order_by("-election__date")
    voted_on = last.values_list("election__date", flat=True).first()
    context = {
        "mandate": mandate,
        "others": [one for one in request._mandates if one != mandate],
        "party": party,
        "status": mandate.status_on(today),
        "ended_on": party.ended_on(today),
        "areas": mandate.areas,
        "manages": manages,
        "colleagues": colleagues_of(mandate),
        "must_confirm": mandate.accepted_on and needs_confirming(mandate, voted_on),
        "voted_on": voted_on,
        "invitations": party.invitations.open().select_related("invited_by") if manages else [],
        "requests": requests_of(party) if manages else [],
        "today": today,
        "asked": manages and asked_of(party).first(),
    }
    return render(request, "parties/mine/party.html", context)


def requests_of(party):
    """Return requests to join, and whether they know a code that we mailed to the party."""
    return Mandate.objects.waiting().with_code().filter(party=party).select_related("person")


def asked_of(party):
    """Return questions of the desk to those who manage the party; never those to an applicant."""
    return party.cases.filter(state=Case.State.ASKED).exclude(kind=Case.Kind.APPLICATION)


def needs_confirming(mandate: Mandate, voted_on) -> bool:
    known = mandate.confirmed_on or mandate.accepted_on
    return voted_on is not None and known < voted_on


@require_POST
@login_required
def switch(request):
    """Act for another of my parties from now on."""
    mine = Mandate.objects.of(request.user).open()
    chosen = mine.filter(pk=row_number(request.POST.get("mandate", ""))).first()
    if chosen is None:
        raise Http404
    act_for(request, chosen)
    messages.success(request, f"Je werkt nu voor {chosen.party_name}.")
    return redirect("parties:mine")


@require_POST
@login_required
@unless_too_late("parties:mine")
def confirm(request):
    """One click: yes, I still speak for this party."""
    people.confirm(on_screen(request, acting(request)))
    messages.success(request, "Bedankt. We weten dat je er nog bij hoort.")
    return redirect("parties:mine")


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@unless_too_late()
def still(request, token):
    """The link of a mail that asks who still speaks. Opening it changes nothing: mail scanners do.

    It names nobody and no party, and can only say yes: for more one signs in.
    """
    mandate = confirming.asked_with(token)
    if mandate is None:
        why = "Hij is te oud, of het is al anders geregeld. Bij je partij zie je hoe het staat."
        return links.dead(request, why=why, href=reverse("parties:mine"), words="Mijn partij")
    done = request.method == "POST"
    if done:
        people.confirm(mandate)
    return render(request, "parties/mine/still.html", {"done": done})


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@login_required
@unless_too_late("parties:mine")
def leave(request):
    """Stop speaking for this party. The last manager is told what that means."""
    mandate = acting(request)
    if request.method == "POST":
        people.leave(on_screen(request, mandate))
        messages.success(request, "Je spreekt niet meer voor deze partij.")
        return redirect("accounts:mine")
    context = {"mandate": mandate, "is_last": mandate.is_last_manager()}
    return render(request, "parties/mine/leave.html", context)


def on_screen(request, mandate) -> Mandate:
    """The mandate that the form was about: another tab may act for another party by now."""
    shown = request.POST.get("mandate", str(mandate.pk))
    return next((one for one in request._mandates if str(one.pk) == shown), None) or not_there()


def not_there():
    raise Http404


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@login_required
@unless_too_late("parties:mine")
def question(request):
    """Our question about a party that we know, for those who manage it."""
    mandate = managing(request)
    case = asked_of(mandate.party).first()
    if case is None:
        messages.info(request, "Er staat geen vraag meer open: er is al geantwoord.")
        return redirect("parties:mine")
    form = forms.AnswerForm(posted(request))
    if form.is_valid():
        asking.answer_for_party(case, words=form.cleaned_data["answer"], by=request.user)
        messages.success(request, "Je antwoord is binnen. We kijken verder.")
        return redirect("parties:mine")
    return form_page(request, "parties/mine/question.html", {"case": case, "form": form})


# --- Colleagues ----------------------------------------------------------------------------------


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@login_required
def invite(request):
    mandate = managing(request)
    form = forms.InvitationForm(posted(request), initial={"role": Mandate.Role.BOARD})
    if form.is_valid():
        with refusal_in(form):
            people.invite(mandate.party, by=request.user, **form.cleaned_data)
            messages.success(request, "We mailden je collega een uitnodiging.")
            return redirect("parties:mine")
    return form_page(request, "parties/mine/invite.html", {"form": form, "mandate": mandate})


@require_POST
@login_required
@unless_too_late("parties:mine")
def revoke(request, pk):
    """Take back an invitation that nobody answered."""
    invitation = get_object_or_404(managing(request).party.invitations, pk=pk)
    people.revoke_invitation(invitation)
    messages.success(request, "De uitnodiging werkt niet meer.")
    return redirect("parties:mine")


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@login_required
@unless_too_late("parties:mine")
def colleague(request, pk):
    """Role and rights of a colleague; remove them; hand over to them."""
    mandate = managing(request)
    other = colleague_of(mandate, pk)
    form = forms.RightsForm(posted(request, "change"), instance=other)
    with refusal_in(form):
        if form.is_valid():
            people.change(other, by=mandate, **form.cleaned_data)
            messages.success(request, "Bewaard.")
            return redirect("parties:mine")
        if "remove" in request.POST and other != mandate:
            people.remove(other, by=mandate)
            messages.success(request, f"{other.person} spreekt niet meer voor deze partij.")
            return redirect("parties:mine")
        if "hand_over" in request.POST and other != mandate:
            people.hand_over(mandate, to=other)
            messages.success(request, f"{other.person} beheert nu de collega’s.")
            return redirect("parties:mine")
    context = {"form": form, "other": other, "is_me": other == mandate}
    return form_page(request, "parties/mine/colleague.html", context)


@require_POST
@login_required
@unless_too_late("parties:mine")
def request_to_join(request, pk):
    """A colleague whom we know or not asked to join."""
    mandate = managing(request)
    waiting = Mandate.objects.waiting().filter(party=mandate.party)
    known = Mandate.objects.filter(party=mandate.party)
    asked = waiting_or_done(waiting.select_related("person", "party"), pk, among=known)
    if "known" in request.POST:
        people.accept_request(asked, by=request.user)
        messages.success(request, f"{asked.person} hoort er nu bij.")
    else:
        people.leave_to_desk(asked)
        messages.success(request, "Dank je. We zoeken het uit.")
    return redirect("parties:mine")


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@login_required
@unless_too_late("parties:mine")
def public(request):
    """Change what everyone may read of my party in the register."""
    mandate = managing(request)
    form = forms.PublicForm(posted(request), instance=mandate.party)
    if form.is_valid():
        people.publish_details(mandate.party, by=mandate, **form.cleaned_data)
        messages.success(request, "Bewaard.")
        return redirect("parties:mine")
    return form_page(request, "parties/mine/public.html", {"form": form, "mandate": mandate})


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@login_required
@unless_too_late("parties:mine")
def registration(request):
    """Founders tell that their name is registered; they stay in until we have looked."""
    mandate = managing(request)
    if mandate.party.status_on(localdate()) != Party.Status.FOUNDING:
        raise Http404
    form = forms.RegistrationForm(posted(request), initial={"name": mandate.party.name})
    if form.is_valid():
        reopening.tell_registration(mandate.party, **form.cleaned_data)
        messages.success(request, "We kijken het na. Jullie houden zolang wat jullie nu hebben.")
        return redirect("parties:mine")
    return form_page(request, "parties/mine/registration.html", {"form": form})


# --- An invitation -------------------------------------------------------------------------------


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@unless_too_late("parties:mine")
def invitation(request, token):
    """Say yes or no to an invitation. Before signing in it names nobody and no party."""
    rows = Invitation.objects.with_token(token).select_related("party", "invited_by")
    found = rows.first()
    if found is None:
        why = (
            "Kijk of je de hele link uit de mail hebt. Is hij ouder dan 14 dagen, of trok je "
            "collega hem in? Vraag dan om een nieuwe uitnodiging."
        )
        return links.dead(request, why=why)
    answer = {"state": state_of(found, request.user), "invitation": found}
    if answer["state"] != "open":
        return render(request, "parties/mine/invitation.html", answer)
    form = forms.JoinForm(posted(request, "yes"), words=words.JOIN, person=request.user)
    if "no" in request.POST:
        people.decline_invitation(found)
        messages.success(request, "Goed, we wissen je adres. Je hoort er niet meer over.")
        return redirect("/")
    if form.is_valid():
        form.keep_name()
        mandate = people.accept_invitation(found, person=request.user, consent=words.JOIN)
        act_for(request, mandate)
        messages.success(request, "Welkom. Je hoort erbij.")
        return redirect("parties:mine")
    return form_page(request, "parties/mine/invitation.html", answer | {"form": form})


def state_of(found, user) -> str:
    if not user.is_authenticated:
        return "sign_in"
    if not found.is_for(user):
        return "for_another"
    if found.answered_at:
        return "used"
    return "expired" if found.expires_on < localdate() else "open"
