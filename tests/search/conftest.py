"""A site with one thing of most kinds, and an index of its own for each test."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from types import SimpleNamespace
from uuid import uuid4

from wagtail.signal_handlers import disable_reference_index_auto_update

import pytest

from search import events, maintenance
from search.engines import get_engine
from search.engines.base import Engine, Request
from search.ladder import build
from search.models import IndexChange
from search.outbox import drain
from search.parsing import parse
from tests.conftest import require
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
    """A small site, indexed. What refers to what is not noted: no search reads it, and
    it takes a quarter of the time."""
    with disable_reference_index_auto_update():
        made = _small_site()
    maintenance.rebuild()
    IndexChange.objects.all().delete()
    return made


def _small_site():
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


# ---- a real Elasticsearch: .ci/elasticsearch start, HUB_TEST_ELASTIC_URL=… ------------


@pytest.fixture(scope="session")
def elastic_url() -> str:
    """Address of a running server; mark tests that use it with ``elastic``."""
    url = os.environ.get("HUB_TEST_ELASTIC_URL", "")
    require(bool(url), "Elasticsearch (HUB_TEST_ELASTIC_URL)")
    return url


@pytest.fixture(scope="session")
def make_elastic_engine(elastic_url) -> Iterator[Callable[..., Engine]]:
    """Makes engines with indexes of their own, dropped when all tests are done:
    ``engine = make_elastic_engine()``."""
    from search.engines.elastic import ElasticEngine

    made: list[ElasticEngine] = []

    def make(**options) -> ElasticEngine:
        usual = {
            "url": elastic_url,
            "prefix": f"test-{uuid4().hex[:12]}",
            "seconds": 20.0,
        }
        engine = ElasticEngine(**(usual | options))
        made.append(engine)
        return engine

    yield make
    for engine in made:
        engine.close()
        cleaner = ElasticEngine(elastic_url, engine.prefix, seconds=20.0)
        cleaner.drop_all()
        cleaner.close()


@pytest.fixture
def elastic_engine(make_elastic_engine) -> Engine:
    """An engine on the server without any index yet."""
    return make_elastic_engine()
