from django.apps import AppConfig


class LimitsConfig(AppConfig):
    name = "kennispunt.limits"
    verbose_name = "grenzen"
