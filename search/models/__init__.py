"""What the search keeps in the database."""

from .changes import MAX_ATTEMPTS, IndexChange, IndexChangeQuerySet, IndexerLease
from .events import SearchEvent

__all__ = [
    "MAX_ATTEMPTS",
    "IndexChange",
    "IndexChangeQuerySet",
    "IndexerLease",
    "SearchEvent",
]
