from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class SearchConfig(AppConfig):
    name = "search"
    verbose_name = _("Suche")

    def ready(self) -> None:
        from . import checks, events, signals  # noqa: F401 (registers the checks)

        signals.connect()
        events.connect()
