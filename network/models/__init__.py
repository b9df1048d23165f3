from .contact import (
    ContactBlock,
    ContactCount,
    ContactMail,
    ContactPreference,
    ContactReport,
    ContactRequest,
)
from .district import District
from .editor import OrganisationEditor
from .involvement import Involvement
from .office_hours import OfficeHours
from .link_decision import LinkDecision
from .organisation import Organisation
from .pages import NetworkPage, ProgrammesPage
from .partner_city import PartnerCity
from .person import Consent, Membership, Person
from .programme import Programme, ProgrammeParty

__all__ = [
    "Consent",
    "ContactBlock",
    "ContactCount",
    "ContactMail",
    "ContactPreference",
    "ContactReport",
    "ContactRequest",
    "District",
    "Involvement",
    "LinkDecision",
    "Membership",
    "NetworkPage",
    "OfficeHours",
    "Organisation",
    "OrganisationEditor",
    "PartnerCity",
    "Person",
    "Programme",
    "ProgrammeParty",
    "ProgrammesPage",
]
