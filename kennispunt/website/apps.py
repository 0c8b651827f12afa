from django.apps import AppConfig


class WebsiteConfig(AppConfig):
    name = "kennispunt.website"
    verbose_name = "website"
