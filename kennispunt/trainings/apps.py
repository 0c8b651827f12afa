from django.apps import AppConfig


class TrainingsConfig(AppConfig):
    name = "kennispunt.trainings"
    verbose_name = "trainingen"

    def ready(self):
        from kennispunt.accounts import registry
        from kennispunt.mail import handlers, kinds
        from kennispunt.parties import signals
        from kennispunt.trainings import letters, listening, mine, replies

        registry.register("trainingen", export=mine.export, erase=mine.erase)
        registry.register_mine(mine.lines)
        kinds.register(
            "trainings",
            "Je trainingen",
            "Je plek, een herinnering, een wijziging.",
            why="Deze mails horen bij de plek die je nam.",
        )
        kinds.register(
            "trainings.proposal",
            "Een training die je wenste",
            "Eén mail als we plannen wat je partij vroeg.",
        )
        kinds.register(
            "trainings.later",
            "Een half jaar na een training",
            "Eén mail met één vraag: wat gebruikte je ervan?",
        )
        handlers.register(letters.REPLY, replies.answer, label="Antwoord over een plek")
        signals.status_decided.connect(listening.status_decided)
        signals.mandate_ended.connect(listening.mandate_ended)
        signals.person_forgotten.connect(listening.person_forgotten)
