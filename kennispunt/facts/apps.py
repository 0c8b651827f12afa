from django.apps import AppConfig


class FactsConfig(AppConfig):
    name = "kennispunt.facts"
    verbose_name = "feiten en bedragen"

    def ready(self):
        from kennispunt.facts import searchable
        from kennispunt.facts.models import Fact
        from kennispunt.search import index

        index.register(
            searchable.KIND, label="Feiten en bedragen", order=25, entries=searchable.facts,
            rows={Fact: "name"},
        )  # fmt: skip
