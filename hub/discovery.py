"""What apps declare in a module of a fixed name, found without importing any of them
by name: readiness in ``health.CHECKS``, recurring work in ``tick.TASKS``."""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module
from typing import Any

from django.apps import apps
from django.utils.module_loading import module_has_submodule


def declared(module: str, attribute: str) -> dict[str, Callable[[], Any]]:
    """All functions that installed apps declare, by name, in the order of the apps."""
    found: dict[str, Callable[[], Any]] = {}
    for config in apps.get_app_configs():
        if not module_has_submodule(config.module, module):
            continue
        entries = getattr(import_module(f"{config.name}.{module}"), attribute, {})
        found.update({f"{config.label}.{name}": call for name, call in entries.items()})
    return found
