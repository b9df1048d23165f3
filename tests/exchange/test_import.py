"""What an import brings into the database."""

from __future__ import annotations

from django.utils import translation

from wagtail.models import Locale, Page, ReferenceIndex, Revision, Site

import pytest
from wagtail_localize.models import Translation, TranslationSource

from casestudies.models import CaseStudyPage, Round
from hub.models import EasyText, ExchangeItem, HomePage, StandardPage, Topic
from methods.models import GuidePage, MethodLink, MethodPage
from network.models import District, Involvement, Organisation, Programme
from search.models import IndexChange

from .content import CONTENT, both, content, row

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("house")]


def german(model, slug):
    return model.objects.get(slug=slug, locale__language_code="de")


def english(page):
    return page.get_translation(Locale.objects.get(language_code="en")).specific


def test_every_row_is_created_once(house):
    assert {name: count.created for name, count in house.counts.items()} == {
        name: len(rows) for name, rows in CONTENT.items()
    }
    assert ExchangeItem.objects.count() == sum(map(len, CONTENT.values()))


def test_records_with_all_their_relations():
    office = Organisation.objects.get(slug_de="ma-20")
    assert office.live
    assert office.parent.slug_de == "magistrat"
    assert {topic.code for topic in office.topics.all()} == {"energy", "greening"}
    assert office.responsibilities_en == "Plan energy\nAdvise"
    assert office.languages == ["de", "en"]
    assert [d.number for d in District.objects.get(number=1).neighbours.all()] == [9]
    assert Programme.objects.get().parties.get().organisation == office
    assert Round.objects.get().districts.get().ideas == 30
    assert Topic.objects.get(code="greening").synonyms_de == "Bäume"


def test_plain_columns_hold_german_whatever_language_is_active(load):
    rows = content()
    row(rows, "organisations", "ma-20")["name_de"] = "Energie"
    with translation.override("en"):
        load(rows)
    raw = Organisation.objects.raw(
        "SELECT id, name AS plain FROM network_organisation WHERE slug_de = 'ma-20'"
    )
    assert raw[0].plain == "Energie"


def test_pages_in_both_languages():
    page = german(MethodPage, "cafe")
    other = english(page)
    assert (page.title, other.title) == ("Café", "Café meeting")
    assert other.slug == "cafe-en"
    assert other.steps[0].value["title"] == "Start"
    assert other.steps[0].id == page.steps[0].id
    assert "How Café meeting works" in other.how_it_works
    assert page.live
    assert other.live
    assert not page.has_unpublished_changes
    assert not other.has_unpublished_changes
    assert page.get_latest_revision() == page.live_revision
    assert other.alias_of_id is None


def test_nested_list_items_are_translated():
    other = english(german(GuidePage, "eile"))
    assert list(other.sections[0].value["checks"]) == ["Who is missing?"]


def test_neutral_fields_are_equal_in_both_languages():
    page = german(CaseStudyPage, "park")
    other = english(page)
    for name in ("round_id", "year_from", "participants", "participants_source"):
        assert getattr(page, name) == getattr(other, name)
    for name in ("districts", "topics"):
        assert (
            set(getattr(page, name).all()) == set(getattr(other, name).all()) != set()
        )
    method = german(MethodPage, "cafe")
    assert [m.slug for m in method.related_methods.all()] == ["rat"]
    assert list(english(method).related_methods.all()) == list(
        method.related_methods.all()
    )
    assert english(method).tags.first().name == "Tisch"


def test_editors_see_complete_translations():
    records = Translation.objects.all()
    assert records.count() == TranslationSource.objects.count() == 9
    for record in records:
        total, done = record.get_progress()
        assert total == done > 0
        assert record.enabled
        page = record.source.get_source_instance()
        assert record.source.as_instance().text_digest == page.text_digest
        assert record.get_target_instance().text_digest == page.text_digest


def test_a_page_without_english_becomes_an_alias():
    page = german(CaseStudyPage, "nur-deutsch")
    other = english(page)
    assert other.alias_of_id == page.pk
    assert other.title == page.title


def test_an_alias_becomes_a_translation_when_english_arrives(load):
    rows = content()
    late = row(rows, "cases", "nur-deutsch")
    late["title"] = both("Noch nicht übersetzt", "Now translated")
    late["slug"] = both("nur-deutsch", "now-translated")
    load(rows)
    other = english(german(CaseStudyPage, "nur-deutsch"))
    assert other.alias_of_id is None
    assert other.title == "Now translated"
    assert other.live


def test_links_in_texts_name_pages_and_may_differ_by_language():
    page = german(StandardPage, "impressum")
    target = german(MethodPage, "cafe")
    source = page.body[1].value.source
    assert f'<a id="{target.pk}" linktype="page">' in source
    translated = english(page).body[1].value.source
    assert f'id="{target.pk}"' in translated
    assert "https://example.org/en" in translated
    assert "https://example.org/de" not in translated
    assert ReferenceIndex.get_references_to(target).exists()


def test_rows_around_pages():
    case = german(CaseStudyPage, "park")
    use = case.method_uses.get()
    assert (use.method.slug, use.note_en) == ("cafe", "In the park.")
    assert Involvement.objects.get(role="led").page_id == case.pk
    assert Involvement.objects.get(basis="responsibility").role == ""
    assert MethodLink.objects.get().city.slug_de == "graz"
    about = EasyText.objects.get(title="Energie")
    assert about.record.slug_de == "ma-20"
    assert EasyText.objects.get(title="Reden am Tisch").locale.language_code == "de"
    assert HomePage.objects.get(slug="start").featured_case_id == case.pk


def test_the_tree_is_sound():
    assert [len(problem) for problem in Page.find_problems()] == [0] * 5
    for page in Page.objects.all():
        assert page.numchild == page.get_children().count()
        if page.depth > 2:
            assert page.locale == page.get_parent().locale


def test_a_site_in_use_is_left_alone(load):
    page = german(StandardPage, "impressum")
    Site.objects.update(root_page=page, hostname="example.org")
    load()
    assert Site.objects.get().root_page_id == page.pk


def test_second_time_nothing_happens(load):
    revisions = Revision.objects.count()
    sources = dict(TranslationSource.objects.values_list("pk", "last_updated_at"))
    IndexChange.objects.all().delete()
    report = load()
    assert report.total.created == report.total.updated == 0
    assert report.total.unchanged == sum(map(len, CONTENT.values()))
    assert report.differences == []
    assert Revision.objects.count() == revisions
    assert IndexChange.objects.count() == 0
    assert (
        dict(TranslationSource.objects.values_list("pk", "last_updated_at")) == sources
    )


def test_everything_is_queued_for_the_search():
    pages = MethodPage.objects.values_list("pk", flat=True)
    queued = IndexChange.objects.filter(object_id__in=pages).values_list("object_id")
    assert queued.distinct().count() == 4
