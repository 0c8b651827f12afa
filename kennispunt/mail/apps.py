from django.apps import AppConfig


class MailConfig(AppConfig):
    name = "kennispunt.mail"
    verbose_name = "mail"

    def ready(self):
        from kennispunt.mail import checks  # noqa: F401 - registers
