"""Signing up, and the page of one place: take it, give it up, see where you stand."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.timezone import localdate
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from kennispunt.limits.counting import by_person
from kennispunt.parties.models import Mandate
from kennispunt.parties.permissions import acting_for, may_book_places
from kennispunt.trainings import headings, queue
from kennispunt.trainings.actions import places
from kennispunt.trainings.forms import AnswersForm, SignUpForm
from kennispunt.trainings.models import Edition, Registration
from kennispunt.trainings.permissions import Chance, chance, for_colleagues, may_change
from kennispunt.trainings.tokens import registration_of, token_of
from kennispunt.ui import links
from kennispunt.ui.answering import form_page, posted
from kennispunt.ui.cleaning import row_number
from kennispunt.ui.rows import TooLate

SIGN_UPS_A_DAY = 40  # each of them mails somebody
TOO_MANY = "Je schreef vandaag al heel vaak in. Ga morgen verder, of mail ons."
ASKED = ("question", "diet", "access")


def edition_of(slug, pk) -> Edition:
    """An edition that everyone may see; its address has the training in it."""
    rows = Edition.objects.public().counted().select_related("training", "room", "trainer")
    return get_object_or_404(rows.prefetch_related("meetings"), pk=pk, training__slug=slug)


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@login_required
def sign_up(request, slug, pk):
    """Sign up for the party that I act for. Somebody who may not reads why, and what would help."""
    edition = edition_of(slug, pk)
    mandate = acting_for(request)
    gives, now = Chance.NO, timezone.now()
    if mandate and may_book_places(request.user, mandate.party):
        gives = chance(mandate.status_on(localdate()), edition)
    there = already_there(request, edition, mandate)
    if there and there == set(request.POST.getlist("who")):
        messages.info(request, "Je staat al ingeschreven.")
        return redirect("trainings:mine")
    context = {
        "edition": edition,
        "mandate": mandate,
        "gives": gives.value,
        "rule": queue.RULE,
        "others": [one for one in getattr(request, "_mandates", []) if one != mandate],
    }
    if gives == Chance.NO or not edition.takes_sign_ups(now):
        return render(request, "trainings/sign_up_not.html", context)
    left = colleagues(mandate, edition)
    if not left:
        return render(request, "trainings/sign_up_not.html", context | {"all_there": True})
    form = SignUpForm(
        without(there, request.POST) if request.method == "POST" else None,
        edition=edition,
        mandates=left,
        me=request.user,
    )
    if form.is_valid():
        same_day = [
            other for one in form.chosen for other in queue.on_the_same_day(edition, one.person)
        ]
        if same_day:
            form.warn_of_same_day(same_day)
        if not form.errors and (made := try_to_sign_up(form, edition, mandate, request.user)):
            tell(request, made)
            return redirect("trainings:mine")
    context["form"] = form
    return form_page(request, "trainings/sign_up.html", context)


def already_there(request, edition, mandate) -> set[str]:
    """Return the people of this form who are on the list already: it was sent before, say."""
    named = {key for key in request.POST.getlist("who") if row_number(key)}
    if not named or mandate is None:
        return set()
    rows = edition.registrations.live().filter(party=mandate.party, person__in=named)
    seen = Mandate.objects.seen_by(mandate.person_id).filter(party=mandate.party)
    rows = rows.filter(person__in=seen.values("person"))
    return {str(key) for key in rows.values_list("person", flat=True)}


def without(there, typed):
    """Return the form for the people who are not on the list yet."""
    left = typed.copy()
    left.setlist("who", [key for key in typed.getlist("who") if key not in there])
    return left


def colleagues(mandate, edition):
    """Return the mandates I can sign up: my own and my colleagues', not on the list yet."""
    here = edition.registrations.live().filter(party=mandate.party).values("person")
    seen = Mandate.objects.seen_by(mandate.person_id).filter(party=mandate.party)
    rows = seen.exclude(person__in=here).select_related("person")
    return list(rows.order_by("person__name", "pk"))


def try_to_sign_up(form, edition, mandate, me):
    """The sign-ups; or None with the reason in the form, at the field."""
    own = {name: form.cleaned_data.get(name, "") for name in ASKED}
    guests = [
        places.Guest(one.person, role=one.role, **(own if one.person_id == me.pk else {}))
        for one in form.chosen
    ]
    if not by_person("sign up", me, at_most=SIGN_UPS_A_DAY):
        form.add_error("who", TOO_MANY)
        return None
    try:
        return places.sign_up(edition, party=mandate.party, by=me, guests=guests)
    except ValidationError as problem:
        about = (problem.params or {}).get("person")
        others = {one.person_id: one.person for one in form.chosen if one.person_id != me.pk}
        who = f"{others[about]}: " if about in others else ""
        form.add_error("who", f"{who}{problem.message}")
        return None


def tell(request, made):
    seats = sum(1 for one in made if one.seat)
    if seats == len(made):
        words = "Je inschrijving is gelukt. Je krijgt een mail met de afspraak."
    elif seats:
        words = f"{seats} van de {len(made)} hebben een plek. Wie er nog wacht, krijgt een mail."
    else:
        words = "De training is vol. Je staat op de wachtlijst en krijgt een mail."
    messages.success(request, words)


# --- One place -----------------------------------------------------------------------------------


def dead(request):
    """A link of a mail about a place that opens none."""
    why = "Misschien is hij niet helemaal overgenomen. Wat je hebt, zie je bij je trainingen."
    return links.dead(request, why=why, href=reverse("trainings:mine"), words="Mijn trainingen")


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def place(request, token):
    """The link of every mail about a place. Opening it changes nothing: mail scanners do.

    It names nobody: whoever holds the link takes or gives up the place it was sent about.
    """
    found = registration_of(token)
    if found is None:
        return dead(request)
    return show_place(request, *found)


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@login_required
def of_colleague(request, pk):
    """The place of somebody whom I signed up, as long as I may book for that party."""
    rows = Registration.objects.select_related(
        "edition__training", "edition__room", "person", "party"
    )
    others = rows.filter(booked_by=request.user).exclude(person=request.user)
    registration = get_object_or_404(others, pk=pk)
    if not may_change(request.user, registration):
        raise Http404
    return show_place(request, registration, registration.offers, of=str(registration.person))


GIVEN_UP = ("meld-af", "geef-door")  # a place that went to another does not come back: ask first


def show_place(request, registration, offer, *, of=""):
    """One place and what can be done with it. `of`: the name of the colleague whose place it is."""
    result = ""
    if request.method == "POST":
        result = act(registration, offer, request.POST.get("wat", ""))
        registration.refresh_from_db()
    edition, now = registration.edition, timezone.now()
    is_offer = queue.is_offered(registration, offer, now)
    waits = registration.state == Registration.State.WAITING
    order = [one.pk for one in queue.waiting_list(edition)] if waits else []
    context = {
        "registration": registration,
        "edition": edition,
        "meetings": edition.meetings.all(),
        "state": registration.state,
        "heading": headings.heading(registration, of=of, is_offer=is_offer, result=result),
        "trouble": headings.trouble(result, of=of),
        "is_offer": is_offer,
        "place_in_line": order.index(registration.pk) + 1 if registration.pk in order else None,
        "has_free": waits and bool(queue.free_seats(edition)),
        "has_begun": edition.starts_at <= now,
        "rule": queue.RULE,
        "of": of,
        "asks": request.method != "POST" and request.GET.get("wat") in GIVEN_UP,
    }
    return render(request, "trainings/place.html", context)


def act(registration, offer, what):
    """Do what the button says. Returns a word of ours for what the page says of it."""
    try:
        if what == "neem":
            places.take(registration, offer=offer)
            return "taken"
        if what == "geef-door":
            places.pass_on(registration, offer=offer)
            return "passed"
        if what == "neem-vrije":
            places.take_free(registration)
            return "taken"
        if what == "meld-af":
            places.cancel(registration)
            return "cancelled"
    except TooLate:
        return "too_late" if what == "meld-af" else "gone"
    except ValidationError:
        return "elsewhere"
    raise Http404


# --- My trainings --------------------------------------------------------------------------------


@require_safe
@never_cache
@login_required
def mine(request):
    """Show my places, waits and past trainings; and the colleagues that I signed up."""
    rows = Registration.objects.select_related(
        "edition__training", "edition__room", "person", "party"
    ).prefetch_related("edition__meetings", "attendances")
    now = timezone.now()
    own = list(rows.of(request.user).order_by("edition__starts_at"))
    for_others = rows.live().filter(booked_by=request.user, edition__starts_at__gt=now)
    lines = [(one, token_of(one)) for one in own]
    context = {
        "coming": [pair for pair in lines if pair[0].is_live and pair[0].edition.ends_at > now],
        "past": [
            pair
            for pair in reversed(lines)
            if pair[0].edition.ends_at <= now and pair[0].state == Registration.State.PLACED
        ],
        "for_others": for_colleagues(
            request.user, for_others.exclude(person=request.user).order_by("edition__starts_at")
        ),
    }
    return render(request, "trainings/mine/list.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@login_required
def answers(request, pk):
    """Change my answers for a training, as long as it has not begun. Only my own."""
    rows = Registration.objects.live().of(request.user).select_related("edition__training")
    coming = rows.filter(edition__starts_at__gt=timezone.now())
    registration = get_object_or_404(coming, pk=pk)
    form = AnswersForm(posted(request), instance=registration, edition=registration.edition)
    if form.is_valid():
        places.change(registration, **form.cleaned_data)
        messages.success(request, "Je antwoorden zijn bewaard.")
        return redirect("trainings:mine")
    context = {"form": form, "registration": registration, "edition": registration.edition}
    return form_page(request, "trainings/mine/answers.html", context)
