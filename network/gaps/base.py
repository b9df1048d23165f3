"""What a gap is: which entries have it, what the search proposes, what accepting does.

Subjects above register theirs, as with everything the network shows of them.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db.models import Model, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from wagtail.models import Page

from network.choices import Basis, InvolvementRole
from network.models import Involvement, LinkDecision
from search import service
from search.meaning.alike import alike
from search.registry import CONTENT
from search.results import Hit
from search.state import State

MOST_SUGGESTIONS = 4
#: So many of the first words of a text are asked for, so many at a time.
MOST_CHUNKS, CHUNK = 4, 3
#: Nouns carry what a text is about; German writes them with a capital letter.
NOUN = re.compile(r"\b[A-ZÄÖÜ][\w*-]{4,}\b")


@dataclass(frozen=True)
class Suggestion:
    """Something that might fill a gap, and why the search thinks so."""

    target: str
    label: str
    why: str
    url: str = ""


class Gap:
    """One kind of missing link. ``code`` is its address."""

    code: ClassVar[str]
    label: ClassVar[Any]
    help: ClassVar[Any]
    #: Permissions somebody needs to see and fill it, and to take it back.
    needs: ClassVar[tuple[str, ...]] = ()
    needs_to_undo: ClassVar[tuple[str, ...]] = ()
    #: Whether whoever accepts says what the party did.
    asks_role: ClassVar[bool] = False
    #: What is chosen unless something else is.
    usual_role: ClassVar[str] = ""
    #: Whether "in charge" may be chosen instead of a role.
    allows_duty: ClassVar[bool] = False
    order: ClassVar[int] = 100

    def subjects(self) -> QuerySet:
        """Entries that have the gap."""
        raise NotImplementedError

    def suggest(self, subject: Any, without: Collection[str]) -> list[Suggestion]:
        """What might fill it, without what was decided."""
        raise NotImplementedError

    def accept(self, subject: Any, target: str, role: str, user: Any) -> Model | None:
        """Fill it; a ``ValidationError`` says why not. What it made, if it made a row."""
        raise NotImplementedError

    def take_back(self, decision: LinkDecision, user: Any) -> Model | None:
        """Undo what accepting did; the row that is gone now."""
        raise NotImplementedError

    # For the page ------------------------------------------------------------------

    def allows(self, user: Any) -> bool:
        return bool(user.has_perms(self.needs))

    def allows_undo(self, user: Any) -> bool:
        return bool(user.has_perms((*self.needs, *self.needs_to_undo)))

    def edit_url(self, subject: Any) -> str:
        if isinstance(subject, Page):
            return reverse("wagtailadmin_pages:edit", args=[subject.pk])
        viewset = type(subject).snippet_viewset
        return reverse(viewset.get_url_name("edit"), args=[subject.pk])

    def target_label(self, target: str) -> str:
        """What a decided target is called; empty when it is gone."""
        raise NotImplementedError

    def roles(self) -> list[tuple[str, str]]:
        """Roles to choose from; empty: in charge, which is no participation."""
        if not self.asks_role:
            return []
        duty = [("", str(Basis.RESPONSIBILITY.label))] if self.allows_duty else []
        return [*duty, *((code, str(text)) for code, text in InvolvementRole.choices)]


_gaps: dict[str, Gap] = {}


def register(gap: Gap) -> None:
    """Add a kind of gap; the same code replaces it."""
    _gaps[gap.code] = gap


def find(code: str) -> Gap | None:
    return _gaps.get(code)


def all_gaps() -> list[Gap]:
    return sorted(_gaps.values(), key=lambda gap: gap.order)


# What the search finds --------------------------------------------------------------


def questions(*texts: str | None) -> Iterator[str]:
    """A text as a few short questions: the search wants most of the words it is asked."""
    for text in texts:
        if not text:
            continue
        nouns = list(dict.fromkeys(NOUN.findall(text)))[: MOST_CHUNKS * CHUNK]
        for start in range(0, len(nouns), CHUNK):
            yield " ".join(nouns[start : start + CHUNK])


def hits(
    asked: Iterable[str], kind: str, without: Collection[int], group: str = CONTENT
) -> list[tuple[Hit, str]]:
    """The best hits of a kind with the question that found each; near misses are none,
    and what only means the same comes later (``filled``)."""
    found: dict[int, tuple[Hit, str]] = {}
    for question in asked:
        state = State(query=question, group=group, kind=kind)
        for hit in service.first_hits(state, settings.LANGUAGE_CODE, MOST_SUGGESTIONS):
            if hit.object_id not in without and not (hit.is_near or hit.is_meant):
                found.setdefault(hit.object_id, (hit, question))
        if len(found) >= MOST_SUGGESTIONS:
            break
    return list(found.values())[:MOST_SUGGESTIONS]


def filled(
    found: Sequence[tuple[Hit, str]],
    subject: tuple[str, int],
    kind: str,
    without: Collection[int],
    fits: Callable[[Hit], bool] = lambda hit: True,
) -> list[Suggestion]:
    """Proposals: what was found by its words, then, as far as there is room, what is most
    like the subject (the kind and number of its document) in meaning."""
    named = [as_suggestion(*pair) for pair in found if fits(pair[0])]
    if len(named) >= MOST_SUGGESTIONS:
        return named[:MOST_SUGGESTIONS]
    there = {suggestion.target for suggestion in named}
    near = alike(*subject, settings.LANGUAGE_CODE, (kind,), 3 * MOST_SUGGESTIONS)
    more = [
        Suggestion(str(hit.object_id), hit.title, _("dem Sinn nach ähnlich"), hit.url)
        for hit in near
        if fits(hit)
        and hit.object_id not in without
        and str(hit.object_id) not in there
    ]
    return [*named, *more][:MOST_SUGGESTIONS]


def as_suggestion(hit: Hit, question: str) -> Suggestion:
    return Suggestion(
        str(hit.object_id),
        hit.title,
        _("gefunden mit: %(words)s") % {"words": question},
        hit.url,
    )


def numbers(targets: Collection[str]) -> set[int]:
    """Decided targets that are ids."""
    return {int(target) for target in targets if target.isdigit()}


def row_number(target: str) -> int:
    """A target from a form as an id; nonsense is refused."""
    if not (target.isascii() and target.isdigit() and len(target) < 12):
        raise ValidationError(_("Diesen Vorschlag gibt es nicht (mehr)."))
    return int(target)


# Rows of involvements ---------------------------------------------------------------


def involve(page: Page, role: str, **party: Any) -> Involvement:
    """A new row: in charge without a role, else written by the office, to be confirmed."""
    if role and role not in InvolvementRole.values:
        raise ValidationError(_("Diese Rolle gibt es nicht."))
    row = Involvement(
        page=page,
        role=role,
        basis=Basis.EDITORIAL if role else Basis.RESPONSIBILITY,
        **party,
    )
    row.full_clean()
    row.save()
    return row


def remove(model: type[Model], decision: LinkDecision, **still: Any) -> Model | None:
    """Delete the row a decision made, if it is still the row that was made."""
    row = model._default_manager.filter(pk=decision.made or 0, **still).first()
    if row is not None:
        pk = row.pk
        row.delete()
        row.pk = pk
    return row
