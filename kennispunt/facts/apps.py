from django.apps import AppConfig


class FactsConfig(AppConfig):
    name = "kennispunt.facts"
    verbose_name = "feiten en bedragen"

    def ready(self):
        from django.db.models.signals import post_delete, post_save

        from kennispunt.facts import findable
        from kennispunt.facts.models import Fact
        from kennispunt.search import index

        index.register(findable.KIND, label="Feiten en bedragen", order=25, entries=findable.facts)
        for signal in (post_save, post_delete):
            signal.connect(findable.changed, sender=Fact)
