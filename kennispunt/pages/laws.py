"""The laws and sources behind our facts are links too. Facts stand below pages, so we ask."""

import re

from django.urls import reverse

from kennispunt.facts.models import Fact, Law
from kennispunt.pages.links import Link

ADDRESS = re.compile(r"https?://\S+[^\s.,;)]")


def edit(thing):
    return reverse(f"{thing.snippet_viewset.url_namespace}:edit", args=[thing.pk])


def law_links():
    for law in Law.objects.all():
        yield Link(law.address, f"Wet: {law.name}", edit(law))


def fact_links():
    for fact in Fact.objects.exclude(source=""):
        for address in ADDRESS.findall(fact.source):
            yield Link(address, f"Feit: {fact.what}", edit(fact))
