from django.utils.translation import gettext_lazy as _

from wagtail import blocks

RICH_FEATURES = ["bold", "italic", "ol", "ul", "link", "document-link"]


class HeadingBlock(blocks.CharBlock):
    """A heading within a text (level 2)."""

    def __init__(self, **kwargs):
        kwargs.setdefault("label", _("Überschrift"))
        kwargs.setdefault("icon", "title")
        super().__init__(**kwargs)

    class Meta:
        template = "components/blocks/heading.html"


class ParagraphBlock(blocks.RichTextBlock):
    """One or more paragraphs with the few formats that stay readable."""

    def __init__(self, **kwargs):
        kwargs.setdefault("features", RICH_FEATURES)
        kwargs.setdefault("label", _("Text"))
        kwargs.setdefault("icon", "pilcrow")
        super().__init__(**kwargs)

    class Meta:
        template = "components/blocks/paragraph.html"


class TextItemBlock(blocks.TextBlock):
    """One entry of a plain list (a strength, a limit, a material)."""

    def __init__(self, **kwargs):
        kwargs.setdefault("rows", 2)
        kwargs.setdefault("label", _("Eintrag"))
        kwargs.setdefault("icon", "list-ul")
        super().__init__(**kwargs)


class StepBlock(blocks.StructBlock):
    """One step of a method: what to do, and when."""

    title = blocks.CharBlock(label=_("Schritt"))
    text = blocks.TextBlock(label=_("Was zu tun ist"), rows=3)
    when = blocks.CharBlock(
        label=_("Wann"), required=False, help_text=_("Zum Beispiel „4 Wochen vorher“.")
    )

    class Meta:
        icon = "order"
        label = _("Schritt")
