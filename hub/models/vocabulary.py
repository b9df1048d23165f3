"""Editable vocabularies and the glossary."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from modelcluster.fields import ParentalManyToManyField
from wagtail.search import index

from .record import Record


class VocabularyQuerySet(models.QuerySet):
    def active(self):
        """Entries that editors may still choose."""
        return self.filter(is_active=True)


class Vocabulary(index.Indexed, models.Model):
    """A term with a fixed code, a name per language and synonyms that feed the search."""

    code = models.SlugField(_("Code"), max_length=60, unique=True)
    name = models.CharField(_("Name"), max_length=120)
    synonyms = models.TextField(
        _("andere Wörter"),
        blank=True,
        null=True,
        help_text=_("Ein Wort je Zeile. Die Suche findet den Begriff auch damit."),
    )
    sort_order = models.PositiveIntegerField(_("Reihung"), default=100)
    is_active = models.BooleanField(_("wird angeboten"), default=True)

    objects = VocabularyQuerySet.as_manager()

    search_fields = [
        index.SearchField("name_de"),
        index.SearchField("name_en"),
        index.AutocompleteField("name_de"),
    ]

    class Meta:
        abstract = True
        ordering = ["sort_order", "name"]

    def __str__(self) -> str:
        return self.name or self.name_de or self.code


class Topic(Vocabulary):
    class Meta(Vocabulary.Meta):
        verbose_name = _("Thema")
        verbose_name_plural = _("Themen")


class TargetGroup(Vocabulary):
    class Meta(Vocabulary.Meta):
        verbose_name = _("Zielgruppe")
        verbose_name_plural = _("Zielgruppen")


class Goal(Vocabulary):
    class Meta(Vocabulary.Meta):
        verbose_name = _("Ziel")
        verbose_name_plural = _("Ziele")


class InclusionMeasure(Vocabulary):
    class Meta(Vocabulary.Meta):
        verbose_name = _("Inklusionsmaßnahme")
        verbose_name_plural = _("Inklusionsmaßnahmen")


class GlossaryTerm(index.Indexed, Record):
    """A word explained; its synonyms are true ones and feed the search."""

    kind_code = "term"
    section = "hub.GlossaryPage"

    term = models.CharField(_("Begriff"), max_length=160)
    definition = models.TextField(_("Erklärung"))
    synonyms = models.TextField(
        _("Synonyme"),
        blank=True,
        null=True,
        help_text=_("Ein Wort je Zeile, nur echte Synonyme."),
    )
    simple = models.TextField(_("einfach gesagt"), blank=True, null=True)
    related = ParentalManyToManyField(
        "self", verbose_name=_("verwandte Begriffe"), blank=True, symmetrical=False
    )

    search_fields = [
        index.SearchField("term_de"),
        index.SearchField("term_en"),
        index.AutocompleteField("term_de"),
    ]

    class Meta:
        verbose_name = _("Glossarbegriff")
        verbose_name_plural = _("Glossar")
        ordering = ["term"]

    def __str__(self) -> str:
        return self.term or self.term_de

    def path_below(self, language: str) -> str:
        """A place on the page of all terms; a term has no page of its own."""
        slug = self.slugs().get(language)
        return f"#{slug}" if slug else ""
