"""What the search keeps in the database."""

from .changes import MAX_ATTEMPTS, IndexChange, IndexChangeQuerySet, IndexerLease
from .events import SearchEvent
from .promoted import PromotedResult, PromotedResultQuerySet
from .stamp import Stamp
from .synonyms import SynonymSet
from .vectors import PassageVector, PassageVectorQuerySet

__all__ = [
    "MAX_ATTEMPTS",
    "IndexChange",
    "IndexChangeQuerySet",
    "IndexerLease",
    "PassageVector",
    "PassageVectorQuerySet",
    "PromotedResult",
    "PromotedResultQuerySet",
    "SearchEvent",
    "Stamp",
    "SynonymSet",
]
