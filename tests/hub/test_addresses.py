"""Addresses of records: one per language, and none of them ever dies."""

from django.core.exceptions import ValidationError
from django.utils import translation

import pytest

from hub.addresses import section_address
from hub.models import OldAddress
from tests.factories import hub as hub_things
from tests.factories import network as things

pytestmark = pytest.mark.django_db


@pytest.fixture
def network():
    return things.network_section()


def test_a_record_answers_in_the_words_of_each_language(network):
    record = things.organisation("ma-18")
    assert record.get_url("de") == "/de/netzwerk/dienststellen/ma-18/"
    assert record.get_url("en") == "/en/network/departments/ma-18-en/"
    with translation.override("en"):
        assert record.get_absolute_url() == "/en/network/departments/ma-18-en/"


def test_a_record_without_a_section_page_has_no_address():
    assert things.organisation("ma-18").get_url("de") == ""


def test_the_address_costs_no_query(network, django_assert_num_queries):
    records = [things.organisation(f"ma-{n}") for n in range(5)]
    section_address("network.NetworkPage", "de")
    with django_assert_num_queries(0):
        assert all(record.get_url(code) for record in records for code in ("de", "en"))


def test_a_renamed_section_page_moves_its_records(network):
    record = things.organisation("ma-18")
    assert record.get_url("de")
    page = network["de"]
    page.slug = "kontakte"
    page.save_revision().publish()
    assert record.get_url("de") == "/de/kontakte/dienststellen/ma-18/"


def test_a_term_is_a_place_on_the_glossary():
    hub_things.glossary_section()
    term = hub_things.term("losverfahren")
    assert term.get_url("en") == "/en/glossary/#losverfahren-en"


def test_a_changed_slug_leaves_the_old_one(network):
    record = things.organisation("ma-18")
    record.slug_de = "stadtplanung"
    record.save()
    old = OldAddress.objects.get()
    assert (old.language, old.slug, old.object_id) == ("de", "ma-18", record.pk)


def test_a_slug_taken_back_is_no_old_one(network):
    record = things.organisation("ma-18")
    for slug in ("stadtplanung", "ma-18"):
        record.slug_de = slug
        record.save()
    assert [old.slug for old in OldAddress.objects.all()] == ["stadtplanung"]


def test_a_record_never_public_leaves_nothing(network):
    record = things.organisation("ma-18", live=False)
    record.slug_de = "stadtplanung"
    record.save()
    record.delete()
    assert not OldAddress.objects.exists()


def test_a_deleted_record_says_that_it_is_gone(network):
    record = things.organisation("ma-18")
    record.slug_de = "stadtplanung"
    record.save()
    record.delete()
    left = OldAddress.objects.values_list("language", "slug", "object_id")
    assert sorted(left) == [
        ("de", "ma-18", None),
        ("de", "stadtplanung", None),
        ("en", "ma-18-en", None),
    ]


def test_of_a_person_nothing_stays(network):
    record = things.person("beispielperson-a")
    record.slug_de = "beispielperson-b"
    record.save()
    assert OldAddress.objects.exists()
    record.delete()
    assert not OldAddress.objects.exists()


@pytest.mark.parametrize("slug", ["leicht-lesen", "easy-read", "finder", "vergleich"])
def test_words_of_routes_are_no_slugs(network, slug):
    record = things.organisation("ma-18")
    record.slug_en = slug
    with pytest.raises(ValidationError) as caught:
        record.full_clean()
    assert "slug_en" in caught.value.message_dict


def test_words_of_routes_are_no_slugs_of_pages(network):
    from hub.models import StandardPage

    page = StandardPage(title="Finder", slug="finder", locale=network["de"].locale)
    with pytest.raises(ValidationError):
        hub_things.homes()["de"].add_child(instance=page)


def test_section_pages_may_be_called_like_a_route():
    assert hub_things.easy_section()["de"].slug == "leicht-lesen"
