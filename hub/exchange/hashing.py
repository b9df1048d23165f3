"""A short fingerprint of a value as it stands in a file."""

from __future__ import annotations

import json
from hashlib import blake2b
from typing import Any


def fingerprint(value: Any) -> str:
    """Equal for equal values, whatever the order of their keys."""
    text = json.dumps(value, ensure_ascii=False, sort_keys=True)
    return blake2b(text.encode(), digest_size=10).hexdigest()
