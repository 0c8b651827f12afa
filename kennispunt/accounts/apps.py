from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "kennispunt.accounts"
    verbose_name = "accounts"

    def ready(self):
        from kennispunt.accounts import signals  # noqa: F401 - connects the receivers
