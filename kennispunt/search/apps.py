from django.apps import AppConfig


class SearchConfig(AppConfig):
    name = "kennispunt.search"
    verbose_name = "zoeken"
    kept_pages_never_show = ["*"]
