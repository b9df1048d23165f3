"""What the search keeps in the database."""

from .changes import MAX_ATTEMPTS, IndexChange, IndexChangeQuerySet, IndexerLease
from .events import SearchEvent
from .promoted import PromotedResult, PromotedResultQuerySet
from .stamp import Stamp
from .synonyms import SynonymSet

__all__ = [
    "MAX_ATTEMPTS",
    "IndexChange",
    "IndexChangeQuerySet",
    "IndexerLease",
    "PromotedResult",
    "PromotedResultQuerySet",
    "SearchEvent",
    "Stamp",
    "SynonymSet",
]
