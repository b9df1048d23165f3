"""Terms in texts: found once, outside headings and links, explained below."""

from django.template import Context, RequestContext, Template
from django.test import RequestFactory

import pytest

from hub.glossary import Explainer, matcher
from tests.factories import hub as hub_things

pytestmark = pytest.mark.django_db


def names(language: str, *terms: str):
    return matcher(language, tuple((n, (term,)) for n, term in enumerate(terms)))


@pytest.mark.parametrize(
    ("language", "term", "text"),
    [
        ("de", "Losverfahren", "Mit dem Losverfahren gewählt."),
        ("de", "Losverfahren", "Wegen des Losverfahrens."),
        ("de", "Grätzl", "In vielen Grätzln."),
        ("de", "Bürger*innenrat", "Ein Bürger*innenrat tagt."),
        ("de", "öffentlicher Raum", "Im öffentlichen Raum sitzen."),
        ("en", "citizens' council", "Citizens’ councils meet."),
        ("en", "sortition", "by sortition,"),
    ],
)
def test_inflected_words_are_found(language, term, text):
    assert names(language, term).search(text)


@pytest.mark.parametrize(
    ("language", "term", "text"),
    [
        ("de", "Rat", "Das verrat ich nicht. Der Rathausplatz."),
        ("de", "Jury", "jury klein geschrieben"),
        ("de", "Beteiligung", "Online-Beteiligung und Beteiligungs-Wissen"),
        ("de", "Budget", "Bezirksbudget"),
        ("en", "mandate", "commandates"),
    ],
)
def test_other_words_are_not(language, term, text):
    assert not names(language, term).search(text)


def test_the_longer_name_wins():
    hub_things.term("budget", term_de="Budget")
    hub_things.term("bb", term_de="partizipatives Budget")
    marked = Explainer("de").mark("<p>Ein partizipatives Budget.</p>")
    assert 'href="#begriff-bb"' in marked
    assert 'href="#begriff-budget"' not in marked


def test_each_term_once_and_not_in_headings_or_links():
    hub_things.term("losverfahren")
    html = (
        "<h2>Losverfahren</h2><p><a href='/x'>Losverfahren <b>hier</b></a>"
        " und Losverfahren &amp; <i>Losverfahren</i><br></p>"
    )
    marked = Explainer("de").mark(html)
    assert marked.count('class="term"') == 1
    assert marked.startswith("<h2>Losverfahren</h2><p><a href='/x'>Losverfahren <b>")
    assert marked.endswith("</a> &amp; <i>Losverfahren</i><br></p>")


def test_not_too_many_on_one_page():
    for n in range(12):
        hub_things.term(f"wort{n}", term_de=f"Wort{chr(97 + n)}x")
    text = " ".join(f"Wort{chr(97 + n)}x" for n in range(12))
    found = Explainer("de", most=5)
    assert found.mark(f"<p>{text}</p>").count('class="term"') == 5


def test_text_is_never_unescaped():
    hub_things.term("losverfahren")
    marked = Explainer("de").mark("<p>&lt;script&gt; Losverfahren &#x27;</p>")
    assert marked.startswith("<p>&lt;script&gt; <a ")
    assert marked.endswith(" &#x27;</p>")


def test_hidden_and_untranslated_terms_explain_nothing():
    hub_things.term("losverfahren", live=False)
    hub_things.term("jury", term_en="", definition_en="")
    assert "term" not in Explainer("de").mark("Losverfahren")
    assert "term" not in Explainer("en").mark("jury Jury")


def render(source: str, **values):
    request = RequestFactory().get("/")
    template = Template("{% load glossary_tags %}" + source)
    return template.render(RequestContext(request, values))


def test_two_texts_of_a_page_share_their_terms(django_assert_num_queries):
    hub_things.glossary_section()
    hub_things.term("losverfahren")
    source = (
        "{% explain_terms %}<p>Losverfahren</p>{% endexplain_terms %}"
        "{% explain_terms %}<p>Losverfahren</p>{% endexplain_terms %}"
        "{% explained_terms %}"
    )
    html = render(source)
    assert html.count('class="term"') == 1
    assert html.count('id="begriff-losverfahren"') == 1
    assert "Erklärung von losverfahren." in html
    assert "/de/glossar/#losverfahren" in html
    with django_assert_num_queries(1):
        render(source)


def test_without_terms_there_is_no_section():
    assert "<section" not in render("{% explained_terms %}")


def test_without_a_request_it_still_works():
    hub_things.term("losverfahren")
    source = (
        "{% load glossary_tags %}{% explain_terms %}Losverfahren{% endexplain_terms %}"
    )
    assert 'class="term"' in Template(source).render(Context({}))


def test_the_glossary_lists_terms_in_both_languages(client):
    hub_things.glossary_section()
    first = hub_things.term("losverfahren", simple_de="Man zieht Namen.")
    second = hub_things.term("oeffentlichkeit", term_de="Öffentlichkeit", term_en="")
    first.related.add(second)
    first.save()
    german = client.get("/de/glossar/").content.decode()
    assert 'id="buchstabe-o"' in german
    assert 'lang="de-simple">Man zieht Namen.' in german
    assert 'href="#oeffentlichkeit"' in german
    english = client.get("/en/glossary/").content.decode()
    assert "Explanation of losverfahren." in english
    # Not translated yet: shown in German, and said to be.
    assert 'id="oeffentlichkeit-en" lang="de"' in english


def test_a_glossary_of_any_size_takes_the_same_queries(client):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    hub_things.glossary_section()
    sizes = []
    for start in (0, 10):
        terms = [hub_things.term(f"wort{n}") for n in range(start, start + 10)]
        for term in terms[1:]:
            term.related.add(terms[0])
            term.save()
        client.get("/de/glossar/")
        with CaptureQueriesContext(connection) as captured:
            client.get("/de/glossar/")
        sizes.append(len(captured))
    assert sizes[0] == sizes[1]
