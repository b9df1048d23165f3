"""Search by meaning on a small site, with a model that knows a few words: what waits, what
is read, what is found and how it shows; and that nothing else changes."""

from __future__ import annotations

import re
import threading

from django.core.management import CommandError, call_command
from django.urls import reverse
from django.utils import translation

import pytest

from search import maintenance
from search.answers import answer
from search.checks import check_meaning
from search.engines import get_engine
from search.engines.base import Sort
from search.meaning import embedder, filling, readings
from search.meaning.alike import alike, like_draft
from search.meaning.shipped import ship
from search.models import PassageVector
from search.outbox import drain
from search.registry import CONTENT, NETWORK, registry
from search.service import first_hits, run
from search.session import open_search
from search.state import State
from tests.factories import casestudies as cases
from tests.factories import hub as things
from tests.factories import methods
from tests.factories import network as parties

from .conftest import settle
from .fake_model import BROKEN, NAME, FakeEmbedder

OTHER = "tests.search.fake_model.OtherEmbedder"


@pytest.fixture(autouse=True)
def _fresh():
    embedder.forget()
    FakeEmbedder.read.clear()
    yield
    embedder.forget()


def use(settings, name: str, **values) -> None:
    """Choose a model, without any shipped vectors."""
    settings.SEARCH = {**settings.SEARCH, "MEANING": name, "VECTORS": None, **values}


@pytest.fixture
def town(site, settings):
    """The small site with texts that mean something; the model has read nothing yet."""
    use(settings, NAME)
    site.boat = methods.method(
        site.roots.methods,
        "aufsuchend",
        title="Aufsuchende Arbeit",
        summary="Das Team geht dorthin, wo der Kahn liegt.",
        topics=[site.topic],
    )
    site.shade = cases.case(
        site.roots.cases,
        "klima",
        title="Grüner Hof",
        summary="Pflanzen gegen Hitze.",
        districts=[site.district],
    )
    maintenance.rebuild()
    return site


@pytest.fixture
def understood(town):
    """Everything was read, and is in the index."""
    filling.fill()
    settle()
    return town


def titles(query: str, language: str = "de", group: str = CONTENT, **values):
    state = State(query=query, group=group, **values)
    with translation.override(language):
        return [hit.title for hit in first_hits(state, language, 20)]


def results(query: str, language: str = "de", **values):
    with translation.override(language):
        return run(State(query=query, **values), language)


def _glossary_term():
    things.glossary_section()
    return things.term("kahn")


# ---- what is read, and when ----------------------------------------------------------


def test_words_are_found_before_anything_was_read(town):
    assert PassageVector.objects.waiting().exists()
    assert FakeEmbedder.read == []
    assert titles("Hitze Pflanzen")[0] == "Grüner Hof"
    assert titles("ein Boot woanders gestern abend spät") == []


def test_each_passage_is_read_once(understood):
    rows = PassageVector.objects.count()
    assert rows == len(FakeEmbedder.read)
    assert not PassageVector.objects.waiting().exists()
    maintenance.rebuild()
    assert filling.fill() == 0
    assert len(FakeEmbedder.read) == rows
    assert titles("ein Boot woanders gestern abend spät")[0] == "Aufsuchende Arbeit"


def test_only_what_changed_is_read_again(understood):
    FakeEmbedder.read.clear()
    page = understood.shade
    page.summary = "Viele Zettel mit Namen."
    page.save_revision().publish()
    drain()
    assert FakeEmbedder.read == []
    filling.fill()
    settle()
    assert all("Zettel" in text for text in FakeEmbedder.read)
    assert titles("drawn woanders gestern abend spät")[0] in {
        "Grüner Hof",
        "Bürger*innenrat",
    }
    assert "Grüner Hof" in titles("drawn woanders gestern abend spät")


def test_what_goes_is_forgotten(understood):
    pk = understood.shade.pk
    understood.shade.unpublish()
    settle()
    assert not PassageVector.objects.of("case", [pk]).exists()
    term = _glossary_term()
    drain()
    rows = PassageVector.objects.of("term", [term.pk])
    assert rows.exists()
    type(term).objects.filter(pk=term.pk)._raw_delete("default")  # nobody is told
    maintenance.rebuild()
    assert not rows.exists()


def test_another_model_reads_everything_anew(understood, settings):
    use(settings, OTHER)
    assert not readings.are_noted()
    assert not maintenance.is_ready()
    maintenance.ensure()
    assert titles("ein Boot woanders gestern abend spät") == []
    assert filling.fill() == PassageVector.objects.count()
    settle()
    assert set(PassageVector.objects.values_list("model", flat=True)) == {"fake-2"}
    assert titles("ein Boot woanders gestern abend spät")[0] == "Aufsuchende Arbeit"


def test_shipped_vectors_need_no_reading(understood, settings, tmp_path):
    path = tmp_path / "vectors.npz"
    number = ship(path, embedder.get_embedder())
    assert number == len(set(PassageVector.objects.values_list("digest", flat=True)))
    PassageVector.objects.all().delete()
    FakeEmbedder.read.clear()
    use(settings, NAME, VECTORS=path)
    maintenance.rebuild()
    assert not PassageVector.objects.waiting().exists()
    assert FakeEmbedder.read == []
    assert titles("ein Boot woanders gestern abend spät")[0] == "Aufsuchende Arbeit"


@pytest.mark.parametrize("content", [b"", b"no archive", b"PK\x03\x04 half"])
def test_damaged_shipped_vectors_do_no_harm(town, settings, tmp_path, content):
    path = tmp_path / "vectors.npz"
    path.write_bytes(content)
    use(settings, NAME, VECTORS=path)
    maintenance.rebuild()
    assert PassageVector.objects.waiting().exists()


def test_time_is_kept_and_the_rest_waits(town):
    assert filling.fill(seconds=0) == 0
    stop = threading.Event()
    stop.set()
    assert filling.fill(stop=stop.is_set) == 0
    assert PassageVector.objects.waiting().exists()


def test_a_text_that_changed_meanwhile_is_no_obstacle(town):
    row = PassageVector.objects.waiting().first()
    row.digest = "f" * 32
    row.save()
    filling.fill()
    assert not PassageVector.objects.filter(digest="f" * 32).exists()
    settle()
    filling.fill()  # the text that is there now
    settle()
    assert not PassageVector.objects.waiting().exists()


def test_the_command_reads_and_says_so(town, capsys):
    call_command("search_index", "read")
    assert re.match(r"\d+ passages read", capsys.readouterr().out)
    assert titles("ein Boot woanders gestern abend spät")[0] == "Aufsuchende Arbeit"
    call_command("search_index", "read")
    assert capsys.readouterr().out == "0 passages read\n"


def test_the_worker_reads_after_it_drained(town):
    call_command("work", once=True)
    assert not PassageVector.objects.waiting().exists()
    assert titles("ein Boot woanders gestern abend spät")[0] == "Aufsuchende Arbeit"


# ---- without a model -----------------------------------------------------------------

SAMPLES = (
    "Bürgerrat",
    "Hitze Pflanzen",
    "ein Boot woanders gestern abend spät",
    "Schulhof neu",
    "Hof",
)


def test_switched_off_everything_is_as_without(understood, settings):
    use(settings, "off")
    off = [results(text) for text in SAMPLES]
    PassageVector.objects.all().delete()
    maintenance.rebuild()
    assert [results(text) for text in SAMPLES] == off
    assert not PassageVector.objects.exists()
    assert not any(hit.is_meant for found in off for hit in found.hits)


@pytest.mark.parametrize("name", [BROKEN, "nothing.of.this.Name", "nonsense"])
def test_a_model_that_cannot_be_used_leaves_the_words(town, settings, name, capsys):
    use(settings, name)
    maintenance.rebuild()
    assert titles("Hitze Pflanzen")[0] == "Grüner Hof"
    assert embedder.problem()
    call_command("search_index", "read")
    assert "No model reads" in capsys.readouterr().out
    with pytest.raises(CommandError):
        call_command("search_index", "ship")
    call_command("doctor")
    assert "search by meaning: off: " in capsys.readouterr().out


def test_checks_name_what_is_missing(settings):
    use(settings, "off")
    assert check_meaning() == []
    use(settings, "nonsense")
    [warning] = check_meaning()
    assert warning.id == "search.W001"
    assert "nonsense" in warning.msg


def test_doctor_says_what_waits(town, capsys):
    call_command("doctor")
    assert re.search(r"fake-1, \d+ passages wait", capsys.readouterr().out)
    filling.fill()
    settle()
    call_command("doctor")
    assert "fake-1, everything was read" in capsys.readouterr().out


# ---- what is found -------------------------------------------------------------------


def test_a_question_without_any_word_of_the_page_finds_it(understood):
    found = results("wohin mit dem Boot drüben gestern abend spät")
    assert found.hits[0].title == "Aufsuchende Arbeit"
    assert found.hits[0].is_meant
    assert "Kahn" in found.hits[0].snippet


def test_the_page_says_what_was_found_by_meaning(understood, client):
    page = client.get(
        "/de/suche/", {"q": "wohin mit dem Boot drüben gestern abend spät"}
    ).content.decode()
    assert "sinngemäß gefunden" in page
    assert "kommt dem Sinn am nächsten" in page or "dem Sinn am nächsten kommt" in page
    english = client.get(
        "/en/search/", {"q": "where do vessels usually sail every single evening"}
    ).content.decode()
    assert "found by meaning" in english


def test_a_single_word_is_asked_as_a_word(understood):
    found = results("Hof")
    assert "Grüner Hof" in [hit.title for hit in found.hits]
    assert not any(hit.is_meant for hit in found.hits)


def test_a_named_page_stays_first(understood):
    assert titles("Grüner Hof")[0] == "Grüner Hof"
    assert titles("Bürger*innenrat Jugendliche")[0] != "Grüner Hof"


def test_phrases_and_exclusions_hold_for_what_is_near(understood):
    assert "Aufsuchende Arbeit" in titles("Boot irgendwo drüben gestern abend spät")
    assert "Aufsuchende Arbeit" not in titles(
        "Boot irgendwo drüben gestern abend spät -Team"
    )
    assert titles('Boot irgendwo drüben gestern abend spät "das Team geht"') == [
        "Aufsuchende Arbeit"
    ]
    assert titles('Boot irgendwo drüben gestern abend spät "gibt es nicht"') == []


def test_filters_hold_for_what_is_near(understood):
    climate = {"thema": ("mobility",)}
    found = titles("Hitze woanders", filters=climate)
    assert "Grüner Hof" not in found
    assert titles("ein Boot woanders gestern abend spät", kind="case")[:1] != [
        "Aufsuchende Arbeit"
    ]


def test_other_orders_are_of_words_alone(understood):
    assert titles("ein Boot woanders gestern abend spät", sort=Sort.TITLE) == []


def test_what_may_not_be_seen_is_not_near(understood):
    understood.boat.unpublish()  # the index does not know yet
    assert "Aufsuchende Arbeit" not in titles("ein Boot woanders gestern abend spät")
    settle()
    assert "Aufsuchende Arbeit" not in titles("ein Boot woanders gestern abend spät")


def test_nothing_found_has_a_guess(understood, client):
    found = results("Boote")
    assert (found.hits, found.total) == ((), 0)
    assert found.guesses[0].title == "Aufsuchende Arbeit"
    page = client.get("/de/suche/", {"q": "Boote"}).content.decode()
    assert "Meinten Sie vielleicht das?" in page
    assert "Aufsuchende" in page


def test_a_short_question_names_something_or_is_guessed(understood, client):
    found = results("Boot drüben")
    assert (found.hits, found.total) == ((), 0)
    assert found.guesses[0].title == "Aufsuchende Arbeit"
    with translation.override("de"):  # people are asked by meaning all the same
        assert answer("Boot drüben", "de").total


def test_what_is_there_in_another_language_only_is_found_and_marked(understood, client):
    assert results("what about vessels", "en").foreign == ()
    for page in understood.boat.get_translations():
        page.unpublish()
    settle()
    found = results("what about vessels", "en")
    assert found.foreign[0].title == "Aufsuchende Arbeit"
    assert all(hit.language == "de" for hit in found.foreign)
    page = client.get("/en/search/", {"q": "what about vessels"}).content.decode()
    assert "Only in another language" in page
    assert re.search(r'<div lang="de"><div class="hit-top">', page)
    methods.method(  # the one that is there in both is not named twice
        understood.roots.methods,
        "zwei",
        title="Kahn fahren",
        summary="Der Kahn fährt.",
        en={"title": "Ask vessels", "slug": "ask", "summary": "Ships sail."},
    )
    drain()
    filling.fill()
    settle()
    again = results("what about vessels", "en")
    assert "Kahn fahren" not in [hit.title for hit in again.foreign]
    assert again.hits[0].title == "Ask vessels"


def test_people_are_found_by_what_the_work_means(understood):
    parties.involvement(understood.boat, understood.person, role="moderated")
    settle()
    filling.fill()
    settle()
    with translation.override("de"):
        found = answer("wohin mit dem Boot drüben gestern abend spät", "de")
    assert "Beispielperson Aurelia" in [who.hit.title for who in found.entries]


def test_the_panel_beside_a_list_hears_the_meaning(understood):
    parties.involvement(understood.boat, understood.person, role="moderated")
    settle()
    filling.fill()
    settle()
    with translation.override("de"):
        found = run(
            State(query="wohin mit dem Boot drüben gestern abend spät"),
            "de",
            with_people=True,
        )
    assert "Beispielperson Aurelia" in [who.hit.title for who in found.people]


def test_lists_for_machines_have_the_same(understood, client):
    answer = client.get(
        "/de/suche/",
        {"q": "wohin mit dem Boot drüben gestern abend spät", "als": "json"},
    )
    assert answer.json()["items"][0]["title"] == "Aufsuchende Arbeit"


def test_facets_count_the_whole_list(understood):
    found = results("wohin mit dem Boot drüben gestern abend spät")
    assert sum(found.kinds.values()) == found.total


def test_pages_have_a_fixed_number_of_queries(
    understood, client, django_assert_max_num_queries
):
    client.get("/de/suche/", {"q": "wohin mit dem Boot drüben gestern abend spät"})
    with django_assert_max_num_queries(14):
        client.get("/de/suche/", {"q": "wohin mit dem Boot drüben gestern abend spät"})


def test_editors_read_how_near_a_hit_is(understood, admin_client, capsys):
    url = reverse("search_explain")
    page = admin_client.get(
        url, {"q": "wohin mit dem Boot drüben gestern abend spät"}
    ).content.decode()
    assert "Nähe im Sinn: 0," in page
    assert "Nur sinngemäß gefunden" in page
    assert "zählen Wörter und Sinn je zur Hälfte" in page
    call_command(
        "search_index", "explain", "wohin mit dem Boot drüben gestern abend spät"
    )
    assert re.search(r"Aufsuchende Arbeit  near 0\.\d\d", capsys.readouterr().out)


def test_the_public_page_tells_of_the_meaning_where_it_is_used(
    understood, client, settings
):
    url = "/de/suche/wie-gereiht-wird/"
    assert "Was sie dem Sinn nach findet" in client.get(url).content.decode()
    use(settings, "off")
    assert "Was sie dem Sinn nach findet" not in client.get(url).content.decode()


# ---- what is alike -------------------------------------------------------------------


def test_alike_in_meaning_and_nothing_of_itself(understood):
    other = cases.case(
        understood.roots.cases,
        "parklet",
        title="Schattenplatz",
        summary="Ein Platz mit Schatten.",
    )
    drain()
    filling.fill()
    settle()
    found = alike("case", understood.shade.pk, "de", ("case",), 2)
    assert found[0].object_id == other.pk
    assert understood.shade.pk not in {hit.object_id for hit in found}
    assert alike("case", 999_999, "de", ("case",), 2) == ()


def test_a_draft_is_compared_before_it_is_public(understood):
    source = registry.source("case")
    draft = cases.case(
        understood.roots.cases,
        "doppelt",
        title="Hof mit Schatten",
        summary="Gegen die Hitze.",
        live=False,
    )
    [document] = source.documents(draft)
    [hit] = like_draft(document, ("case",), 1)
    assert hit.title == "Grüner Hof"
    assert hit.similarity > 0.5


def test_nothing_is_alike_where_no_index_is(understood):
    get_engine().drop_all()
    assert alike("case", understood.shade.pk, "de", ("case",), 2) == ()


def test_the_network_is_asked_within_itself(understood):
    search = open_search("de")
    near = search.nearest(
        State(query="Boot irgendwo drüben gestern abend spät", group=NETWORK), 3
    )
    kinds = {hit.kind for hit in near.hits}
    assert kinds <= set(registry.kinds(NETWORK))
