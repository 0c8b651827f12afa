from django.apps import AppConfig


class TrainingsConfig(AppConfig):
    name = "kennispunt.trainings"
    verbose_name = "trainingen"
    cached_pages_never_show = [
        "Attendance", "EditionMail", "Evaluation", "Notice", "Registration",
    ]  # fmt: skip

    def ready(self):
        from django.db.models.signals import m2m_changed, post_save

        from kennispunt.accounts import registry
        from kennispunt.accounts.models import User
        from kennispunt.facts import usage
        from kennispunt.mail import handlers, kinds
        from kennispunt.pages import links, references
        from kennispunt.parties import signals
        from kennispunt.search import index
        from kennispunt.trainings import (
            letters,
            listening,
            mail_that_waits,
            mine,
            outside_links,
            replies,
            searchable,
        )
        from kennispunt.trainings.models import Edition, Training

        references.register("training", searchable.targets)
        usage.register(searchable.uses)
        links.register("training", outside_links.training_links)
        index.register(
            "training", label="Trainingen", order=50, entries=searchable.entries,
            rows={Training: "slug", Edition: "training.slug"},
        )  # fmt: skip

        registry.register("trainingen", export=mine.export, erase=mine.erase)
        registry.register_mine(mine.lines)
        kinds.register(
            "trainings",
            "Je trainingen",
            "Je plek, een herinnering, een wijziging.",
            why="Deze mails horen bij de plek die je nam.",
        )
        kinds.register(
            "trainings.trainer",
            "Trainingen die je geeft",
            "Je geeft er een, of iets is veranderd.",
            why="Deze mails horen bij de trainingen op jouw naam.",
            of_staff=True,
        )
        kinds.register(
            "trainings.later",
            "Een half jaar na een training",
            "Eén mail met één vraag: wat gebruikte je ervan?",
        )
        handlers.register(
            letters.REPLY,
            replies.answer,
            label="Antwoord over een plek",
            subject=mail_that_waits.Places(),
        )
        signals.status_decided.connect(listening.status_decided)
        signals.person_accepted.connect(listening.person_accepted)
        signals.mandate_ended.connect(listening.mandate_ended)
        signals.person_forgotten.connect(listening.person_forgotten)
        m2m_changed.connect(listening.groups_changed, sender=User.groups.through)
        post_save.connect(listening.account_saved, sender=User)
