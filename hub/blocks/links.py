from django.utils.translation import gettext_lazy as _

from wagtail import blocks

from hub.choices import SourceType


class SourceBlock(blocks.StructBlock):
    """Where a statement comes from. Its type is shown; a party is named as such."""

    title = blocks.CharBlock(label=_("Titel"), required=False)
    url = blocks.URLBlock(label=_("Adresse"), required=False)
    type = blocks.ChoiceBlock(
        label=_("Art der Quelle"), choices=SourceType.choices, default=SourceType.OTHER
    )

    class Meta:
        icon = "link"
        label = _("Quelle")
