from django.apps import AppConfig


class PagesConfig(AppConfig):
    name = "kennispunt.pages"
    verbose_name = "pagina's"
