"""The result page and the suggestions over HTTP."""

from __future__ import annotations

import json
import re

from django.utils import timezone

import pytest

from search import events, service
from search.models import IndexChange, SearchEvent
from search.registry import registry
from search.state import State
from tests.factories import network as parties

BAD = [
    '"',
    '"""',
    "*",
    "-",
    "'; DROP TABLE search_event; --",
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "{{ 7*7 }}{% debug %}",
    "a\x00b",
    "🌳🌳🌳",
    "مشاركة \u202e مواطن",
    "x" * 10_000,
    "wort " * 2_000,
    "kind:nix art: -",
    "\u200b",
    "%",
    "https://example.org/?a=b&c=d",
]


def get(client, **params):
    return client.get("/de/suche/", params)


def text_of(response) -> str:
    plain = response.content.decode().replace("\u00ad", "")
    return re.sub(r"\s+", " ", plain)


def test_page_before_any_search(client, site):
    page = text_of(get(client))
    assert "Oder nach Art stöbern" in page
    assert 'href="?art=method"' in page


def test_results_have_kind_title_snippet_and_facts(client, site):
    page = text_of(get(client, q="ausgewählte"))
    assert "Bürger*innenrat" in page
    assert "<mark>ausgewählte</mark>" in page
    assert "10–40" in page
    assert '<meta name="robots" content="noindex, follow">' in page


def test_english_page_shows_english_documents_only(client, site):
    page = text_of(client.get("/en/search/", {"q": "council"}))
    assert "Citizens&#x27; council" in page
    assert "Bürger*innenrat" not in page


def test_people_and_organisations_stand_beside_with_reasons(client, site):
    page = text_of(get(client, q="Schulhof"))
    assert "Neuer Schulhof" in page
    beside = page.split('<aside class="panel"')[1]
    assert "Stadtentwicklung" in beside
    assert "Zuständig für:" in beside
    assert "<mark>Schulhof</mark>" in beside


def test_people_and_organisations_as_the_list(client, site):
    page = text_of(get(client, q="Schulhof", was="menschen"))
    assert "Stadtentwicklung" in page
    assert "Neuer Schulhof" not in page
    assert '<aside class="panel"' not in page


def test_tabs_and_facets_narrow(client, site):
    page = text_of(get(client, q="Mobilität Schulhof", art="method"))
    assert "Bürger*innenrat" in page
    assert "Neuer Schulhof" not in page
    page = text_of(get(client, q="", bezirk="18"))
    assert "Neuer Schulhof" in page
    assert "Filter entfernen:" in page
    assert "Bürger*innenrat" not in page


def test_unknown_values_are_ignored(client, site):
    params = {"q": "Schulhof", "bezirk": "99", "thema": "<x>", "art": "nix"}
    page = text_of(get(client, **params, sort="?", was="niemand", seite="-3"))
    assert "Neuer Schulhof" in page
    assert "&lt;x&gt;" not in page


@pytest.mark.parametrize("number", ["0", "99", "1e9", "9" * 5000, "x", "²"])
def test_page_out_of_range_leads_to_the_nearest(client, site, number):
    response = get(client, q="Schulhof", seite=number)
    assert response.status_code == 200
    assert "Neuer Schulhof" in text_of(response)


@pytest.mark.parametrize("query", BAD)
def test_any_query_gets_a_good_page(client, site, query):
    for path in ("/de/suche/", "/en/search/"):
        response = client.get(path, {"q": query})
        assert response.status_code == 200
        page = response.content.decode()
        assert "<script>alert" not in page
        assert "<img src=x" not in page
    response = client.get("/de/suche/vorschlaege/", {"q": query})
    assert response.status_code == 200
    assert isinstance(json.loads(response.content)["groups"], list)


def test_a_thousand_values_of_a_facet(client, site):
    response = client.get("/de/suche/", {"thema": [str(n) for n in range(1000)]})
    assert response.status_code == 200


def test_empty_page_offers_ways_on(client, site):
    page = text_of(get(client, q="Schulhof", bezirk="18", thema="mobility"))
    assert "Dazu wissen wir noch nichts." in page
    assert "Filter „Mobilität“ entfernen" in page
    page = text_of(get(client, q="Werkstattgespräch", bezirk="18", thema="mobility"))
    assert "Ohne Filter:" not in page
    page = text_of(get(client, q="Zzyzzx Quaxquax"))
    assert "Dazu wissen wir noch nichts." in page
    assert "Zzyzzx Quaxquax" in page


def test_other_language_is_offered(client, site):
    page = text_of(get(client, q="council"))
    assert 'href="/en/search/?q=council"' in page
    assert "auf Englisch" in page


def test_spelling_is_offered(client, site):
    page = text_of(get(client, q="Schulhoff"))
    assert "Meinten Sie" in page
    assert "<strong>Schulhof</strong>" in page


def test_names_are_never_proposed_as_spelling(client, site):
    page = text_of(get(client, q="Aurelja"))
    assert "Meinten Sie" not in page


def test_what_waits_for_removal_neither_shows_nor_counts(client, site):
    site.case.unpublish()
    assert IndexChange.objects.filter(is_removal=True).exists()
    assert "Neuer Schulhof" not in text_of(get(client, q="Schulhof"))
    page = text_of(get(client, bezirk="18"))
    assert "Zu dieser Auswahl gibt es keinen Eintrag." in page
    groups = _suggest(client, "Neuer Schul")
    assert groups == []


def test_what_waits_for_removal_does_not_count_on_other_pages(client, site, settings):
    settings.SEARCH = {**settings.SEARCH, "PAGE_SIZE": 1}
    state = State(query="Bürgerrat ausgewählte Schulhof")
    assert service.run(state, "de").kinds["case"] == 1
    site.case.unpublish()
    results = service.run(state, "de")
    assert [hit.kind for hit in results.hits] == ["method"]
    assert results.kinds["case"] == 0
    assert results.total == 1


def test_hit_that_is_gone_is_dropped_and_queued(client, site):
    """Changed behind the signals' back: the page asks the database."""
    type(site.organisation).objects.filter(pk=site.organisation.pk).update(live=False)
    page = text_of(get(client, q="Schulhof"))
    assert "Stadtentwicklung" not in page
    row = IndexChange.objects.get(kind="organisation")
    assert (row.object_id, row.is_removal) == (site.organisation.pk, True)


def test_expired_consent_ends_at_once(client, site):
    assert "Aurelia" in text_of(get(client, q="Aurelia", was="menschen"))
    site.person.consents.update(withdrawn_on=timezone.localdate())
    for path in ("/de/suche/", "/en/search/"):
        page = text_of(client.get(path, {"q": "Moderation", "was": "menschen"}))
        assert "Aurelia" not in page
    assert _suggest(client, "Beispielperson") == []


def test_suggestions_are_grouped_by_kind(client, site):
    groups = _suggest(client, "Bürg")
    assert [(g["kind"], g["label"]) for g in groups] == [("method", "Methoden")]
    assert groups[0]["items"][0]["title"] == "Bürger*innenrat"
    assert groups[0]["items"][0]["url"].endswith("/buergerrat/")
    assert _suggest(client, "B") == []


def test_suggestions_put_the_chosen_group_first(client, site):
    groups = _suggest(client, "Stadtentwicklung", was="menschen")
    assert groups[0]["kind"] == "organisation"


def test_suggestions_forgive_a_slip(client, site):
    assert _suggest(client, "Schulhpf")[0]["items"][0]["title"] == "Neuer Schulhof"


def test_missing_index_says_so_and_browsing_goes_on(client, site, settings, tmp_path):
    settings.SEARCH = {**settings.SEARCH, "INDEX_DIR": tmp_path / "nothing"}
    response = get(client, q="Schulhof")
    assert response.status_code == 503
    assert "Die Suche antwortet gerade nicht." in text_of(response)
    assert _suggest(client, "Bürger") == []
    assert client.get(site.method.url).status_code == 200


def test_number_of_queries_is_constant(client, site, django_assert_max_num_queries):
    get(client, q="Schulhof")
    for number in range(19, 23):
        parties.district(number, f"Bezirk {number}")
        parties.organisation(f"schulhof-{number}", summary_de="Schulhof")
    with django_assert_max_num_queries(30):
        get(client, q="Schulhof")


def test_post_is_refused(client, site):
    assert client.post("/de/suche/", {"q": "x"}).status_code == 405


def test_searches_are_remembered_without_names(client, site):
    asked = ["Schulhof", "  SCHULHOF ", "Aurelia", "a@example.org", "01 4000 12345"]
    for query in asked:
        get(client, q=query)
    events.flush()
    rows = SearchEvent.objects.order_by("pk").values_list("query", "language")
    assert list(rows) == [("schulhof", "de"), ("schulhof", "de")]
    assert SearchEvent.objects.first().result_count > 0


def test_hidden_people_are_not_remembered_either(client, site):
    parties.person("beispielperson-berthold", groups=())
    get(client, q="Berthold")
    events.flush()
    assert not SearchEvent.objects.exists()


def test_kind_in_the_query(client, site):
    name = str(registry.source("case").label)
    page = text_of(get(client, q=f"art:{name} Schulhof"))
    assert "Neuer Schulhof" in page
    page = text_of(get(client, q="kind:method Schulhof"))
    assert "Neuer Schulhof" not in page


def test_a_typed_kind_leads_to_its_group(client, site):
    response = get(client, q="art:person Schulhof")
    assert response.context["state"].choice == "menschen"
    response = get(client, q="art:case Schulhof", was="menschen")
    assert response.context["state"].choice == "inhalte"
    assert {item.hit.kind for item in response.context["view"].hits} == {"case"}
    assert "case" not in {who.hit.kind for who in response.context["view"].people}


def _suggest(client, query: str, **params) -> list:
    response = client.get("/de/suche/vorschlaege/", {"q": query, **params})
    return json.loads(response.content)["groups"]
