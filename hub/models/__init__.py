from .base import (
    BasePage,
    Freshness,
    HubPageManager,
    HubPageQuerySet,
    SectionPage,
    lines,
)
from .easy import EasyText
from .enquiry import Enquiry
from .exchange import ExchangeItem
from .media import HubDocument, HubImage, HubRendition
from .old_address import OldAddress
from .pages import AskPage, EasyIndexPage, GlossaryPage, HomePage, StandardPage
from .record import Record, RecordQuerySet
from .settings import HubSettings
from .signed_link import SignedLink
from .user import User
from .vocabulary import (
    GlossaryTerm,
    Goal,
    InclusionMeasure,
    TargetGroup,
    Topic,
    Vocabulary,
)

__all__ = [
    "AskPage",
    "BasePage",
    "EasyIndexPage",
    "EasyText",
    "Enquiry",
    "ExchangeItem",
    "Freshness",
    "GlossaryPage",
    "GlossaryTerm",
    "Goal",
    "HomePage",
    "HubDocument",
    "HubImage",
    "HubPageManager",
    "HubPageQuerySet",
    "HubRendition",
    "HubSettings",
    "InclusionMeasure",
    "OldAddress",
    "Record",
    "RecordQuerySet",
    "SectionPage",
    "SignedLink",
    "StandardPage",
    "TargetGroup",
    "Topic",
    "User",
    "Vocabulary",
    "lines",
]
