from .district import District
from .involvement import Involvement
from .organisation import Organisation
from .pages import NetworkPage, ProgrammesPage
from .partner_city import PartnerCity
from .person import Consent, Membership, Person
from .programme import Programme, ProgrammeParty

__all__ = [
    "Consent",
    "District",
    "Involvement",
    "Membership",
    "NetworkPage",
    "Organisation",
    "PartnerCity",
    "Person",
    "Programme",
    "ProgrammeParty",
    "ProgrammesPage",
]
