"""Which texts of network records have one column per language."""

from modeltranslation.translator import TranslationOptions, register

from .models import District, Membership, Organisation, PartnerCity, Person, Programme


@register(Organisation)
class OrganisationOptions(TranslationOptions):
    fields = (
        "slug",
        "name",
        "summary",
        "responsibilities",
        "offers",
        "expectations",
        "cooperation",
        "head_function",
        "contact_function",
    )


@register(Person)
class PersonOptions(TranslationOptions):
    fields = ("slug", "bio", "availability")


@register(Membership)
class MembershipOptions(TranslationOptions):
    fields = ("function",)


@register(PartnerCity)
class PartnerCityOptions(TranslationOptions):
    fields = ("slug", "name", "country", "summary", "learn_from", "relation")


@register(District)
class DistrictOptions(TranslationOptions):
    fields = ("slug", "summary")


@register(Programme)
class ProgrammeOptions(TranslationOptions):
    fields = (
        "slug",
        "name",
        "when_text",
        "summary",
        "body",
        "funding_for_whom",
        "funding_amount",
        "funding_deadline",
    )
