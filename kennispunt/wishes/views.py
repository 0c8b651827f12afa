"""Wishes and the vote, open to read. Asking is for people who speak for a party."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.timezone import localdate
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from kennispunt.office.guards import for_staff
from kennispunt.office.lookups import looked
from kennispunt.office.small_numbers import told
from kennispunt.pagecache.decorators import cached_page, good_until
from kennispunt.parties.permissions import MAY_VOTE, VOTE_LATER, acting_for, may_vote
from kennispunt.trainings.agenda import A_MINUTE
from kennispunt.trainings.models import Theme
from kennispunt.trainings.permissions import may_plan
from kennispunt.ui.answering import form_page, posted, refusal_in, unless_too_late
from kennispunt.wishes import actions
from kennispunt.wishes.forms import AnswerForm, CustomForm, ProposalForm, VoteForm, WishForm
from kennispunt.wishes.models import CustomRequest, Wish, WishVoice
from kennispunt.wishes.periods import VOTES_EACH, WISH_THRESHOLD, vote_on
from kennispunt.wishes.permissions import may_wish
from kennispunt.wishes.towns import region_of, towns_of
from kennispunt.wishes.voting import results, voted_by


@require_safe
@cached_page
def overview(request):
    """Show the wishes, per theme and province. Small numbers are words; no party is named."""
    rows = [(one, told(one.parties)) for one in Wish.objects.counted()]
    # In the order of the number, the small ones would still say which is the smallest.
    rows.sort(key=lambda row: (-(row[1] or 0), row[0].theme.name, row[0].region.name))
    context = {"rows": rows, "threshold": WISH_THRESHOLD}
    response = render(request, "wishes/overview.html", context)
    return good_until(response, timezone.now() + A_MINUTE)


def for_askers(view):
    """Let in only people who may ask for the party that they act for; others are told how."""

    @never_cache
    @login_required
    def guarded(request, *args, **kwargs):
        mandate = acting_for(request)
        if mandate is None or not may_wish(request.user, mandate.party):
            return render(request, "wishes/not.html", {"mandate": mandate})
        return view(request, mandate, *args, **kwargs)

    return guarded


@require_http_methods(["GET", "HEAD", "POST"])
@for_askers
def ask(request, mandate):
    """Ask for a training in our town, or say yes to what others near us want."""
    theme = Theme.objects.filter(slug=request.GET.get("thema", "")[:50]).first()
    form = WishForm(posted(request), mandate=mandate, initial={"theme": theme})
    if form.is_valid():
        with refusal_in(form):
            actions.wish(mandate.party, by=request.user, **form.cleaned_data)
            messages.success(request, "Je wens staat erbij. Je krijgt een mail als we hem plannen.")
            return redirect("wishes:ask")
    own = WishVoice.objects.seen_by(request.user, mandate.party).filter(wish__closed_on=None)
    own = own.select_related("wish__theme", "wish__region", "town")
    regions = {region_of(one).pk for one in towns_of(mandate)}
    others = Wish.objects.filter(region__in=regions).counted().exclude(pk__in=own.values("wish"))
    context = {
        "form": form,
        "mandate": mandate,
        "own": own,
        "others": [(one, told(one.parties)) for one in others.order_by("theme__name")],
        "threshold": WISH_THRESHOLD,
    }
    return form_page(request, "wishes/ask.html", context)


@require_POST
@for_askers
def take_back(request, mandate, pk):
    """Our party does not want it any more."""
    mine = WishVoice.objects.seen_by(request.user, mandate.party).filter(wish__closed_on=None)
    voice = mine.select_related("party").filter(pk=pk).first()
    if voice is None:
        if WishVoice.objects.filter(pk=pk).exists():
            raise Http404  # of another party
        messages.info(request, "Deze wens was al weg.")
        return redirect("wishes:ask")
    actions.take_back(voice, by=request.user)
    messages.success(request, "Je wens is weg.")
    return redirect("wishes:ask")


@require_http_methods(["GET", "HEAD", "POST"])
@for_askers
def custom(request, mandate):
    """Ask for something made for our party alone."""
    form = CustomForm(posted(request), mandate=mandate)
    if form.is_valid():
        with refusal_in(form):
            actions.request_custom(mandate.party, by=request.user, **form.cleaned_data)
            messages.success(request, "Je vraag is binnen. Je krijgt het antwoord per mail.")
            return redirect("trainings:mine")
    context = {"form": form, "mandate": mandate}
    return form_page(request, "wishes/custom.html", context)


# --- The vote ------------------------------------------------------------------------------------


@require_safe
@cached_page
def vote(request):
    """Show the vote, until when, and what parties chose so far; few are not counted out."""
    current = vote_on(localdate())
    counts = [(one, told(one.count)) for one in results(current.year)]
    counts.sort(key=lambda row: (-(row[1] or 0), row[0].name))
    context = {
        "vote": current,
        "is_open": current.is_open(localdate()),
        "results": counts,
        "anything": any(one.count for one, _ in counts),
        "most": VOTES_EACH,
    }
    response = render(request, "wishes/vote.html", context)
    return good_until(response, timezone.now() + A_MINUTE)


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@login_required
def cast(request):
    """The vote of the party that I act for: to give, and to change while it is open."""
    mandate, current = acting_for(request), vote_on(localdate())
    if mandate is None or not may_vote(request.user, mandate.party):
        votes = mandate and mandate.status_on(localdate()) in MAY_VOTE
        context = {"mandate": mandate, "party_votes": votes, "later": VOTE_LATER}
        return render(request, "wishes/vote_not.html", context)
    before = voted_by(mandate.party, current.year)
    form = VoteForm(posted(request), initial={"themes": before})
    if form.is_valid():
        with refusal_in(form, max="themes"):
            actions.vote(mandate.party, by=request.user, **form.cleaned_data)
            messages.success(request, "De stem van je partij is bewaard.")
            return redirect("wishes:cast")
    context = {
        "form": form,
        "mandate": mandate,
        "vote": current,
        "is_open": current.is_open(localdate()),
        "before": before,
    }
    return form_page(request, "wishes/cast.html", context)


# --- The desk ------------------------------------------------------------------------------------


@require_safe
@for_staff(may_plan)
def wanted(request):
    """Show all wishes, requests and votes to the people who make the programme."""
    current = vote_on(localdate())
    requests = CustomRequest.objects.select_related("town", "party", "edition__training")
    ours = requests.for_us()
    context = {
        "wishes": Wish.objects.counted(),
        "threshold": WISH_THRESHOLD,
        "requests": ours,
        "answered": requests.exclude(pk__in=ours.values("pk").order_by()).order_by("-answered_at"),
        "vote": current,
        "results": [one for one in results(current.year) if one.count],
        "before": [one for one in results(current.year - 1) if one.count],
    }
    return render(request, "wishes/desk/list.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@for_staff(may_plan)
@unless_too_late("wishes:wanted")
def wanted_one(request, pk):
    """Show one wish: the parties that want it and where, and an edition to propose to them."""
    one = get_object_or_404(Wish.objects.select_related("theme", "region", "edition"), pk=pk)
    form = ProposalForm(posted(request))
    if form.is_valid():
        with refusal_in(form, at="edition"):
            mails = actions.propose(one, form.cleaned_data["edition"])
            messages.success(request, f"Het voorstel is gemaild aan {mails} mensen.")
            return redirect("wishes:wanted")
    context = {
        "wish": one,
        "form": form,
        "voices": one.voices.select_related("party", "town", "person"),
        "threshold": WISH_THRESHOLD,
    }
    return form_page(request, "wishes/desk/wish.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@for_staff(may_plan)
@unless_too_late("wishes:wanted")
def requested(request, pk):
    """One made-to-measure request, with the answer to it."""
    rows = CustomRequest.objects.select_related("party", "town", "person", "edition__training")
    one = get_object_or_404(rows, pk=pk)
    looked(request, [one.person], "je vraag om een training")
    form = AnswerForm(posted(request))
    if form.is_valid():
        with refusal_in(form, at="edition"):
            actions.answer_custom(one, **form.cleaned_data)
            messages.success(request, "Je antwoord is gemaild.")
            return redirect("wishes:wanted")
    context = {"asked": one, "form": form}
    return form_page(request, "wishes/desk/request.html", context)
