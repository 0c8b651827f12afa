from django.apps import AppConfig


class PartiesConfig(AppConfig):
    name = "kennispunt.parties"
    verbose_name = "partijen"

    def ready(self):
        from django.db.models.signals import post_save

        from kennispunt.elections.signals import results_imported
        from kennispunt.parties import findable, models
        from kennispunt.search import index

        index.register(
            findable.AREA,
            label="Partijen per gebied",
            order=60,
            entries=findable.areas,
            suggest=False,
        )
        index.register(findable.PARTY, label="Partijen", order=61, entries=findable.parties)
        results_imported.connect(findable.results_imported)
        post_save.connect(findable.party_changed, sender=models.Party)
