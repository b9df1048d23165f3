"""Erasing somebody: everywhere, with a hash that stays, and a look whether it is true."""

from __future__ import annotations

import logging
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.core.cache import cache
from django.db import transaction
from django.utils import timezone

from wagtail.models import (
    ModelLogEntry,
    ReferenceIndex,
    Revision,
    TaskState,
    WorkflowState,
)

from hub.models import EasyText, ExchangeItem, OldAddress, SignedLink
from hub.signed_links import subject_of
from network.models import Person, Tombstone
from network.privacy import outside, redaction, tombstones
from network.privacy.choices import Why
from network.privacy.columns import Cell, cells
from network.privacy.needles import Needles, needles_of
from search import maintenance
from search.meaning import readings
from search.models import PromotedResult

logger = logging.getLogger(__name__)


@dataclass
class Erased:
    """What an erasure did: which texts of others changed, and by what to look again."""

    needles: Needles
    changed: list[Cell] = field(default_factory=list)


def erase(person: Person, why: str = Why.ERASED) -> Erased:
    """Remove somebody from the database and from mails in files.

    The index forgets them at once (nothing of them shows any more) and is built anew by
    ``sweep``, because a deleted document stays in its files for a while.
    """
    done = Erased(needles_of(person))
    with transaction.atomic():
        tombstones.put(person, why)
        _own_rows(person)
        person.delete()
        done.changed = redaction.redact(done.needles)
        redaction.settle(done.changed)
    transaction.on_commit(lambda: _outside(done.needles))
    logger.info("A person was erased (%s)", why)
    return done


def erase_name(name: str) -> Erased:
    """Take a name out of all texts, of somebody who has no entry."""
    done = Erased(Needles((name,)))
    with transaction.atomic():
        done.changed = redaction.redact(done.needles)
        redaction.settle(done.changed)
    transaction.on_commit(lambda: _outside(done.needles))
    return done


def _outside(needles: Needles) -> None:
    outside.clear_mailbox(needles)
    cache.clear()


def _own_rows(person: Person) -> None:
    """Rows that belong to the person, also where no key of the database says so."""
    readings.forget(outside.person_kind(), [person.pk])
    kind = ContentType.objects.get_for_model(Person)
    own = {"content_type": kind, "object_id": str(person.pk)}
    WorkflowState.objects.filter(**own).delete()
    TaskState.objects.filter(revision__in=Revision.objects.filter(**own)).delete()
    Person.objects.filter(pk=person.pk).update(latest_revision=None, live_revision=None)
    Revision.objects.filter(**own).delete()
    ModelLogEntry.objects.filter(**own).delete()
    ReferenceIndex.objects.filter(**own).delete()
    ReferenceIndex.objects.filter(
        to_content_type=kind, to_object_id=str(person.pk)
    ).delete()
    for model in (EasyText, OldAddress, ExchangeItem):
        model.objects.filter(content_type=kind, object_id=person.pk).delete()
    PromotedResult.objects.filter(
        kind=outside.person_kind(), object_id=person.pk
    ).delete()
    for subject in _subjects(person):
        SignedLink.objects.filter(subject=subject).delete()
    _photo(person)


def _subjects(person: Person) -> Iterable[str]:
    yield subject_of(person)
    for invitation in person.invitations.all():
        yield subject_of(invitation)


def _photo(person: Person) -> None:
    """The picture of the person goes, unless somebody else uses it, too."""
    image = person.photo
    if image is None:
        return
    Person.objects.filter(pk=person.pk).update(photo=None)
    ReferenceIndex.remove_for_object(person)
    if ReferenceIndex.get_references_to(image).exists():
        return
    for rendition in image.renditions.all():
        rendition.file.storage.delete(rendition.file.name)
    image.file.storage.delete(image.file.name)
    image.delete()


# Looking again ------------------------------------------------------------------------------


def verify(needles: Needles) -> list[str]:
    """Every trace that is left, as a list of places; empty is what it should be."""
    found = [str(cell) for cell in cells(needles)]
    number = redaction.sessions_naming(needles)
    found += [f"{number} sessions"] if number else []
    return [*found, *outside.traces(needles)]


def sweep() -> int:
    """Build the index anew if somebody was erased since; returns how many that were."""
    open_rows = Tombstone.objects.filter(of=tombstones.ROW, swept_at__isnull=True)
    keys = list(open_rows.values_list("pk", flat=True))
    if keys:
        maintenance.rebuild()
        Tombstone.objects.filter(pk__in=keys).update(swept_at=timezone.now())
    return len(keys)


def reapply() -> list[Erased]:
    """After a backup was restored: erase again who had been erased."""
    tombstones.take_in()
    return [_again(person.pk) for person in tombstones.still_here()]


def _again(pk: Any) -> Erased:
    return erase(Person.objects.get(pk=pk))
