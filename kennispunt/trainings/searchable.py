"""Our part of the search: every training that we give, and where it is next."""

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.timezone import localtime

from kennispunt.facts.usage import Use
from kennispunt.pages import text
from kennispunt.pages.references import References, Target, shows_fact
from kennispunt.search.index import Entry, Passage
from kennispunt.trainings.models import Edition, Training

KIND = "training"


def targets() -> dict[str, Target]:
    """The trainings that a text may link to: [tekst](training:slug)."""
    return {one.slug: Target(one.title, one.get_absolute_url()) for one in Training.objects.all()}


def entries(keys=None):
    found = Training.objects.filter(is_offered=True).select_related("theme")
    if keys is not None:
        found = found.filter(slug__in=keys)
    references, editions = References(), {}
    coming = Edition.objects.open().coming(timezone.now()).select_related("room")
    for edition in coming.filter(training__in=found):
        editions.setdefault(edition.training_id, []).append(edition)
    for training in found:
        yield entry(training, editions.get(training.pk, []), references)


def entry(training, editions, references):
    texts = training.read(references)
    places = ", ".join(dict.fromkeys(edition.place for edition in editions))
    passages = [
        Passage("Wat je leert", text.plain(texts["body"])),
        Passage("Waar en voor wie", f"{places}. {' '.join(training.audiences)}"),
    ]
    first = editions[0] if editions else None
    return Entry(
        key=training.slug,
        title=training.title,
        url=training.get_absolute_url(),
        lead=training.lead,
        passages=passages,
        note=next_one(first) if first else training.theme.name,
        day=localtime(first.starts_at).date() if first else None,
    )


def next_one(edition):
    return f"{edition.place.capitalize()}, {date_format(localtime(edition.starts_at), 'l j F Y')}"


def uses(fact: str) -> list[Use]:
    """The trainings whose texts show this fact, for facts.usage: where an editor opens them."""
    return [
        Use(f"Training: {one.title}", f"/beheer/snippets/trainings/training/edit/{one.pk}/")
        for one in Training.objects.all()
        if any(shows_fact(getattr(one, name), fact) for name in Training.TEXTS)
    ]
