"""What is mine: for whoever is signed in, about nobody else."""

from django.contrib import messages
from django.contrib.auth import logout
from django.contrib.auth.decorators import login_required
from django.http import JsonResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from kennispunt.accounts import erasure, registry
from kennispunt.accounts.forms import DetailsForm, MailForm
from kennispunt.mail import kinds


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@login_required
def mine(request):
    """My details, and the way to everything else that is mine."""
    form = DetailsForm(request.POST or None, instance=request.user)
    if request.method == "POST" and form.is_valid():
        form.save()
        messages.success(request, "Je naam is bewaard.")
        return redirect("accounts:mine")
    return render(request, "accounts/mine.html", {"form": form})


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@login_required
def mail(request):
    """Which mails I want, and which belong to what I asked for."""
    # A form without a tick is an answer too.
    typed = request.POST if request.method == "POST" else None
    form = MailForm(typed, address=request.user.email)
    if form.is_valid():
        form.save()
        messages.success(request, "We houden ons aan je keuze.")
        return redirect("accounts:mail")
    always = [kind for kind in kinds.every() if not kind.optional]
    return render(request, "accounts/mail.html", {"form": form, "always": always})


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
    """Delete me, after asking whether I am sure."""
    if request.method != "POST":
        return render(request, "accounts/delete.html")
    user = request.user
    erasure.delete(user)
    logout(request)
    messages.success(request, "Je account is gewist.")
    return redirect("/")
