"""Every way through the site: no dead link, no foreign word, no empty place.

``HUB_CRAWL=all`` reads every page; else some of each kind, and the sitemap vouches for
the others. What is in no sitemap (easy texts, people, invented entries) is read in part.
"""

import os
import re
import urllib.error
import urllib.request
from collections import Counter
from urllib.parse import urljoin, urlsplit

import polib
import pytest

from tests.browser.conftest import ROOT
from tests.browser.reading import Page, read

LANGUAGES = {"de": "/de/", "en": "/en/"}
#: Pages read of each kind and language; a kind is a section and its depth.
SOME = 6
EVERYTHING = os.environ.get("HUB_CRAWL") == "all"
EASY = {"leicht-lesen", "easy-read"}
#: Cards of people: nobody gets more than ten an hour, so a few speak for all.
CARDS, SOME_CARDS = {"visitenkarte", "card"}, 3
UNLISTED = re.compile(r"/(beispiel|erfunden|sample|example|invented)[^/]*/$")
PAGE_OF_LIST = re.compile(r"seite=\d+")
JUNK = re.compile(r"\b(None|null|undefined|NaN)\b|\[\]|\{\{|\{%|%\(|&\w+;")
WORD = re.compile(r"[^\W\d_]+")
#: Words that one language has and the other has not, and that few names contain.
GERMAN = """aber auch dass dem den einem einen einer eines hat ist kein keine mit nach
    nicht noch oder sich sie sind über und vom von werden wie wir wird zum zur"""
ENGLISH = """and are about been but for from has have is not of that the their there
    they this to we were which with you your"""
ONLY = {"de": set(GERMAN.split()), "en": set(ENGLISH.split())}
#: Proper names stay German, and some words are both.
NAMES = {"Büro für Mitwirkung", "Wiener Klimateam", "Start"}
#: A sentence has more of them than the name of an office or a book.
TOO_MANY = 3


class Crawl:
    """What was read, and where the links lead."""

    def __init__(self, site: str) -> None:
        self.site = site
        self.pages: dict[str, Page] = {}
        self.known: set[str] = set()
        self.dead: list[tuple[str, str, int]] = []
        self.taken: Counter = Counter()
        self._learn_sitemap()
        for start in LANGUAGES.values():
            self._walk(start)

    def links(self, path: str):
        """Links of a page that stay on the site, without filters."""
        for link in self.pages[path].links:
            url = urlsplit(urljoin(self.site + path, link.href))
            if f"{url.scheme}://{url.netloc}" != self.site:
                continue
            if not url.query or PAGE_OF_LIST.fullmatch(url.query):
                target = url.path + (f"?{url.query}" if url.query else "")
                yield link, target, url.fragment

    def _learn_sitemap(self) -> None:
        text = self._open("/sitemap.xml").read().decode()
        self.known = {urlsplit(url).path for url in re.findall(r"<loc>(.*?)<", text)}

    def _walk(self, start: str) -> None:
        queue, asked = [(start, "")], {start}
        while queue:
            path, source = queue.pop(0)
            if not self._fetch(path, source):
                continue
            for _link, target, _fragment in self.links(path):
                if target not in asked and self._is_wanted(target):
                    asked.add(target)
                    queue.append((target, path))

    def _is_wanted(self, target: str) -> bool:
        """Sections, some of each kind, and all that nobody vouches for."""
        parts = target.partition("?")[0].strip("/").split("/")
        if parts[-1] in CARDS:
            self.taken[parts[0], "card"] += 1
            return self.taken[parts[0], "card"] <= SOME_CARDS
        is_easy = parts[-1] in EASY
        kind = (parts[0], "easy") if is_easy else tuple(parts[:-1])
        self.taken[kind] += 1
        if EVERYTHING or len(parts) < 3 or self.taken[kind] <= SOME:
            return True
        return not (target in self.known or is_easy or UNLISTED.search(target))

    def _open(self, path: str):
        return urllib.request.urlopen(self.site + path, timeout=60)

    def _fetch(self, path: str, source: str) -> bool:
        if path in self.pages:
            return False
        try:
            with self._open(path) as answer:
                is_page = "html" in answer.headers.get("Content-Type", "")
                html = answer.read().decode() if is_page else ""
        except urllib.error.HTTPError as error:
            self.dead.append((path, source, error.code))
            return False
        self.known.add(path)
        if is_page:
            self.pages[path] = read(html)
        return is_page


@pytest.fixture(scope="module")
def crawl(site) -> Crawl:
    return Crawl(site)


def _labels(code: str) -> set[str]:
    """Interface texts that only the other language has."""
    path = ROOT / "hub" / "locale" / "en" / "LC_MESSAGES" / "django.po"
    entries = polib.pofile(str(path))
    german = {e.msgid for e in entries} | {e.msgid_plural for e in entries}
    english = {e.msgstr for e in entries}
    english |= {text for e in entries for text in e.msgstr_plural.values()}
    foreign = german - english if code == "en" else english - german
    return {text for text in foreign - NAMES if len(text) > 3}


def _is_foreign(text: str, code: str) -> bool:
    """Whether a run of text has too many words of the other language."""
    other = ONLY["de" if code == "en" else "en"]
    words = {word.lower() for word in WORD.findall(text)}
    return len(words & other) >= TOO_MANY


def test_the_reader_sees_what_is_wrong():
    """Without this, a reader that finds nothing would pass everything below."""
    page = read(
        """<html lang="en-GB"><body><main><h1 id="a">One</h1><section><h2>Two</h2>
        </section><p id="a">Text</p><h2>Three</h2><h3>Four</h3><p>None</p><a href="/">
        <svg aria-hidden="true"><use href="#i"/></svg></a><ul><li><h3>Entry</h3></li>
        </ul><p>This is <span lang="de">das ist nicht die Frage</span> <b>here</b></p>
        <h2>Last</h2></main></body></html>"""
    )
    assert page.empty_sections() == ["Two", "Last"]
    assert page.empty_links() == ["/"]
    assert page.doubled_ids() == ["a"]
    assert [text for _lang, text in page.texts if JUNK.search(text)] == ["None"]
    assert ("de", "das ist nicht die Frage") in page.texts
    assert ("en-GB", "here") in page.texts
    assert _is_foreign("Das ist nicht von uns", "en")
    assert not _is_foreign("Büro für Mitwirkung und Demokratie", "en")


def test_no_link_is_dead(crawl):
    assert len(crawl.pages) > 100
    assert crawl.dead == []


def test_links_to_a_place_on_a_page_find_it(crawl):
    lost = [
        (path, link.href)
        for path in crawl.pages
        for link, target, fragment in crawl.links(path)
        if fragment and target in crawl.pages
        if fragment not in crawl.pages[target].ids
    ]
    assert lost == []


def test_only_the_language_switch_leads_to_the_other_language(crawl):
    crossing = [
        (path, link.href, link.text)
        for path in crawl.pages
        for link, target, _fragment in crawl.links(path)
        if target[:4] in LANGUAGES.values() and target[:4] != path[:4]
        if not link.hreflang
    ]
    assert crossing == []


@pytest.mark.parametrize("code", LANGUAGES)
def test_pages_speak_their_language(crawl, code):
    """A sentence of the other language is marked with it, a label never is left."""
    labels = _labels(code)
    wrong = [
        (path, text)
        for path, page in crawl.pages.items()
        if path.startswith(LANGUAGES[code])
        for lang, text in page.texts + page.labels
        if lang.startswith(code) and (text in labels or _is_foreign(text, code))
    ]
    assert wrong == []
    spoken = {p.lang[:2] for path, p in crawl.pages.items() if path[1:3] == code}
    assert spoken == {code}


def test_no_section_is_empty_and_nothing_unsaid_is_printed(crawl):
    empty = [(path, p.empty_sections()) for path, p in crawl.pages.items()]
    assert [entry for entry in empty if entry[1]] == []
    junk = [
        (path, text)
        for path, page in crawl.pages.items()
        for _lang, text in page.texts
        if JUNK.search(text)
    ]
    assert junk == []


def test_links_have_words_and_ids_are_unique(crawl):
    for path, page in crawl.pages.items():
        assert (path, page.empty_links()) == (path, [])
        assert (path, page.doubled_ids()) == (path, [])


def test_every_page_has_a_title_and_a_description_of_its_own(crawl):
    """Profiles of people have none: what they agreed to stands on the page only."""
    listed = {
        p: page for p, page in crawl.pages.items() if "noindex" not in page.robots
    }
    assert [path for path, page in listed.items() if not page.description] == []
    names = Counter((path.rsplit("/", 2)[0], p.title) for path, p in listed.items())
    assert [name for name, count in names.items() if count > 1] == []
