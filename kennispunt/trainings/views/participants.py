"""The people of an edition, at the desk: the list, by hand, as a file; and mail to them."""

from hashlib import sha256

from django.contrib import messages
from django.db.models import Case, IntegerField, Value, When
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from kennispunt.mail import many
from kennispunt.office import tables
from kennispunt.office.guards import for_staff
from kennispunt.office.lookups import looked
from kennispunt.trainings import letters, participant_forms
from kennispunt.trainings.actions import editions, places
from kennispunt.trainings.actions.by_hand import promote, put_on
from kennispunt.trainings.models import EditionMail, Registration
from kennispunt.trainings.permissions import may_plan
from kennispunt.trainings.queue import RULE, free_seats, waiting_list
from kennispunt.trainings.views.planning import edition_of
from kennispunt.ui.answering import form_page, posted, refusal_in, refusal_said, unless_too_late
from kennispunt.ui.dutch import counted

State = Registration.State
LOOKED = "je inschrijving voor een training"


# --- The list ------------------------------------------------------------------------------------


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
    form = participant_forms.PutOnForm(posted(request))
    if form.is_valid():
        with refusal_in(form, at="email"):
            made = put_on(
                edition, party=form.cleaned_data["party"], person=form.person, by=request.user
            )
            where = "heeft een plek" if made.seat else "staat op de wachtlijst"
            messages.success(request, f"{form.person} {where} en krijgt een mail.")
            return redirect("trainings:participants", pk)
    found = registrations_of(edition)
    looked(request, [one.person for one in found], LOOKED)
    line = waiting_list(edition)
    context = {
        "edition": edition,
        "placed": [one for one in found if one.state == State.PLACED],
        "offered": [one for one in found if one.state == State.OFFERED],
        "waiting": [(one, why(one)) for one in line],
        "gone": [one for one in found if not one.is_live],
        "free": len(free_seats(edition)),
        "rule": RULE,
        "diets": sorted(one.diet for one in found if one.is_live and one.diet),
        "needs": sorted(one.access for one in found if one.is_live and one.access),
        "form": form,
        "has_begun": edition.starts_at <= timezone.now(),
    }
    return form_page(request, "trainings/desk/participants.html", context)


def why(one) -> str:
    """Say why somebody stands where they stand on the waiting list: see waiting_list()."""
    if one.offers:
        return "liet een aanbod voorbijgaan"
    if one.is_provisional:
        return "nog niet toegelaten: na de partijen die we kennen"
    if one.comes_last:
        return "oprichters, na de anderen"
    if one.has_one:
        return "de partij heeft hier al een plek"
    if one.had_one:
        return "de partij had dit jaar al een plek"
    return "de partij had dit jaar nog geen plek"


@require_POST
@for_staff(may_plan)
@unless_too_late("trainings:participants", "pk")
def by_hand(request, pk, registration, what):
    """Promote somebody, or take somebody off."""
    rows = Registration.objects.select_related("edition", "person", "party")
    one = get_object_or_404(rows, pk=registration, edition=pk)
    with refusal_said(request):
        if what == "geef-plek":
            promote(one)
        elif what == "belde-af":
            places.cancel(one)
        elif what == "haal-weg":
            places.end(one, letters.Why.DESK)
        else:
            raise Http404
        messages.success(request, f"Gedaan. {one.person} krijgt een mail.")
    return redirect("trainings:participants", pk)


@require_safe
@for_staff(may_plan)
def participants_file(request, pk, kind):
    """The list to take along. Without what somebody eats, needs or asks."""
    edition = edition_of(pk)
    if kind not in tables.FORMATS:
        raise Http404
    found = [one for one in registrations_of(edition) if one.person]
    looked(request, [one.person for one in found], LOOKED)
    table = [
        [
            str(one.person), one.party.name, one.get_role_display(), one.get_state_display(),
            "ja" if one.is_provisional else "nee",
            one.signed_up_at,
        ]
        for one in found
    ]  # fmt: skip
    columns = ["naam", "partij", "rol", "staat", "voorlopig", "ingeschreven op"]
    return tables.response(f"deelnemers-{edition.pk}", kind, columns, table)


# --- Mail ----------------------------------------------------------------------------------------


@require_http_methods(["GET", "HEAD", "POST"])
@for_staff(may_plan)
@unless_too_late("trainings:plan", "pk")
def mail(request, pk):
    """Write to a part of an edition. The mail that was looked at is the one that is sent, once."""
    edition = edition_of(pk)
    rows = edition.registrations.to_write_to()
    counts = {part: rows.in_part(part).count() for part in EditionMail.Part.values}
    form = participant_forms.MailForm(posted(request), counts=counts)
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
    return form_page(request, "trainings/desk/mail.html", context)


def send_mail(request, edition, asked):
    with refusal_said(request):
        sent = editions.mail_part(edition, **asked, by=request.user)
        number = counted(sent.count, "mail is", "mails zijn")
        messages.success(request, f"{number} onderweg.")
        return redirect("trainings:plan", edition.pk)
    return redirect("trainings:edition_mail", edition.pk)


def example_letter(edition, asked):
    """The letter as somebody gets it, without the name."""
    letter = letters.from_desk(edition, asked["subject"], asked["body"])
    return many.example(letter, place=reverse("trainings:mine"))
