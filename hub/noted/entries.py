"""What a list shows of one noted page or record, whatever its kind."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from hub.choices import LICENCE_URLS, Licence
from hub.references import Reference


@dataclass(frozen=True)
class Entry:
    """One entry in the language of the reader, as far as everyone may see it."""

    reference: Reference
    #: What one thing of its kind is called.
    label: str
    title: str
    path: str
    full_url: str
    summary: str = ""
    #: Languages of title and summary where they are not the reader's.
    lang: str = ""
    summary_lang: str = ""
    is_demo: bool = False
    #: Facts in a line, as ``meta_line`` shows them.
    meta: tuple[Mapping[str, Any], ...] = ()
    #: How far it can be trusted, in one sentence.
    trust: str = ""
    #: Typed sources, as ``hub.sourcelist`` makes them.
    sources: tuple[Mapping[str, str], ...] = ()
    #: Code of the licence; empty where that of the whole site counts.
    licence: str = ""

    @property
    def facts(self) -> str:
        """The facts in one line of text."""
        return " · ".join(str(item["text"]) for item in self.meta)

    @property
    def licence_label(self) -> str:
        return str(Licence(self.licence).label) if self.licence else ""

    @property
    def licence_url(self) -> str:
        return LICENCE_URLS.get(self.licence, "")  # type: ignore[call-overload]


@dataclass(frozen=True)
class Together:
    """What can be done with several noted entries of one kind."""

    text: str
    url: str
