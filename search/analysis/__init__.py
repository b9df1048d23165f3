"""Text analysis: from a text in German or English to the tokens of an index.

Plain Python, no Django and no engine: both engines get the same tokens from here.
Compare ``ANALYSIS_VERSION`` (or an analyser's own ``version``) with the one an index
was built with; an index of another version must be rebuilt.
"""

from __future__ import annotations

import hashlib
from functools import cache

import Stemmer

from search.analysis.analyser import Analyser
from search.analysis.data import FOLDER
from search.analysis.english import English
from search.analysis.german import German
from search.analysis.tokens import Token, whole

__all__ = ["ANALYSIS_VERSION", "Analyser", "Token", "get_analyser", "whole"]

# Raise it whenever the rules give other tokens; a test over sample words reminds of it.
RULES = 2


def _version() -> str:
    lists = hashlib.sha256()
    for path in sorted(FOLDER.glob("*.txt")):
        lists.update(path.read_bytes())
    return f"{RULES}.{lists.hexdigest()[:8]}.{Stemmer.version()}"


ANALYSIS_VERSION: str = _version()


@cache
def get_analyser(language: str) -> Analyser:
    """Return the analyser of a language, "de" or "en"; one object per process."""
    if language == "de":
        return German(ANALYSIS_VERSION)
    if language == "en":
        return English(ANALYSIS_VERSION)
    raise ValueError(f"No analyser for language {language!r}")
