"""What a person typed → the parts the search understands. Never raises.

Understood are ``"phrases"``, ``-word`` and ``kind:``/``art:``; everything else,
whatever it looks like, is text.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass

#: Longer input is cut: nobody reads it, and every word costs a lookup.
MAX_CHARS = 2_000

_QUOTES = str.maketrans(dict.fromkeys("„“”«»‟″", '"'))
_PIECE = re.compile(
    r'(?P<minus>(?<!\S)-)?"(?P<phrase>[^"]*)"'
    r"|(?<!\S)(?:kind|art):(?P<kind>[^\s\"]+)"
    r"|(?<!\S)-(?P<without>\w[^\s\"]*)"
    r'|(?P<word>[^\s"]+)',
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class ParsedQuery:
    """The parts of a query: free text, phrases, exclusions and kinds."""

    text: str = ""
    phrases: tuple[str, ...] = ()
    without: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()
    #: A word that is still being typed (no blank after it) also counts as a beginning.
    open_end: bool = False

    @property
    def is_empty(self) -> bool:
        return not (self.text or self.phrases or self.without or self.kinds)


def clean(text: str) -> str:
    """NFC, one line, no control characters, of bearable length."""
    text = text[:MAX_CHARS].encode("utf-8", "ignore").decode("utf-8")
    text = unicodedata.normalize("NFC", text)
    if not text.isprintable():
        text = "".join(" " if _is_control(char) else char for char in text)
    return " ".join(text.split())


def _is_control(char: str) -> bool:
    return unicodedata.category(char) in {"Cc", "Cs", "Cn", "Co", "Zl", "Zp"}


def parse(text: str, kinds: Mapping[str, str] | None = None) -> ParsedQuery:
    """Take user text apart; ``kinds`` maps lower-case kind names to kind codes."""
    open_end = bool(text) and not text[-1].isspace()
    cleaned = clean(text).translate(_QUOTES)
    words: list[str] = []
    phrases: list[str] = []
    without: list[str] = []
    found_kinds: list[str] = []
    for match in _PIECE.finditer(cleaned):
        if match["phrase"] is not None:
            (without if match["minus"] else phrases).append(match["phrase"].strip())
        elif match["kind"]:
            kind = (kinds or {}).get(match["kind"].casefold())
            (found_kinds if kind else words).append(kind or match[0])
        elif match["without"]:
            without.append(match["without"])
        else:
            words.append(match["word"])
    return ParsedQuery(
        text=" ".join(words),
        phrases=tuple(filter(None, phrases)),
        without=tuple(filter(None, without)),
        kinds=tuple(dict.fromkeys(found_kinds)),
        open_end=open_end and bool(words) and cleaned.endswith(words[-1]),
    )
