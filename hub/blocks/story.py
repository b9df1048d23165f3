from django.utils.translation import gettext_lazy as _

from wagtail import blocks

from .callouts import CalloutBlock, QuoteBlock
from .media import ImageBlock
from .text import HeadingBlock, ParagraphBlock


class StoryBlock(blocks.StreamBlock):
    """The one body of pages that tell something: headings, text, image, hint, quote."""

    heading = HeadingBlock()
    paragraph = ParagraphBlock()
    image = ImageBlock()
    callout = CalloutBlock()
    quote = QuoteBlock()

    class Meta:
        label = _("Text")
