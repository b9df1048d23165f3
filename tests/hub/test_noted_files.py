"""Lists to take along: Word documents and Markdown, with sources and licences."""

from __future__ import annotations

import io
import json

from django.test import Client

import pytest
from docx import Document
from docx.oxml.ns import qn
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from hub.noted.markdown_file import escape, line_of, markdown, target
from hub.noted.report import Report, Section, Words
from hub.noted.word_file import word
from network.choices import FieldGroup
from tests.factories import methods
from tests.factories import network as things

TITLE = "# Kein *Titel* [x](y) <b>"


@pytest.fixture
def references(db):
    things.network_section()
    source = {
        "type": "source",
        "value": {"title": "A_B", "url": "https://q.example/a_b", "type": "party"},
        "id": "8f6b0f8e-0000-4000-8000-000000000001",
    }
    page = methods.method(
        methods.method_section(),
        title=TITLE,
        sources=json.dumps([source]),
        licence="cc-by-sa-4.0",
    )
    person = things.person(groups=tuple(FieldGroup.values), website="https://p.example")
    things.membership(person, things.organisation("ma-18"))
    return [page.reference, person.reference, "method-999999"]


def file(references, form, language="de"):
    path = {"de": "/de/merkliste/", "en": "/en/shortlist/"}[language]
    response = Client().get(path, {"m": references, "als": form})
    assert response.status_code == 200
    assert "attachment" in response["Content-Disposition"]
    return response


def texts(report_bytes):
    return [p.text for p in Document(io.BytesIO(report_bytes)).paragraphs]


# Word ----------------------------------------------------------------------------------------


def test_the_document_has_headings_links_and_a_language(references):
    response = file(references, "docx")
    assert response["Content-Disposition"].startswith(
        'attachment; filename="merkliste-'
    )
    document = Document(io.BytesIO(response.content))
    styles = [(p.style.name, p.text) for p in document.paragraphs]
    headings = [text for style, text in styles if style.startswith("Heading")]
    assert headings[:3] == [f"1. {TITLE}", "Quellen", "2. Beispielperson A"]
    assert ("Title", "Merkliste") in styles
    links = [link.address for p in document.paragraphs for link in p.hyperlinks]
    assert "https://q.example/a_b" in links
    assert "https://creativecommons.org/licenses/by-sa/4.0/" in links
    assert f"/de/merkliste/?m={references[0]}" in links[0]
    about = document.core_properties
    assert (about.language, about.title) == ("de-AT", "Merkliste")
    assert "python-docx" not in f"{about.author}{about.comments}"
    defaults = document.styles.element.find(qn("w:docDefaults"))
    (language,) = defaults.iter(qn("w:lang"))
    assert language.get(qn("w:val")) == "de-AT"


def test_files_speak_the_language_of_the_page(references):
    response = file(references, "docx", "en")
    assert 'filename="shortlist-' in response["Content-Disposition"]
    document = Document(io.BytesIO(response.content))
    assert document.core_properties.language == "en-GB"
    whole = "\n".join(p.text for p in document.paragraphs)
    assert "Licence of the text: CC BY-SA 4.0" in whole
    assert "One entry of the list is no longer available." in whole
    assert "Quellen" not in whole


def test_of_a_person_a_file_says_no_more_than_the_page(references):
    for form in ("docx", "md"):
        content = file(references, form).content
        whole = "\n".join(texts(content)) if form == "docx" else content.decode()
        assert "Beispielperson A" in whole
        assert "Moderation" in whole
        assert "Kurzprofil" not in whole
        assert "p.example" not in whole


def test_what_no_xml_may_hold_breaks_no_document():
    bad = Words("A\x00B\x0bC\ufffe", "https://x.example/\x01")
    report = Report("x", "de", "T", [(bad,)], [Section(bad, [(bad,)], "P", [(bad,)])])
    assert "ABC" in texts(word(report))


def test_a_link_in_a_document_leads_to_the_web_only():
    line = (Words("klick", "javascript:alert(1)"),)
    document = Document(io.BytesIO(word(Report("x", "de", "T", [line], []))))
    assert [p.hyperlinks for p in document.paragraphs if p.text == "klick"] == [[]]


def test_words_of_the_other_language_are_marked_in_the_document():
    line = (Words("Nur deutsch", lang="de"),)
    document = Document(io.BytesIO(word(Report("x", "en", "T", [line], []))))
    (run,) = document.paragraphs[1].runs
    assert run._r.rPr.find(qn("w:lang")).get(qn("w:val")) == "de-AT"


# Markdown ------------------------------------------------------------------------------------


def test_markdown_names_sources_and_licences(references):
    text = file(references, "md").content.decode()
    assert f"## 1. {escape(TITLE)}\n" in text
    assert "- [A\\_B](<https://q.example/a_b>) (Partei)" in text
    assert "[CC BY-SA 4.0](<https://creativecommons.org/licenses/by-sa/4.0/>)" in text
    assert "Ein Eintrag der Liste ist nicht mehr verfügbar." in text
    html = MarkdownIt().render(text)
    assert html.count("<h2>") == 3
    assert "<b>" not in html.replace("&lt;b&gt;", "")


def _plain(html):
    """What a reader of the rendered Markdown sees."""
    tokens = MarkdownIt().parse(html)
    assert [token.type for token in tokens] in (
        [],
        ["paragraph_open", "inline", "paragraph_close"],
    )
    children = [c for t in tokens if t.children for c in t.children]
    assert {child.type for child in children} <= {"text", "text_special"}
    return "".join(child.content for child in children)


@given(st.text(alphabet=st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"])))
def test_any_text_stays_what_it_is(text):
    assert _plain(line_of((Words(text),))) == " ".join(text.split())


@pytest.mark.parametrize(
    "text",
    ["1. x", "- x", "+ x", "===", "---", "> x", "&amp;", "a\n\n# b", "2) x", "`a`"],
)
def test_what_looks_like_markdown_stays_text(text):
    assert _plain(line_of((Words(text),))) == " ".join(text.split())


@given(st.text(alphabet="ab<>()\\[] \n*_", max_size=20))
def test_no_address_ends_its_link_early(rest):
    html = MarkdownIt().render(f"[x]({target('https://a.example/' + rest)}) danach")
    assert html.endswith(">x</a> danach</p>\n")


def test_a_section_begins_where_an_entry_begins_and_nowhere_else():
    nasty = Words("x\n## y")
    report = Report(
        "x", "de", "T", [(nasty,)], [Section(nasty, [(nasty,)], "P", [(nasty,)])]
    )
    assert markdown(report).count("\n## ") == 1


# How often -----------------------------------------------------------------------------------


def test_files_are_limited_like_every_export(references, settings):
    settings.HUB_RATE_LIMITS = {"export": (1, 60)}
    client = Client()
    query = {"m": references, "als": "md"}
    assert client.get("/de/merkliste/", query).status_code == 200
    assert client.get("/de/merkliste/", query).status_code == 429
    assert client.get("/de/merkliste/", {"m": references}).status_code == 200
