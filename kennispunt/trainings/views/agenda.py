"""The agenda: what is given, where and when. Open to everyone."""

from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from kennispunt.pagecache.views import kept
from kennispunt.trainings.models import Edition, Training
from kennispunt.trainings.views.places import edition_of


@require_safe
@kept
def agenda(request):
    """What is coming, the first one first."""
    editions = Edition.objects.open().counted().coming(timezone.now())
    rows = editions.select_related("training", "room").prefetch_related("meetings")
    return render(request, "trainings/agenda.html", {"editions": rows})


@require_safe
@kept
def training(request, slug):
    """What one learns, for whom, and when it is given."""
    found = get_object_or_404(Training.objects.select_related("theme"), slug=slug)
    editions = found.editions.open().counted().coming(timezone.now())
    context = {
        "training": found,
        "editions": editions.select_related("training", "room").prefetch_related("meetings"),
    }
    return render(request, "trainings/training.html", context)


@require_safe
@kept
def edition(request, slug, pk):
    """One edition: when, where, how to get there, how many places are left."""
    found = edition_of(slug, pk)
    context = {"edition": found, "meetings": found.meetings.all(), "now": timezone.now()}
    return render(request, "trainings/edition.html", context)
