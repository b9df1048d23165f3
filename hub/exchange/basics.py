"""What a new house needs before its first page: languages and one site."""

from __future__ import annotations

from urllib.parse import urlsplit

from django.conf import settings

from wagtail.models import Locale, Page, Site

WELCOME_SLUG = "wagtail-welcome"


def prepare() -> None:
    """Make a locale for each language and free the address of Wagtail's first page."""
    for code, _name in settings.LANGUAGES:
        Locale.objects.get_or_create(language_code=code)
    welcome = _welcome_page()
    if welcome and welcome.slug != WELCOME_SLUG:
        welcome.slug = WELCOME_SLUG
        welcome.save(update_fields=["slug"])


def finish() -> None:
    """Let the site start at the German home page; Wagtail's own first page goes."""
    from hub.models import HomePage

    home = (
        HomePage.objects.filter(locale__language_code=settings.LANGUAGE_CODE, depth=2)
        .order_by("path")
        .first()
    )
    if home is None:
        return
    _point_site_to(home)
    welcome = _welcome_page()
    if welcome:
        welcome.delete()


def _welcome_page() -> Page | None:
    """The page Wagtail's first migration made, as long as nobody put it to use."""
    page_type = Page._meta.label_lower
    for page in Page.objects.filter(depth=2, numchild=0).select_related("content_type"):
        kind = page.content_type
        if f"{kind.app_label}.{kind.model}" == page_type and not page.alias_of_id:
            return page
    return None


def _point_site_to(home: Page) -> None:
    """Change a site only when it is new or still shows Wagtail's first page."""
    site = Site.objects.filter(is_default_site=True).select_related("root_page").first()
    if site and site.root_page.specific_class is not Page:
        return
    address = urlsplit(settings.WAGTAILADMIN_BASE_URL)
    site = site or Site(is_default_site=True)
    site.root_page = home
    site.site_name = settings.WAGTAIL_SITE_NAME
    site.hostname = address.hostname or "localhost"
    site.port = address.port or (443 if address.scheme == "https" else 80)
    site.save()
