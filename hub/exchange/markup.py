"""Rich text in files: which markup it may hold, and how its links name pages."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from html.parser import HTMLParser
from typing import Any

from bs4 import BeautifulSoup

from .problems import WrongValue
from .refs import References

#: Elements the hub's editor can write, and the attributes each may carry.
ALLOWED: dict[str, set[str]] = {
    "p": {"data-block-key"},
    "li": {"data-block-key"},
    "ul": set(),
    "ol": set(),
    "b": set(),
    "i": set(),
    "br": set(),
    "a": {"href", "linktype", "ref"},
}
VOID = {"br"}
BLOCKS = {"p", "ul", "ol"}

FILE_LINK = re.compile(r'<a linktype="page" ref="([^"]+)">')
STORED_LINK = re.compile(r'<a\b([^>]*\blinktype="(\w+)"[^>]*)>(.*?)</a>', re.DOTALL)
LINK_ID = re.compile(r'\bid="(\d+)"')


class _Checker(HTMLParser):
    """Complains about anything the editor could not have written."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.open: list[str] = []
        self.keys: set[str] = set()
        self.wrong = ""

    def _complain(self, reason: str) -> None:
        self.wrong = self.wrong or reason

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in ALLOWED:
            return self._complain(f"Element <{tag}> ist nicht erlaubt")
        if not self.open and tag not in BLOCKS:
            self._complain(f"<{tag}> steht außerhalb eines Absatzes")
        self._check_attributes(tag, dict(attrs))
        if tag not in VOID:
            self.open.append(tag)
        return None

    def _check_attributes(self, tag: str, attrs: dict[str, str | None]) -> None:
        for name in sorted(set(attrs) - ALLOWED[tag]):
            self._complain(f"Attribut {name} an <{tag}> ist nicht erlaubt")
        if tag in ("p", "li"):
            self._check_key(tag, attrs.get("data-block-key"))
        if tag == "a":
            self._check_link(attrs)

    def _check_key(self, tag: str, key: str | None) -> None:
        if not key:
            self._complain(f"<{tag}> hat keinen data-block-key")
        elif key in self.keys:
            self._complain(f"data-block-key „{key}“ kommt doppelt vor")
        self.keys.add(key or "")

    def _check_link(self, attrs: dict[str, str | None]) -> None:
        if attrs.get("linktype"):
            if attrs["linktype"] != "page" or not attrs.get("ref") or "href" in attrs:
                self._complain('ein Verweis im Haus ist <a linktype="page" ref="…">')
        elif not re.match(r"(https?://|mailto:|tel:)\S", attrs.get("href") or ""):
            self._complain("ein Link braucht eine Adresse (https://, mailto:, tel:)")

    def handle_endtag(self, tag: str) -> None:
        if tag in VOID:
            return
        if not self.open or self.open.pop() != tag:
            self._complain(f"</{tag}> schließt nichts")

    def handle_data(self, data: str) -> None:
        if data.strip() and not self.open:
            self._complain("Text steht außerhalb eines Absatzes")

    def handle_comment(self, data: str) -> None:
        self._complain("Kommentare sind nicht erlaubt")


def check_rich_text(value: Any) -> str:
    """The text in the form Wagtail stores, or ``WrongValue``."""
    if not isinstance(value, str):
        raise WrongValue("muss Text (HTML) sein")
    checker = _Checker()
    checker.feed(value)
    checker.close()
    if checker.open:
        raise WrongValue(f"<{checker.open[-1]}> ist nicht geschlossen")
    if checker.wrong:
        raise WrongValue(checker.wrong)
    return str(BeautifulSoup(value, "html.parser"))


def linked_pages(value: Any) -> Iterator[tuple[str, str]]:
    """Space and id of every page that texts anywhere in a value link to."""
    for text in _texts(value):
        for name in FILE_LINK.findall(text):
            space, _, token = name.partition("/")
            yield space, token


def with_stored_links(value: Any, refs: References) -> Any:
    """A value of a file as Wagtail stores it: links by primary key."""

    def resolve(text: str) -> str:
        return FILE_LINK.sub(
            lambda m: f'<a id="{refs.pk_of_any(m[1])}" linktype="page">', text
        )

    return _map_texts(value, resolve)


def with_file_links(value: Any, refs: References) -> Any:
    """A stored value as a file holds it: links by stable id, dead ones as text."""

    def name(match: re.Match[str]) -> str:
        attributes, kind, text = match.groups()
        if " ref=" in attributes:
            return match[0]
        found = LINK_ID.search(attributes)
        page = refs.page_name(int(found[1])) if found and kind == "page" else None
        return f'<a linktype="page" ref="{page}">{text}</a>' if page else text

    return _map_texts(value, lambda text: STORED_LINK.sub(name, text))


def _texts(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict | list):
        for part in value.values() if isinstance(value, dict) else value:
            yield from _texts(part)


def _map_texts(value: Any, change: Callable[[str], str]) -> Any:
    if isinstance(value, str):
        return change(value) if "linktype" in value else value
    if isinstance(value, list):
        return [_map_texts(part, change) for part in value]
    if isinstance(value, dict):
        return {key: _map_texts(part, change) for key, part in value.items()}
    return value
