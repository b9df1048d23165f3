"""From stable ids to rows of the database and back."""

from __future__ import annotations

from collections import defaultdict

from wagtail.models import Page


class UnboundError(LookupError):
    """A reference to a row that could not be made; its own problem is noted already."""


class References:
    """What stable ids are known, in the files and in the database.

    A *space* is where an id is unique: the name of a subject, for vocabularies one per
    model (``vocabulary:topic``), since their codes may repeat.
    """

    def __init__(self, page_spaces: set[str]) -> None:
        self.page_spaces = page_spaces
        self._announced: dict[str, set[str]] = defaultdict(set)
        self._pks: dict[str, dict[str, int]] = defaultdict(dict)
        self._tokens: dict[str, dict[int, str]] = defaultdict(dict)
        self._pages: dict[int, str] = {}

    def announce(self, space: str, token: str) -> None:
        """A file holds a row of this id."""
        self._announced[space].add(token)

    def bind(self, space: str, token: str, pk: int) -> None:
        """The database holds a row of this id."""
        self._pks[space][token] = pk
        self._tokens[space][pk] = token
        if space in self.page_spaces:
            self._pages[pk] = f"{space}/{token}"

    def add_translations(self) -> None:
        """Let translations of known pages answer to the id of their original."""
        if not self._pages:
            return
        keys = dict(Page.objects.values_list("pk", "translation_key"))
        names = {keys[pk]: name for pk, name in self._pages.items() if pk in keys}
        for pk, key in keys.items():
            if key in names:
                self._pages.setdefault(pk, names[key])

    def knows(self, space: str, token: str) -> bool:
        return token in self._announced[space] or token in self._pks[space]

    def knows_any(self, name: str) -> bool:
        """Whether ``methods/world-caf`` and the like is known."""
        space, _, token = name.partition("/")
        return bool(token) and self.knows(space, token)

    def pk(self, space: str, token: str) -> int:
        try:
            return self._pks[space][token]
        except KeyError as error:
            raise UnboundError(f"{space}/{token}") from error

    def pk_of_any(self, name: str) -> int:
        space, _, token = name.partition("/")
        return self.pk(space, token)

    def token(self, space: str, pk: int) -> str | None:
        return self._tokens[space].get(pk)

    def page_name(self, pk: int) -> str | None:
        """``methods/world-caf`` for a page in whatever language."""
        return self._pages.get(pk)

    def tokens(self, space: str) -> set[str]:
        """Ids the database holds."""
        return set(self._pks[space])
