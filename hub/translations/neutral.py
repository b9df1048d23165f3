"""Copies what is the same in every language from the German page."""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import ManyToOneRel

from modelcluster.fields import ParentalManyToManyField
from wagtail.models import Page, Revision

from wagtail_localize.models import SegmentOverride

from .texts import neutral_fields


def copied_fields(source: Page, target: Page) -> list[str]:
    """Neutral fields, without those an editor set differently for this language."""
    overridden = set(
        SegmentOverride.objects.filter(
            context__object_id=source.translation_key, locale_id=target.locale_id
        ).values_list("context__path", flat=True)
    )
    return [name for name in neutral_fields(type(source)) if name not in overridden]


def copy(source: Page, target: Page, names: Iterable[str]) -> None:
    """Set the named fields of ``target`` to those of ``source``, emptied ones too."""
    for name in names:
        field = type(source)._meta.get_field(name)
        if isinstance(field, ParentalManyToManyField):
            # wagtail-localize leaves a relation filled when the German one is emptied.
            getattr(target, name).set(list(getattr(source, name).all()))
        elif isinstance(field, ManyToOneRel):
            source.copy_child_relation(name, target)
        else:
            setattr(target, field.attname, getattr(source, field.attname))


def copy_to_live(source: Page, target: Page) -> None:
    """Bring the neutral fields of a translation's row, and of its draft, up to date."""
    names = copied_fields(source, target)
    copy(source, target, names)
    target.save(update_fields=names, clean=False)
    copy_to_draft(source, target, names)


def copy_to_draft(source: Page, target: Page, names: Iterable[str]) -> None:
    """The same for the latest draft, or publishing it would bring old numbers back."""
    revision = target.latest_revision
    if revision is None or revision.pk == target.live_revision_id:
        return
    draft = revision.as_object()
    copy(source, draft, names)
    Revision.objects.filter(pk=revision.pk).update(content=draft.serializable_data())
