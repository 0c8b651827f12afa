from django.apps import AppConfig


class LimitsConfig(AppConfig):
    name = "kennispunt.limits"
    verbose_name = "grenzen"
    cached_pages_never_show = ["*"]
