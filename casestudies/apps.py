from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CaseStudiesConfig(AppConfig):
    name = "casestudies"
    verbose_name = _("Fallbeispiele")

    def ready(self) -> None:
        from casestudies import evidence, exchange, gaps, helpers, profiles, search
        from casestudies.home import part
        from casestudies.practice import CasePractice
        from hub import home
        from methods import practice

        practice.register(CasePractice())
        home.register(part)
        profiles.register()
        evidence.register()
        helpers.register()
        profiles.register_feeds()
        gaps.register()
        exchange.register()

        search.register()
