"""What facets call their values: held in memory, and right after every change."""

from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import translation

from wagtail.models import PageViewRestriction

import pytest

from hub.models import Topic
from search.registry import registry

pytestmark = pytest.mark.django_db


def make(**values):
    return Topic.objects.create(**{"name_de": "Schatten", "name_en": "Shade"} | values)


@pytest.fixture
def facet():
    return registry.facets["thema"]


def test_a_renamed_topic_has_its_new_name_at_once(facet):
    topic = make(code="schatten", name_de="Schatten")
    assert facet.labels()["schatten"] == "Schatten"
    topic.name_de = "Schatten und Kühle"
    topic.save()
    assert facet.labels()["schatten"] == "Schatten und Kühle"


def test_a_deleted_topic_is_no_choice_any_more(facet):
    topic = make(code="schatten")
    assert "schatten" in facet.labels()
    topic.delete()
    assert "schatten" not in facet.labels()


def test_each_language_has_its_own_names(facet):
    make(code="schatten", name_de="Schatten", name_en="Shade")
    with translation.override("en"):
        assert facet.labels()["schatten"] == "Shade"
    assert facet.labels()["schatten"] == "Schatten"


def test_a_method_behind_a_restriction_is_no_choice(site):
    facet = registry.facets["methode"]
    assert facet.labels()["buergerrat"] == "Bürger*innenrat"
    section = site.roots.methods["de"]
    closed = PageViewRestriction.objects.create(page=section, restriction_type="login")
    assert "buergerrat" not in facet.labels()
    closed.delete()
    assert "buergerrat" in facet.labels()
    site.method.unpublish()
    assert "buergerrat" not in facet.labels()


def test_nothing_is_read_twice(facet):
    make(code="schatten")
    facet.labels()
    with CaptureQueriesContext(
        connection,
    ) as asked:
        facet.labels()
    assert not any(Topic._meta.db_table in query["sql"] for query in asked)
