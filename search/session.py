"""One search in one language: what it reads of the words, and what it asks the engine."""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from django.conf import settings

from . import planning
from .documents import make_key
from .engines import get_engine
from .engines.asking import NOTHING, Fusion, Meant
from .engines.base import Answer, Engine, Reader, Request, counting
from .fields import KIND
from .lists import synonyms
from .meaning import questions
from .meaning.embedder import get_embedder
from .models import IndexChange
from .parsing import ParsedQuery, parse
from .planning import Words
from .query import Keys, Marks, Plan, Query, Step
from .registry import registry
from .state import State

#: The step of a list that is made by meaning alone.
NO_WORDS = (Step("meaning", Keys(frozenset()), Marks()),)


@dataclass(frozen=True, slots=True)
class Search:
    """One search in one language."""

    engine: Engine
    language: str
    hidden: frozenset[str]
    now: int
    #: What was read of a text; a search asks several things about the same words.
    readings: dict[tuple[str, str], Words] = field(default_factory=dict, compare=False)
    plans: dict[tuple[str, ParsedQuery], Plan] = field(
        default_factory=dict, compare=False
    )
    parsed: dict[str, ParsedQuery] = field(default_factory=dict, compare=False)
    #: By language; to look whether an index changed is done once.
    readers: dict[str, Reader] = field(default_factory=dict, compare=False)

    def in_language(self, language: str) -> Search:
        """The same search in another language."""
        return replace(self, language=language)

    def request(self, state: State, limit: int, offset: int = 0) -> Request:
        """A state as a question to the engine."""
        parsed = self.parse(state.query)
        filters = dict(state.filters)
        if state.kind:
            filters[KIND] = (state.kind,)
        kinds = registry.kinds(state.group)
        return Request(
            language=self.language,
            steps=self.plan(parsed).steps,
            filters=filters,
            scope=tuple(kind for kind in parsed.kinds if kind in kinds),
            group=state.group,
            hidden=self.hidden,
            now=self.now,
            sort=state.sort,
            offset=offset,
            limit=limit,
        )

    def fused(self, *requests: Request, state: State) -> list[Request]:
        """The same requests, also asking for what means the same: each within its own
        limits. Nothing changes where the search by meaning is off or has no say."""
        parsed = self.parse(state.query)
        plan = self.plan(parsed)
        meant = questions.asked(parsed, plan, state.sort, requests)
        if not meant:
            return list(requests)
        near = self.engine.nearest_many([(self.reader, one) for one in meant])
        return [  # where nothing was read yet, the words stand alone
            replace(
                request,
                fusion=questions.fusion_of(plan, found, request) if found else None,
            )
            for request, found in zip(requests, near, strict=True)
        ]

    def nearest(self, state: State, limit: int, **filters: str) -> Answer:
        """What comes nearest in meaning, whatever words it has. Nothing where the search
        by meaning is off or there is nothing to be asked."""
        if get_embedder() is None:
            return NOTHING
        parsed = self.parse(state.query)
        plan, request = self.plan(parsed), self.request(state, limit)
        chosen = {name: (value,) for name, value in filters.items()}
        request = replace(request, filters={**request.filters, **chosen})
        asked = questions.guessed(parsed, plan, request, limit)
        if asked is None or plan.points is None:
            return NOTHING
        return self.meant(asked, request, plan.points)

    def meant(self, asked: Meant, request: Request, points: Query) -> Answer:
        """A list that is made by meaning alone, within the limits of a request."""
        near = self.reader.nearest(asked)
        if not near:
            return NOTHING
        fusion = Fusion(tuple(near), points)
        alone = replace(request, steps=NO_WORDS, fusion=fusion, with_facets=False)
        return self.ask(alone)[0]

    def parse(self, query: str) -> ParsedQuery:
        """What was typed, taken apart."""
        if query not in self.parsed:
            self.parsed[query] = parse(query, registry.kind_names())
        return self.parsed[query]

    def plan(self, parsed: ParsedQuery) -> Plan:
        """The steps, with the words the index does not know treated as misspelt."""
        key = self.language, parsed
        if key not in self.plans:
            words = self.read(parsed.text)
            self.plans[key] = planning.plan(parsed, self.language, words)
        return self.plans[key]

    def read(self, text: str) -> Words:
        """What the index knows of the words of a text, and what else they mean."""
        key = self.language, text
        if key not in self.readings:
            meanings = synonyms(self.language)
            found = planning.read(text, self.language, self.reader, meanings)
            self.readings[key] = found
        return self.readings[key]

    @property
    def reader(self) -> Reader:
        """The index of this search's language, as it was at the first question."""
        if self.language not in self.readers:
            self.readers[self.language] = self.engine.reader(self.language)
        return self.readers[self.language]

    def count(self, state: State) -> int:
        """How many documents a state finds."""
        return self.ask(counting(self.request(state, 1)))[0].total

    def ask(self, *requests: Request) -> list[Answer]:
        """What the engine answers to several requests, of the moment of this search."""
        return self.engine.search_many(requests, self.readers)

    def answers(
        self,
        state: State,
        limit: int,
        more: Sequence[Request] = (),
        with_parties: bool = False,
    ) -> tuple[list[Answer], State]:
        """The page of a state, or the nearest one there is, and what else is asked;
        all in one go."""
        asked = self.request(state, limit, (state.page - 1) * limit)
        asked = replace(asked, with_parties=with_parties)
        lists = [one for one in more if one.with_parties]  # all others only count
        [asked, *lists] = self.fused(asked, *lists, state=state)
        more = [*lists, *(one for one in more if not one.with_parties)]
        answers = self.ask(asked, *more)
        last = max(1, -(-answers[0].total // limit))
        if state.page > last:
            state = state.at(last)
            asked = replace(asked, offset=(last - 1) * limit, with_parties=False)
            [answers[0]] = self.ask(asked)
        return answers, state


def open_search(language: str) -> Search:
    """A search with everything hidden that must not show at this moment."""
    hidden = frozenset(
        make_key(kind, pk, code)
        for kind, pk in IndexChange.hidden_objects()
        for code in settings.SEARCH["LANGUAGES"]
    )
    return Search(get_engine(), language, hidden, int(time.time()))
