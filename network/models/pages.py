"""The section pages of the network: routes only; what they show is in the views."""

from django.db import models
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from wagtail.admin.panels import FieldPanel
from wagtail.contrib.routable_page.models import path

from hub.addresses import EASY_WORD
from hub.models import SectionPage
from hub.routing import RecordSection
from network import words
from network.privacy.routes import PrivacyRoutes


def _list(word):
    return format_lazy("{}/", word)


def _detail(word):
    return format_lazy("{}/<slug:slug>/", word)


def _easy(word):
    return format_lazy("{}/<slug:slug>/{}/", word, EASY_WORD)


def _contact(word):
    return format_lazy("{}/<slug:slug>/{}/", word, words.CONTACT)


def _link(word):
    """What a mailed link opens."""
    return format_lazy("{}/{}/<str:token>/", words.CONTACT, word)


def _file(word, name):
    """A file to take along."""
    return format_lazy("{}/<slug:slug>/{}/", word, name)


class NetworkPage(PrivacyRoutes, RecordSection, SectionPage):
    """Departments, people, multipliers, partner cities and districts."""

    parent_page_types = ["hub.HomePage"]
    subpage_types: list[str] = []
    template = "pages/network/network_page.html"

    notice_page = models.ForeignKey(
        "wagtailcore.Page",
        verbose_name=_("Seite mit der Datenschutz-Information"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        help_text=_(
            "Die deutsche Seite. Formulare und E-Mails zu eigenen Daten verweisen auf "
            "sie (Art. 13 und 14 DSGVO)."
        ),
    )

    content_panels = [*SectionPage.content_panels, FieldPanel("notice_page")]

    class Meta:
        verbose_name = _("Netzwerk (Seite)")

    def visible_records(self):
        from network.models import District, Organisation, PartnerCity

        return [
            model.objects.visible() for model in (Organisation, PartnerCity, District)
        ]

    def private_records(self):
        from network.models import Person

        return [Person.objects.visible()]

    def list_routes(self):
        return ["departments", "people", "multipliers", "cities", "districts"]

    def private_list_routes(self):
        return ["people"]

    @path("", name="index")
    def overview(self, request):
        from network.views import overview

        return overview.show(self, request)

    @path(_list(words.DEPARTMENTS), name="departments")
    def departments(self, request):
        from network.views import organisations

        return organisations.departments(self, request)

    @path(_list(words.MULTIPLIERS), name="multipliers")
    def multipliers(self, request):
        from network.views import organisations

        return organisations.multipliers(self, request)

    @path(_detail(words.DEPARTMENTS), name="department")
    @path(_detail(words.MULTIPLIERS), name="multiplier")
    def organisation(self, request, slug):
        from network.views import organisations

        return organisations.show(self, request, slug)

    @path(_easy(words.DEPARTMENTS), name="department_easy")
    @path(_easy(words.MULTIPLIERS), name="multiplier_easy")
    def organisation_easy(self, request, slug):
        from network.views import organisations

        return organisations.show(self, request, slug, easy=True)

    @path(_list(words.PEOPLE), name="people")
    def people(self, request):
        from network.views import people

        return people.listing(self, request)

    @path(_detail(words.PEOPLE), name="person")
    def person(self, request, slug):
        from network.views import people

        return people.show(self, request, slug)

    @path(_file(words.PEOPLE, words.CARD), name="person_card")
    def person_card(self, request, slug):
        from network.views import vcard

        return vcard.show(self, request, slug)

    @path(_file(words.DEPARTMENTS, words.CALENDAR), name="department_calendar")
    @path(_file(words.MULTIPLIERS, words.CALENDAR), name="multiplier_calendar")
    def organisation_calendar(self, request, slug):
        from network.views import calendar

        return calendar.show(self, request, slug)

    @path(_list(words.PARTNER_CITIES), name="cities")
    def cities(self, request):
        from network.views import cities

        return cities.listing(self, request)

    @path(_detail(words.PARTNER_CITIES), name="city")
    def city(self, request, slug):
        from network.views import cities

        return cities.show(self, request, slug)

    @path(_easy(words.PARTNER_CITIES), name="city_easy")
    def city_easy(self, request, slug):
        from network.views import cities

        return cities.show(self, request, slug, easy=True)

    @path(_list(words.DISTRICTS), name="districts")
    def districts(self, request):
        from network.views import districts

        return districts.listing(self, request)

    @path(_detail(words.DISTRICTS), name="district")
    def district(self, request, slug):
        from network.views import districts

        return districts.show(self, request, slug)

    @path(_easy(words.DISTRICTS), name="district_easy")
    def district_easy(self, request, slug):
        from network.views import districts

        return districts.show(self, request, slug, easy=True)

    @path(_contact(words.PEOPLE), name="person_contact")
    def person_contact(self, request, slug):
        from network.contact import views

        return views.person(self, request, slug)

    @path(_contact(words.DEPARTMENTS), name="department_contact")
    @path(_contact(words.MULTIPLIERS), name="multiplier_contact")
    def organisation_contact(self, request, slug):
        from network.contact import views

        return views.organisation(self, request, slug)

    @path(_link(words.CONFIRM), name="contact_confirm")
    def contact_confirm(self, request, token):
        from network.contact import link_views

        return link_views.confirm(self, request, token)

    @path(_link(words.MESSAGE), name="contact_message")
    def contact_message(self, request, token):
        from network.contact import link_views

        return link_views.message(self, request, token)

    @path(
        format_lazy("{}/{}/", words.CONTACT, words.WISHES), name="contact_wishes_link"
    )
    def contact_wishes_link(self, request):
        from network.contact import link_views

        return link_views.wishes_link(self, request)

    @path(_link(words.WISHES), name="contact_wishes")
    def contact_wishes(self, request, token):
        from network.contact import link_views

        return link_views.wishes(self, request, token)

    @path(
        format_lazy("{}/{}/<slug:what>/", words.CONTACT, words.DONE),
        name="contact_done",
    )
    def contact_done(self, request, what):
        from network.contact import link_views

        return link_views.done(self, request, what)


class ProgrammesPage(RecordSection, SectionPage):
    """Programmes, rules, funding lines, bodies and events."""

    parent_page_types = ["hub.HomePage"]
    subpage_types: list[str] = []
    template = "pages/network/programmes_page.html"

    class Meta:
        verbose_name = _("Programme und Förderungen (Seite)")

    def visible_records(self):
        from network.models import Programme

        return [Programme.objects.visible()]

    @path("", name="index")
    def listing(self, request):
        from network.views import programmes

        return programmes.listing(self, request)

    @path("<slug:slug>/", name="programme")
    def programme(self, request, slug):
        from network.views import programmes

        return programmes.show(self, request, slug)

    @path(format_lazy("<slug:slug>/{}/", EASY_WORD), name="programme_easy")
    def programme_easy(self, request, slug):
        from network.views import programmes

        return programmes.show(self, request, slug, easy=True)
