from django.apps import AppConfig


class DeskConfig(AppConfig):
    name = "kennispunt.desk"
    verbose_name = "balie"
