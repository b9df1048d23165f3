"""Records: language-neutral rows with a public profile and one address per language."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.utils import translation
from django.utils.translation import gettext_lazy as _

from modelcluster.models import ClusterableModel
from wagtail.fields import StreamField
from wagtail.models import DraftStateMixin, RevisionMixin

from hub.addresses import RESERVED_SLUGS, record_address, record_alternates
from hub.blocks import SourceBlock
from hub.references import Reference

from .base import RESERVED_MESSAGE, Freshness

if TYPE_CHECKING:
    pass


class RecordQuerySet(models.QuerySet):
    def visible(self) -> RecordQuerySet:
        """Records everyone may see."""
        return self.filter(live=True)


class Record(Freshness, DraftStateMixin, RevisionMixin, ClusterableModel):
    """A language-neutral row with a public profile and one address per language.

    Texts have one column per language (modeltranslation), so a relation or a number
    is entered once and is the same in every language.
    """

    #: Name of the kind in ``OldAddress`` rows and in the search.
    kind_code = ""
    #: The section page that serves records of this kind, as "app.Model".
    section = ""
    #: The word between section and slug, translated; empty: directly below.
    route_word = ""
    #: Invented entries, where a kind has them, are in no list for machines.
    is_demo = False
    #: Whether a removed record leaves its address behind, to say it is gone.
    leaves_address = True

    slug = models.SlugField(_("Adresse"), max_length=120, unique=True, null=True)
    sources = StreamField(
        [("source", SourceBlock())], verbose_name=_("Quellen"), blank=True
    )
    objects = RecordQuerySet.as_manager()

    class Meta:
        abstract = True

    def get_absolute_url(self) -> str:
        """The path in the active language."""
        return self.get_url()

    def slugs(self) -> dict[str, str]:
        """The record's slug per language; German where none is set."""
        german = self.slug_de
        return {
            code: getattr(self, f"slug_{code}") or german
            for code, _name in settings.LANGUAGES
        }

    def path_below(self, language: str) -> str:
        """The record's path below its section page in one language."""
        slug = self.slugs().get(language)
        if not slug:
            return ""
        with translation.override(language):
            word = str(self.route_word)
        return f"{word}/{slug}/" if word else f"{slug}/"

    def get_url(self, language: str | None = None) -> str:
        """The path of the record's page; empty where it has none. No query."""
        return record_address(self, language).path

    def get_full_url(self, language: str | None = None) -> str:
        """The record's address with the host."""
        return record_address(self, language).full

    @property
    def reference(self) -> str:
        """Its short name in addresses: "person-3"; the same in every language."""
        return str(Reference(self.kind_code, self.pk))

    @property
    def alternates(self) -> list[dict[str, object]]:
        """The record in every language, like ``BasePage.alternates``."""
        return record_alternates(self)

    def clean(self) -> None:
        """Refuse words that routes need."""
        super().clean()
        errors = {
            f"slug_{code}": RESERVED_MESSAGE
            for code, _name in settings.LANGUAGES
            if getattr(self, f"slug_{code}") in RESERVED_SLUGS
        }
        if errors:
            raise ValidationError(errors)
