from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class MethodsConfig(AppConfig):
    name = "methods"
    verbose_name = _("Methoden")

    def ready(self) -> None:
        from hub import home, navigation
        from methods import exchange, profiles, search
        from methods.finder.addresses import NAV_LINK
        from methods.home import part

        home.register(part)
        navigation.register(NAV_LINK)
        profiles.register()
        exchange.register()

        search.register()
