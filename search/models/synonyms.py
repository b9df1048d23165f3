"""Words that mean the same, as editors maintain them."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _

from ..synonyms import lines

#: More terms than this are a list, not one meaning.
MAX_TERMS = 20


class SynonymSet(models.Model):
    """Terms that mean the same to the search, one a line."""

    class Language(models.TextChoices):
        GERMAN = "de", _("nur in der deutschen Suche")
        ENGLISH = "en", _("nur in der englischen Suche")
        BOTH = "both", _("in beiden Sprachen")

    terms = models.TextField(
        _("Wörter"),
        help_text=_(
            "Ein Wort oder eine Wortgruppe je Zeile, mindestens zwei. Alle bedeuten "
            "dasselbe. Mehrzahl, Beugung und Genderformen findet die Suche von selbst."
        ),
    )
    language = models.CharField(
        _("gilt"), max_length=4, choices=Language.choices, default=Language.GERMAN
    )
    is_active = models.BooleanField(_("in Verwendung"), default=True)
    note = models.CharField(
        _("Notiz"),
        max_length=255,
        blank=True,
        help_text=_("Nur für die Redaktion: warum, oder was man nicht dazutun soll."),
    )

    class Meta:
        verbose_name = _("Synonyme")
        verbose_name_plural = _("Synonyme")
        ordering = ("terms",)

    def __str__(self) -> str:
        return " = ".join(self.term_list)

    @property
    def term_list(self) -> tuple[str, ...]:
        return lines(self.terms)

    def clean(self) -> None:
        """At least two terms, and none so long that it is a text."""
        count = len({term.casefold() for term in self.term_list})
        if count < 2:
            raise ValidationError(
                {"terms": _("Bitte mindestens zwei verschiedene Wörter eintragen.")}
            )
        if count > MAX_TERMS:
            raise ValidationError(
                {
                    "terms": _("Höchstens %(count)d Wörter, die dasselbe bedeuten.")
                    % {"count": MAX_TERMS}
                }
            )
