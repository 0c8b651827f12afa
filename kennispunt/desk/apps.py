from django.apps import AppConfig


class DeskConfig(AppConfig):
    name = "kennispunt.desk"
    verbose_name = "balie"

    def ready(self):
        from kennispunt.accounts import registry
        from kennispunt.desk import lists

        registry.register_mine(lists.line_of_staff)
