"""What our tests are about. Give only what matters to the test."""

from datetime import timedelta

from django.utils.timezone import localdate

from kennispunt.signpost.models import Entry


def make_entry(title="Raad en Daad", **fields) -> Entry:
    given = {
        "slug": title.lower().replace(" ", "-"),
        "title": title,
        "summary": "Denkt mee over een lastig besluit.",
        "body": "Je belt en iemand luistert.",
        "address": "https://raad.example/",
        "roles": ["raadslid"],
        "needs": ["lastig"],
        "words": ["Ik kom er niet uit"],
        "form": "Gesprek",
        "costs": "Gratis.",
        "checked_on": localdate() - timedelta(days=6),
        "check_again_on": localdate() + timedelta(days=176),
    }
    return Entry.objects.create(**(given | fields))
