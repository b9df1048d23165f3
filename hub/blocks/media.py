from django.utils.translation import gettext_lazy as _

from wagtail import blocks
from wagtail.images.blocks import ImageChooserBlock


class ImageBlock(blocks.StructBlock):
    """An image with a caption; author and licence come from the image itself."""

    image = ImageChooserBlock(label=_("Bild"))
    caption = blocks.CharBlock(label=_("Bildtext"), required=False)

    class Meta:
        icon = "image"
        label = _("Bild")
        template = "components/blocks/image.html"
