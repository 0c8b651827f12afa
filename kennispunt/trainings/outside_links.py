"""The links to other sites that our texts show, for pages.links."""

import re

from django.urls import reverse

from kennispunt.pages.links import Link
from kennispunt.trainings.models import Training

IN_TEXT = re.compile(r"\]\((https?://[^)\s]+)")


def training_links():
    for training in Training.objects.filter(is_offered=True):
        place = reverse("wagtailsnippets_trainings_training:edit", args=[training.pk])
        for name in Training.TEXTS:
            for address in IN_TEXT.findall(getattr(training, name)):
                yield Link(address, f"Training: {training.title}", place)
