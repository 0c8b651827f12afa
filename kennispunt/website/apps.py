from django.apps import AppConfig


class WebsiteConfig(AppConfig):
    name = "kennispunt.website"
    verbose_name = "website"
    cached_pages_never_show = ["Tick", "Worker"]

    def ready(self):
        from kennispunt.search import index
        from kennispunt.website.searchable import entries

        index.register("website", label="Over ons", order=90, entries=entries)
