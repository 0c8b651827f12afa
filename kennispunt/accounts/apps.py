from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "kennispunt.accounts"
    verbose_name = "accounts"

    def ready(self):
        from kennispunt.accounts import (
            erasure,
            registry,
            signals,  # noqa: F401 - connects the receivers
        )

        registry.register("account", export=erasure.export_account, erase=erasure.erase_account)
