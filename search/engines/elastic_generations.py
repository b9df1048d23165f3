"""Generations of indexes on an Elasticsearch server: their names, build beside, swap.

Each language has one alias, whose name carries the versions of fields and analysis; it
points to one generation.
"""

from __future__ import annotations

import re
import time
from uuid import uuid4

from .base import IndexMissingError, IndexOutdatedError, SearchUnavailableError
from .elastic_client import Connection
from .elastic_query import SETTINGS, mapping
from .generations import versions

PREFIX = re.compile(r"[a-z0-9][a-z0-9-]{0,60}")
_MERGE_SECONDS = 600.0


class ElasticGenerations:
    """All indexes of one prefix."""

    def __init__(self, connection: Connection, prefix: str) -> None:
        if not PREFIX.fullmatch(prefix):
            raise ValueError("An index prefix has small letters, digits and hyphens.")
        self.connection = connection
        self.prefix = prefix

    def alias(self, language: str) -> str:
        """What is read and written: the generation of the versions of this code."""
        safe = re.sub(r"[^a-z0-9.-]", "-", versions().lower())
        return f"{self.prefix}_{language}.{safe}"

    def _pattern(self, language: str) -> str:
        return f"{self.prefix}_{language}_*"

    def create(self, language: str) -> str:
        """A new, empty generation that nobody reads yet."""
        moment = f"{int(time.time())}-{uuid4().hex[:8]}"
        index = self._pattern(language).replace("*", moment)
        with self.connection.writing() as client:
            client.indices.create(
                index=index,
                settings=SETTINGS,
                mappings=mapping(versions()),
                aliases={f"{index}.new": {}},
            )
        return index

    def activate(self, language: str, index: str) -> None:
        """Point to a finished generation, in one step; then drop all others, also what
        somebody left half built. Not in the same step: while an index is being removed,
        the server still sends questions to it."""
        with self.connection.writing() as client:
            patient = client.options(request_timeout=_MERGE_SECONDS)
            patient.indices.forcemerge(index=index, max_num_segments=1)
            indexes = client.indices.get_alias(index=self._pattern(language))
            name = f"{self.prefix}_{language}."
            past = [
                {"remove": {"index": other, "alias": alias}}
                for other, content in indexes.items()
                for alias in content["aliases"]
                if other != index and alias.startswith(name)
            ]
            client.indices.update_aliases(
                actions=[
                    {"add": {"index": index, "alias": self.alias(language)}},
                    {"remove": {"index": index, "alias": f"{index}.new"}},
                    *past,
                ]
            )
            others = [other for other in indexes if other != index]
            if others:
                client.indices.delete(index=others, ignore_unavailable=True)

    def drop(self, index: str) -> None:
        """Best effort: the next rebuild drops what is left."""
        try:
            with self.connection.writing() as client:
                client.indices.delete(index=index, ignore_unavailable=True)
        except Exception:  # noqa: S110 (the first failure is the one to report)
            pass

    def drop_all(self) -> None:
        """Remove every index of this prefix."""
        with self.connection.writing() as client:
            names = list(client.indices.get_alias(index=f"{self.prefix}_*"))
            if names:
                client.indices.delete(index=names)

    def absence(self, language: str) -> SearchUnavailableError:
        """Why there is no index to read: none at all, or one of another version."""
        name = f"{self.prefix}_{language}."
        with self.connection.asking() as client:
            indexes = client.indices.get_alias(index=self._pattern(language))
        aliases = [a for i in indexes.values() for a in i["aliases"]]
        found = [alias for alias in aliases if alias.startswith(name)]
        if not found:
            return IndexMissingError(f"No index {language} yet.")
        return IndexOutdatedError(
            f"Index {language} has version {found[0].removeprefix(name)}, "
            f"needed is {versions()}."
        )
