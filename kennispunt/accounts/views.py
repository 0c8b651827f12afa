"""What is mine: for whoever is signed in, about nobody else."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from kennispunt.accounts.forms import DetailsForm


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
