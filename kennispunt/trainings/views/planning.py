"""Planning at the desk, /balie/trainingen/: editions, who comes, and mail to them."""

from copy import copy
from datetime import datetime
from hashlib import sha256

from django.conf import settings
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.db import transaction
from django.db.models import Case, Count, IntegerField, Q, Value, When
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.timezone import localdate, localtime
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from kennispunt.elections.models import Area
from kennispunt.mail.letter import write
from kennispunt.parties.models import Lookup
from kennispunt.parties.views.deciding import for_staff
from kennispunt.parties.views.posting import posted
from kennispunt.trainings import counting, letters, planning, planning_forms, tables
from kennispunt.trainings.actions import editions, places
from kennispunt.trainings.finding import nearest_instead
from kennispunt.trainings.models import Edition, EditionMail, Registration, Training
from kennispunt.trainings.periods import DECIDE_BEFORE
from kennispunt.trainings.permissions import may_plan

State, Status = Registration.State, Edition.Status
LOOKED = "je inschrijving voor een training"
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


def narrowed(found, asked):
    """By training, province ("online" too) and trainer; what we do not know narrows nothing."""
    training, where, trainer = (asked.get(name, "") for name in ("training", "waar", "trainer"))
    if training:
        found = found.filter(training__slug=training)
    if where == "online":
        found = found.filter(room=None)
    elif where:
        found = found.filter(Q(room__area__province=where) | Q(room__area=where))
    if trainer.isdecimal() and trainer.isascii() and len(trainer) < 10:
        found = found.filter(trainer=trainer)
    return found


@require_safe
@for_staff(may_plan)
def overview(request):
    """Every edition of one kind, fifty on a page, with its places."""
    now = timezone.now()
    asked = {name: value.replace("\0", "") for name, value in request.GET.items()}
    kind = asked.get("soort") if asked.get("soort") in KINDS else "komt"
    found = narrowed(of_kind(kind, now), asked).counted()
    page = Paginator(found, 50).get_page(asked.get("page"))
    years = Edition.objects.dates("starts_at", "year", order="DESC")
    context = {
        "kinds": KINDS.items(),
        "kind": kind,
        "page": page,
        "asked": asked,
        "is_narrowed": any(asked.get(name) for name in ("training", "waar", "trainer")),
        "trainings": Training.objects.values_list("slug", "title"),
        "provinces": Area.objects.of_kind(Area.Kind.PROVINCIE).valid_on(localdate()),
        "trainers": planning_forms.trainers(),
        "years": [one.year for one in years],
        "now": now,
    }
    return render(request, "trainings/desk/list.html", context)


# --- Planning ------------------------------------------------------------------------------------


@require_http_methods(["GET", "HEAD", "POST"])
@for_staff(may_plan)
def new(request):
    """A new edition; with ?van=… a copy of another, of which only the days are left to fill in."""
    source = None
    if (pk := request.GET.get("van", "")).isdecimal() and len(pk) < 10:
        source = rows().filter(pk=pk).first()
    copied, initial = Edition(), {}
    if source:
        copied = Edition(**{name: getattr(source, name) for name in editions.COPIED})
        copied.trainer, copied.online_link = source.trainer, source.online_link
        initial["where"] = planning_forms.ONLINE if source.room is None else str(source.room_id)
        if first := source.meetings.first():
            initial["0-begins"] = localtime(first.starts_at).time()
            initial["0-ends"] = localtime(first.ends_at).time()
    form = planning_forms.EditionForm(posted(request), instance=copied, initial=initial)
    if form.is_valid() and "look" not in request.POST:
        with transaction.atomic():
            made = editions.create(**form.chosen())
        messages.success(request, "Bewaard als concept. Zet haar in de agenda als alles klopt.")
        return redirect("trainings:plan", made.pk)
    return show_form(request, form, source=source)


@require_http_methods(["GET", "HEAD", "POST"])
@for_staff(may_plan)
def edit(request, pk):
    """Change an edition. When that moves it, who has a place or waits gets a mail: asked first."""
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
    """How many people would get a mail when this is saved."""
    moved = editions.moments_of(edition) != form.meetings or (
        edition.room_id != (form.room.pk if form.room else None)
        or (form.room is not None and form.room.pk is None)
    )
    is_over = max(edition.ends_at, form.meetings[-1][1]) <= timezone.now()
    return len(editions.people_of(edition)) if moved and not is_over else 0


def save(request, form, edition) -> bool:
    try:
        with transaction.atomic():
            told = editions.change(edition, seen=seen_of(form), **form.chosen())
    except ValidationError as problem:
        if form.room is not None and form.room_form.is_bound:
            form.room.pk = None  # it was not kept either
        code = getattr(problem, "code", None)
        form.add_error({"places": "places", "meetings": "0-day"}.get(code), problem.messages)
        return False
    words = "Bewaard."
    if told:
        words += f" {'1 mail is' if told == 1 else f'{told} mails zijn'} onderweg."
    messages.success(request, words)
    return True


def seen_of(form) -> datetime | None:
    try:
        return datetime.fromisoformat(form.cleaned_data["seen"])
    except ValueError:
        return None


def show_form(request, form, **context):
    valid = form.is_bound and not form.errors
    if valid:
        context["looked"] = True
        context["concerns"] = planning.concerns(form.plan)
    status = 422 if form.is_bound and form.errors else 200
    return render(request, "trainings/desk/form.html", {"form": form, **context}, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
@for_staff(may_plan)
def series(request, pk):
    """The same training on more days and places at once, as drafts."""
    edition = edition_of(pk)
    form = planning_forms.SeriesForm(posted(request), edition=edition)
    if form.is_valid():
        try:
            made = editions.series(edition, form.ones)
        except ValidationError as problem:
            form.add_error(None, problem.messages)
        else:
            number = "1 concept" if len(made) == 1 else f"{len(made)} concepten"
            messages.success(request, f"{number} gemaakt. Kijk ze na en zet ze in de agenda.")
            return redirect(f"{request.path}klaar/?{'&'.join(f'e={one.pk}' for one in made)}")
    status = 422 if form.errors else 200
    context = {"edition": edition, "form": form}
    return render(request, "trainings/desk/series.html", context, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
@for_staff(may_plan)
def made(request, pk):
    """The drafts of a series, with what speaks against each; publish those that are ticked."""
    edition = edition_of(pk)
    keys = [one for one in request.GET.getlist("e") if one.isdecimal() and len(one) < 10][:50]
    drafts = rows().filter(pk__in=keys, status=Status.DRAFT, training=edition.training)
    found = list(drafts.order_by("starts_at", "pk").prefetch_related("meetings"))
    if request.method == "POST":
        chosen = [one for one in found if str(one.pk) in request.POST.getlist("zet")]
        return publish_all(request, chosen)
    pairs = [(one, planning.concerns(planning.Plan.of(one))) for one in found]
    return render(request, "trainings/desk/made.html", {"edition": edition, "pairs": pairs})


def publish_all(request, chosen):
    done = 0
    for one in chosen:
        try:
            done += editions.publish(one)
        except ValidationError as problem:
            messages.error(request, f"{one}: {problem.messages[0]}")
    if done:
        number = "1 editie staat" if done == 1 else f"{done} edities staan"
        messages.success(request, f"{number} nu in de agenda.")
    if not chosen:
        messages.info(request, "Je koos er geen. Ze staan bij ‘in voorbereiding’.")
    return redirect("trainings:planning")


# --- One edition ---------------------------------------------------------------------------------


@require_safe
@for_staff(may_plan)
def plan(request, pk):
    """One edition, without any name: figures, what to think of, and what can be done."""
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
        else planning.concerns(planning.Plan.of(edition)),
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
def act(request, pk, what):
    """What a button on the page of an edition does: publish, throw away, go ahead."""
    edition = edition_of(pk)
    try:
        if what == "publiceer":
            is_new = editions.publish(edition)
            messages.success(request, "Zij staat in de agenda." if is_new else "Dat was zij al.")
        elif what == "gaat-door":
            editions.go_ahead(edition)
            messages.success(request, "De training gaat door met wie er zijn.")
        elif what == "gooi-weg":
            editions.discard(edition)
            messages.success(request, "Het concept is weg.")
            return redirect("trainings:planning")
        else:
            raise Http404
    except ValidationError as problem:
        messages.error(request, problem.messages[0])
    return redirect("trainings:plan", pk)


@require_http_methods(["GET", "HEAD", "POST"])
@for_staff(may_plan)
def cancel(request, pk):
    """Ask first: how many are told, and where they are sent instead."""
    edition = edition_of(pk)
    form = planning_forms.CancelForm(posted(request))
    if form.is_valid():
        try:
            told = editions.cancel(edition, reason=form.cleaned_data["reason"])
        except ValidationError as problem:
            form.add_error(None, problem.messages)
        else:
            number = "1 mail is" if told == 1 else f"{told} mails zijn"
            words = "Zij was al afgezegd." if told is None else f"Afgezegd. {number} onderweg."
            messages.success(request, words)
            return redirect("trainings:plan", pk)
    context = {
        "edition": edition,
        "form": form,
        "number": len(editions.people_of(edition)),
        "instead": nearest_instead(edition, timezone.now()),
    }
    status = 422 if form.errors else 200
    return render(request, "trainings/desk/cancel.html", context, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
@for_staff(may_plan)
def costs(request, pk):
    """What it cost us. Nothing of it is public."""
    edition = edition_of(pk)
    form = planning_forms.CostsForm(posted(request), instance=copy(edition))
    if form.is_valid():
        editions.keep_costs(edition, **form.cleaned_data)
        messages.success(request, "Kosten en uren zijn bewaard.")
        return redirect("trainings:plan", pk)
    context = {"edition": edition, "form": form}
    status = 422 if form.errors else 200
    return render(request, "trainings/desk/costs.html", context, status=status)


# --- Who comes -----------------------------------------------------------------------------------


def looked(request, registrations):
    """Who sees names here is seen: each person reads it at /mijn/inzage/. Once a day, at once."""
    persons = {one.person_id for one in registrations} - {None, request.user.pk}
    Lookup.objects.bulk_create(
        [
            Lookup(person_id=one, staff=request.user, what=LOOKED, on=localdate())
            for one in sorted(persons)
        ],
        ignore_conflicts=True,
    )


STATE_ORDER = [State.PLACED, State.OFFERED, State.WAITING, State.CANCELLED, State.ENDED]


def registrations_of(edition):
    order = Case(
        *(When(state=state, then=Value(place)) for place, state in enumerate(STATE_ORDER)),
        output_field=IntegerField(),
    )
    found = edition.registrations.select_related("person", "party", "booked_by")
    return list(found.annotate(order=order).order_by("order", "signed_up_at", "pk"))


@require_http_methods(["GET", "HEAD", "POST"])
@for_staff(may_plan)
def participants(request, pk):
    """Everyone of one edition by name, the waiting list in its order with why; put somebody on."""
    edition = edition_of(pk)
    form = planning_forms.PutOnForm(posted(request))
    if form.is_valid():
        try:
            made = places.put_on(
                edition, party=form.cleaned_data["party"], person=form.person, by=request.user
            )
        except ValidationError as problem:
            form.add_error("email", problem.messages)
        else:
            where = "heeft een plek" if made.seat else "staat op de wachtlijst"
            messages.success(request, f"{form.person} {where} en krijgt een mail.")
            return redirect("trainings:participants", pk)
    found = registrations_of(edition)
    looked(request, found)
    line = places.waiting_list(edition)
    context = {
        "edition": edition,
        "placed": [one for one in found if one.state == State.PLACED],
        "offered": [one for one in found if one.state == State.OFFERED],
        "waiting": [(one, why(one)) for one in line],
        "gone": [one for one in found if not one.is_live],
        "free": len(places.free_seats(edition)),
        "rule": places.RULE,
        "diets": sorted(one.diet for one in found if one.is_live and one.diet),
        "needs": sorted(one.access for one in found if one.is_live and one.access),
        "form": form,
        "has_begun": edition.starts_at <= timezone.now(),
    }
    status = 422 if form.errors else 200
    return render(request, "trainings/desk/participants.html", context, status=status)


def why(one) -> str:
    """Why somebody stands where they stand on the waiting list: see waiting_list()."""
    if one.offers:
        return "liet een aanbod voorbijgaan"
    if one.comes_last:
        return "oprichters, na de anderen"
    if one.has_one:
        return "de partij heeft hier al een plek"
    if one.had_one:
        return "de partij had dit jaar al een plek"
    return "de partij had dit jaar nog geen plek"


@require_POST
@for_staff(may_plan)
def by_hand(request, pk, registration, what):
    """Promote somebody, or take somebody off."""
    rows = Registration.objects.select_related("edition", "person", "party")
    one = get_object_or_404(rows, pk=registration, edition=pk)
    done = False
    try:
        if what == "geef-plek":
            done = places.promote(one)
        elif what == "belde-af":
            done = places.cancel(one)
        elif what == "haal-weg":
            done = places.end(one, letters.Why.DESK)
        else:
            raise Http404
    except ValidationError as problem:
        messages.error(request, problem.messages[0])
        return redirect("trainings:participants", pk)
    if done:
        messages.success(request, f"Gedaan. {one.person} krijgt een mail.")
    else:
        messages.info(request, "Dit was al gedaan, of de training is al begonnen.")
    return redirect("trainings:participants", pk)


@require_safe
@for_staff(may_plan)
def participants_file(request, pk, kind):
    """Who comes, to take along. Without what somebody eats, needs or asks."""
    edition = edition_of(pk)
    if kind not in tables.FORMATS:
        raise Http404
    found = [one for one in registrations_of(edition) if one.person]
    looked(request, found)
    table = [
        [
            str(one.person), one.party.name, one.get_role_display(), one.get_state_display(),
            "ja" if one.is_provisional else "nee",
            f"{localtime(one.signed_up_at):%Y-%m-%d %H:%M}",
        ]
        for one in found
    ]  # fmt: skip
    columns = ["naam", "partij", "rol", "staat", "voorlopig", "ingeschreven op"]
    return tables.response(f"deelnemers-{edition.pk}", kind, columns, table)


def few(number):
    """In a file that goes elsewhere, what is fewer than five is only said to be so."""
    return number if number == 0 else counting.told(number) or "minder dan vijf"


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
    table = [
        [
            localdate(one.starts_at).isoformat(), one.training.title, one.training.theme.name,
            one.place, province_of(one), str(one.trainer or ""), one.get_status_display(),
            one.places, *map(few, (
                one.taken, one.waiting, of.get(one.pk, {}).get("there", 0),
                of.get(one.pk, {}).get("parties", 0),
            )),
            one.costs, one.hours,
        ]
        for one in found
    ]  # fmt: skip
    columns = [
        "datum", "training", "thema", "plaats", "provincie", "trainer", "staat", "plaatsen",
        "bezet", "wachtlijst", "aanwezig", "partijen", "kosten", "uren",
    ]  # fmt: skip
    return tables.response(f"edities-{year}", kind, columns, table)


def province_of(edition) -> str:
    area = edition.room.area if edition.room else None
    return str((area.province or area) if area else "online")


# --- Mail ----------------------------------------------------------------------------------------


@require_http_methods(["GET", "HEAD", "POST"])
@for_staff(may_plan)
def mail(request, pk):
    """Write to a part of an edition. What was looked at is what is sent, and once."""
    edition = edition_of(pk)
    parts = {part: editions.part_of(edition, part) for part in EditionMail.Part.values}
    counts = {part: len(people) for part, people in parts.items()}
    form = planning_forms.MailForm(posted(request), counts=counts)
    preview = None
    if form.is_valid():
        asked = {name: form.cleaned_data[name] for name in form.Meta.fields}
        token = sha256("\0".join(asked.values()).encode()).hexdigest()
        number = counts[asked["part"]]
        if number == 0:
            form.add_error("part", "Hier is nu niemand.")
        elif "send" in request.POST and form.cleaned_data["seen"] == token:
            return send_mail(request, edition, asked)
        else:
            form.data = form.data.copy()
            form.data["seen"] = token
            preview = {"number": number, "letter": example_letter(edition, asked)}
    context = {
        "edition": edition,
        "form": form,
        "preview": preview,
        "looks_anew": "send" in request.POST and preview,
    }
    status = 422 if form.errors else 200
    return render(request, "trainings/desk/mail.html", context, status=status)


def send_mail(request, edition, asked):
    try:
        sent = editions.mail_part(edition, **asked, by=request.user)
    except ValidationError as problem:
        messages.error(request, problem.messages[0])
        return redirect("trainings:edition_mail", edition.pk)
    if sent is None:
        messages.info(request, "Deze mail is al verstuurd.")
    else:
        number = "1 mail is" if sent.count == 1 else f"{sent.count} mails zijn"
        messages.success(request, f"{number} onderweg.")
    return redirect("trainings:plan", edition.pk)


def example_letter(edition, asked):
    """The letter as somebody gets it, without the name."""
    return write(
        "trainings/mail/from_desk.md",
        subject=asked["subject"],
        name="…",
        paragraphs=letters.paragraphs(asked["body"]),
        edition=edition,
        meetings=list(edition.meetings.all()),
        place_link=settings.SITE_URL + reverse("trainings:mine"),
    )
