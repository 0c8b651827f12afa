from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "kennispunt.accounts"
    verbose_name = "accounts"
