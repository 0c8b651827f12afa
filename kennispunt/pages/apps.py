from django.apps import AppConfig


class PagesConfig(AppConfig):
    name = "kennispunt.pages"
    verbose_name = "pagina's"
    cached_pages_never_show = ["CheckedLink", "Reaction"]

    def ready(self):
        from kennispunt.mail import kinds
        from kennispunt.pages import laws, links, reviewing

        links.register("wet", laws.law_links)
        links.register("feit", laws.fact_links)
        reviewing.connect()
        kinds.name("pages.review", "Een tekst nalezen")
