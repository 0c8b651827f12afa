from django.apps import AppConfig


class MailConfig(AppConfig):
    name = "kennispunt.mail"
    verbose_name = "mail"
    cached_pages_never_show = ["*"]

    def ready(self):
        from kennispunt.mail import checks, kinds  # noqa: F401 - checks registers

        kinds.name("mail.answer", "Ons antwoord op een mail")
