"""Forms of the admin: what is offered, what is needed, and what others saved meanwhile."""

from __future__ import annotations

import hashlib
import json
from datetime import timedelta
from typing import Any

from django import forms
from django.conf import settings
from django.contrib.auth import get_permission_codename
from django.core.serializers.json import DjangoJSONEncoder
from django.db.models import Model, Q
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.text import slugify
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from wagtail.admin.forms import WagtailAdminModelForm, WagtailAdminPageForm
from wagtail.log_actions import registry as logs
from wagtail.models import Page, RevisionMixin

#: So many fields that differ are named when somebody else has saved meanwhile.
MAX_DIFFERENCES = 8


def offer_only_current(form: forms.ModelForm) -> None:
    """Leave out retired terms, and pages in other languages, unless chosen already."""
    for name, field in form.fields.items():
        queryset = getattr(field, "queryset", None)
        if queryset is None:
            continue
        if hasattr(queryset, "active"):
            chosen = form.initial.get(name) or []
            keys = [getattr(item, "pk", item) for item in _as_list(chosen)]
            field.queryset = queryset.filter(Q(is_active=True) | Q(pk__in=keys))
        elif hasattr(queryset, "sources") and isinstance(
            field, forms.ModelMultipleChoiceField
        ):
            field.queryset = queryset.sources().order_by("title")


def propose_review(form: forms.ModelForm) -> None:
    """Whoever makes an entry keeps it, unless they say otherwise, and looks at it again
    in time."""
    if form.instance.pk or "review_due" not in form.fields:
        return
    today = timezone.localdate()
    if not form.initial.get("content_owner") and form.for_user:
        form.initial["content_owner"] = form.for_user.pk
    if not form.initial.get("review_due"):
        period = timedelta(days=round(form.instance.review_months * 365 / 12))
        form.initial["review_due"] = today + period


def _as_list(value: Any) -> list[Any]:
    is_one = isinstance(value, Model | int | str)
    return [value] if is_one else list(value)


def take_german_pages(cleaned: dict[str, Any]) -> None:
    """Rows point to German pages: whoever chose a translation means its source."""
    for name, value in cleaned.items():
        if isinstance(value, Page):
            source = getattr(value.specific, "source_page", value)
            if source.pk != value.pk:
                cleaned[name] = type(value)._base_manager.get(pk=source.pk)


class HubPageForm(WagtailAdminPageForm):
    """The form of every page."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        propose_review(self)
        offer_only_current(self)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        take_german_pages(cleaned)
        return cleaned


def version_of(instance: Model) -> str:
    """What is saved of a row now, in a few characters."""
    if not instance.pk:
        return ""
    row = type(instance)._base_manager.filter(pk=instance.pk).values().first() or {}
    if isinstance(instance, RevisionMixin) and row.get("latest_revision_id"):
        from wagtail.models import Revision

        revision = Revision.objects.filter(pk=row["latest_revision_id"])
        created = revision.values_list("created_at", flat=True).first()
        row = {"revision": row["latest_revision_id"], "at": created}
    text = json.dumps(row, cls=DjangoJSONEncoder, sort_keys=True, default=str)
    return hashlib.sha256(text.encode()).hexdigest()[:24]


class RecordForm(WagtailAdminModelForm):
    """The form of every record.

    Notices when somebody else has saved the record since the form was opened: nothing
    is saved, nothing typed is lost, and the differences are named.
    """

    #: Fields needed for publishing; drafts do without.
    needed: tuple[str, ...] = ()
    #: The field a missing address is made from.
    slug_from = ""
    #: Left out for those who keep just their own entries.
    office_only: tuple[str, ...] = ()

    loaded_version = forms.CharField(required=False, widget=forms.HiddenInput)
    next = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._leave_to_the_office()
        propose_review(self)
        offer_only_current(self)
        self.initial["loaded_version"] = version_of(self.instance)
        for name in self.needed:
            if name in self.fields:
                self.fields[name].required = True

    def _leave_to_the_office(self) -> None:
        """Without a role on the whole model, some fields are not theirs to change."""
        if not self.office_only or self.has_role:
            return
        for name in self.office_only:
            self.fields.pop(name, None)
            self.formsets.pop(name, None)

    @property
    def has_role(self) -> bool:
        """Whether the user works with all entries of this kind."""
        meta = self.instance._meta
        codename = get_permission_codename("change", meta)
        return not self.for_user or self.for_user.has_perm(
            f"{meta.app_label}.{codename}"
        )

    def defer_required_fields(self) -> None:
        """A draft may be as empty as it likes."""
        is_new = not self.is_deferred_validation
        super().defer_required_fields()
        if not is_new:
            return
        for name in self.needed:
            if name in self.fields and self.fields[name].required:
                self.fields[name].required = False
                self.deferred_required_fields.append(name)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        take_german_pages(cleaned)
        self._fill_slugs(cleaned)
        self._refuse_if_changed(cleaned)
        return cleaned

    def _fill_slugs(self, cleaned: dict[str, Any]) -> None:
        """Make missing addresses from the names."""
        if not self.slug_from:
            return
        for code, _name in settings.LANGUAGES:
            field, source = f"slug_{code}", f"{self.slug_from}_{code}"
            source = source if source in self.fields else self.slug_from
            if field in self.fields and not cleaned.get(field):
                cleaned[field] = self._free_slug(field, cleaned.get(source) or "")

    def _free_slug(self, field: str, text: str) -> str | None:
        base = slugify(text)[:110]
        if not base:
            return None
        taken = set(
            type(self.instance)
            ._base_manager.filter(**{f"{field}__startswith": base})
            .exclude(pk=self.instance.pk)
            .values_list(field, flat=True)
        )
        slug, number = base, 1
        while slug in taken:
            number += 1
            slug = f"{base}-{number}"
        return slug

    # Somebody else -------------------------------------------------------------------

    def _refuse_if_changed(self, cleaned: dict[str, Any]) -> None:
        loaded = cleaned.get("loaded_version")
        present = version_of(self.instance)
        if not loaded or loaded == present:
            return
        # Saving once more is a decision: then this version counts.
        self.data = self.data.copy()
        self.data[self.add_prefix("loaded_version")] = present
        self.add_error(None, self._conflict_message())

    def _conflict_message(self) -> str:
        entry = logs.get_logs_for_instance(self.instance).first()
        who = str(entry.user) if entry and entry.user else _("Jemand")
        when = date_format(localtime(entry.timestamp), "H:i") if entry else ""
        message = _(
            "%(who)s hat diesen Eintrag inzwischen geändert (%(when)s). Es wurde nichts "
            "gespeichert, Ihre Eingaben stehen noch hier. Speichern Sie noch einmal, "
            "wenn Ihre Fassung gelten soll."
        ) % {"who": who, "when": when}
        differences = self._differences()
        if differences:
            message += " " + _("Derzeit gespeichert: %(values)s.") % {
                "values": "; ".join(differences)
            }
        return message

    def _differences(self) -> list[str]:
        """What is saved now, of the fields where this form says something else."""
        found = []
        for name in self.changed_data:
            field = self.fields[name]
            if isinstance(field.widget, forms.HiddenInput):
                continue
            found.append(f"{field.label} „{self._shown(name, field)}“")
        return found[:MAX_DIFFERENCES]

    def _shown(self, name: str, field: forms.Field) -> str:
        value = self.get_initial_for_field(field, name)
        choices = getattr(field, "choices", None)
        if choices and not hasattr(field, "queryset"):
            value = dict(choices).get(value, value)
        elif hasattr(field, "queryset") and not isinstance(value, list):
            value = field.queryset.model._base_manager.filter(pk=value).first()
        elif isinstance(value, list):
            value = ", ".join(str(item) for item in value)
        text = "" if value is None else str(value)
        return text if len(text) <= 80 else f"{text[:80]}…"

    def get_field_updates_for_resave(self) -> list[tuple[str, Any]]:
        """After an automatic save the open form has seen that version, of course."""
        updates = super().get_field_updates_for_resave()
        name = self.add_prefix("loaded_version")
        return [*updates, (name, version_of(self.instance))]
