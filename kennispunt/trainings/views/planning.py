"""Planning at the desk, /balie/trainingen/: editions, one and all. The people: participants.py."""

from copy import copy
from datetime import datetime

from django.contrib import messages
from django.db import transaction
from django.db.models import Count, Q
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.timezone import localdate
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from kennispunt.elections.models import Area
from kennispunt.office import tables
from kennispunt.office.guards import for_staff
from kennispunt.office.small_numbers import told
from kennispunt.trainings import plan_checks, planning_forms, starting
from kennispunt.trainings.actions import editions
from kennispunt.trainings.finding import nearest_instead
from kennispunt.trainings.models import Edition, Registration, Training
from kennispunt.trainings.periods import DECIDE_BEFORE
from kennispunt.trainings.permissions import may_plan
from kennispunt.ui.answering import form_page, posted, refusal_in, refusal_said, unless_too_late
from kennispunt.ui.cleaning import row_number
from kennispunt.ui.dutch import counted
from kennispunt.ui.narrowing import Choice, Listing

State, Status = Registration.State, Edition.Status
KINDS = {
    "komt": "Komt",
    "voorbereiding": "In voorbereiding",
    "geweest": "Geweest",
    "afgezegd": "Afgezegd",
}


def rows():
    return Edition.objects.select_related("training__theme", "room__area__province", "trainer")


def edition_of(pk) -> Edition:
    return get_object_or_404(rows().counted().prefetch_related("meetings"), pk=pk)


# --- The list ------------------------------------------------------------------------------------


def of_kind(kind, now):
    if kind == "voorbereiding":
        return rows().filter(status=Status.DRAFT).order_by("starts_at", "pk")
    if kind == "afgezegd":
        return rows().filter(status=Status.CANCELLED).order_by("-starts_at", "pk")
    if kind == "geweest":
        return rows().open().filter(ends_at__lte=now).order_by("-starts_at", "pk")
    return rows().open().coming(now)


def choices() -> list[Choice]:
    """By training, province ("online" too) and trainer."""
    provinces = Area.objects.of_kind(Area.Kind.PROVINCIE).valid_on(localdate())
    trainers = planning_forms.trainers()
    return [
        Choice(
            "training", "Training", Training.objects.values_list("slug", "title"),
            lambda found, slug: found.filter(training__slug=slug), also_gone=True,
        ),
        Choice(
            "waar", "Waar", [("online", "Online"), *((one.code, one.name) for one in provinces)],
            in_place, nothing="Overal", also_gone=True,
        ),
        Choice(
            "trainer", "Trainer",
            [("geen", "Nog geen trainer"), *((one.pk, str(one)) for one in trainers)],
            lambda found, key: found.filter(trainer=None if key == "geen" else key),
        ),
    ]  # fmt: skip


def in_place(found, where):
    if where == "online":
        return found.filter(room=None)
    return found.filter(Q(room__area__province=where) | Q(room__area=where))


@require_safe
@for_staff(may_plan)
def overview(request):
    """Every edition of one kind, fifty on a page, with its places."""
    now = timezone.now()
    kind = request.GET.get("soort", "")
    kind = kind if kind in KINDS else "komt"
    listing = Listing(request, of_kind(kind, now).counted(), choices())
    years = Edition.objects.dates("starts_at", "year", order="DESC")
    context = {
        "kinds": KINDS.items(),
        "kind": kind,
        "listing": listing,
        "page": listing.page,
        "years": [one.year for one in years],
        "now": now,
    }
    return render(request, "trainings/desk/list.html", context)


# --- Planning ------------------------------------------------------------------------------------


@require_http_methods(["GET", "HEAD", "POST"])
@for_staff(may_plan)
def new(request):
    """A new edition: empty, a copy of another, or for a wish or a request (starting.py)."""
    start = starting.of(request.GET)
    form = planning_forms.EditionForm(
        posted(request), instance=start.edition, initial=start.initial
    )
    if form.is_valid() and "look" not in request.POST:
        with transaction.atomic():
            made = editions.create(**form.chosen())
        messages.success(request, "Bewaard als concept. Zet haar in de agenda als alles klopt.")
        return redirect("trainings:plan", made.pk)
    return show_form(request, form, start=start)


@require_http_methods(["GET", "HEAD", "POST"])
@for_staff(may_plan)
def edit(request, pk):
    """Change an edition. Asks first when it moves: everyone with a place or a wait gets a mail."""
    edition = edition_of(pk)
    if edition.status == Status.CANCELLED:
        messages.info(request, "Deze editie is afgezegd. Maak een kopie.")
        return redirect("trainings:plan", pk)
    form = planning_forms.EditionForm(
        posted(request), instance=copy(edition), initial=planning_forms.initial_of(edition)
    )
    if form.is_valid() and "look" not in request.POST:
        number = told_of_a_move(edition, form)
        if number:
            form.ask_to_tell(number)
        if not form.errors and save(request, form, edition):
            return redirect("trainings:plan", pk)
    return show_form(request, form, edition=edition)


def told_of_a_move(edition, form) -> int:
    """Return how many people would get a mail when this is saved."""
    moved = edition.moments != form.meetings or (
        edition.room_id != (form.room.pk if form.room else None)
        or (form.room is not None and form.room.pk is None)
    )
    is_over = max(edition.ends_at, form.meetings[-1][1]) <= timezone.now()
    return edition.registrations.live().to_write_to().count() if moved and not is_over else 0


def save(request, form, edition) -> bool:
    with refusal_in(form, places="places", meetings="0-day"):
        with transaction.atomic():
            told = editions.change(edition, seen=seen_of(form), by=request.user, **form.chosen())
        words = "Bewaard."
        if told:
            words += f" {counted(told, 'mail is', 'mails zijn')} onderweg."
        messages.success(request, words)
        return True
    if form.room is not None and form.room_form.is_bound:
        form.room.pk = None  # it was not kept either
    return False


def seen_of(form) -> datetime | None:
    try:
        return datetime.fromisoformat(form.cleaned_data["seen"])
    except ValueError:
        return None


def show_form(request, form, **context):
    valid = form.is_bound and not form.errors
    if valid:
        context["looked"] = True
        context["concerns"] = plan_checks.concerns(form.plan)
    return form_page(request, "trainings/desk/form.html", {"form": form, **context})


@require_http_methods(["GET", "HEAD", "POST"])
@for_staff(may_plan)
def series(request, pk):
    """The same training on more days and places at once, as drafts."""
    edition = edition_of(pk)
    form = planning_forms.SeriesForm(posted(request), edition=edition)
    if form.is_valid():
        with refusal_in(form):
            made = editions.series(edition, form.ones)
            number = counted(len(made), "concept", "concepten")
            messages.success(request, f"{number} gemaakt. Kijk ze na en zet ze in de agenda.")
            return redirect(f"{request.path}klaar/?{'&'.join(f'e={one.pk}' for one in made)}")
    context = {"edition": edition, "form": form}
    return form_page(request, "trainings/desk/series.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@for_staff(may_plan)
def made(request, pk):
    """Show the drafts of a series, with concerns about each; publish those that are ticked."""
    edition = edition_of(pk)
    keys = [pk for one in request.GET.getlist("e")[:50] if (pk := row_number(one))]
    drafts = rows().filter(pk__in=keys, status=Status.DRAFT, training=edition.training)
    found = list(drafts.order_by("starts_at", "pk").prefetch_related("meetings"))
    if request.method == "POST":
        chosen = [one for one in found if str(one.pk) in request.POST.getlist("zet")]
        return publish_all(request, chosen)
    pairs = [(one, plan_checks.concerns(plan_checks.Plan.of(one))) for one in found]
    return render(request, "trainings/desk/made.html", {"edition": edition, "pairs": pairs})


def publish_all(request, chosen):
    if not chosen:
        messages.info(request, "Je koos er geen. Ze staan bij ‘in voorbereiding’.")
    with refusal_said(request):
        if done := editions.publish_all(chosen, by=request.user):
            number = counted(len(done), "editie staat", "edities staan")
            messages.success(request, f"{number} nu in de agenda.")
        return redirect("trainings:planning")
    return redirect(request.get_full_path())


# --- One edition ---------------------------------------------------------------------------------


@require_safe
@for_staff(may_plan)
def plan(request, pk):
    """Show one edition, without any name: figures, concerns, and what can be done."""
    edition = edition_of(pk)
    now = timezone.now()
    counts = edition.registrations.values_list("state").annotate(number=Count("pk")).order_by()
    counts = dict(counts)
    is_over = edition.is_over(now)
    context = {
        "edition": edition,
        "meetings": edition.meetings.all(),
        "placed": counts.get(State.PLACED, 0),
        "offered": counts.get(State.OFFERED, 0),
        "waiting_number": counts.get(State.WAITING, 0),
        "gave_up": counts.get(State.CANCELLED, 0),
        "provisional": edition.registrations.live().filter(is_provisional=True).count(),
        "parties": edition.registrations.placed().values("party").distinct().count(),
        "there": there(edition) if edition.starts_at <= now else None,
        "concerns": [] if is_over or edition.status == Status.CANCELLED
        else plan_checks.concerns(plan_checks.Plan.of(edition)),
        "is_over": is_over,
        "has_begun": edition.starts_at <= now,
        "few": edition.status == Status.OPEN and edition.starts_at > now
        and edition.taken < edition.minimum,
        "decide": edition.starts_at - now <= DECIDE_BEFORE,
        "mails": edition.mails.select_related("written_by"),
        "costs": planning_forms.CostsForm(instance=edition),
        "cancel_form": planning_forms.CancelForm(),
    }  # fmt: skip
    return render(request, "trainings/desk/edition.html", context)


def there(edition) -> int:
    marked = edition.registrations.placed().filter(attendances__was_there=True)
    return marked.distinct().count()


@require_POST
@for_staff(may_plan)
@unless_too_late("trainings:plan", "pk")
def act(request, pk, what):
    """Do what a button on the page of an edition says: publish, throw away, go ahead."""
    edition = edition_of(pk)
    with refusal_said(request):
        if what == "publiceer":
            editions.publish(edition, by=request.user)
            messages.success(request, "Zij staat in de agenda.")
        elif what == "gaat-door":
            editions.go_ahead(edition)
            messages.success(request, "De training gaat door met wie er zijn.")
        elif what == "gooi-weg":
            editions.discard(edition)
            messages.success(request, "Het concept is weg.")
            return redirect("trainings:planning")
        else:
            raise Http404
    return redirect("trainings:plan", pk)


@require_http_methods(["GET", "HEAD", "POST"])
@for_staff(may_plan)
@unless_too_late("trainings:plan", "pk")
def cancel(request, pk):
    """Ask first: how many are told, and where they are sent instead."""
    edition = edition_of(pk)
    form = planning_forms.CancelForm(posted(request))
    if form.is_valid():
        with refusal_in(form):
            told = editions.cancel(edition, by=request.user, **form.cleaned_data)
            number = counted(told, "mail is", "mails zijn")
            messages.success(request, f"Afgezegd. {number} onderweg.")
            return redirect("trainings:plan", pk)
    context = {
        "edition": edition,
        "form": form,
        "number": edition.registrations.live().to_write_to().count(),
        "instead": nearest_instead(edition, timezone.now()),
    }
    return form_page(request, "trainings/desk/cancel.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@for_staff(may_plan)
def costs(request, pk):
    """Keep the costs and hours. Nothing of it is public."""
    edition = edition_of(pk)
    form = planning_forms.CostsForm(posted(request), instance=copy(edition))
    if form.is_valid():
        editions.keep_costs(edition, **form.cleaned_data)
        messages.success(request, "Kosten en uren zijn bewaard.")
        return redirect("trainings:plan", pk)
    context = {"edition": edition, "form": form}
    return form_page(request, "trainings/desk/costs.html", context)


# --- A year as a file ----------------------------------------------------------------------------


def few(number):
    """Return a number for a file that goes elsewhere: fewer than five is said, not counted."""
    return number if number == 0 else told(number)


@require_safe
@for_staff(may_plan)
def year_file(request, year, kind):
    """Every edition of a year, in numbers."""
    if kind not in tables.FORMATS or not 2000 <= year <= 2100:
        raise Http404
    begin, end = (timezone.make_aware(datetime(one, 1, 1)) for one in (year, year + 1))
    found = rows().filter(starts_at__gte=begin, starts_at__lt=end).counted()
    placed = Registration.objects.placed().filter(edition__in=found.values("pk").order_by())
    there = Count("pk", filter=Q(attendances__was_there=True), distinct=True)
    numbers = placed.values("edition").annotate(
        parties=Count("party", distinct=True), there=there
    )  # fmt: skip
    of = {row["edition"]: row for row in numbers.order_by()}
    small = ["bezet", "wachtlijst", "aanwezig", "partijen"]
    columns = [
        "datum", "training", "thema", "plaats", "provincie", "trainer", "staat", "plaatsen",
        *small, "kosten", "uren", tables.SMALL,
    ]  # fmt: skip
    table = []
    for one in found:
        counts = of.get(one.pk, {"there": 0, "parties": 0})
        told = [
            few(number) for number in (one.taken, one.waiting, counts["there"], counts["parties"])
        ]  # fmt: skip
        table.append([
            localdate(one.starts_at), one.training.title, one.training.theme.name, one.place,
            province_of(one), str(one.trainer or ""), one.get_status_display(), one.places, *told,
            one.costs, one.hours, tables.hidden_in(small, told),
        ])  # fmt: skip
    return tables.response(f"edities-{year}", kind, columns, table)


def province_of(edition) -> str:
    area = edition.room.area if edition.room else None
    return str((area.province or area) if area else "online")
