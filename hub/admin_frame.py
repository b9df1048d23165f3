"""Title, icon and path of a page of ours in Wagtail's admin."""

from __future__ import annotations

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _


def frame(title: Any, icon: str, *way: tuple[str, Any]) -> dict[str, Any]:
    """What ``wagtailadmin/generic/base.html`` shows around a page. ``way``: name of the
    address and title of each page between the first one and this. (The search has its
    own: it knows no ``hub``.)"""
    crumbs = [("wagtailadmin_home", _("Start")), *way]
    return {
        "page_title": title,
        "header_title": title,
        "header_icon": icon,
        "breadcrumbs_items": [
            *({"url": reverse(name), "label": label} for name, label in crumbs),
            {"url": "", "label": title},
        ],
    }
