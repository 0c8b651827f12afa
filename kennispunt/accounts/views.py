"""One's own pages: for whoever is signed in, about nobody else."""

from django.contrib import messages
from django.contrib.auth import logout
from django.contrib.auth.decorators import login_required
from django.http import JsonResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from kennispunt.accounts import consents, erasure, groups, registry, who_you_are
from kennispunt.accounts.forms import DetailsForm, MailForm
from kennispunt.mail import by_address, kinds
from kennispunt.ui.answering import form_page, posted


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@login_required
def mine(request):
    """My details, and the way to everything else that is mine."""
    form = DetailsForm(posted(request, "name"), instance=request.user)
    if form.is_valid():
        form.save()
        messages.success(request, "Je naam is bewaard.")
        return redirect("accounts:mine")
    context = {
        "form": form,
        "lines": registry.mine(request),
        "consents": consents.of(request.user),
        "failed": by_address.failed_last(request.user.email),
    }
    return form_page(request, "accounts/mine.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@login_required
def withdraw_consent(request):
    """Take back one yes, after saying once what happens. Then it holds at once.

    Somebody who pressed twice, or went back, is told that it is done.
    """
    typed = request.POST if request.method == "POST" else request.GET
    name, key = typed.get("name", ""), typed.get("key", "")
    if request.method != "POST":
        mine = [one for app, one in consents.of(request.user) if (app, one.key) == (name, key)]
        if mine:
            return render(request, "accounts/withdraw.html", {"name": name, "consent": mine[0]})
    elif consents.withdraw(request.user, name=name, key=key):
        messages.success(request, "Je toestemming is ingetrokken.")
        return redirect("accounts:mine")
    messages.info(request, "Deze toestemming is er niet, of je trok haar al in.")
    return redirect("accounts:mine")


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@login_required
def mail(request):
    """Choose which mails I want; others belong to what I asked for."""
    works = groups.works_here(request.user)
    mine = [kind for kind in kinds.every() if works or not kind.of_staff]
    form = MailForm(posted(request), address=request.user.email, of=mine)
    if form.is_valid():
        form.save()
        messages.success(request, "We houden ons aan je keuze.")
        return redirect("accounts:mail")
    always = [kind for kind in mine if not kind.optional]
    return form_page(request, "accounts/mail.html", {"form": form, "always": always})


@require_safe
@never_cache
@login_required
def download(request):
    """All that we have of me."""
    return JsonResponse(
        registry.export(request.user),
        json_dumps_params={"indent": 2, "ensure_ascii": False},
        headers={"Content-Disposition": 'attachment; filename="kennispunt.json"'},
    )


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@login_required
def delete(request):
    """Delete me, after asking who I am and whether I am sure."""
    if not who_you_are.showed_lately(request):
        return who_you_are.ask(request)
    if request.method != "POST":
        return render(request, "accounts/delete.html")
    user = request.user
    erasure.delete(user)
    logout(request)
    messages.success(request, "Je account is gewist.")
    return redirect("/")
