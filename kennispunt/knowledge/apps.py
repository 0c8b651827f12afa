from django.apps import AppConfig


class KnowledgeConfig(AppConfig):
    name = "kennispunt.knowledge"
    verbose_name = "kennis"

    def ready(self):
        from kennispunt.knowledge import models, references

        references.register("artikel", models.article_targets)
        references.register("onderwerp", models.topic_targets)
        references.register("begrip", models.term_targets)
