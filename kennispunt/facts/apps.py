from django.apps import AppConfig


class FactsConfig(AppConfig):
    name = "kennispunt.facts"
    verbose_name = "feiten en bedragen"
