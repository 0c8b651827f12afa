from django.apps import AppConfig


class MailConfig(AppConfig):
    name = "kennispunt.mail"
    verbose_name = "mail"
