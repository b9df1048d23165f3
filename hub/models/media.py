"""Images and documents with rights: no publishing without author and licence."""

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _

from wagtail.documents.models import AbstractDocument
from wagtail.images.models import AbstractImage, AbstractRendition

from hub.choices import Licence


class Rights(models.Model):
    """Who made it, and what others may do with it."""

    author = models.CharField(_("Urheber*in"), max_length=200)
    licence = models.CharField(
        _("Lizenz"), max_length=20, choices=Licence.choices, default=Licence.CC_BY_4
    )

    class Meta:
        abstract = True

    def check_rights(self) -> None:
        """Raise what stands against publishing it."""
        if not self.author:
            raise ValidationError({"author": _("Wer hat es gemacht?")})


class HubImage(Rights, AbstractImage):
    """An image. ``description`` (of Wagtail) is its text alternative."""

    is_decorative = models.BooleanField(
        _("nur Schmuck"),
        default=False,
        help_text=_("Das Bild sagt nichts, was nicht auch im Text steht."),
    )
    shows_people = models.BooleanField(_("Menschen sind erkennbar"), default=False)
    people_agreed = models.BooleanField(
        _("Die gezeigten Menschen haben zugestimmt"), default=False
    )

    admin_form_fields = (
        "title",
        "file",
        "description",
        "is_decorative",
        "author",
        "licence",
        "shows_people",
        "people_agreed",
        "collection",
        "tags",
        "focal_point_x",
        "focal_point_y",
        "focal_point_width",
        "focal_point_height",
    )

    class Meta(AbstractImage.Meta):
        verbose_name = _("Bild")
        verbose_name_plural = _("Bilder")

    def clean(self) -> None:
        super().clean()
        self.check_rights()

    def check_rights(self) -> None:
        """Author, text alternative, and the consent of people who are shown."""
        super().check_rights()
        errors = {}
        if not self.description and not self.is_decorative:
            errors["description"] = _(
                "Beschreiben Sie das Bild, oder kreuzen Sie „nur Schmuck“ an."
            )
        if self.shows_people and not self.people_agreed:
            errors["people_agreed"] = _(
                "Ohne Zustimmung der gezeigten Menschen darf das Bild nicht online gehen."
            )
        if errors:
            raise ValidationError(errors)


class HubRendition(AbstractRendition):
    image = models.ForeignKey(
        HubImage, on_delete=models.CASCADE, related_name="renditions"
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["image", "filter_spec", "focal_point_key"],
                name="hub_rendition_unique",
            )
        ]


class HubDocument(Rights, AbstractDocument):
    admin_form_fields = ("title", "file", "author", "licence", "collection", "tags")

    class Meta(AbstractDocument.Meta):
        verbose_name = _("Dokument")
        verbose_name_plural = _("Dokumente")
