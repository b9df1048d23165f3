"""A list as a document for word processors: real headings, links, language."""

from __future__ import annotations

import io
import re
from collections.abc import Iterable
from typing import Any

from django.utils import timezone

from docx import Document
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import OxmlElement
from docx.oxml.ns import qn

from hub.noted.report import Line, Report, Section, Words
from hub.templatetags.hub_tags import html_lang

CONTENT_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
#: Characters that no XML may hold.
_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def _clean(text: str) -> str:
    return _FORBIDDEN.sub("", text)


def _element(name: str, **attributes: str) -> Any:
    element = OxmlElement(name)
    for key, value in attributes.items():
        element.set(qn(f"w:{key}"), value)
    return element


def _set_language(properties: Any, code: str) -> None:
    """The language of a run, or of everything: for spelling and for reading aloud."""
    for old in properties.findall(qn("w:lang")):
        properties.remove(old)
    lang = html_lang(code)
    properties.append(_element("w:lang", val=lang, eastAsia=lang))


def _add_link(paragraph: Any, words: Words) -> None:
    """python-docx reads links, but has no way to add one."""
    link = OxmlElement("w:hyperlink")
    part = paragraph.part
    url = _clean(words.url)
    relation = part.relate_to(url, RELATIONSHIP_TYPE.HYPERLINK, is_external=True)
    link.set(qn("r:id"), relation)
    run = paragraph.add_run(_clean(words.text))._r
    properties = run.get_or_add_rPr()
    properties.append(_element("w:color", val="00545C"))
    properties.append(_element("w:u", val="single"))
    link.append(run)
    paragraph._p.append(link)


def _fill(paragraph: Any, line: Iterable[Words]) -> None:
    for words in line:
        if words.url.startswith(("http://", "https://")):
            _add_link(paragraph, words)
            continue
        run = paragraph.add_run(_clean(words.text))
        if words.lang:
            _set_language(run._r.get_or_add_rPr(), words.lang)


def _heading(document: Any, words: Words, level: int) -> None:
    _fill(document.add_heading(level=level), (words,))


def _section(document: Any, section: Section) -> None:
    _heading(document, section.title, 1)
    _lines(document, section.lines)
    if section.points:
        _heading(document, Words(section.points_title), 2)
    _lines(document, section.points, "List Bullet")


def _describe(document: Any, report: Report) -> None:
    """Properties of the file; the template's name others as its author."""
    about = document.core_properties
    about.title = report.title
    about.author = "Büro für Mitwirkung"
    about.last_modified_by = ""
    about.comments = ""
    about.language = html_lang(report.language)
    about.created = about.modified = timezone.now().replace(tzinfo=None)
    defaults = document.styles.element.find(qn("w:docDefaults"))
    _set_language(defaults.find(f".//{qn('w:rPr')}"), report.language)


def _lines(document: Any, lines: Iterable[Line], style: str | None = None) -> None:
    for line in lines:
        _fill(document.add_paragraph(style=style), line)


def word(report: Report) -> bytes:
    """The whole file."""
    document = Document()
    _describe(document, report)
    _heading(document, Words(report.title), 0)
    _lines(document, report.lines)
    for section in report.sections:
        _section(document, section)
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()
