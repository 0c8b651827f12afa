from django.apps import AppConfig


class ElectionsConfig(AppConfig):
    name = "kennispunt.elections"
    verbose_name = "gebieden en verkiezingen"
