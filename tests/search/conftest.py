"""A site with one thing of most kinds, and an index of its own for each test."""

from __future__ import annotations

from types import SimpleNamespace

import pytest

from search import events, maintenance
from search.engines import get_engine
from search.engines.base import Request
from search.ladder import build
from search.models import IndexChange
from search.outbox import drain
from search.parsing import parse
from tests.factories import casestudies as cases
from tests.factories import hub as things
from tests.factories import methods
from tests.factories import network as parties


@pytest.fixture(autouse=True)
def _no_events_of_other_tests():
    events._buffer.clear()


@pytest.fixture
def empty_index(settings, tmp_path, db):
    """An index folder for this test, with an index of nothing."""
    settings.SEARCH = {
        **settings.SEARCH,
        "INDEX_DIR": tmp_path / "index",
        "DRAIN": "worker",
    }
    for language in settings.SEARCH["LANGUAGES"]:
        get_engine().rebuild(language, [])
    return settings


@pytest.fixture
def site(empty_index):
    """A small site, indexed."""
    topic = things.topic("mobility", "Mobilität", "Mobility")
    youth = things.target_group("youth", "Jugendliche")
    roots = SimpleNamespace(
        methods=methods.method_section(),
        cases=cases.case_section(),
        network=parties.network_section(),
    )
    district = parties.district(18, "Währing")
    method = methods.method(
        roots.methods,
        "buergerrat",
        title="Bürger*innenrat",
        topics=[topic],
        target_groups=[youth],
        how_it_works="<p>Zufällig ausgewählte Menschen beraten.</p>",
        en={"title": "Citizens' council", "slug": "citizens-council"},
    )
    case = cases.case(
        roots.cases, "schulhof", title="Neuer Schulhof", districts=[district]
    )
    organisation = parties.organisation(
        "ma-18",
        name_de="Stadtentwicklung",
        name_en="Urban development",
        code="MA 18",
        responsibilities_de="Stadtteilplanung\nSchatten im Schulhof",
        topics=[topic],
    )
    person = parties.person("beispielperson-aurelia", name="Beispielperson Aurelia")
    parties.membership(person, organisation, "Moderation")
    maintenance.rebuild()
    IndexChange.objects.all().delete()
    return SimpleNamespace(
        roots=roots,
        topic=topic,
        youth=youth,
        district=district,
        method=method,
        case=case,
        organisation=organisation,
        person=person,
    )


def found(text: str, language: str = "de") -> list[str]:
    """Titles that a query finds in the index, whatever is pending."""
    request = Request(language, build(parse(text), language).steps, limit=50)
    return [hit.title for hit in get_engine().search(request).hits]


def settle() -> None:
    """Bring everything into the index, and see that nothing differs afterwards."""
    drain()
    assert maintenance.check() == []
    assert not IndexChange.objects.exists()
