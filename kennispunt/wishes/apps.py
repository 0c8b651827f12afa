from django.apps import AppConfig


class WishesConfig(AppConfig):
    name = "kennispunt.wishes"
    verbose_name = "wensen"
    cached_pages_never_show = ["*"]

    def ready(self):
        from kennispunt.accounts import registry
        from kennispunt.mail import kinds
        from kennispunt.parties import signals
        from kennispunt.trainings import page_parts
        from kennispunt.trainings import starting as editions
        from kennispunt.wishes import actions, mine, starting

        registry.register("wensen", export=mine.export, erase=actions.forget)
        kinds.register(
            "trainings.proposal",
            "Een training die je wenste",
            "Eén mail als we plannen wat je partij vroeg.",
        )
        signals.person_forgotten.connect(person_forgotten)
        editions.register("wens", starting.for_wish)
        editions.register("maatwerk", starting.for_request)
        page_parts.register("agenda", "wishes/below_agenda.html")
        page_parts.register("mine", "wishes/mine.html", give=mine.requests)


def person_forgotten(sender, person, **kwargs):
    from kennispunt.wishes import actions

    actions.forget(person)
