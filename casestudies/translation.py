"""Which texts of case records have one column per language."""

from modeltranslation.translator import TranslationOptions, register

from .models import MethodUse, ProcessElement, Round


@register(MethodUse)
class MethodUseOptions(TranslationOptions):
    fields = ("note",)


@register(Round)
class RoundOptions(TranslationOptions):
    fields = (
        "slug",
        "name",
        "ideas_note",
        "jury",
        "budget",
        "events",
        "experts",
        "themes",
        "key_figure",
    )


@register(ProcessElement)
class ProcessElementOptions(TranslationOptions):
    fields = (
        "name",
        "duration",
        "what",
        "who",
        "channels",
        "outreach_formats",
        "outputs",
        "lessons",
    )
