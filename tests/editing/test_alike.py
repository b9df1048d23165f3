"""What the search finds alike in meaning: proposed to editors, shown to readers, and a
hint before the same thing is told twice."""

from __future__ import annotations

from typing import Any

from django.contrib.messages import get_messages
from django.core.management import call_command
from django.urls import reverse

import pytest

from casestudies.models import CaseStudyPage
from hub.alike import warn_of_the_same
from hub.roles import EDITORS
from search.meaning import embedder
from search.models import PassageVector
from tests.factories import casestudies as cases
from tests.factories import methods as method_things
from tests.factories import network as things
from tests.search.fake_model import NAME

pytestmark = pytest.mark.django_db


@pytest.fixture
def town(settings, tmp_path, db) -> dict[str, Any]:
    """Cases and methods of which some mean the same, read by the model."""
    settings.SEARCH = {
        **settings.SEARCH,
        "INDEX_DIR": tmp_path / "i",
        "DRAIN": "worker",
        "MEANING": NAME,
        "VECTORS": None,
    }
    embedder.forget()
    things.network_section()
    root, section = cases.case_section(), method_things.method_section()
    made = {
        "shade": cases.case(root, "a", title="Gitter", summary="Gegen Hitze."),
        "heat": cases.case(root, "b", title="Bänke", summary="Ein Platz mit Schatten."),
        "boat": cases.case(root, "c", title="Steg", summary="Ein Kahn am Kanal."),
        "cooling": method_things.method(
            section, "d", title="Spaziergang", summary="Wo ist Schatten?"
        ),
        "lots": method_things.method(
            section, "e", title="Kugeln", summary="Zettel losen."
        ),
        "root": root,
    }
    call_command("search_index", "rebuild", verbosity=0)
    call_command("search_index", "read", verbosity=0)
    yield made
    embedder.forget()


def test_gaps_are_filled_with_what_means_the_same(as_role, town):
    response = as_role(EDITORS).get(reverse("network_gap", args=["fall-ohne-methode"]))
    rows = {row["subject"]: row["suggestions"] for row in response.context["rows"]}
    first = rows[town["shade"]][0]
    assert first.target == str(town["cooling"].pk)
    assert first.why == "dem Sinn nach ähnlich"


def test_forms_show_what_is_alike(as_role, town):
    editor = as_role(EDITORS)
    form = editor.get(reverse("wagtailadmin_pages:edit", args=[town["shade"].pk]))
    html = form.content.decode()
    assert "Die Suche hält diese Einträge dem Sinn nach für ähnlich" in html
    assert "Bänke" in html
    form = editor.get(reverse("wagtailadmin_pages:edit", args=[town["cooling"].pk]))
    assert "Dem Sinn nach ähnlich" in form.content.decode()


def test_forms_are_silent_without_a_model(as_role, town, settings):
    settings.SEARCH = {**settings.SEARCH, "MEANING": "off"}
    url = reverse("wagtailadmin_pages:edit", args=[town["shade"].pk])
    assert "Dem Sinn nach ähnlich" not in as_role(EDITORS).get(url).content.decode()


def _warned(rf, town, page) -> list[str]:
    from django.contrib.messages.storage.fallback import FallbackStorage

    request = rf.get("/")
    request.session = {}
    request._messages = FallbackStorage(request)
    warn_of_the_same(request, page, "case")
    return [str(message) for message in get_messages(request)]


def test_the_same_case_told_again_is_pointed_out(rf, town):
    again = cases.case(
        town["root"], "neu", title="Gitter", summary="Schatten, Hitze.", live=False
    )
    [hint] = _warned(rf, town, again)
    assert "Vielleicht gibt es diesen Eintrag schon" in hint
    assert f'href="{town["shade"].get_url()}"' in hint


def test_another_case_is_no_reason_to_warn(rf, town):
    other = cases.case(
        town["root"], "neu", title="Orchester", summary="Musik am Abend.", live=False
    )
    assert _warned(rf, town, other) == []


def test_what_is_public_already_is_not_asked_about(rf, town):
    assert _warned(rf, town, town["shade"]) == []


def test_a_title_cannot_bring_code_into_the_hint(rf, town):
    page = town["shade"]
    page.title = "<script>x</script> Gitter"
    page.save_revision().publish()
    call_command("search_index", "drain", verbosity=0)
    call_command("search_index", "read", verbosity=0)
    again = cases.case(
        town["root"], "neu", title="Gitter", summary="Schatten, Hitze.", live=False
    )
    assert all("<script>" not in hint for hint in _warned(rf, town, again))


def test_similar_cases_are_those_that_mean_the_same(client, town):
    page = client.get(town["shade"].get_url())
    similar = [entry.page.title for entry in page.context["similar"]]
    assert similar[0] == "Bänke"


def test_few_related_methods_are_filled_up(client, town, settings):
    url = town["cooling"].get_url()
    page = client.get(url)
    assert [hit.title for hit in page.context["alike"]] == ["Kugeln"]
    assert "Dem Sinn nach ähnlich" in page.content.decode()
    settings.SEARCH = {**settings.SEARCH, "MEANING": "off"}
    assert client.get(url).context["alike"] == ()


def test_pages_need_no_more_queries_for_more_entries(
    client, town, django_assert_max_num_queries
):
    url = town["cooling"].get_url()
    client.get(url)
    with django_assert_max_num_queries(40) as few:
        client.get(url)
    for number in range(5):
        cases.case(town["root"], f"x{number}", summary="Noch ein Schatten.")
    call_command("search_index", "drain", verbosity=0)
    call_command("search_index", "read", verbosity=0)
    with django_assert_max_num_queries(len(few)):
        client.get(url)


def test_nothing_is_kept_of_who_is_erased(town, settings, tmp_path):
    settings.HUB_TOMBSTONES = str(tmp_path / "tombstones.jsonl")
    person = things.person(
        "weg",
        ("function", "profile"),
        name="Beispielperson Weg",
        bio_de="Mag den Kahn.",
    )
    call_command("search_index", "drain", verbosity=0)
    call_command("search_index", "read", verbosity=0)
    rows = PassageVector.objects.of("person", [person.pk])
    assert rows.exists()
    from network.privacy import erasure

    erasure.erase(person)
    assert not rows.exists()
    erasure.sweep()
    assert not rows.exists()


def test_only_pages_of_cases_are_compared(rf, town):
    from casestudies.wagtail_hooks import warn_of_the_same_case

    assert isinstance(town["shade"], CaseStudyPage)
    warn_of_the_same_case(rf.get("/"), town["cooling"])  # a method: nothing happens
