"""Addresses of the search, inside a language."""

from django.urls import path
from django.utils.translation import gettext_lazy as _

from . import about, clicks, views

urlpatterns = [
    path(_("suche/"), views.search, name="search"),
    path(_("suche/vorschlaege/"), views.suggestions, name="search_suggest"),
    path(_("suche/wie-gereiht-wird/"), about.how_it_ranks, name="search_how"),
    path(_("suche/klick/"), clicks.click, name="search_click"),
    path(_("suche/opensearch.xml"), views.description, name="search_description"),
]
