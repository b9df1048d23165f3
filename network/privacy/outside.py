"""Where a name may stand outside of the database: mails in files, uploads, the index."""

from __future__ import annotations

import email
import re
from collections.abc import Iterator
from email.message import Message
from pathlib import Path

from django.conf import settings

from network.privacy.needles import Needles
from search.documents import make_key
from search.engines import get_engine
from search.engines.base import Asked, SearchUnavailableError
from search.query import Everything
from search.registry import CONTENT, NETWORK, registry
from search.session import open_search
from search.state import State

#: How Django's mailbox in files tells mails apart.
_LINE = re.compile(rb"^-{79}\n", re.MULTILINE)
_AT_ONCE = 1000


# Mails in files ------------------------------------------------------------------------------


def _mailbox() -> list[Path]:
    folder = Path(getattr(settings, "EMAIL_FILE_PATH", None) or "/nonexistent")
    return sorted(path for path in folder.glob("*") if path.is_file())


def _readable(raw: bytes) -> str:
    """Headers and all texts of a mail, as people read them."""
    message = email.message_from_bytes(raw)
    headers = "\n".join(f"{name}: {value}" for name, value in message.items())
    return f"{headers}\n{_bodies(message)}\n{raw.decode('utf-8', 'replace')}"


def _bodies(message: Message) -> str:
    parts = (part.get_payload(decode=True) for part in message.walk())
    return "\n".join(part.decode("utf-8", "replace") for part in parts if part)


def clear_mailbox(needles: Needles) -> int:
    """Delete mails that name somebody from the mailbox in files; returns how many."""
    number = 0
    for path in _mailbox():
        mails = _LINE.split(path.read_bytes())
        kept = [mail for mail in mails if not needles.found_in(_readable(mail))]
        number += len(mails) - len(kept)
        if not any(mail.strip() for mail in kept):
            path.unlink()
        elif len(kept) < len(mails):
            path.write_bytes((b"-" * 79 + b"\n").join(kept))
    return number


def _in_mailbox(needles: Needles) -> Iterator[str]:
    for path in _mailbox():
        if needles.found_in(_readable(path.read_bytes())):
            yield f"mail file {path.name}"


# Uploads ---------------------------------------------------------------------------------------


def _in_uploads(needles: Needles) -> Iterator[str]:
    """Names of files. What is inside of a file, nobody but a person can say."""
    root = Path(settings.MEDIA_ROOT)
    for path in root.rglob("*"):
        if path.is_file() and needles.found_in(path.name):
            yield f"file {path.relative_to(root)}"


# The search index -------------------------------------------------------------------------------


def _in_index(needles: Needles) -> Iterator[str]:
    for language in settings.SEARCH["LANGUAGES"]:
        try:
            yield from _in_documents(language, needles)
            yield from _in_words(language, needles)
        except SearchUnavailableError as error:
            yield f"index {language} cannot be read: {error}"
    yield from _old_generations()


def _in_documents(language: str, needles: Needles) -> Iterator[str]:
    """What results are made of, document by document, in each engine."""
    for engine in get_engine().parts:
        reader = engine.reader(language)
        offset = 0
        while True:
            found = reader.find(Asked(Everything(), offset=offset, limit=_AT_ONCE))
            for hit in reader.hits(found.matches, None):
                if needles.found_in(repr(hit)):
                    yield f"index {engine.name} {language}: {hit.key}"
            offset += _AT_ONCE
            if offset >= found.total:
                break


def _in_words(language: str, needles: Needles) -> Iterator[str]:
    """Texts that are searched but not shown: asked for as a phrase."""
    search = open_search(language)
    for name in needles.names:
        words = re.sub(r"[\W_]+", " ", name).strip()
        for group in (CONTENT, NETWORK):
            state = State(query=f'"{words}"', group=group)
            for hit in search.engine.search(search.request(state, 20)).hits:
                yield f"index {language}, words: {hit.key}"


def _old_generations() -> Iterator[str]:
    """Indexes that nobody reads any more and that still hold everything."""
    root = Path(settings.SEARCH["INDEX_DIR"])
    for folder in sorted(root.glob("*")) if root.is_dir() else ():
        generations = [path for path in folder.glob("*") if path.is_dir()]
        if len(generations) > 1:
            yield f"old index in {folder.name}"


def traces(needles: Needles) -> list[str]:
    """Everything outside of the database that still names somebody."""
    return [*_in_mailbox(needles), *_in_uploads(needles), *_in_index(needles)]


def keys_of(kind: str, pk: int) -> list[str]:
    """The documents of one row in every language."""
    return [make_key(kind, pk, code) for code in settings.SEARCH["LANGUAGES"]]


def person_kind() -> str:
    """The kind under which people are found."""
    return registry.source("person").kind
