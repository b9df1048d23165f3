"""A QR code as SVG in the page itself: nothing is asked of anybody else."""

from __future__ import annotations

from functools import lru_cache

from django import template
from django.utils.safestring import SafeString, mark_safe

import segno

register = template.Library()

#: Longer addresses make codes that no telephone reads from 2 cm of paper.
LONGEST = 300
#: One of the eight patterns that every reader knows. To compare all eight costs five
#: times as much as to make the code, and no reader sees the difference.
MASK = 3


@register.simple_tag
@lru_cache(maxsize=1024)
def qr(url: str) -> SafeString:
    """The code of an address; decoration, since the address stands beside it in letters.
    Nothing for what would be too dense to read."""
    if not url or len(url) > LONGEST:
        return mark_safe("")
    code = segno.make(url, error="m", micro=False, mask=MASK)
    svg = code.svg_inline(border=2, svgclass="qr", lineclass=None, omitsize=True)
    # Numbers and path commands only: nothing of the address is in it.
    return mark_safe(svg.replace("<svg ", '<svg aria-hidden="true" ', 1))  # noqa: S308
