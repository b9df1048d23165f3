"""What the search keeps in the database."""

from .changes import MAX_ATTEMPTS, IndexChange, IndexChangeQuerySet
from .events import SearchEvent

__all__ = ["MAX_ATTEMPTS", "IndexChange", "IndexChangeQuerySet", "SearchEvent"]
