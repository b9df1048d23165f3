"""Cases without method or party, and methods without case, with proposals."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import Exists, Model, OuterRef, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from casestudies.models import CaseStudyPage, MethodUse
from hub.searching import stream_text
from methods.models import MethodPage
from network.gaps import base, own
from network.models import LinkDecision
from search.results import Hit


def _asked(case: CaseStudyPage) -> list[str]:
    """What a case is about, as short questions."""
    return [case.title, *base.questions(case.summary, stream_text(case.story))]


def _is_real(hit: Hit) -> bool:
    return not hit.details.get("demo")


class _Use(base.Gap):
    """Accepting links a case with a method."""

    needs = ("casestudies.add_methoduse",)
    needs_to_undo = ("casestudies.delete_methoduse",)

    def pair(self, subject: Any, target: str) -> tuple[Any, Any]:
        """Case and method."""
        raise NotImplementedError

    def accept(self, subject: Any, target: str, role: str, user: Any) -> Model | None:
        case, method = self.pair(subject, target)
        if case is None or method is None:
            raise ValidationError(_("Diesen Vorschlag gibt es nicht (mehr)."))
        use = MethodUse(case=case, method=method)
        use.full_clean()
        use.save()
        return use


class CaseWithoutMethod(_Use):
    """What a round lends its projects is not their own experience."""

    code = "fall-ohne-methode"
    label = gettext_lazy("Fallbeispiele ohne eigene Methode")
    help = gettext_lazy(
        "Methoden aus der Runde zählen nicht. Nehmen Sie einen Vorschlag an, wenn die "
        "Methode in diesem Fall wirklich eingesetzt wurde."
    )
    order = 10

    def subjects(self) -> QuerySet:
        own_uses = MethodUse.objects.own().filter(case=OuterRef("pk"))
        cases = CaseStudyPage.objects.visible().sources()
        return cases.filter(~Exists(own_uses)).order_by("title")

    def suggest(self, subject: Any, without: Collection[str]) -> list[base.Suggestion]:
        decided = base.numbers(without)
        found = base.hits(_asked(subject), "method", decided)
        return base.filled(found, ("case", subject.pk), "method", decided)

    def pair(self, subject: Any, target: str) -> tuple[Any, Any]:
        methods = MethodPage.objects.sources().filter(pk=base.row_number(target))
        return subject, methods.first()

    def take_back(self, decision: LinkDecision, user: Any) -> Model | None:
        return base.remove(MethodUse, decision, case=decision.subject_id)

    def target_label(self, target: str) -> str:
        page = MethodPage.objects.filter(pk=base.row_number(target)).first()
        return page.title if page else ""


class MethodWithoutCase(_Use):
    """A method without experience in the city."""

    code = "methode-ohne-fall"
    label = gettext_lazy("Methoden ohne Fallbeispiel")
    help = gettext_lazy(
        "Niemand kann nachlesen, wie es damit ging. Vorgeschlagen werden Fallbeispiele, "
        "in denen die Suche den Namen der Methode oder ihre Wörter findet, dann solche, "
        "die der Methode dem Sinn nach ähnlich sind."
    )
    order = 30

    def subjects(self) -> QuerySet:
        uses = MethodUse.objects.own().filter(method=OuterRef("pk"))
        methods = MethodPage.objects.visible().sources()
        return methods.filter(~Exists(uses)).order_by("title")

    def suggest(self, subject: Any, without: Collection[str]) -> list[base.Suggestion]:
        asked = [subject.title, *base.questions(subject.summary)]
        decided = base.numbers(without)
        found = base.hits(asked, "case", decided)
        about = ("method", subject.pk)
        return base.filled(found, about, "case", decided, _is_real)

    def pair(self, subject: Any, target: str) -> tuple[Any, Any]:
        cases = CaseStudyPage.objects.sources().filter(pk=base.row_number(target))
        return cases.first(), subject

    def take_back(self, decision: LinkDecision, user: Any) -> Model | None:
        return base.remove(MethodUse, decision, method=decision.subject_id)

    def target_label(self, target: str) -> str:
        page = CaseStudyPage.objects.filter(pk=base.row_number(target)).first()
        return page.title if page else ""


class CaseWithoutParty(own.CaseParty):
    """A case nobody can be asked about."""

    code = "fall-ohne-beteiligte"
    label = gettext_lazy("Fallbeispiele ohne Mitwirkende")
    help = gettext_lazy(
        "Zuständigkeit ist keine Mitwirkung. Wählen Sie die Rolle, wenn eine Quelle sie "
        "nennt, sonst „Zuständig für“. Eine Rolle gilt als redaktionell, bis sie jemand "
        "bestätigt."
    )
    order = 20

    def subjects(self) -> QuerySet:
        cases = CaseStudyPage.objects.visible().sources()
        return own.without_party(cases).order_by("title")

    def suggest(self, subject: Any, without: Collection[str]) -> list[base.Suggestion]:
        linked = subject.involvements.filter(organisation__isnull=False)
        there = {str(pk) for pk in linked.values_list("organisation_id", flat=True)}
        asked = _asked(subject)
        return self.organisations(asked, subject, {*without, *there})


def register() -> None:
    """Called once when the app is ready."""
    for gap in (CaseWithoutMethod(), CaseWithoutParty(), MethodWithoutCase()):
        base.register(gap)
