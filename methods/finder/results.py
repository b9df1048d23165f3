"""What the page of results shows: every method with its reasons, best first."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from hub.addresses import section_address
from hub.searching import html_text
from methods import practice
from methods.models import MethodIndexPage, MethodPage
from network.addresses import answers_address

from .answers import Answers
from .findings import Fit
from .loading import candidates
from .rules import EVERYONE
from .scoring import Assessment, Group, ranked
from .vocabulary import Vocabulary
from .wording import Remark, remark

#: So many methods of a group are shown with everything about them.
MOST_CARDS = 6
#: When nothing fits, so many of those that come nearest.
NEAREST = 3
#: So many of the others are named with their reasons; a page has to end.
MOST_LINES = 60
#: First what is against a method, then what is not known, then what speaks for it.
_ORDER = (Fit.BREAKS, Fit.STRETCHES, Fit.UNKNOWN, Fit.FITS)


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
    """A method with everything that helps to decide."""

    line: Line
    page: MethodPage
    cases: tuple[practice.LikeCase, ...]
    help_url: str

    @property
    def limits(self) -> str:
        """When the method is not suitable, as plain text."""
        return html_text(self.page.when_not_to_use)

    @property
    def staff(self) -> str:
        return html_text(self.page.staff)

    @property
    def inclusion(self) -> str:
        return html_text(self.page.inclusion_tips)


@dataclass(frozen=True)
class Section:
    """One of the three groups."""

    mark: str
    icon: str
    total: int
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
    fits: Section = field(default_factory=lambda: Section("fits", "check", 0))
    stretches: Section = field(default_factory=lambda: Section("partly", "partly", 0))
    breaks: Section = field(default_factory=lambda: Section("misfit", "cross", 0))
    #: Where neither of the first two groups has any.
    nearest: tuple[Card, ...] = ()


#: Of a method in the language of the page, by the number of its German page.
_Shown = Mapping[int, Mapping[str, Any]]


def results(answers: Answers, language: str, words: Vocabulary) -> Results:
    """Assess all visible methods, and load what is shown of the best."""
    rows = {
        row["translation_key"]: row
        for row in MethodPage.objects.visible()
        .in_language(language)
        .values(
            "pk", "translation_key", "title", "slug", "alias_of__locale__language_code"
        )
    }
    found, keys = candidates(rows)
    assessments = tuple(ranked(answers, found))
    return _Builder(
        answers, language, words, {pk: rows[key] for pk, key in keys.items()}
    ).build(assessments)


class _Builder:
    def __init__(
        self, answers: Answers, language: str, words: Vocabulary, shown: _Shown
    ) -> None:
        self.answers = answers
        self.language = language
        self.words = words
        self.shown = shown
        self.section = section_address(MethodIndexPage._meta.label, language).path

    def build(self, assessments: tuple[Assessment, ...]) -> Results:
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
            fits=self._section("fits", "check", fits, cards),
            stretches=self._section("partly", "partly", stretches, cards),
            breaks=self._section("misfit", "cross", groups[Group.BREAKS], {}),
            nearest=tuple(
                cards[one.candidate.key]
                for one in nearest
                if one.candidate.key in cards
            ),
        )

    def _section(
        self,
        mark: str,
        icon: str,
        found: Sequence[Assessment],
        cards: Mapping[int, Card],
    ) -> Section:
        full = [one for one in found if one.candidate.key in cards]
        others = [one for one in found if one.candidate.key not in cards]
        return Section(
            mark,
            icon,
            len(found),
            tuple(cards[one.candidate.key] for one in full),
            tuple(self._line(one) for one in others[:MOST_LINES]),
        )

    def _line(self, one: Assessment) -> Line:
        row = self.shown[one.candidate.key]
        findings = sorted(one.findings, key=lambda f: _ORDER.index(f.fit))
        if one.group is Group.BREAKS:
            findings = [f for f in findings if f.fit is not Fit.FITS]
        shown_in = row["alias_of__locale__language_code"]
        return Line(
            pk=one.candidate.key,
            title=row["title"],
            url=f"{self.section}{row['slug']}/",
            lang=shown_in if shown_in and shown_in != self.language else "",
            remarks=tuple(
                remark(f, self.words, one.candidate.is_standing) for f in findings
            ),
            fitting=len(one.of(Fit.FITS)),
            points=len(one.findings),
        )

    def _cards(self, found: Sequence[Assessment]) -> dict[int, Card]:
        """Cards by the number of the German page: one query for their texts, and what
        cases tell."""
        numbers = {
            one.candidate.key: self.shown[one.candidate.key]["pk"] for one in found
        }
        pages = MethodPage.objects.select_related("locale", "alias_of__locale").in_bulk(
            list(numbers.values())
        )
        conditions = practice.Conditions(
            tuple(code for code in self.answers.groups if code != EVERYONE),
            self.answers.people,
            self.answers.budget,
        )
        cases = practice.like(list(numbers), conditions, self.language)
        return {
            one.candidate.key: Card(
                self._line(one),
                page,
                tuple(cases.get(one.candidate.key, ())),
                answers_address(page.title, self.language),
            )
            for one in found
            if (page := pages.get(numbers[one.candidate.key]))
        }
