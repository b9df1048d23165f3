"""Who may do what in the admin: four roles, and what each needs. No more.

A viewset says for its model what each role may do (``roles``); pages, images and the
rest stand here. ``manage.py setup_groups`` brings the database in line.
"""

from __future__ import annotations

EDITORS = "Redaktion"
REVIEWERS = "Freigabe"
NETWORK = "Netzwerkpflege"
#: Opens the admin; what is theirs there, each is assigned (``network.permissions``).
DEPARTMENT = "Dienststelle"
ROLES = (EDITORS, REVIEWERS, NETWORK, DEPARTMENT)

#: Permissions on all pages, below the root of the tree.
PAGES = {
    EDITORS: ("add", "change"),
    REVIEWERS: ("add", "change", "publish", "lock", "unlock"),
}

#: Permissions on images and documents, in all collections.
MEDIA = {
    EDITORS: ("add", "change", "choose"),
    REVIEWERS: ("add", "change", "choose", "delete"),
    NETWORK: ("add", "change", "choose"),
}

#: Single permissions, as "app.codename".
SINGLE = {
    EDITORS: (
        "wagtailadmin.access_admin",
        "wagtail_localize.submit_translation",
        "search.view_searchevent",
    ),
    REVIEWERS: (
        "wagtailadmin.access_admin",
        "wagtail_localize.submit_translation",
        "search.view_searchevent",
        "hub.publish_easytext",
        "hub.change_hubsettings",
        "wagtailredirects.add_redirect",
        "wagtailredirects.change_redirect",
        "wagtailredirects.delete_redirect",
    ),
    NETWORK: ("wagtailadmin.access_admin", "search.view_searchevent"),
    DEPARTMENT: ("wagtailadmin.access_admin",),
}

#: The one workflow, and its one task: somebody of the reviewers agrees.
WORKFLOW = "Prüfung durch die Freigabe"

# Sets of actions that viewsets name.
WRITE = frozenset({"add", "change", "view"})
WRITE_AND_DELETE = WRITE | {"delete"}
ALL = WRITE_AND_DELETE | {"publish"}
