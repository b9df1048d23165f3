"""Gaps of the network's own records."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db.models import Exists, Model, OuterRef, Q, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from wagtail.models import Page

from hub.models import Topic
from network.choices import Basis
from network.gaps import base
from network.models import Involvement, LinkDecision, Organisation, Person
from network.panels import involvement_pages
from search import service
from search.state import State

#: The search's facet of topics.
TOPICS = "thema"
MOST_PHRASES = 5


class OrganisationWithoutTopic(base.Gap):
    """A body nobody finds by topic."""

    code = "stelle-ohne-thema"
    label = gettext_lazy("Stellen ohne Thema")
    help = gettext_lazy(
        "Ohne Thema findet niemand die Stelle über ein Thema. Vorgeschlagen werden die "
        "Themen dessen, was die Suche zu ihren Aufgaben findet."
    )
    needs = ("network.change_organisation", "network.publish_organisation")
    order = 40

    def subjects(self) -> QuerySet:
        return Organisation.objects.current().filter(topics=None).order_by("name_de")

    def suggest(self, subject: Any, without: Collection[str]) -> list[base.Suggestion]:
        phrases = subject.responsibility_list or [subject.summary_de or ""]
        counts: Counter[str] = Counter()
        words: dict[str, str] = {}
        for phrase in filter(None, phrases[:MOST_PHRASES]):
            for code, count in self._topics(phrase):
                counts[code] += count
                words.setdefault(code, phrase)
        names = {topic.code: str(topic) for topic in Topic.objects.active()}
        best = [c for c, _n in counts.most_common() if c in names and c not in without]
        return [
            base.Suggestion(
                code,
                names[code],
                _("gefunden mit: %(words)s") % {"words": words[code]},
            )
            for code in best[: base.MOST_SUGGESTIONS]
        ]

    def _topics(self, phrase: str) -> list[tuple[str, int]]:
        found = service.run(State(query=phrase), settings.LANGUAGE_CODE)
        facet = next((f for f in found.facets if f.name == TOPICS), None)
        return [(v.value, v.count) for v in facet.values] if facet else []

    def accept(self, subject: Any, target: str, role: str, user: Any) -> Model | None:
        topic = Topic.objects.active().filter(code=target).first()
        if topic is None:
            raise ValidationError(_("Diesen Vorschlag gibt es nicht (mehr)."))
        self._change(subject, lambda topics: topics.add(topic), user)
        return None

    def take_back(self, decision: LinkDecision, user: Any) -> Model | None:
        subject = Organisation.objects.filter(pk=decision.subject_id).first()
        topic = Topic.objects.filter(code=decision.target).first()
        if subject is not None and topic is not None:
            self._change(subject, lambda topics: topics.remove(topic), user)
        return None

    def _change(self, subject: Organisation, change: Any, user: Any) -> None:
        """In what is public, and in a draft if there is one: neither undoes the other."""
        draft = (
            subject.get_latest_revision_as_object()
            if subject.has_unpublished_changes
            else None
        )
        change(subject.topics)
        if draft is None:
            revision = subject.save_revision(user=user, log_action=True)
            if subject.live:
                revision.publish(user=user)
            return
        subject.save()
        change(draft.topics)
        draft.save_revision(user=user, log_action=True)

    def target_label(self, target: str) -> str:
        topic = Topic.objects.filter(code=target).first()
        return str(topic) if topic else ""


class PersonWithoutEvidence(base.Gap):
    """Somebody with nothing but the own description."""

    code = "person-ohne-beleg"
    label = gettext_lazy("Personen ohne Beleg")
    help = gettext_lazy(
        "Bei diesen Personen steht nur, was sie von sich sagen. Nehmen Sie einen Vorschlag "
        "nur an, wenn Sie wissen, dass die Person dabei war. Er gilt als redaktionell, bis "
        "ihn jemand bestätigt."
    )
    needs = ("network.add_involvement", "network.view_person")
    needs_to_undo = ("network.delete_involvement",)
    asks_role = True
    usual_role = "expertise"
    order = 50

    def subjects(self) -> QuerySet:
        known = Involvement.objects.participation().exclude(basis=Basis.SELF)
        known = known.filter(person=OuterRef("pk"))
        return Person.objects.filter(~Exists(known)).order_by("name")

    def suggest(self, subject: Any, without: Collection[str]) -> list[base.Suggestion]:
        topics = [str(topic) for topic in subject.topics.all()]
        asked = [*base.questions(subject.bio_de), *topics]
        decided = base.numbers(without)
        found = base.hits(asked, "case", decided) + base.hits(asked, "method", decided)
        return base.filled(
            found,
            ("person", subject.pk),
            "case",
            decided,
            lambda hit: self._fits(subject, hit),
        )

    def _fits(self, subject: Person, hit: Any) -> bool:
        """Invented and real never go together."""
        return bool(hit.details.get("demo")) == subject.is_demo

    def accept(self, subject: Any, target: str, role: str, user: Any) -> Model | None:
        if not role:
            raise ValidationError(_("Wählen Sie, was die Person getan hat."))
        pages = Page.objects.type(*_page_types()).filter(
            locale__language_code=settings.LANGUAGE_CODE
        )
        page = pages.filter(pk=base.row_number(target)).first()
        if page is None:
            raise ValidationError(_("Diesen Vorschlag gibt es nicht (mehr)."))
        return base.involve(page, role, person=subject)

    def take_back(self, decision: LinkDecision, user: Any) -> Model | None:
        return base.remove(Involvement, decision, person=decision.subject_id)

    def target_label(self, target: str) -> str:
        page = Page.objects.filter(pk=base.row_number(target)).first()
        return page.title if page else ""


def _page_types() -> list[type[Page]]:
    """Pages an involvement may point to, as subjects above said."""
    from django.apps import apps

    return [apps.get_model(name) for name in involvement_pages]


class CaseParty(base.Gap):
    """What a gap of pages without a party does; which pages, subjects above say."""

    needs = ("network.add_involvement",)
    needs_to_undo = ("network.delete_involvement",)
    asks_role = True
    allows_duty = True

    def organisations(
        self, asked: Any, page: Any, without: Collection[str]
    ) -> list[base.Suggestion]:
        decided = base.numbers(without)
        found = base.hits(asked, "organisation", decided, group="network")
        return base.filled(
            found,
            ("case", page.pk),
            "organisation",
            decided,
            lambda hit: bool(hit.details.get("demo")) == page.is_demo,
        )

    def accept(self, subject: Any, target: str, role: str, user: Any) -> Model | None:
        offered = Organisation.objects.current().filter(pk=base.row_number(target))
        party = offered.first()
        if party is None:
            raise ValidationError(_("Diesen Vorschlag gibt es nicht (mehr)."))
        return base.involve(subject.page_ptr, role, organisation=party)

    def take_back(self, decision: LinkDecision, user: Any) -> Model | None:
        return base.remove(Involvement, decision, page=decision.subject_id)

    def target_label(self, target: str) -> str:
        found = Organisation.objects.filter(pk=base.row_number(target)).first()
        return found.label if found else ""


def register() -> None:
    """Called once when the app is ready."""
    base.register(OrganisationWithoutTopic())
    base.register(PersonWithoutEvidence())


def without_party(pages: QuerySet) -> QuerySet:
    """Pages in which nobody is said to have taken part; to be in charge is not enough."""
    known = Involvement.objects.participation().filter(page=OuterRef("pk"))
    return pages.filter(~Q(Exists(known)))
