from django.apps import AppConfig


class SignpostConfig(AppConfig):
    name = "kennispunt.signpost"
    verbose_name = "wegwijzer"
