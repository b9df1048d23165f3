"""Display in Wagtail's admin."""

from __future__ import annotations

import json
from typing import Any

from django import template

register = template.Library()


@register.filter
def without_what_breaks_the_rule(props: str, work: Any) -> str:
    """What wagtail-localize's editor offers, less what a translation must not do.

    A translation is not deleted or made a placeholder by itself, and a placeholder
    cannot be taken off (see ``hub.translations.admin``, which refuses it, too).
    """
    data = json.loads(props)
    data["links"]["convertToAliasUrl"] = None
    data["perms"]["canDelete"] = False
    if work and work.page.alias_of_id:
        data["perms"]["canUnpublish"] = False
    return json.dumps(data)
