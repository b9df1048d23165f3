"""Log lines as JSON, without anything that says who somebody is."""

from __future__ import annotations

import json
import logging
import re
from datetime import UTC, datetime

#: All eight groups, or fewer with "::"; a time of day is neither.
_GROUP = "[0-9a-f]{1,4}"
_IPV6 = re.compile(
    rf"(?<![\w:])(?:(?:{_GROUP}:){{7}}{_GROUP}"
    rf"|(?:{_GROUP})?(?::{_GROUP})*::(?:{_GROUP}:)*(?:{_GROUP})?)(?![\w:])",
    re.IGNORECASE,
)
#: Addresses of mail and of machines, queries, and tokens: long runs of letters and digits.
_PERSONAL = [
    (re.compile(r"[\w.+-]+@[\w-]+(\.[\w-]+)+"), "[mail]"),
    (re.compile(r"\b\d{1,3}(\.\d{1,3}){3}\b"), "[ip]"),
    (_IPV6, "[ip]"),
    (re.compile(r"\?[^\s\"']+"), "?[query]"),
    (re.compile(r"\b(?=\w*\d)(?=\w*[A-Za-z])[\w-]{32,}(:[\w-]+)*"), "[token]"),
]


def without_people(text: str) -> str:
    """``text`` with addresses, queries and tokens replaced."""
    for pattern, replacement in _PERSONAL:
        text = pattern.sub(replacement, text)
    return text


class JsonFormatter(logging.Formatter):
    """One line of JSON per event: when, how bad, where, what."""

    def format(self, record: logging.LogRecord) -> str:
        line = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(
                timespec="milliseconds"
            ),
            "level": record.levelname,
            "logger": record.name,
            "message": without_people(record.getMessage()),
        }
        status = getattr(record, "status_code", None)
        if status:
            line["status"] = status
        if record.exc_info:
            line["error"] = without_people(self.formatException(record.exc_info))
        return json.dumps(line, ensure_ascii=False)
