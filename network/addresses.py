"""Addresses on the pages of the network that others link to."""

from __future__ import annotations

from urllib.parse import urlencode

from hub.addresses import section_address

#: The question to people and organisations, as addresses name it.
QUESTION = "frage"


def answers_address(question: str, language: str | None = None) -> str:
    """Where the question is answered who can help; empty where there is no such page."""
    path = section_address("network.NetworkPage", language).path
    return f"{path}?{urlencode({QUESTION: question})}" if path else ""
