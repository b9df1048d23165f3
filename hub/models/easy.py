from django.conf import settings
from django.contrib.contenttypes.fields import GenericForeignKey
from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from hub.models.visibility import public_pages


class EasyTextQuerySet(models.QuerySet):
    def visible(self):
        """Easy texts whose page everyone may see; of records, those that are live."""
        pages = public_pages().values("pk")
        return self.filter(Q(page__isnull=True) | Q(page__in=pages), is_public=True)

    def in_language(self, language: str):
        return self.filter(locale__language_code=language)


class EasyText(models.Model):
    """A text in easy language about a page or a record, written on its own.

    It never runs parallel to the source sentence by sentence, so it is no translation
    of it. "Leicht Lesen" is said only after a recorded check with readers; before that
    it is "Einfach erklärt".
    """

    page = models.ForeignKey(
        "wagtailcore.Page",
        verbose_name=_("Seite"),
        null=True,
        blank=True,
        on_delete=models.CASCADE,
        related_name="easy_texts",
        help_text=_("Die deutsche Seite; die Sprache des Textes steht eigens dabei."),
    )
    content_type = models.ForeignKey(
        ContentType, null=True, blank=True, on_delete=models.CASCADE
    )
    object_id = models.PositiveBigIntegerField(null=True, blank=True)
    record = GenericForeignKey("content_type", "object_id")
    locale = models.ForeignKey(
        "wagtailcore.Locale",
        verbose_name=_("Sprache"),
        on_delete=models.PROTECT,
        related_name="+",
    )
    title = models.CharField(_("Titel"), max_length=160)
    sentences = models.TextField(
        _("Sätze"), help_text=_("Ein kurzer Satz je Zeile. Eine Aussage je Satz.")
    )
    checked_on = models.DateField(
        _("mit Leser*innen geprüft am"), null=True, blank=True
    )
    checked_by = models.CharField(_("geprüft mit"), max_length=200, blank=True)
    is_public = models.BooleanField(_("öffentlich"), default=True)
    updated_at = models.DateTimeField(auto_now=True)

    objects = EasyTextQuerySet.as_manager()

    class Meta:
        verbose_name = _("einfacher Text")
        verbose_name_plural = _("einfache Texte")
        ordering = ["title"]
        permissions = [("publish_easytext", "Can publish easy texts")]
        constraints = [
            models.CheckConstraint(
                condition=Q(page__isnull=False, object_id__isnull=True)
                | Q(page__isnull=True, object_id__isnull=False),
                name="hub_easytext_page_or_record",
                violation_error_message=_("Wählen Sie eine Seite oder einen Eintrag."),
            ),
            models.UniqueConstraint(
                fields=["page", "locale"], name="hub_easytext_one_per_page_language"
            ),
            models.UniqueConstraint(
                fields=["content_type", "object_id", "locale"],
                name="hub_easytext_one_per_record_language",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def clean(self) -> None:
        super().clean()
        if self.checked_on and not self.checked_by:
            raise ValidationError(
                {"checked_by": _("Sagen Sie, mit wem der Text geprüft wurde.")}
            )

    @property
    def is_checked(self) -> bool:
        """Whether readers of the target group have checked the text."""
        return self.checked_on is not None

    @property
    def html_language(self) -> str:
        """BCP 47 tag of easy language: ``de-simple`` or ``en-simple``."""
        return f"{self.locale.language_code}-simple"

    @property
    def language(self) -> str:
        return self.locale.language_code


SIMPLE_LANGUAGES = {code: f"{code}-simple" for code, _name in settings.LANGUAGES}
