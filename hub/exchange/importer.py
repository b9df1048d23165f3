"""Bring a folder of files into the database: all of it or nothing."""

from __future__ import annotations

import time
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any, TypeVar

from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone, translation

from wagtail.models import ReferenceIndex
from wagtail.signal_handlers import disable_reference_index_auto_update

from hub.models import ExchangeItem
from search.bulk import bulk_change

from . import basics
from .checks import Checker
from .plan import Plan
from .problems import ExchangeError, Problem, reasons
from .reader import Batch, read
from .refs import UnboundError
from .registry import Registry
from .registry import registry as all_subjects
from .report import Report
from .state import State

UNBOUND = "diesen Eintrag gibt es nicht mehr"

T = TypeVar("T")
Track = Callable[[Sequence[T], str], Iterable[T]]


def _silently(steps: Sequence[T], label: str) -> Iterable[T]:
    return steps


class Importer:
    """One import of one folder.

    ``invented`` says that the folder holds demo content, and nothing real; ``track``
    wraps a list of steps to show progress.
    """

    def __init__(
        self,
        folder: Path,
        *,
        registry: Registry = all_subjects,
        only: Collection[str] | None = None,
        invented: bool = False,
        track: Track = _silently,
    ) -> None:
        self.folder = folder
        self.registry = registry
        self.only = only
        self.invented = invented
        self.track = track

    def check(self) -> list[Problem]:
        """Everything that can be found wrong without writing."""
        with translation.override(settings.LANGUAGE_CODE):
            batch, state = self._read()
            return self._problems(batch, state)

    def run(self, *, dry_run: bool = False) -> Report:
        """Import; raises ``ExchangeError`` with all problems, nothing written then."""
        started = time.monotonic()
        report = Report(dry_run=dry_run)
        with (
            translation.override(settings.LANGUAGE_CODE),
            bulk_change() as search,
            transaction.atomic(),
        ):
            batch, state = self._read()
            problems = self._problems(batch, state)
            if problems:
                raise ExchangeError(problems)
            self._import(batch, state, report)
            if dry_run:
                transaction.set_rollback(True)
            else:
                search.finish()
        report.seconds = time.monotonic() - started
        return report

    def _import(self, batch: Batch, state: State, report: Report) -> None:
        """Write everything; what links to what is noted once at the end."""
        basics.prepare()
        with disable_reference_index_auto_update():
            changed = self._write(batch, state, report)
        basics.finish()
        for obj in self.track(changed, "Verweise"):
            ReferenceIndex.create_or_update_for_object(obj)

    # ---- before ----------------------------------------------------------------------

    def _read(self) -> tuple[Batch, State]:
        return read(self.folder, self.registry, self.only), State(self.registry)

    def _problems(self, batch: Batch, state: State) -> list[Problem]:
        return Checker(batch, self.registry, state, invented=self.invented).run()

    # ---- writing ---------------------------------------------------------------------

    def _write(self, batch: Batch, state: State, report: Report) -> list[Any]:
        """Write every plan; returns what was made or changed."""
        plans = list(self._plans(batch, state))
        problems: list[Problem] = []
        new = [plan for plan in plans if plan.is_new]
        for plan in self.track(new, "Anlegen"):
            problems += self._attempt(plan, self._make, state)
        changed = [plan for plan in plans if plan.names and not plan.failed]
        for plan in self.track(changed, "Füllen"):
            # What hangs on a row that failed fails with it: said once is enough.
            found = self._attempt(plan, self._fill, state)
            problems += [p for p in found if p.reason != UNBOUND or not problems]
        if problems:
            raise ExchangeError(problems)
        self._remember(plans)
        self._tell(plans, report)
        return list(_touched(changed))

    def _plans(self, batch: Batch, state: State) -> Iterator[Plan]:
        for subject in self.registry.subjects:
            rows = batch.rows.get(subject.name, [])
            held = state.held[subject.name]
            objects = [held.objects[row.id] for row in rows if row.id in held.objects]
            current = subject.dump(objects, state.refs)
            for row in subject.in_order(rows):
                obj = held.objects.get(row.id)
                plan = Plan(subject, row, obj, held.items.get(row.id))
                self._decide(plan, current)
                yield plan

    def _decide(self, plan: Plan, current: dict[Any, dict[str, Any]]) -> None:
        if plan.is_new:
            plan.make_new()
        elif not plan.is_gone:
            plan.compare(current[type(plan.obj), plan.obj.pk])
            reason = plan.subject.hold(plan.obj) if plan.names else ""
            if reason:
                plan.hold(reason)

    def _attempt(
        self, plan: Plan, step: Callable[[Plan, State], None], state: State
    ) -> list[Problem]:
        """Do one step; what the models say against it becomes problems."""
        try:
            with transaction.atomic():
                step(plan, state)
        except ValidationError as error:
            plan.failed = True
            return [plan.row.problem(*found) for found in reasons(error)]
        except UnboundError as error:
            plan.failed = True
            return [plan.row.problem(str(error), UNBOUND)]
        except (IntegrityError, LookupError) as error:
            plan.failed = True
            return [plan.row.problem("", str(error))]
        return []

    def _make(self, plan: Plan, state: State) -> None:
        obj = plan.subject.make(plan.row, state.refs)
        if obj is not None:
            plan.obj = obj
            state.bind(plan.subject, plan.row.id, obj)

    def _fill(self, plan: Plan, state: State) -> None:
        plan.obj = plan.subject.fill(plan.row, plan.obj, plan.names, state.refs)

    # ---- after -----------------------------------------------------------------------

    def _remember(self, plans: Sequence[Plan]) -> None:
        """Store fingerprints, rows in the order of the files."""
        new, old = [], []
        for plan in plans:
            if plan.obj is None:
                continue
            hashes = plan.remembered()
            if plan.item is None:
                new.append(self._item(plan, hashes))
            elif plan.item.field_hashes != hashes:
                plan.item.field_hashes = hashes
                plan.item.imported_at = timezone.now()
                old.append(plan.item)
        ExchangeItem.objects.bulk_create(new)
        ExchangeItem.objects.bulk_update(old, ["field_hashes", "imported_at"], 200)

    def _item(self, plan: Plan, hashes: dict[str, str]) -> ExchangeItem:
        return ExchangeItem(
            subject=plan.subject.name,
            stable_id=plan.row.id,
            content_type=ContentType.objects.get_for_model(plan.obj),
            object_id=plan.obj.pk,
            field_hashes=hashes,
            is_demo=self.invented,
        )

    def _tell(self, plans: Sequence[Plan], report: Report) -> None:
        for plan in plans:
            name, row = plan.subject.name, plan.row.id
            count = report.count(name)
            if plan.is_gone:
                report.leave(name, row, "", "wurde gelöscht und bleibt weg")
            for field, reason in plan.kept.items():
                report.leave(name, row, field, reason)
            if plan.is_created:
                count.created += 1
            elif plan.names:
                count.updated += 1
            else:
                count.unchanged += 1


def _touched(plans: Iterable[Plan]) -> Iterator[Any]:
    """Objects written, and pages in their other languages."""
    for plan in plans:
        yield plan.obj
        if plan.subject.holds_pages:
            yield from plan.obj.get_translations().specific()
