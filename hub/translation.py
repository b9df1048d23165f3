"""Which texts of records have one column per language."""

from modeltranslation.translator import TranslationOptions, register

from .models import (
    GlossaryTerm,
    Goal,
    HubSettings,
    InclusionMeasure,
    TargetGroup,
    Topic,
)


@register([Topic, TargetGroup, Goal, InclusionMeasure])
class VocabularyOptions(TranslationOptions):
    fields = ("name", "synonyms")
    required_languages = {"default": ("name",)}


@register(GlossaryTerm)
class GlossaryTermOptions(TranslationOptions):
    fields = ("slug", "term", "definition", "synonyms", "simple")


@register(HubSettings)
class HubSettingsOptions(TranslationOptions):
    fields = ("office_hours",)
