"""What waits for somebody: the lists on the first page of the admin.

Every list is one count, so the page costs the same however much there is. Subjects
register theirs from their ``wagtail_hooks``.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.apps import apps
from django.conf import settings
from django.db.models import F, Model, QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from wagtail.models import DraftStateMixin, Page
from wagtail.permission_policies import ModelPermissionPolicy
from wagtail.permissions import policy_registry

from hub.choices import Verification
from hub.models import BasePage, ChangeRequest, Enquiry, Freshness
from hub.translations.progress import with_source_digest
from search.models import IndexChange

#: Somebody should look at these; "confirmed" and read sources need nobody.
DOUBTFUL = (
    Verification.UNVERIFIED,
    Verification.GENERAL_KNOWLEDGE,
    Verification.NAME_READ,
    Verification.NUMBER_READ,
    Verification.PARTLY_UNVERIFIED,
)


@dataclass(frozen=True)
class WorkList:
    """A name, what it counts for a user, where it leads, and who may see it."""

    label: Any
    count: Callable[[Any], int]
    url: Callable[[], str]
    permission: str = "wagtailadmin.access_admin"
    order: int = 100


@dataclass(frozen=True)
class Report:
    """Rows of several models that have a page of their own in the admin."""

    label: Any
    models: Callable[[], list[type[Model]]]
    rows: Callable[[type[Model]], QuerySet]
    #: Whether each sees just what they keep themselves.
    is_own: bool = False
    #: Whether an entry can be confirmed on the page of the list.
    can_confirm: bool = False

    def rows_for(self, model: type[Model], user: Any) -> QuerySet:
        """The rows of one kind a user has to do with."""
        rows = rows_for(self.rows(model), user)
        return rows.filter(content_owner=user) if self.is_own else rows

    def models_for(self, user: Any) -> list[type[Model]]:
        return [model for model in self.models() if may_see(model, user)]


_lists: list[WorkList] = []
reports: dict[str, Report] = {}


def register(work_list: WorkList) -> None:
    """Add a list that leads to some page of the admin."""
    _lists.append(work_list)


def register_report(kind: str, report: Report, order: int = 100) -> None:
    """Add a list with a page of its own."""
    reports[kind] = report
    register(
        WorkList(
            report.label,
            lambda user: total(
                report.models_for(user), lambda model: report.rows_for(model, user)
            ),
            lambda: reverse("hub_worklist", args=[kind]),
            order=order,
        )
    )


def for_user(user: Any) -> list[dict[str, Any]]:
    """The lists of one user that are not empty."""
    shown = []
    for entry in sorted(_lists, key=lambda entry: entry.order):
        if not user.has_perm(entry.permission):
            continue
        count = entry.count(user)
        if count:
            shown.append({"label": entry.label, "count": count, "url": entry.url()})
    return shown


def may_see(model: type[Model], user: Any) -> bool:
    """Whether a user works with entries of this kind."""
    if issubclass(model, Page):
        return policy_registry.get_by_type(Page).user_has_permission(user, "change")
    return bool(policy_registry.get_by_type(model).user_has_permission(user, "view"))


def differs_by_row(model: type[Model]) -> bool:
    """Whether a user may see some records of a kind and not others."""
    if issubclass(model, Page):
        return False
    return type(policy_registry.get_by_type(model)) is not ModelPermissionPolicy


def rows_for(rows: QuerySet, user: Any) -> QuerySet:
    """Those of some rows a user works with: of records, each model's policy says it."""
    if not differs_by_row(rows.model):
        return rows
    policy = policy_registry.get_by_type(rows.model)
    permitted = policy.instances_user_has_any_permission_for(user, ["change", "view"])
    return rows.filter(pk__in=permitted.values("pk"))


# What the lists are made of -------------------------------------------------------------


def page_models() -> list[type[BasePage]]:
    return [m for m in apps.get_models() if issubclass(m, BasePage)]


def record_models() -> list[type[Model]]:
    return [
        model
        for model in apps.get_models()
        if issubclass(model, Freshness) and not issubclass(model, BasePage)
    ]


def _only_german(model: type[Model]) -> QuerySet:
    rows = model._default_manager.all()
    return rows.sources() if issubclass(model, BasePage) else rows


def doubtful(model: type[Model]) -> QuerySet:
    """Entries nobody has confirmed, nor read the source of."""
    return _only_german(model).filter(verification__in=DOUBTFUL)


def overdue(model: type[Model]) -> QuerySet:
    """Entries whose day of review has passed."""
    return _only_german(model).filter(review_due__lt=timezone.localdate())


def soon_due(model: type[Model]) -> QuerySet:
    """Entries to look at now or soon."""
    until = timezone.localdate() + timedelta(days=settings.HUB_REVIEW_AHEAD_DAYS)
    return _only_german(model).filter(review_due__lte=until)


def waiting(model: type[Model]) -> QuerySet:
    """Records with changes that nobody has published yet."""
    return model._default_manager.filter(has_unpublished_changes=True)


def drafted_models() -> list[type[Model]]:
    return [model for model in record_models() if issubclass(model, DraftStateMixin)]


def outdated(model: type[BasePage]) -> QuerySet:
    """Translations whose German texts have changed since."""
    return (
        with_source_digest(model)
        .filter(live=True)
        .exclude(text_digest="")
        .exclude(source_digest=F("text_digest"))
    )


def placeholders() -> QuerySet:
    """Pages that show German in another language."""
    return Page.objects.live().filter(
        alias_of__isnull=False, alias_of__translation_key=F("translation_key")
    )


def total(models: list[type[Model]], rows: Callable[[Any], QuerySet]) -> int:
    """How many rows there are of several models, in one query."""
    if not models:
        return 0
    keys = [rows(model).order_by().values("pk") for model in models]
    return keys[0].union(*keys[1:], all=True).count()


def _everything() -> list[type[Model]]:
    return [*page_models(), *record_models()]


register_report(
    "ungeprueft", Report(_("Noch nicht bestätigt"), _everything, doubtful), 50
)
register_report(
    "faellig",
    Report(_("Prüfung überfällig"), _everything, overdue, can_confirm=True),
    40,
)
register_report(
    "meine",
    Report(
        _("Meine Einträge: bitte nachsehen"),
        _everything,
        soon_due,
        is_own=True,
        can_confirm=True,
    ),
    15,
)
register_report(
    "entwuerfe",
    Report(_("Geändert, noch nicht veröffentlicht"), drafted_models, waiting),
    25,
)
register_report(
    "uebersetzung-veraltet",
    Report(_("Übersetzung veraltet"), page_models, outdated),
    30,
)
register_report(
    "ohne-uebersetzung",
    Report(_("Noch nicht übersetzt"), lambda: [Page], lambda _model: placeholders()),
    35,
)
register(
    WorkList(
        _("Neue Fragen an das Büro"),
        lambda _user: Enquiry.objects.filter(state=Enquiry.State.NEW).count(),
        lambda: f"{reverse('wagtailsnippets_hub_enquiry:list')}?state=new",
        permission="hub.change_enquiry",
        order=10,
    )
)
register(
    WorkList(
        _("Änderungswünsche"),
        lambda _user: ChangeRequest.objects.filter(
            state=ChangeRequest.State.NEW
        ).count(),
        lambda: f"{reverse('wagtailsnippets_hub_changerequest:list')}?state=new",
        permission="hub.change_changerequest",
        order=12,
    )
)
register(
    WorkList(
        _("Zurückgelegte Suchänderungen"),
        lambda _user: IndexChange.objects.dead().count(),
        lambda: reverse("search_changes"),
        permission="search.change_indexchange",
        order=5,
    )
)
