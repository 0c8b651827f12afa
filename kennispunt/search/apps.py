from django.apps import AppConfig


class SearchConfig(AppConfig):
    name = "kennispunt.search"
    verbose_name = "zoeken"
    cached_pages_never_show = ["*"]
