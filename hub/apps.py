from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class HubConfig(AppConfig):
    name = "hub"
    verbose_name = _("Drehscheibe")

    def ready(self) -> None:
        from hub import checks, hostname, signals  # noqa: F401 (registers the checks)
        from hub.translations import following, publishing

        signals.connect()
        hostname.connect()
        publishing.install()
        following.connect()
