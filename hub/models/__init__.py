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
from .link import CheckedLink, LinkPlace
from .media import HubDocument, HubImage, HubRendition
from .old_address import OldAddress
from .pages import AskPage, EasyIndexPage, GlossaryPage, HomePage, StandardPage
from .record import Record, RecordQuerySet
from .review import ChangeRequest, ReminderDigest
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
    "ChangeRequest",
    "CheckedLink",
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
    "LinkPlace",
    "OldAddress",
    "Record",
    "RecordQuerySet",
    "ReminderDigest",
    "SectionPage",
    "SignedLink",
    "StandardPage",
    "TargetGroup",
    "Topic",
    "User",
    "Vocabulary",
    "lines",
]
