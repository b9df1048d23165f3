"""What every page and every record of the hub has in common."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.utils import timezone, translation
from django.utils.functional import cached_property
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel
from wagtail.models import Page, PageManager
from wagtail.query import PageQuerySet

from wagtail_localize.fields import SynchronizedField

from hub.addresses import RESERVED_SLUGS
from hub.choices import Licence, Verification
from hub.forms import HubPageForm
from hub.models.visibility import unrestricted
from hub.references import Reference
from hub.translations import texts

if TYPE_CHECKING:
    pass


def lines(text: str | None) -> list[str]:
    """The non-empty lines of a text that holds one entry per line."""
    return [line.strip() for line in (text or "").splitlines() if line.strip()]


RESERVED_MESSAGE = _("Dieses Wort gehört zu einer Adresse der Website.")


class Freshness(models.Model):
    """Who keeps an entry, when it was last checked, and how far it can be trusted."""

    content_owner = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("wird gepflegt von"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    reviewed_at = models.DateField(_("zuletzt bestätigt am"), null=True, blank=True)
    review_due = models.DateField(_("wieder zu prüfen bis"), null=True, blank=True)
    verification = models.CharField(
        _("Prüfstand"),
        max_length=20,
        choices=Verification.choices,
        default=Verification.UNVERIFIED,
    )
    editorial_note = models.TextField(
        _("Notiz für die Redaktion"), blank=True, help_text=_("Wird nie öffentlich.")
    )

    #: Whether whoever keeps an entry may confirm it by a link in a mail.
    is_reviewed_by_mail = True
    #: Whether links to other websites are checked: not those of people.
    links_are_checked = True
    #: Months until an entry is looked at again; kinds that age fast say less.
    review_months = 12

    class Meta:
        abstract = True

    @property
    def verification_sentence(self) -> str:
        """The standard sentence readers see for the state of verification."""
        return Verification(self.verification).sentence

    @property
    def is_review_overdue(self) -> bool:
        return bool(self.review_due and self.review_due < timezone.localdate())


FRESHNESS_PANELS = [
    MultiFieldPanel(
        [
            FieldPanel("verification"),
            FieldPanel("content_owner"),
            FieldRowPanel([FieldPanel("reviewed_at"), FieldPanel("review_due")]),
            FieldPanel("editorial_note"),
        ],
        heading=_("Prüfstand"),
    )
]


class HubPageQuerySet(PageQuerySet):
    """Querysets that views and templates use; nobody writes ``.live()`` by hand."""

    def visible(self) -> HubPageQuerySet:
        """Pages everyone may see: live and without view restriction."""
        return unrestricted(self.live())

    def in_language(self, language: str | None = None) -> HubPageQuerySet:
        """Pages of one language; of the active one if none is named."""
        code = language or translation.get_language() or settings.LANGUAGE_CODE
        return self.filter(locale__language_code=code.split("-")[0])

    def sources(self) -> HubPageQuerySet:
        """The German originals: what rows and relations point to."""
        return self.filter(locale__language_code=settings.LANGUAGE_CODE)


HubPageManager = PageManager.from_queryset(HubPageQuerySet)


class BasePage(Freshness, Page):
    """The abstract base of every page type."""

    summary = models.TextField(
        _("Kurztext"),
        blank=True,
        help_text=_(
            "Ein bis drei Sätze. Steht in Listen, in der Suche und beim Teilen."
        ),
    )
    licence = models.CharField(
        _("Lizenz der Texte"),
        max_length=20,
        choices=Licence.choices,
        default=Licence.CC_BY_4,
    )
    share_image = models.ForeignKey(
        "hub.HubImage",
        verbose_name=_("Bild beim Teilen"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    #: What the German texts are; in a translation, those it was made from. Empty in a
    #: translation that was never complete.
    text_digest = models.CharField(
        max_length=32, blank=True, default="", editable=False
    )

    #: Name of the kind, as records have one; empty for pages that are no content.
    kind_code = ""
    #: Invented entries, where a kind has them, are marked on every page.
    is_demo = False

    objects = HubPageManager()

    override_translatable_fields = [
        SynchronizedField("editorial_note", overridable=False),
        SynchronizedField("content_owner", overridable=False),
        SynchronizedField("reviewed_at", overridable=False),
        SynchronizedField("review_due", overridable=False),
        SynchronizedField("verification", overridable=False),
        SynchronizedField("licence", overridable=False),
        SynchronizedField("text_digest", overridable=False),
    ]
    base_form_class = HubPageForm
    promote_panels = [
        FieldPanel("slug"),
        FieldPanel("seo_title"),
        FieldPanel("search_description"),
        FieldPanel("share_image"),
    ]
    settings_panels = [*FRESHNESS_PANELS, FieldPanel("licence")]

    class Meta:
        abstract = True

    def save(self, *args, **kwargs):
        """Note what the German texts are, so that translations know whether they fit."""
        is_whole = kwargs.get("update_fields") is None
        if is_whole and (self.locale_id is None or self.is_source):
            self.text_digest = texts.digest(self)
        return super().save(*args, **kwargs)

    @property
    def language(self) -> str:
        """The code of the page's own language ("de", "en")."""
        return self.locale.language_code

    @cached_property
    def shown_language(self) -> str:
        """The language the text is really in: an alias shows its source's text."""
        if self.alias_of_id:
            return self.alias_of.locale.language_code
        return self.language

    @property
    def is_source(self) -> bool:
        """Whether this is the German original."""
        return self.language == settings.LANGUAGE_CODE

    @cached_property
    def source_page(self) -> Page:
        """The German original of this page, which all rows point to; itself if German."""
        if self.is_source:
            return self
        source = (
            type(self)
            ._default_manager.filter(
                translation_key=self.translation_key,
                locale__language_code=settings.LANGUAGE_CODE,
            )
            .first()
        )
        return source or self

    @property
    def is_placeholder(self) -> bool:
        """Whether this shows the German text, because there is no translation yet."""
        return self.alias_of_id is not None

    @cached_property
    def is_translation_outdated(self) -> bool:
        """Whether the German texts have changed since this translation was made."""
        if self.is_source or self.is_placeholder or not self.text_digest:
            return False
        return self.source_page.text_digest != self.text_digest

    @property
    def translation_notice(self) -> str:
        """What readers are told of the translation; mostly nothing."""
        if self.is_placeholder:
            return gettext(
                "Diese Seite gibt es noch nicht in dieser Sprache. "
                "Sie lesen den deutschen Text."
            )
        if self.is_translation_outdated:
            return gettext("Die deutsche Fassung dieser Seite ist neuer.")
        return ""

    @cached_property
    def source_page_id(self) -> int:
        return self.source_page.pk

    @cached_property
    def titles_elsewhere(self) -> list[str]:
        """Titles of this page in other languages: people search with either."""
        siblings = Page.objects.filter(
            translation_key=self.translation_key, live=True, alias_of__isnull=True
        ).exclude(pk=self.pk)
        return list(siblings.values_list("title", flat=True))

    @property
    def reference(self) -> str:
        """Its short name in addresses: "method-12"; the same in every language."""
        return str(Reference(self.kind_code, self.source_page_id))

    @cached_property
    def alternates(self) -> list[dict[str, object]]:
        """This page in every language: code, address, and whether it is translated."""
        pages = (
            type(self)
            .objects.visible()
            .filter(translation_key=self.translation_key)
            .select_related("locale")
        )
        return [
            {
                "language": page.locale.language_code,
                "url": page.url,
                "translated": page.alias_of_id is None,
            }
            for page in sorted(pages, key=lambda p: p.locale.language_code)
        ]

    def clean(self) -> None:
        """Refuse words that routes need; section pages may be called so."""
        super().clean()
        if self.slug in RESERVED_SLUGS and not isinstance(self, SectionPage):
            raise ValidationError({"slug": RESERVED_MESSAGE})

    def get_canonical_url(self, request=None) -> str:
        """The address that counts; of an alias, its source's."""
        page = self.alias_of if self.alias_of_id else self
        return page.get_full_url(request)


class SectionPage(BasePage):
    """A page that lists things of one kind; its introduction is edited, its list is not."""

    max_count_per_parent = 1

    content_panels = [*Page.content_panels, FieldPanel("summary")]

    class Meta:
        abstract = True
