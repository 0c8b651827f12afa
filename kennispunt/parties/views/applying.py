"""Applying at /partijen/aanmelden/: six short pages, saved as you go. And what became of it."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.timezone import localdate
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from kennispunt.elections import area_elections, finding
from kennispunt.elections.models import Area
from kennispunt.limits.counting import by_person
from kennispunt.parties import consent, forms
from kennispunt.parties.actions import applying, asking, codes, objecting
from kennispunt.parties.judging import proposal_for_name
from kennispunt.parties.models import Application, Decision, Objection, Party
from kennispunt.parties.periods import ANSWER_WORKING_DAYS, working_days_after
from kennispunt.parties.permissions import decision_for, is_accepted, may_object
from kennispunt.ui.answering import form_page, posted, refusal_in, unless_too_late
from kennispunt.ui.cleaning import row_number
from kennispunt.ui.narrowing import words_of

STEPS = {
    "gebied": "Waar doen jullie mee?",
    "partij": "Welke partij is het?",
    "wie": "Wie ben je?",
    "verklaring": "Wat voor partij zijn jullie?",
    "controle": "Hoe mogen we het nagaan?",
    "versturen": "Klopt het zo?",
}
FORMS = {
    "partij": forms.ListStep,
    "wie": forms.PersonStep,
    "verklaring": forms.DeclarationStep,
    "controle": forms.ProofStep,
}
# The field that each step must have filled in; jumping ahead brings one back.
NEEDED = {"gebied": "area_id", "partij": "kind", "wie": "role", "verklaring": "cooperation",
          "controle": "proof"}  # fmt: skip


@require_safe
def start(request):
    """Tell what applying asks, how long it takes and who reads it. Open to everyone."""
    draft = None
    if request.user.is_authenticated:
        draft = Application.objects.of(request.user).drafts().first()
    context = {"steps": STEPS.values(), "draft": draft, "days": ANSWER_WORKING_DAYS}
    return render(request, "parties/apply/start.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@login_required
@unless_too_late("parties:application")
def join(request, key):
    """From the page of a party in the register: apply to speak for it."""
    party = get_object_or_404(Party.objects.shown(localdate()), key=key)
    if request.method == "POST":
        applying.begin_with(party, request.user)
        return redirect("parties:step", "wie")
    draft = Application.objects.of(request.user).drafts().exclude(area=None).first()
    return render(request, "parties/apply/join.html", {"party": party, "draft": draft})


def missing(application, before=None):
    """The first step that is not filled in, before the given one."""
    for step, field in NEEDED.items():
        if step == before:
            return None
        if not getattr(application, field):
            return step
    return None


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@login_required
@unless_too_late("parties:application")
def step(request, step):
    """One page of the application of whoever is signed in."""
    if step not in STEPS:
        raise Http404
    begins = request.method == "POST" and step == "gebied"
    application = applying.begin(request.user) if begins else Application.draft_of(request.user)
    if request.method == "POST" and not application.pk:
        return pressed_again(request)
    if earlier := missing(application, before=step):
        return redirect("parties:step", earlier)
    if step == "gebied":
        return area_step(request, application)
    if step == "versturen":
        return send_step(request, application)
    form = FORMS[step](posted(request), request.FILES or None, application=application)
    if form.is_valid():
        form.save()
        return onward(request, application, step)
    return show(request, step, application, form=form)


def pressed_again(request):
    """Say what became of a draft, to a page of it that is still open in another tab."""
    mine = Application.objects.of(request.user).exclude(state=Application.State.DRAFT)
    last = mine.order_by("-saved_at").first()
    if last is None:
        return redirect("parties:step", "gebied")
    messages.info(request, last.how_it_stands())
    is_sent = last.state != Application.State.WITHDRAWN
    return redirect("parties:application" if is_sent else "parties:apply")


def show(request, step, application, **context):
    numbers = list(STEPS)
    context |= {
        "step": step,
        "title": STEPS[step],
        "number": numbers.index(step) + 1,
        "total": len(STEPS),
        "back": numbers[numbers.index(step) - 1] if step != "gebied" else None,
        "application": application,
    }
    return form_page(request, f"parties/apply/{step if step in SPECIAL else 'step'}.html", context)


APPLICATIONS_A_DAY, LINKS_A_DAY = 5, 5
TOO_MANY = (
    "Je stuurde vandaag al vijf aanmeldingen. Wat je invulde, is bewaard. Verstuur het morgen, of "
    "mail ons."
)
SPECIAL = ("gebied", "versturen")


def onward(request, application, step):
    """To the next page, or home with a mailed link for another evening."""
    if "later" in request.POST:
        if by_person("link to a draft", request.user, at_most=LINKS_A_DAY):
            applying.mail_link(application)
            messages.success(request, "Bewaard. We mailden je een link om later verder te gaan.")
        else:
            messages.info(request, "Bewaard. De link staat in de mails die je al van ons kreeg.")
        return redirect("parties:apply")
    numbers = list(STEPS)
    return redirect("parties:step", numbers[numbers.index(step) + 1])


def area_step(request, application):
    if request.method == "POST":
        code = request.POST.get("area", "").replace("\x00", "")
        area = Area.objects.valid_on(localdate()).filter(code=code).first()
        if area is None:
            return redirect("parties:step", "gebied")
        if area != application.area:
            applying.save(application, area=area, electoral_list=None, kind="")
        return onward(request, application, "gebied")
    words = words_of(request)
    today = localdate()
    found = finding.find(words, today)
    areas = dict.fromkeys(
        heir for area in found.areas for heir in area_elections.heirs(area, today)
    )
    context = {"words": words, "found": list(areas), "hint": found.hint}
    return show(request, "gebied", application, **context)


def send_step(request, application):
    form = forms.ConsentForm(posted(request), words=consent.APPLY)
    allowed = form.is_valid()
    if allowed and not by_person("application", request.user, at_most=APPLICATIONS_A_DAY):
        allowed = False
        form.add_error(None, TOO_MANY)
    if allowed:
        sent = applying.send(application, consent=consent.APPLY)
        done = sent.state == Application.State.CLOSED  # they speak for it already
        return redirect("parties:mine" if done else "parties:application")
    context = {
        "form": form,
        "due": working_days_after(localdate(), ANSWER_WORKING_DAYS),
        "objections": objections_to_name(application),
    }
    return show(request, "versturen", application, **context)


def objections_to_name(application):
    """Return what the rules have against the name, before sending: nobody waits for a sure no."""
    proposal = proposal_for_name(application.list_name, application.area)
    return proposal.reasons if proposal.outcome == "no" else []


# --- What became of it ---------------------------------------------------------------------------


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@login_required
@unless_too_late("parties:application")
def application(request):
    """Show what I sent: where it stands, our question, the decision. Only mine."""
    mine = Application.objects.of(request.user).exclude(state=Application.State.DRAFT)
    mine = mine.filter(sent_at__isnull=False)  # a draft that was taken back says nothing
    sent = mine.asked_first().select_related("party", "area").first()
    if sent is None:
        return redirect("parties:apply")
    case = sent.party.cases.open().first() if sent.state == Application.State.SENT else None
    code_form = code_of(request, sent)
    if code_form and code_form.is_valid():
        with refusal_in(code_form, at="code"):
            codes.try_code(sent, code_form.cleaned_data["code"])
            messages.success(request, "De code klopt. We weten nu dat je bij de partij hoort.")
            return redirect("parties:application")
    form = forms.AnswerForm(posted(request, "answer"))
    if form.is_valid():
        # The question on the screen, not one about something else that they sent.
        about = get_object_or_404(mine, pk=row_number(request.POST.get("about", str(sent.pk))))
        asking.answer(about, words=form.cleaned_data["answer"])
        messages.success(request, "Je antwoord is binnen. We kijken verder.")
        return redirect("parties:application")
    closed = sent.state == Application.State.CLOSED
    decision = decision_for(request.user, sent.party) if closed else None
    context = {
        "application": sent,
        "case": case,
        "due": case and sent.answer_due(),
        "code_form": code_form,
        "code_to": address_for_code(sent, code_form),
        "form": form,
        "decision": decision,
        "speaks": is_accepted(request.user, sent.party),
        "may_object": decision and may_object(request.user, decision, localdate()),
        "object_until": decision and decision.object_until,
    }
    return form_page(request, "parties/apply/sent.html", context)


def code_of(request, sent):
    """The form for a code that we mailed to the address of the party; None when there is none."""
    if sent.state != Application.State.SENT or not sent.codes.usable(timezone.now()).exists():
        return None
    return forms.CodeForm(posted(request, "code"))


def address_for_code(sent, code_form) -> str:
    """Return the published address of a known party, where this person may have a code sent."""
    if code_form or sent.state != Application.State.SENT or sent.codes.exclude(used_at=None):
        return ""
    return sent.party.published_email(localdate())


@require_POST
@login_required
def ask_for_code(request):
    """Have a code mailed to the published address of the party I want to speak for."""
    sent = Application.objects.of(request.user).sent().asked_first().first()
    if sent is None:
        raise Http404
    try:
        codes.ask_for_code(sent)
    except ValidationError as problem:
        messages.info(request, problem.message)
    else:
        messages.success(request, "De code is verstuurd. Vraag hem aan wie de mail leest.")
    return redirect("parties:application")


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@login_required
@unless_too_late("parties:application")
def withdraw(request):
    """Take back what I sent or had begun: first what that means, then the press that does it."""
    mine = Application.objects.of(request.user)
    sent = mine.sent().exists()
    if request.method != "POST":
        if not sent and not mine.drafts().exists():
            return redirect("parties:apply")
        return render(request, "parties/apply/withdraw.html", {"sent": sent})
    # What stood on the screen: who throws away a draft takes back nothing that was sent since.
    sent = request.POST.get("sent", str(sent)) == "True"
    chosen = list(mine.sent() if sent else mine.drafts())
    if not chosen:
        return pressed_again(request)
    for one in chosen:
        applying.withdraw(one)
    messages.success(request, "Je aanmelding is ingetrokken.")
    return redirect("parties:apply")


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@login_required
def objection(request, pk):
    """Object to a no. Another's decision is not there, nor is another's objection; who objected
    reads how it stands, also when the term went by or the no was changed.
    """
    decision = get_object_or_404(Decision.objects.select_related("party", "case"), pk=pk)
    mine = Objection.objects.filter(decision=decision, person=request.user).first()
    if not mine and not may_object(request.user, decision, localdate()):
        if not may_object(request.user, decision, localdate(decision.decided_at)):
            raise Http404
        raise PermissionDenied(
            "De termijn om bezwaar te maken is voorbij. Verandert er iets? Meld je opnieuw aan."
        )
    form = forms.ObjectionForm(posted(request))
    if not mine and form.is_valid():
        objecting.object_to(decision, person=request.user, words=form.cleaned_data["words"])
        return redirect("parties:object", pk)
    context = {
        "decision": decision,
        "known": mine,
        "form": form,
        "object_until": decision.object_until,
    }
    return form_page(request, "parties/apply/objection.html", context)
