from django.utils.translation import gettext_lazy as _

from wagtail.contrib.routable_page.models import RoutablePageMixin

from hub.models import SectionPage


class NetworkPage(RoutablePageMixin, SectionPage):
    """Departments, people, multipliers, partner cities and districts."""

    parent_page_types = ["hub.HomePage"]
    subpage_types: list[str] = []
    template = "pages/network/network_page.html"

    class Meta:
        verbose_name = _("Netzwerk (Seite)")


class ProgrammesPage(RoutablePageMixin, SectionPage):
    """Programmes, rules, funding lines, bodies and events."""

    parent_page_types = ["hub.HomePage"]
    subpage_types: list[str] = []
    template = "pages/network/programmes_page.html"

    class Meta:
        verbose_name = _("Programme und Förderungen (Seite)")
