"""Recommendations of the editors: chosen by address, shown above the list."""

from __future__ import annotations

from datetime import timedelta

from django.utils import timezone

import pytest

from search import service
from search.engines.base import Sort
from search.models import IndexChange, PromotedResult
from search.state import State
from search.targets import TargetError, find_target
from tests.search.test_views import get, text_of


def promote(site, queries="Fest planen", target=None, **values):
    found = find_target((target or site.method).get_url(), "de")
    return PromotedResult.objects.create(
        queries=queries,
        address="/",
        kind=found.kind,
        object_id=found.object_id,
        title=found.title,
        **values,
    )


def shown(query, **options):
    results = service.run(State(query=query, **options), "de")
    return [found.hit.title for found in results.promoted], results


def test_shows_for_the_whole_query_in_any_form_and_order(client, site):
    promote(site, "Fest planen\nStraßenfest", reason="Bewährt.")
    for query in ("Fest planen", "planen fest", "FESTE planen", "Straßenfeste"):
        assert shown(query)[0] == ["Bürger*innenrat"], query
    for query in ("Fest", "Fest planen Schulhof", ""):
        assert shown(query)[0] == [], query
    page = text_of(get(client, q="Fest planen"))
    assert "Empfehlung der Redaktion" in page
    assert "Bewährt." in page


def test_stands_above_and_not_in_the_list(site):
    promote(site, "Bürgerrat")
    titles, results = shown("Bürgerrat")
    assert titles == ["Bürger*innenrat"]
    assert "Bürger*innenrat" not in [hit.title for hit in results.hits]
    titles, results = shown("Bürgerrat", page=2)
    assert "Bürger*innenrat" not in [hit.title for hit in results.hits]


def test_stays_within_tab_filters_and_order(site):
    promote(site)
    assert shown("Fest planen", kind="method")[0] == ["Bürger*innenrat"]
    assert shown("Fest planen", kind="case")[0] == []
    assert shown("Fest planen", filters={"thema": ("mobility",)})[0]
    assert shown("Fest planen", filters={"bezirk": ("18",)})[0] == []
    assert shown("Fest planen", group="network")[0] == []
    assert shown("Fest planen", sort=Sort.NEWEST)[0] == []


def test_ends_and_hides_with_its_target(site):
    row = promote(site, until=timezone.localdate())
    assert shown("Fest planen")[0]
    row.until = timezone.localdate() - timedelta(days=1)
    row.save()
    assert shown("Fest planen")[0] == []
    row.until = None
    row.save()
    site.method.unpublish()
    assert shown("Fest planen")[0] == []


def test_a_target_that_is_gone_behind_our_back_never_shows(site):
    promote(site)
    type(site.method).objects.filter(pk=site.method.pk).update(live=False)
    assert shown("Fest planen")[0] == []
    assert IndexChange.objects.filter(is_removal=True).exists()


def test_addresses_of_pages_and_records(site):
    for address in (
        "/de/methoden/buergerrat/",
        "de/methoden/buergerrat",
        " http://localhost/de/methoden/buergerrat/?a=b ",
    ):
        found = find_target(address, "de")
        assert (found.kind, found.object_id) == ("method", site.method.pk)
    found = find_target(site.organisation.get_url("de"), "en")
    assert (found.kind, found.title) == ("organisation", str(found.title))
    assert "Urban development" in found.title


@pytest.mark.parametrize(
    ("address", "message"),
    [
        ("/de/gibt-es-nicht/", "steht nichts"),
        ("", "steht nichts"),
        ("https://example.org/de/methoden/buergerrat/", "gehört nicht"),
        ("javascript:alert(1)", "keine Adresse"),
        ("http://[", "keine Adresse"),
    ],
)
def test_other_addresses_are_refused_with_the_reason(site, address, message):
    with pytest.raises(TargetError, match=message):
        find_target(address, "de")


def test_people_and_other_languages_are_refused(site):
    with pytest.raises(TargetError, match="Personen werden nicht empfohlen"):
        find_target(site.person.get_url("de"), "de")
    with pytest.raises(TargetError, match="nicht in der gewählten Sprache"):
        find_target(site.method.get_url(), "en")
