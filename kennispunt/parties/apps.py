from django.apps import AppConfig


class PartiesConfig(AppConfig):
    name = "kennispunt.parties"
    verbose_name = "partijen"
