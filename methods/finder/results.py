"""What the page of results shows: every method with its reasons, best first."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from html import unescape

from django.utils.html import strip_tags

from hub.addresses import section_address
from methods import practice
from methods.models import MethodIndexPage, MethodPage
from network.addresses import answers_address

from .answers import Answers
from .findings import Fit
from .loading import Methods, methods, visible_titles
from .rules import EVERYONE
from .scoring import Assessment, Group, ranked
from .vocabulary import Vocabulary
from .wording import Remark, remark

#: So many methods of a group are shown with everything about them.
MOST_CARDS = 6
#: When nothing fits, so many of those that come nearest.
NEAREST = 3
#: Where there are more methods than this, a page has to end: of each group only so many
#: are named beside the cards.
ALL_NAMED, MOST_LINES = 80, 20
#: Texts of a page that a card shows.
_TEXTS = ("summary", "when_not_to_use", "staff", "inclusion_tips")
#: First what is against a method, then what is not known, then what speaks for it.
_ORDER = (Fit.BREAKS, Fit.STRETCHES, Fit.UNKNOWN, Fit.FITS)
#: What a line says of a method that breaks nothing.
_AGAINST = (Fit.STRETCHES, Fit.UNKNOWN)


@dataclass(frozen=True)
class Line:
    """A method with its reasons, in one line."""

    pk: int
    title: str
    url: str
    lang: str
    remarks: tuple[Remark, ...]
    #: In how many of so many points it fits.
    fitting: int
    points: int


@dataclass(frozen=True)
class Card:
    """A method with everything that helps to decide, as plain text."""

    line: Line
    summary: str
    #: When it is not suitable.
    limits: str
    staff: str
    inclusion: str
    cases: tuple[practice.LikeCase, ...]
    help_url: str


@dataclass(frozen=True)
class Section:
    """One of the three groups."""

    total: int = 0
    cards: tuple[Card, ...] = ()
    lines: tuple[Line, ...] = ()

    @property
    def left_out(self) -> int:
        """How many are not shown."""
        return self.total - len(self.cards) - len(self.lines)


@dataclass(frozen=True)
class Results:
    """All methods against a plan."""

    total: int = 0
    assessments: tuple[Assessment, ...] = ()
    fits: Section = field(default_factory=Section)
    stretches: Section = field(default_factory=Section)
    breaks: Section = field(default_factory=Section)
    #: Where neither of the first two groups has any.
    nearest: tuple[Card, ...] = ()


def results(answers: Answers, language: str, words: Vocabulary) -> Results:
    """Assess all visible methods, and load what is shown of the best."""
    shown = visible_titles(language)
    known = methods()
    found = [known.candidates[source] for source in shown]
    builder = _Builder(answers, language, words, shown, known)
    return builder.build(tuple(ranked(answers, found)))


class _Builder:
    def __init__(
        self,
        answers: Answers,
        language: str,
        words: Vocabulary,
        shown: Mapping[int, int],
        known: Methods,
    ) -> None:
        self.answers = answers
        self.language = language
        self.words = words
        self.shown = shown
        self.titles = known.titles
        self.most_lines = ALL_NAMED
        self.section = section_address(MethodIndexPage._meta.label, language).path

    def build(self, assessments: tuple[Assessment, ...]) -> Results:
        if len(assessments) > ALL_NAMED:
            self.most_lines = MOST_LINES
        groups: dict[Group, list[Assessment]] = {group: [] for group in Group}
        for one in assessments:
            groups[one.group].append(one)
        fits, stretches = groups[Group.FITS], groups[Group.STRETCHES]
        nearest = [] if fits or stretches else groups[Group.BREAKS][:NEAREST]
        in_full = [*fits[:MOST_CARDS], *stretches[:MOST_CARDS], *nearest]
        cards = self._cards(in_full)
        return Results(
            total=len(assessments),
            assessments=assessments,
            fits=self._section(fits, cards, _AGAINST),
            stretches=self._section(stretches, cards, _AGAINST),
            breaks=self._section(groups[Group.BREAKS], {}, (Fit.BREAKS,)),
            nearest=tuple(
                cards[one.candidate.key]
                for one in nearest
                if one.candidate.key in cards
            ),
        )

    def _section(
        self,
        found: Sequence[Assessment],
        cards: Mapping[int, Card],
        against: Sequence[Fit],
    ) -> Section:
        """A group: in full, then in lines with the findings of some kinds."""
        full = [one for one in found if one.candidate.key in cards]
        others = [one for one in found if one.candidate.key not in cards]
        return Section(
            len(found),
            tuple(cards[one.candidate.key] for one in full),
            tuple(self._line(one, *against) for one in others[: self.most_lines]),
        )

    def _line(self, one: Assessment, *fits: Fit) -> Line:
        """A method in one line, with its findings of some kinds."""
        title = self.titles[self.shown[one.candidate.key]]
        order = sorted(one.of(*fits), key=lambda found: _ORDER.index(found.fit))
        standing = one.candidate.is_standing
        return Line(
            pk=one.candidate.key,
            title=title.title,
            url=f"{self.section}{title.slug}/",
            lang=title.language if title.language != self.language else "",
            remarks=tuple(remark(found, self.words, standing) for found in order),
            fitting=len(one.of(Fit.FITS)),
            points=len(one.findings),
        )

    def _cards(self, found: Sequence[Assessment]) -> dict[int, Card]:
        """Cards by the number of the German page: one query for their texts, and what
        cases tell."""
        numbers = {one.candidate.key: self.shown[one.candidate.key] for one in found}
        rows = MethodPage.objects.filter(pk__in=numbers.values())
        texts = {row["pk"]: row for row in rows.values("pk", *_TEXTS)}
        conditions = practice.Conditions(
            tuple(code for code in self.answers.groups if code != EVERYONE),
            self.answers.people,
            self.answers.budget,
        )
        cases = practice.like(list(numbers), conditions, self.language)
        return {
            one.candidate.key: Card(
                line=(line := self._line(one, *_ORDER)),
                summary=text["summary"],
                limits=_plain(text["when_not_to_use"]),
                staff=_plain(text["staff"]),
                inclusion=_plain(text["inclusion_tips"]),
                cases=tuple(cases.get(one.candidate.key, ())),
                help_url=answers_address(line.title, self.language),
            )
            for one in found
            if (text := texts.get(numbers[one.candidate.key]))
        }


@lru_cache(maxsize=2048)
def _plain(html: str) -> str:
    """The words of a formatted text in one paragraph. A process remembers them: the same
    methods are shown again and again."""
    return " ".join(unescape(strip_tags(html.replace("</", " </"))).split())
