from django.apps import AppConfig


class SignpostConfig(AppConfig):
    name = "kennispunt.signpost"
    verbose_name = "wegwijzer"
    kept_pages_never_show = ["Remark"]

    def ready(self):
        from django.db.models.signals import post_delete, post_save
        from wagtail.signals import page_published, page_unpublished, post_page_move

        from kennispunt.facts import usage
        from kennispunt.mail import kinds
        from kennispunt.pages import links, references
        from kennispunt.search import first, index
        from kennispunt.signpost import danger, elsewhere, findable, models

        kinds.name("signpost.ask", "Klopt wat we over je schrijven?")
        references.register("wegwijzer", models.entry_targets)
        references.register_pages("dossier", models.DossierPage)
        usage.register(findable.uses)
        links.register("wegwijzer", elsewhere.entry_links)
        links.register("dossier", elsewhere.dossier_links)
        index.register("wegwijzer", label="Wegwijzer", order=40, entries=findable.entries)
        index.register("dossier", label="Dossiers", order=45, entries=findable.dossiers)
        first.register_first(danger.help_for)
        post_save.connect(findable.entry_changed, sender=models.Entry)
        post_delete.connect(findable.entry_gone, sender=models.Entry)
        for signal in (page_published, page_unpublished, post_page_move):
            signal.connect(findable.dossier_changed)
        post_delete.connect(findable.dossier_gone)
