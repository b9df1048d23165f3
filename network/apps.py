from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class NetworkConfig(AppConfig):
    name = "network"
    verbose_name = _("Netzwerk")

    def ready(self) -> None:
        from hub import home
        from network import exchange, office_hours, permissions, reminders, search
        from network.contact import outbox
        from network.home import part

        permissions.register()
        office_hours.register()
        reminders.connect()
        home.register(part)
        outbox.connect()
        exchange.register()

        search.register()
