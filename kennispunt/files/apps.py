from django.apps import AppConfig


class FilesConfig(AppConfig):
    name = "kennispunt.files"
    verbose_name = "bestanden"
    cached_pages_never_show = ["*"]

    def ready(self):
        from kennispunt.files import signals  # noqa: F401 - connects the receiver
