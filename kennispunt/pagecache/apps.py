from django.apps import AppConfig


class PagecacheConfig(AppConfig):
    name = "kennispunt.pagecache"
    verbose_name = "paginacache"

    def ready(self):
        from kennispunt.pagecache import changes

        changes.watch()
