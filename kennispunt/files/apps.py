from django.apps import AppConfig


class FilesConfig(AppConfig):
    name = "kennispunt.files"
    verbose_name = "bestanden"
