"""Offers of apps by the name of a module: clock.py, example.py, retention.py, desk.py."""

from importlib import import_module

from django.apps import apps
from django.utils.module_loading import module_has_submodule


def modules(name):
    """The modules of this name in our apps, from the lowest layer up."""
    for config in reversed(list(apps.get_app_configs())):
        if config.name.startswith("kennispunt.") and module_has_submodule(config.module, name):
            yield import_module(f"{config.name}.{name}")
