from django.apps import AppConfig


class SignpostConfig(AppConfig):
    name = "kennispunt.signpost"
    verbose_name = "wegwijzer"
    cached_pages_never_show = ["Remark"]

    def ready(self):
        from kennispunt.facts import usage
        from kennispunt.mail import kinds
        from kennispunt.pages import links, references
        from kennispunt.search import first, index
        from kennispunt.signpost import danger, models, outside_links, searchable

        kinds.name("signpost.ask", "Klopt wat we over je schrijven?")
        references.register("wegwijzer", models.entry_targets)
        references.register_pages("dossier", models.DossierPage)
        usage.register(searchable.uses)
        links.register("wegwijzer", outside_links.entry_links)
        links.register("dossier", outside_links.dossier_links)
        index.register(
            "wegwijzer", label="Wegwijzer", order=40, entries=searchable.entries,
            rows={models.Entry: "slug"},
        )  # fmt: skip
        index.register(
            "dossier", label="Dossiers", order=45, entries=searchable.dossiers,
            rows={models.DossierPage: "slug"},
        )  # fmt: skip
        first.register_first(danger.help_for)
