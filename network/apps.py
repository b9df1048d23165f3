from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class NetworkConfig(AppConfig):
    name = "network"
    verbose_name = _("Netzwerk")

    def ready(self) -> None:
        from hub import home
        from network import exchange, office_hours, permissions, reminders, search
        from network.contact import outbox
        from network.gaps import own
        from network.home import part
        from network.privacy import signals as privacy_signals

        permissions.register()
        office_hours.register()
        reminders.connect()
        home.register(part)
        outbox.connect()
        own.register()
        exchange.register()
        privacy_signals.connect()

        search.register()
