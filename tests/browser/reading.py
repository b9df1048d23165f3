"""A page as a reader meets it: its links, headings, and text with its language."""

from __future__ import annotations

from dataclasses import dataclass, field
from html.parser import HTMLParser

VOID = {"area", "br", "col", "embed", "hr", "img", "input", "link", "meta", "wbr"}
SILENT = {"script", "style", "template"}
HEADINGS = {"h1", "h2", "h3", "h4", "h5", "h6"}
INLINE = {"a", "abbr", "b", "bdi", "cite", "dfn", "em", "i", "mark", "q", "small"}
INLINE |= {"span", "strong", "sub", "sup", "time", "u", "button", "label"}
#: What ends the reach of a heading.
SECTIONS = {"section", "article", "aside", "nav", "main", "footer", "body"}
#: A heading in one of these names an entry of a list: it needs no text below.
ENTRIES = {"li", "article", "dt", "summary", "legend", "td", "th"}


@dataclass
class Link:
    href: str
    text: str = ""
    hreflang: str = ""


@dataclass
class Heading:
    level: int
    text: str = ""
    is_entry: bool = False
    filled: bool = False
    scope: Open | None = None


@dataclass(eq=False)
class Open:
    """An element that has begun and not ended."""

    tag: str
    lang: str


@dataclass
class Page:
    """What `read` found."""

    lang: str = ""
    title: str = ""
    description: str = ""
    robots: str = ""
    ids: list[str] = field(default_factory=list)
    links: list[Link] = field(default_factory=list)
    headings: list[Heading] = field(default_factory=list)
    #: Runs of text, cut at block elements, each with its language.
    texts: list[tuple[str, str]] = field(default_factory=list)
    #: The same, cut at every element: labels stand alone.
    labels: list[tuple[str, str]] = field(default_factory=list)

    def empty_sections(self) -> list[str]:
        """Headings with nothing below them."""
        return [h.text for h in self.headings if not (h.filled or h.is_entry)]

    def empty_links(self) -> list[str]:
        return [link.href for link in self.links if not link.text.strip()]

    def doubled_ids(self) -> list[str]:
        return sorted({name for name in self.ids if self.ids.count(name) > 1})


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.page = Page()
        self.open: list[Open] = []
        self.silent = 0
        self.link: Link | None = None
        self.heading: Heading | None = None
        self.in_title = False
        self.run = ""
        self.run_lang = ""

    # What opens and closes -----------------------------------------------------
    def handle_starttag(self, tag: str, attrs) -> None:
        given = {name: value or "" for name, value in attrs}
        if "id" in given:
            self.page.ids.append(given["id"])
        if tag in VOID:
            self._void(tag, given)
            return
        lang = given.get("lang") or (self.open[-1].lang if self.open else "")
        self.open.append(Open(tag, lang))
        self.silent += tag in SILENT
        self._begin(tag, given, lang)

    def handle_startendtag(self, tag: str, attrs) -> None:
        """``<use/>`` and its like hold nothing, ``<br/>`` is ``<br>``."""
        if tag in VOID:
            self.handle_starttag(tag, attrs)

    def _begin(self, tag: str, given: dict[str, str], lang: str) -> None:
        if tag == "html":
            self.page.lang = lang
        elif tag == "title":
            self.in_title = all(entry.tag != "svg" for entry in self.open)
        elif tag == "a" and "href" in given:
            label = given.get("aria-label", "")
            self.link = Link(given["href"], label, given.get("hreflang", ""))
            self.page.links.append(self.link)
        elif tag in HEADINGS:
            is_entry = any(entry.tag in ENTRIES for entry in self.open)
            scope = next(e for e in reversed(self.open) if e.tag in SECTIONS)
            self.heading = Heading(int(tag[1]), is_entry=is_entry, scope=scope)
            self._end_run()
            self._fill_above(self.heading.level)
            self.page.headings.append(self.heading)
        if tag not in INLINE or lang != self.run_lang:
            self._end_run()

    def _void(self, tag: str, given: dict[str, str]) -> None:
        if tag == "meta" and given.get("name") in {"description", "robots"}:
            setattr(self.page, given["name"], given.get("content", "").strip())
        if tag == "img":
            self._text(given.get("alt", ""))
        if tag in {"img", "input"} and given.get("type") != "hidden":
            self._fill()
        if tag == "br":
            self._end_run()

    def handle_endtag(self, tag: str) -> None:
        if tag in VOID or tag not in [entry.tag for entry in self.open]:
            return
        while self.open:
            entry = self.open.pop()
            self.silent -= entry.tag in SILENT
            if entry.tag not in INLINE or (
                self.open and self.open[-1].lang != entry.lang
            ):
                self._end_run()
            if entry.tag == tag:
                break
        self._finish(tag)

    def _finish(self, tag: str) -> None:
        if tag == "title":
            self.in_title = False
        elif tag == "a":
            self.link = None
        elif tag in HEADINGS:
            self.heading = None

    # What stands between -------------------------------------------------------
    def handle_data(self, data: str) -> None:
        if self.in_title:
            self.page.title += data
        elif not self.silent:
            self._text(data)

    def _text(self, text: str) -> None:
        if self.link:
            self.link.text += text
        if self.heading:
            self.heading.text += text
        elif text.strip():
            self._fill()
        self.run += text
        self.run_lang = self.open[-1].lang if self.open else ""
        if label := _plain(text):
            self.page.labels.append((self.run_lang, label))

    def _end_run(self) -> None:
        if text := _plain(self.run):
            self.page.texts.append((self.run_lang, text))
        self.run = ""

    def _fill(self) -> None:
        """Something stands below the last heading, while its section is open."""
        if self.page.headings and self.page.headings[-1].scope in self.open:
            self.page.headings[-1].filled = True

    def _fill_above(self, level: int) -> None:
        """A heading one level deeper is content, too."""
        if self.page.headings and self.page.headings[-1].level < level:
            self._fill()


def _plain(text: str) -> str:
    """Without soft hyphens, line ends and double spaces."""
    return " ".join(text.replace("\u00ad", "").split())


def read(html: str) -> Page:
    reader = _Reader()
    reader.feed(html)
    reader.close()
    return reader.page
