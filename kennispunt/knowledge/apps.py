from django.apps import AppConfig


class KnowledgeConfig(AppConfig):
    name = "kennispunt.knowledge"
    verbose_name = "kennis"

    def ready(self):
        from kennispunt.elections import explained as explained_days
        from kennispunt.facts import usage
        from kennispunt.knowledge import days, models, outside_links, searchable
        from kennispunt.pages import links, reactions, references
        from kennispunt.pages import words as explained
        from kennispunt.search import index
        from kennispunt.search.topics import Topic, register_topics

        references.register_pages("artikel", models.ArticlePage)
        references.register_pages("onderwerp", models.TopicPage)
        references.register("begrip", models.term_targets)

        explained.register(models.words)
        explained_days.register(days.addresses)
        links.register("artikel", outside_links.page_links)
        links.register("begrip", outside_links.term_links)

        index.register(
            "artikel", label="Uitleg", order=10, entries=searchable.articles,
            rows={models.ArticlePage: "slug"}, weight=1.2,
        )  # fmt: skip
        index.register(
            "onderwerp", label="Onderwerpen", order=20, entries=searchable.topics,
            rows={models.TopicPage: "slug"},
        )  # fmt: skip
        index.register(
            "begrip", label="Begrippen", order=30, entries=searchable.terms,
            rows={models.Term: "slug"},
        )  # fmt: skip
        register_topics(lambda: [Topic(page.title, page.url) for page in models.topics()])
        usage.register(searchable.uses)
        reactions.register(searchable.terms_title)
