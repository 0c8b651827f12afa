from django.apps import AppConfig


class DeskConfig(AppConfig):
    name = "kennispunt.desk"
    verbose_name = "balie"

    cached_pages_never_show = ["*"]

    def ready(self):
        from kennispunt.accounts import registry
        from kennispunt.desk import lists, morning
        from kennispunt.mail import kinds

        registry.register_mine(lists.line_of_staff)
        registry.register("ochtendmail", export=lists.export_morning, erase=lists.erase_morning)
        kinds.register(
            morning.PURPOSE,
            "Elke ochtend: wat er op de balie wacht",
            "Eén mail op werkdagen, alleen als er iets wacht. Er staat geen naam in.",
            of_staff=True,
        )
