from django.apps import AppConfig


class PagecacheConfig(AppConfig):
    name = "kennispunt.pagecache"
    verbose_name = "paginacache"
    cached_pages_never_show = ["*"]

    def ready(self):
        from kennispunt.pagecache import changes

        changes.watch()
