from django.apps import AppConfig


class OfficeConfig(AppConfig):
    name = "kennispunt.office"
    verbose_name = "kantoor"
    cached_pages_never_show = ["*"]

    def ready(self):
        from kennispunt.accounts import registry
        from kennispunt.office import lookups

        registry.register("inzage", export=lookups.export, erase=lookups.erase)
