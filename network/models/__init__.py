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
from .link_decision import LinkDecision
from .office_hours import OfficeHours
from .organisation import Organisation
from .pages import NetworkPage, ProgrammesPage
from .partner_city import PartnerCity
from .person import Consent, Membership, Person
from .privacy import ChangeRequest, Invitation, NamesFound, Tombstone
from .programme import Programme, ProgrammeParty

__all__ = [
    "ChangeRequest",
    "Consent",
    "ContactBlock",
    "ContactCount",
    "ContactMail",
    "ContactPreference",
    "ContactReport",
    "ContactRequest",
    "District",
    "Invitation",
    "Involvement",
    "LinkDecision",
    "Membership",
    "NamesFound",
    "NetworkPage",
    "OfficeHours",
    "Organisation",
    "OrganisationEditor",
    "PartnerCity",
    "Person",
    "Programme",
    "ProgrammeParty",
    "ProgrammesPage",
    "Tombstone",
]
