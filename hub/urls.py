"""Addresses: admin, files and machines outside, search and pages inside a language.

``/`` and every address without a language lead to the one the browser asks for, or to
German (``LocaleMiddleware``). Anything below a language that is no view is a page.
"""

from django.conf.urls.i18n import i18n_patterns
from django.urls import include, path
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from wagtail import urls as wagtail_urls
from wagtail.admin import urls as wagtailadmin_urls
from wagtail.documents import urls as wagtaildocs_urls

from hub import display, documents, sitemaps, views
from hub.addresses import REVIEW_WORD
from hub.noted.views import noted
from hub.reviews import views as reviews

handler400 = "hub.errors.bad_request"
handler403 = "hub.errors.forbidden"
handler404 = "hub.errors.not_found"
handler500 = "hub.errors.server_error"

urlpatterns = [
    path("healthz", views.healthz, name="healthz"),
    path("readyz", views.readyz, name="readyz"),
    path("robots.txt", views.robots, name="robots"),
    path("sitemap.xml", sitemaps.sitemap, name="sitemap"),
    path("favicon.ico", views.favicon, name="favicon"),
    path("darstellung/", display.choose, name="display"),
    path("admin/", include(wagtailadmin_urls)),
    path(
        "documents/<int:document_id>/<path:document_filename>",
        documents.document,
        name="wagtaildocs_serve",
    ),
    path("documents/", include(wagtaildocs_urls)),
    path("media/<path:path>", documents.media, name="media"),
]

urlpatterns += i18n_patterns(
    path(format_lazy("{}/<str:token>/", REVIEW_WORD), reviews.review, name="review"),
    path(_("merkliste/"), noted, name="noted"),
    path("", include("search.urls")),
    path("", include(wagtail_urls)),
)
