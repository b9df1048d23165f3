"""Typed sources as templates show them."""

from __future__ import annotations

import re
from typing import Any
from urllib.parse import unquote, urlsplit

#: Longest readable part of an address that stands for a missing title.
LONGEST = 60


def _host(netloc: str) -> str:
    """The host as people know it: without "www.", umlauts as umlauts."""
    host = netloc.rsplit("@", 1)[-1].split(":")[0].removeprefix("www.")
    try:
        return host.encode("ascii").decode("idna")
    except UnicodeError:
        return host


def readable(url: str) -> str:
    """ "kurier.at: superblock fuer ottakring": what an address tells without a title."""
    try:
        parts = urlsplit(url)
    except ValueError:
        return url
    host = _host(parts.netloc)
    if not host:
        return url
    segments = [part for part in unquote(parts.path).split("/") if part]
    words = re.sub(r"\.\w{2,5}$", "", segments[-1]) if segments else ""
    words = re.sub(r"[-_+]+", " ", words).strip()
    if not re.search(r"[^\W\d]{3}", words):
        return host
    if len(words) > LONGEST:
        words = words[:LONGEST].rsplit(" ", 1)[0] + " …"
    return f"{host}: {words}"


def source_list(stream: Any) -> list[dict[str, str]]:
    """Sources of a page or record, those without title named by their address."""
    found = []
    for child in stream:
        value = child.value
        labels = dict(child.block.child_blocks["type"].field.choices)
        url, code = value.get("url") or "", value.get("type") or ""
        title = value.get("title") or (readable(url) if url else "")
        found.append(
            {
                "title": title,
                "url": url,
                "type": code,
                "type_label": str(labels.get(code, "")),
            }
        )
    return [source for source in found if source["title"]]
