from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "kennispunt.accounts"
    verbose_name = "accounts"
    cached_pages_never_show = [
        "*", "account.*", "auth.*", "contenttypes.*", "django_tasks_database.*", "mfa.*",
        "sessions.*",
        "usersessions.*", "wagtailadmin.*", "wagtailsearch.*", "wagtailusers.*",
        "wagtailcore.ModelLogEntry", "wagtailcore.PageLogEntry", "wagtailcore.ReferenceIndex",
        "wagtailcore.Revision", "wagtailcore.TaskState", "wagtailcore.UploadedFile",
        "wagtailcore.WorkflowState",
    ]  # fmt: skip
    # A steward's name does stand on pages; when it alone changes, it follows within the hour.

    def ready(self):
        from kennispunt.accounts import (
            erasure,
            limiting,
            log,  # noqa: F401 - connects the receivers
            mailbox,
            registry,
            signals,  # noqa: F401 - connects the receivers
        )
        from kennispunt.mail import kinds

        limiting.plug_in()
        kinds.register(
            "account", "Inloggen en je account", "Codes, en een bericht als er iets verandert.",
            why="Zonder deze mails kun je niet inloggen. En zo merk je het als een ander het doet.",
        )  # fmt: skip
        registry.register("account", export=erasure.export_account, erase=erasure.erase_account)
        # Last of all: what the others wrote while they forgot goes too.
        registry.register("mail", export=mailbox.export_mail, erase=mailbox.erase_mail)
