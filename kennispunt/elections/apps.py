from django.apps import AppConfig


class ElectionsConfig(AppConfig):
    name = "kennispunt.elections"
    verbose_name = "gebieden en verkiezingen"

    def ready(self):
        from kennispunt.elections import costs, findable, models
        from kennispunt.facts import usage
        from kennispunt.search import index

        usage.register(costs.uses)
        index.register(
            findable.CALENDAR, label="Kalender", order=15, entries=findable.calendars, suggest=False
        )
        index.register(
            findable.AREA, label="Jouw gebied", order=40, entries=findable.areas, names=True,
            rows={models.Area: "pk", models.AreaName: "area_id"},
        )  # fmt: skip
