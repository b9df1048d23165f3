from django.utils.translation import gettext_lazy as _

from wagtail import blocks


class CalloutBlock(blocks.StructBlock):
    """A short hint set apart from the text."""

    title = blocks.CharBlock(label=_("Titel"), required=False)
    text = blocks.TextBlock(label=_("Text"), rows=3)

    class Meta:
        icon = "info-circle"
        label = _("Hinweis")
        template = "components/blocks/callout.html"


class QuoteBlock(blocks.StructBlock):
    """Somebody's words, with who said them."""

    text = blocks.TextBlock(label=_("Zitat"), rows=3)
    source = blocks.CharBlock(label=_("Von wem"))

    class Meta:
        icon = "openquote"
        label = _("Zitat")
        template = "components/blocks/quote.html"
