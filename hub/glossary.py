"""Glossary terms in texts: found once per page, linked to an explanation below the text.

The explanation stands in a list at the end of the text, like a footnote: valid inside
any paragraph, there without a script, on paper and for screen readers.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from html.parser import HTMLParser

from django.http import HttpRequest
from django.utils.html import format_html
from django.utils.translation import gettext as _

from hub.addresses import short_code
from hub.models import GlossaryTerm, lines

#: More explanations on one page would be a second glossary.
MOST_TERMS = 8

#: No term is marked inside these: it is a link or a heading already, or no prose.
CLOSED_TAGS = frozenset(
    {"a", "button", "code", "dt", "figcaption", "label", "script", "style"}
    | {"summary", "svg", "textarea", "th", "title"}
    | {"h1", "h2", "h3", "h4", "h5", "h6"}
)

ENDINGS = {
    "de": ("(?:e|en|er|ern|es|em|s|n)?", "(?:e|en|er|es|em)?"),
    "en": ("(?:s|es|['’]s)?", ""),
}
_GERMAN_ADJECTIVE = re.compile(r"(?:e|er|en|es|em)$")
_BEFORE = r"(?<![\w*:/\-\u2010\u2011])"
_AFTER = r"(?![\w*/\-\u2010\u2011])"


@dataclass(frozen=True)
class Explanation:
    """A term as it stands below a text."""

    key: int
    slug: str
    term: str
    definition: str
    url: str
    #: Whether the text has a mark to go back to.
    is_marked: bool = True

    @property
    def anchor(self) -> str:
        """Where the explanation is; the mark in the text has ``back``."""
        return f"begriff-{self.slug}"

    @property
    def back(self) -> str:
        return f"wort-{self.slug}"


Entries = tuple[tuple[int, tuple[str, ...]], ...]


def _word(word: str, language: str, last: bool) -> str:
    noun, adjective = ENDINGS[language]
    if last:
        return _escape(word) + noun
    if language == "de" and word[:1].islower() and len(word) > 4:
        return _escape(_GERMAN_ADJECTIVE.sub("", word)) + adjective
    return _escape(word)


def _escape(word: str) -> str:
    """As it is, with either apostrophe."""
    return re.escape(word).replace("'", "['’]")


def _pattern(name: str, language: str) -> str:
    """One name as a regular expression that forgives endings."""
    words = name.replace("’", "'").split()
    parts = [
        _word(word, language, last=index == len(words) - 1)
        for index, word in enumerate(words)
    ]
    text = r"[\s\u00a0]+".join(parts)
    first = words[0][:1]
    # English terms are written small and get a capital at the start of a sentence.
    if language == "en" and first.islower():
        text = f"[{first}{first.upper()}]" + text[len(re.escape(first)) :]
    return text


@lru_cache(maxsize=8)
def matcher(language: str, entries: Entries) -> re.Pattern[str] | None:
    """One expression for all terms, longer names first; the group names the term."""
    named = [
        (name, key)
        for key, names in entries
        for name in names
        if len(name) > 2 and name.strip()
    ]
    named.sort(key=lambda pair: (-len(pair[0]), pair))
    if not named:
        return None
    seen: dict[str, str] = {}
    for index, (name, key) in enumerate(named):
        seen.setdefault(_pattern(name, language), f"t{key}_{index}")
    choices = "|".join(f"(?P<{group}>{text})" for text, group in seen.items())
    return re.compile(f"{_BEFORE}(?:{choices}){_AFTER}")


def explanation(
    term: GlossaryTerm, language: str, is_marked: bool = True
) -> Explanation:
    """A term with its text in one language."""
    return Explanation(
        key=term.pk,
        slug=term.slugs()[language] or str(term.pk),
        term=getattr(term, f"term_{language}") or "",
        definition=getattr(term, f"definition_{language}") or "",
        url=term.get_url(language),
        is_marked=is_marked,
    )


class Explainer:
    """Marks terms for one request: each once, and not too many."""

    def __init__(self, language: str, most: int = MOST_TERMS) -> None:
        self.language = short_code(language)
        self.most = most
        self.used: dict[int, Explanation] = {}

    @cached_property
    def _terms(self) -> dict[int, GlossaryTerm]:
        """All terms with a text in this language: one query."""
        code = self.language
        return {
            term.pk: term
            for term in GlossaryTerm.objects.visible().order_by("pk")
            if getattr(term, f"term_{code}") and getattr(term, f"definition_{code}")
        }

    @cached_property
    def _matcher(self) -> re.Pattern[str] | None:
        code = self.language
        entries = tuple(
            (
                pk,
                (
                    getattr(term, f"term_{code}"),
                    *lines(getattr(term, f"synonyms_{code}")),
                ),
            )
            for pk, term in self._terms.items()
        )
        return matcher(code, entries)

    def _mark(self, match: re.Match[str]) -> str:
        key = int((match.lastgroup or "t0_")[1:].split("_")[0])
        if key in self.used or len(self.used) >= self.most:
            return match[0]
        found = explanation(self._terms[key], self.language)
        self.used[key] = found
        return format_html(
            '<a class="term" id="{}" href="#{}">{}<span class="vh"> ({})</span></a>',
            found.back,
            found.anchor,
            _Raw(match[0]),
            _("Erklärung weiter unten"),
        )

    def mark_text(self, text: str) -> str:
        """Mark terms in a piece of text without tags."""
        if self._matcher is None or len(self.used) >= self.most:
            return text
        return self._matcher.sub(self._mark, text)

    def mark(self, html: str) -> str:
        """Mark terms in HTML, outside headings and links."""
        if self._matcher is None:
            return html
        walker = _Walker(self.mark_text)
        walker.feed(html)
        walker.close()
        return "".join(walker.out)


class _Raw(str):
    """A piece of HTML that came escaped and stays as it is."""

    def __html__(self) -> str:
        return self


class _Walker(HTMLParser):
    """Gives HTML back as it came, with its prose changed."""

    def __init__(self, change: Callable[[str], str]) -> None:
        super().__init__(convert_charrefs=False)
        self.change = change
        self.out: list[str] = []
        self.closed: list[str] = []

    def handle_starttag(
        self, tag: str, attrs: Sequence[tuple[str, str | None]]
    ) -> None:
        if tag in CLOSED_TAGS:
            self.closed.append(tag)
        self.out.append(self.get_starttag_text() or "")

    def handle_startendtag(
        self, tag: str, attrs: Sequence[tuple[str, str | None]]
    ) -> None:
        self.out.append(self.get_starttag_text() or "")

    def handle_endtag(self, tag: str) -> None:
        if tag in self.closed:
            while self.closed and self.closed.pop() != tag:
                pass
        self.out.append(f"</{tag}>")

    def handle_data(self, data: str) -> None:
        self.out.append(data if self.closed else self.change(data))

    def handle_entityref(self, name: str) -> None:
        self.out.append(f"&{name};")

    def handle_charref(self, name: str) -> None:
        self.out.append(f"&#{name};")

    def handle_comment(self, data: str) -> None:
        self.out.append(f"<!--{data}-->")


def explainer(request: HttpRequest | None, language: str | None = None) -> Explainer:
    """The one explainer of a request: a term explained once is not marked again."""
    code = short_code(language)
    if request is None:
        return Explainer(code)
    known: dict[str, Explainer] = request.__dict__.setdefault("_explainers", {})
    return known.setdefault(code, Explainer(code))
