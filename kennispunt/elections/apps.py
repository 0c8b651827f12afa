from django.apps import AppConfig


class ElectionsConfig(AppConfig):
    name = "kennispunt.elections"
    verbose_name = "gebieden en verkiezingen"

    def ready(self):
        from kennispunt.elections import costs
        from kennispunt.facts import usage

        usage.register(costs.uses)
