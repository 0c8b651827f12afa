"""The pages about colleagues: for whoever may keep them."""

from functools import wraps

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from kennispunt.accounts import who_you_are
from kennispunt.accounts.groups import (
    everyone_of_the_staff,
    has_second_factor,
    may_keep_colleagues,
)
from kennispunt.desk import colleagues
from kennispunt.desk.colleague_forms import InviteForm, RemoveForm, RolesForm
from kennispunt.office.guards import for_staff
from kennispunt.office.staff import held
from kennispunt.ui.answering import form_page, posted, refusal_in, refusal_said, unless_too_late

ANSWERS = ["GET", "HEAD", "POST"]


def shows_who_one_is(view):
    """Ask once more who one is before a desk is given or taken, as for a key of one's own."""

    @wraps(view)
    def shown(request, *args, **options):
        if not who_you_are.showed_lately(request):
            return who_you_are.ask(request)
        return view(request, *args, **options)

    return shown


@require_safe
@for_staff(may_keep_colleagues)
def colleague_list(request):
    people = [
        {
            "person": person,
            "roles": colleagues.in_words(group.name for group in person.groups.all()),
            "is_safe": bool(person.authenticator_set.all()),
            "is_me": person == request.user,
        }
        for person in everyone_of_the_staff().prefetch_related("groups", "authenticator_set")
    ]
    return render(request, "desk/colleagues.html", {"people": people})


@require_http_methods(ANSWERS)
@for_staff(may_keep_colleagues)
@shows_who_one_is
def invite(request):
    form = InviteForm(posted(request))
    if form.is_valid():
        with refusal_in(form, at="address"):
            person = colleagues.invite(**form.cleaned_data, by=request.user)
            messages.success(request, f"{person} krijgt een mail waarin staat hoe je begint.")
            return redirect("desk:colleagues")
    return form_page(request, "desk/colleague_invite.html", {"form": form})


@require_http_methods(ANSWERS)
@for_staff(may_keep_colleagues)
@shows_who_one_is
@unless_too_late("desk:colleagues")
def change(request, pk):
    person = colleague(pk)
    roles = colleagues.roles_of(person)
    form = RolesForm(posted(request), initial={"roles": roles})
    if form.is_valid():
        with refusal_in(form, at="roles"):
            colleagues.change(person, **form.cleaned_data, by=request.user)
            messages.success(request, f"Bewaard: {person}.")
            return redirect("desk:colleagues")
    context = {"form": form, "person": person, "is_safe": has_second_factor(person)}
    return form_page(request, "desk/colleague.html", context)


@require_http_methods(ANSWERS)
@for_staff(may_keep_colleagues)
@shows_who_one_is
@unless_too_late("desk:colleagues")
def remove(request, pk):
    person = colleague(pk)
    things = held(person)
    form = RemoveForm(posted(request), person=person, things=things)
    if form.is_valid():
        with refusal_in(form):
            colleagues.remove(person, to=form.cleaned_data, by=request.user)
            messages.success(request, f"{person} werkt hier niet meer, en is overal uitgelogd.")
            return redirect("desk:colleagues")
    context = {"form": form, "person": person, "things": things}
    return form_page(request, "desk/colleague_remove.html", context)


@require_POST
@for_staff(may_keep_colleagues)
@shows_who_one_is
@unless_too_late("desk:colleagues")
def reset(request, pk):
    person = colleague(pk)
    with refusal_said(request):
        colleagues.reset_second_factor(person, by=request.user)
        messages.success(request, f"{person} is uitgelogd en zet zelf een nieuwe tweede stap aan.")
    return redirect("desk:colleagues")


def colleague(pk):
    if person := everyone_of_the_staff().filter(pk=pk).first():
        return person
    raise Http404
