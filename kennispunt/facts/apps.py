from django.apps import AppConfig


class FactsConfig(AppConfig):
    name = "kennispunt.facts"
    verbose_name = "feiten en bedragen"

    def ready(self):
        from kennispunt.facts import findable
        from kennispunt.facts.models import Fact
        from kennispunt.search import index

        index.register(
            findable.KIND, label="Feiten en bedragen", order=25, entries=findable.facts,
            rows={Fact: "name"},
        )  # fmt: skip
