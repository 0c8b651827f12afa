from django.apps import AppConfig


class OfficeConfig(AppConfig):
    name = "kennispunt.office"
    verbose_name = "kantoor"
