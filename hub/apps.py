from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class HubConfig(AppConfig):
    name = "hub"
    verbose_name = _("Drehscheibe")

    def ready(self) -> None:
        from hub import checks, hostname, search, signals, synonyms  # noqa: F401 (registers the checks)
        from hub.exchange_subjects import register as register_exchange
        from hub.translations import following, publishing

        signals.connect()
        hostname.connect()
        publishing.install()
        following.connect()
        register_exchange()

        search.register()
        synonyms.register()
