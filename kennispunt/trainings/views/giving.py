"""Pages of trainers: their editions, attendance, the sheet with questions; and those after it."""

from datetime import timedelta
from functools import wraps

from django import forms
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from kennispunt.office.guards import for_staff
from kennispunt.office.lookups import looked
from kennispunt.parties.models import Mandate
from kennispunt.trainings.actions import evaluating, giving
from kennispunt.trainings.certificates import certificate as certificate_pdf
from kennispunt.trainings.models import Attendance, Edition, Evaluation, Registration
from kennispunt.trainings.periods import GIVEN_SHOWN, KEEP_DAYS
from kennispunt.trainings.permissions import is_trainer, may_give, may_plan
from kennispunt.trainings.results import results
from kennispunt.trainings.tokens import evaluation_of
from kennispunt.trainings.views.places import dead
from kennispunt.ui.answering import form_page, posted, refusal_said
from kennispunt.ui.rows import TooLate


@require_safe
@for_staff(is_trainer)
def given(request):
    """Show my editions: those to come, and those of the last half year. Planners see all.

    A cancelled one stays, and says so: its trainer looks for it here.
    """
    now = timezone.now()
    rows = Edition.objects.exclude(status=Edition.Status.DRAFT).counted()
    rows = rows.select_related("training", "room", "trainer")
    if not may_plan(request.user):
        rows = rows.filter(trainer=request.user)
    past = rows.filter(ends_at__lte=now, ends_at__gt=now - GIVEN_SHOWN)
    context = {
        "coming": rows.filter(ends_at__gt=now).order_by("starts_at"),
        "past": past.order_by("-starts_at"),
        "sees_all": may_plan(request.user),
    }
    return render(request, "trainings/giving/list.html", context)


def for_trainer(view):
    """Let in only the trainer of this edition, and planners; the view gets the edition."""

    @wraps(view)
    @for_staff(is_trainer)
    def guarded(request, pk, *args, **kwargs):
        rows = Edition.objects.select_related("training", "room").prefetch_related("meetings")
        edition = get_object_or_404(rows, pk=pk)
        if not may_give(request.user, edition):
            raise PermissionDenied
        return view(request, edition, *args, **kwargs)

    return guarded


def unless_off(view):
    """Below for_trainer: of an edition that does not go on there is nothing to keep."""

    @wraps(view)
    def guarded(request, edition, *args, **kwargs):
        if edition.status == Edition.Status.CANCELLED:
            return redirect("trainings:give", edition.pk)
        return view(request, edition, *args, **kwargs)

    return guarded


LOOKED = "je inschrijving voor een training"


def placed(request, edition):
    """Return the people with a place, by name; each can see at /mijn/inzage/ that we looked."""
    rows = edition.registrations.placed().select_related("person").prefetch_related("attendances")
    looked(request, [one.person for one in rows], LOOKED)
    return sorted(rows, key=lambda one: (one.person is None, str(one.person).casefold()))


def sheet_is_kept(edition, now):
    return now < edition.ends_at + timedelta(days=KEEP_DAYS["question"])


@require_safe
@for_trainer
def give(request, edition):
    """One edition: where I must be, the lists, and what people thought of it."""
    now = timezone.now()
    marked = Attendance.objects.filter(meeting__edition=edition, registration__state="placed")
    meetings = [
        (
            meeting,
            meeting.takes_marks(now),
            sum(1 for one in marked if one.meeting_id == meeting.pk),
            sum(1 for one in marked if one.meeting_id == meeting.pk and one.was_there),
        )
        for meeting in edition.meetings.all()
    ]
    context = {
        "edition": edition,
        "meetings": meetings,
        "number": edition.registrations.placed().count(),
        "has_sheet": sheet_is_kept(edition, now),
        "is_over": edition.is_over(now),
        "results": results(edition.evaluations.all()),
    }
    return render(request, "trainings/giving/edition.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@for_trainer
@unless_off
def attendance(request, edition, meeting):
    """Mark everyone at this meeting: a tap for each person, or one for all. Can be corrected."""
    meeting = get_object_or_404(edition.meetings, pk=meeting)
    people = placed(request, edition)
    if request.method == "POST":
        return mark(request, edition, meeting, people)
    marks = {one.registration_id: one.was_there for one in meeting.attendances.all()}
    rows = [(one, marks.get(one.pk)) for one in people]
    context = {
        "edition": edition,
        "meeting": meeting,
        "rows": rows,
        "there": sum(1 for _, mark in rows if mark),
        "unmarked": sum(1 for _, mark in rows if mark is None),
        "may_mark": meeting.takes_marks(timezone.now()),
    }
    return render(request, "trainings/giving/attendance.html", context)


def mark(request, edition, meeting, people):
    number, _, word = request.POST.get("mark", "").partition("-")
    anchor = ""
    with refusal_said(request):
        if number == "rest":
            giving.mark_the_rest(meeting)
        else:
            found = next((one for one in people if str(one.pk) == number), None)
            if found is None or word not in ("ja", "nee"):
                raise Http404
            giving.mark(meeting, found, was_there=word == "ja")
            anchor = f"#p{found.pk}"
    answer = redirect("trainings:attendance", edition.pk, meeting.pk)
    answer["Location"] += anchor
    return answer


@require_safe
@for_trainer
@unless_off
def paper(request, edition):
    """The same list on paper: a name, and a box for each meeting."""
    people = placed(request, edition)
    context = {"edition": edition, "people": people, "meetings": edition.meetings.all()}
    return render(request, "trainings/giving/paper.html", context)


@require_safe
@for_trainer
@unless_off
def sheet(request, edition):
    """Show people's questions and roles. No names and no parties, and gone in time."""
    if not sheet_is_kept(edition, timezone.now()):
        return render(request, "trainings/giving/sheet_gone.html", {"edition": edition}, status=410)
    rows = edition.registrations.placed().values_list("role", "question")
    # In the order of signing up it could be laid beside the list of names.
    people = sorted((Mandate.Role(role).label if role else "", asked) for role, asked in rows)
    context = {
        "edition": edition,
        "people": people,
        "questions": sum(1 for _, asked in people if asked),
        "days": KEEP_DAYS["question"],
    }
    return render(request, "trainings/giving/sheet.html", context)


# --- For the people who were there ---------------------------------------------------------------


@require_safe
@never_cache
@login_required
def certificate(request, pk):
    """My certificate as PDF. Nobody else's, and only when I was there enough."""
    rows = Registration.objects.of(request.user).select_related(
        "edition__training", "edition__room", "person"
    )
    found = get_object_or_404(rows.prefetch_related("edition__meetings", "attendances"), pk=pk)
    if not found.has_earned:
        raise Http404
    if not request.user.name:
        return render(request, "trainings/giving/no_name.html", {"registration": found})
    answer = HttpResponse(certificate_pdf(found), content_type="application/pdf")
    answer["Content-Disposition"] = 'inline; filename="certificaat.pdf"'
    return answer


class EvaluationForm(forms.Form):
    """Three questions, of which one answered is enough."""

    grade = forms.IntegerField(
        label="Welk cijfer geef je de training?",
        help_text="Van 1 tot en met 10.",
        min_value=1,
        max_value=10,
        required=False,
    )
    useful = forms.CharField(
        label="Wat ga je ermee doen?",
        max_length=1000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    better = forms.CharField(
        label="Wat kan beter?",
        max_length=1000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def clean(self):
        if not self.errors and not any(self.cleaned_data.values()):
            raise ValidationError("Beantwoord ten minste één vraag.")
        return self.cleaned_data


class LaterForm(forms.Form):
    useful = forms.CharField(
        label="Wat gebruikte je van de training?",
        help_text="Eén zin is genoeg. Niets gebruikt? Zeg dat ook.",
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 4}),
    )


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def evaluation(request, token):
    """The link of a mail: what do you think? Without signing in, and once."""
    found = evaluation_of(token)
    if found is None:
        return dead(request)
    registration, moment = found
    context = {"edition": registration.edition, "later": moment == Evaluation.Moment.LATER}
    if not registration.takes_evaluation(moment, timezone.now()):
        return render(request, "trainings/giving/evaluation_closed.html", context)
    form = (LaterForm if context["later"] else EvaluationForm)(posted(request))
    if form.is_valid():
        try:
            evaluating.evaluate(registration, moment, **form.cleaned_data)
        except TooLate:
            return render(request, "trainings/giving/evaluation_closed.html", context)
        return render(request, "trainings/giving/evaluation_done.html", context)
    context["form"] = form
    return form_page(request, "trainings/giving/evaluation.html", context)
