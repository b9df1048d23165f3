from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class SearchConfig(AppConfig):
    name = "search"
    verbose_name = _("Suche")

    def ready(self) -> None:
        from . import checks, events, lists, signals  # noqa: F401 (registers the checks)
        from .engines import get_engine

        get_engine()  # a wrong setting is said now, not at somebody's first search
        signals.connect()
        lists.connect()
        events.connect()
