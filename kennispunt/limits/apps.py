from django.apps import AppConfig


class LimitsConfig(AppConfig):
    name = "kennispunt.limits"
    verbose_name = "grenzen"
    kept_pages_never_show = ["*"]
