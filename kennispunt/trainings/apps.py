from django.apps import AppConfig


class TrainingsConfig(AppConfig):
    name = "kennispunt.trainings"
    verbose_name = "trainingen"
