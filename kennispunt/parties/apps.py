from django.apps import AppConfig


class PartiesConfig(AppConfig):
    name = "kennispunt.parties"
    verbose_name = "partijen"
    cached_pages_never_show = [
        "Application", "Case", "Consent", "Decision", "Evidence", "Invitation", "Mandate",
        "Objection", "ProofCode", "RegisterChange",
    ]  # fmt: skip

    def ready(self):
        from django.db.models.signals import m2m_changed, post_save

        from kennispunt.accounts import consents, registry
        from kennispunt.accounts.mailbox import address_changed
        from kennispunt.elections.models import Area
        from kennispunt.elections.signals import results_imported
        from kennispunt.files import access
        from kennispunt.mail import kinds
        from kennispunt.parties import mine, models, searchable
        from kennispunt.parties.actions import evidence, people
        from kennispunt.parties.permissions import may_read_evidence
        from kennispunt.search import index

        address_changed.connect(people.move_invitations)
        registry.register("partijen", export=mine.export, erase=mine.erase)
        registry.register_mine(mine.lines)
        consents.register("partij", given=mine.consented, withdraw=mine.take_back)
        access.register(evidence.OWNER, may_read_evidence)
        kinds.register(
            "parties",
            "Je aanmelding en je partij",
            "Ontvangst, een vraag, een besluit, een uitnodiging.",
            why="Deze mails horen bij wat je aanvroeg, of bij wat we over je partij besloten.",
        )
        kinds.register(
            "parties.confirm",
            "Spreek je nog voor je partij?",
            "Eén mail na elke verkiezing. De vraag staat ook bij je partij.",
        )
        kinds.register(
            "parties.request",
            "Iemand wil bij je partij",
            "Als een collega zich aanmeldt. Dat staat ook bij je partij.",
        )
        index.register(
            searchable.AREA,
            label="Partijen per gebied",
            order=60,
            entries=searchable.areas,
            suggest=False,
        )
        index.register(
            searchable.PARTY, label="Partijen", order=61, entries=searchable.parties,
            rows={models.Party: "key", models.PartyName: "party.key"},
        )  # fmt: skip
        results_imported.connect(searchable.results_imported)
        m2m_changed.connect(searchable.areas_changed, sender=models.Party.areas.through)
        post_save.connect(searchable.area_changed, sender=Area)
