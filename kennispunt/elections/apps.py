from django.apps import AppConfig


class ElectionsConfig(AppConfig):
    name = "kennispunt.elections"
    verbose_name = "gebieden en verkiezingen"

    def ready(self):
        from kennispunt.elections import costs, models, searchable
        from kennispunt.facts import usage
        from kennispunt.search import index

        usage.register(costs.uses)
        index.register(
            searchable.CALENDAR,
            label="Kalender",
            order=15,
            entries=searchable.calendars,
            suggest=False,
        )
        index.register(
            searchable.AREA, label="Jouw gebied", order=40, entries=searchable.areas, names=True,
            rows={models.Area: "pk", models.AreaName: "area_id"},
        )  # fmt: skip
