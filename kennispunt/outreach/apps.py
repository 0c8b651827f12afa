from django.apps import AppConfig


class OutreachConfig(AppConfig):
    name = "kennispunt.outreach"
    verbose_name = "griffiers"
    cached_pages_never_show = ["Delivery", "Mailing", "Opening"]

    def ready(self):
        from kennispunt.facts import usage
        from kennispunt.mail import kinds
        from kennispunt.outreach import searchable
        from kennispunt.search import index

        usage.register(searchable.uses)
        kinds.name("outreach.griffie", "Brief aan een griffie")
        kinds.name("outreach.review", "Een brief aan griffies nalezen")
        index.register("griffiers", label="Voor griffiers", order=80, entries=searchable.entries)
