"""What editors changed stays; what they did not is brought up to date."""

from __future__ import annotations

from wagtail.models import Locale, Page

import pytest
from wagtail_localize.models import StringTranslation, Translation

from casestudies.models import CaseStudyPage
from hub.exchange.exporter import Exporter
from hub.models import StandardPage
from methods.models import MethodPage
from network.models import Involvement, Organisation

from .content import both, content, rich, row

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("house")]


def german(model, slug):
    return model.objects.get(slug=slug, locale__language_code="de")


def english(page):
    return page.get_translation(Locale.objects.get(language_code="en")).specific


def publish(page):
    page.save_revision().publish()


def differences(report):
    return [str(difference) for difference in report.differences]


def test_a_field_an_editor_changed_stays_and_is_listed(load):
    Organisation.objects.filter(slug_de="ma-20").update(name_de="Energie")
    rows = content()
    office = row(rows, "organisations", "ma-20")
    office["name_de"] = "Energieabteilung"
    office["short_name"] = "Energie"
    report = load(rows)
    changed = Organisation.objects.get(slug_de="ma-20")
    assert changed.name_de == "Energie"
    assert changed.short_name == "Energie"
    assert report.counts["organisations"].updated == 1
    assert differences(report) == [
        "organisations/ma-20 name_de: von der Redaktion und in der Datei geändert"
    ]


def test_it_stays_the_next_time_too(load):
    Organisation.objects.filter(slug_de="ma-20").update(name_de="Energie")
    rows = content()
    row(rows, "organisations", "ma-20")["short_name"] = "Energie"
    first, second = load(rows), load(rows)
    assert second.total.updated == 0
    assert differences(first) == differences(second) != []
    row(rows, "organisations", "ma-20")["name_de"] = "Energieabteilung"
    load(rows)
    assert Organisation.objects.get(slug_de="ma-20").name_de == "Energie"


def test_an_editor_who_takes_the_new_text_ends_the_difference(load):
    Organisation.objects.filter(slug_de="ma-20").update(name_de="Neu")
    rows = content()
    row(rows, "organisations", "ma-20")["name_de"] = "Neu"
    assert load(rows).differences == []
    row(rows, "organisations", "ma-20")["name_de"] = "Noch neuer"
    load(rows)
    assert Organisation.objects.get(slug_de="ma-20").name_de == "Noch neuer"


def test_relations_of_an_editor_stay(load):
    office = Organisation.objects.get(slug_de="ma-20")
    office.topics.clear()
    office.save()
    report = load()
    assert not Organisation.objects.get(slug_de="ma-20").topics.exists()
    assert differences(report) == [
        "organisations/ma-20 topics: von der Redaktion geändert"
    ]


def test_a_changed_file_changes_both_languages(load):
    rows = content()
    cafe = row(rows, "methods", "cafe")
    cafe["summary"] = both("Anders.", "Different.")
    cafe["group_size_max"] = 80
    report = load(rows)
    page = german(MethodPage, "cafe")
    assert (page.summary, english(page).summary) == ("Anders.", "Different.")
    assert (page.group_size_max, english(page).group_size_max) == (80, 80)
    assert report.counts["methods"].updated == 1
    total, done = Translation.objects.get(
        source__object_id=page.translation_key
    ).get_progress()
    assert total == done


def test_an_emptied_relation_is_emptied_in_both_languages(load):
    rows = content()
    cafe = row(rows, "methods", "cafe")
    cafe["related_methods"], cafe["topics"] = [], []
    load(rows)
    page = german(MethodPage, "cafe")
    for version in (page, english(page)):
        assert not version.related_methods.exists()
        assert not version.topics.exists()


def test_a_german_text_of_an_editor_waits_for_its_translator(load):
    page = german(MethodPage, "cafe")
    page.title = "Kaffeehaus"
    publish(page)
    rows = content()
    cafe = row(rows, "methods", "cafe")
    cafe["title"] = both("Tischrunde", "Round of tables")
    cafe["summary"] = both("Anders.", "Different.")
    cafe["effort"] = "high"
    report = load(rows)
    page = german(MethodPage, "cafe")
    other = english(page)
    assert (page.title, page.summary, page.effort) == ("Kaffeehaus", "Anders.", "high")
    assert other.title == "Café meeting"
    assert other.summary == "Café in one sentence.".replace("Café", "Café meeting")
    assert other.effort == "high"
    assert other.live
    assert "methods/cafe title" in differences(report)[0]
    # The English text of the file is there for the translator, who still has to
    # translate the new title.
    assert StringTranslation.objects.filter(data="Different.").exists()
    total, done = Translation.objects.get(
        source__object_id=page.translation_key
    ).get_progress()
    assert done < total


def test_an_english_text_of_an_editor_stays(load):
    page = german(MethodPage, "cafe")
    text = StringTranslation.objects.get(data="Café meeting in one sentence.")
    text.data = "Talking at tables."
    text.save()
    translation = Translation.objects.get(source__object_id=page.translation_key)
    translation.save_target(publish=True)
    assert english(page).summary == "Talking at tables."
    rows = content()
    row(rows, "methods", "cafe")["title"] = both("Tischrunde", "Round of tables")
    report = load(rows)
    other = english(german(MethodPage, "cafe"))
    assert (other.title, other.summary) == ("Round of tables", "Talking at tables.")
    assert differences(report) == ["methods/cafe summary: von der Redaktion geändert"]


def test_a_translation_in_work_is_left_alone(load):
    text = StringTranslation.objects.get(data="Café meeting in one sentence.")
    text.data = "Talking at"
    text.save()
    rows = content()
    row(rows, "methods", "cafe")["title"] = both("Tischrunde", "Round of tables")
    report = load(rows)
    page = german(MethodPage, "cafe")
    assert page.title == "Café"
    assert english(page).summary == "Café meeting in one sentence."
    assert differences(report) == [
        "methods/cafe title: an der Übersetzung wird gearbeitet"
    ]


def test_a_draft_is_left_alone(load):
    page = german(StandardPage, "impressum")
    page.title = "Entwurf"
    page.save_revision()
    rows = content()
    row(rows, "pages", "impressum")["summary"] = both("Neu", "New")
    report = load(rows)
    page = german(StandardPage, "impressum")
    assert page.summary == ""
    assert page.get_latest_revision_as_object().title == "Entwurf"
    assert differences(report) == ["pages/impressum summary: ein Entwurf ist in Arbeit"]
    # Published, the change of the file comes through next time.
    page.get_latest_revision().publish()
    load(rows)
    page = german(StandardPage, "impressum")
    assert (page.title, page.summary) == ("Entwurf", "Neu")


def test_a_page_that_was_taken_off_stays_off(load):
    german(StandardPage, "impressum").unpublish()
    rows = content()
    row(rows, "pages", "impressum")["summary"] = both("Neu", "New")
    report = load(rows)
    page = german(StandardPage, "impressum")
    assert not page.live
    assert not english(page).live
    assert differences(report) == ["pages/impressum summary: ist nicht veröffentlicht"]


def test_a_translation_that_was_taken_off_stays_off(load):
    page = german(StandardPage, "impressum")
    english(page).unpublish()
    assert english(page).alias_of_id == page.pk
    rows = content()
    row(rows, "pages", "impressum")["show_in_footer"] = False
    row(rows, "pages", "impressum")["summary"] = both("Neu", "New")
    load(rows)
    page = german(StandardPage, "impressum")
    assert not page.show_in_footer
    assert english(page).alias_of_id == page.pk


def test_revisions_of_a_record_show_what_was_imported(load):
    office = Organisation.objects.get(slug_de="ma-20")
    office.short_name = "EP"
    office.save_revision().publish()
    rows = content()
    row(rows, "organisations", "ma-20")["phone"] = "01 4000"
    load(rows)
    office = Organisation.objects.get(slug_de="ma-20")
    draft = office.get_latest_revision_as_object()
    assert (office.phone, draft.phone) == ("01 4000", "01 4000")
    assert (office.short_name, draft.short_name) == ("EP", "EP")
    assert not office.has_unpublished_changes


def test_what_was_deleted_stays_away(load):
    Involvement.objects.filter(role="led").delete()
    report = load()
    assert not Involvement.objects.filter(role="led").exists()
    assert differences(report) == [
        "involvements/park-ma-20: wurde gelöscht und bleibt weg"
    ]


def test_uses_of_methods_are_one_field(load):
    case = german(CaseStudyPage, "park")
    case.method_uses.update(phase="decide")
    report = load()
    assert german(CaseStudyPage, "park").method_uses.get().phase == "decide"
    assert differences(report) == ["cases/park method_uses: von der Redaktion geändert"]


def test_a_page_moves_with_its_translation(load):
    rows = content()
    rows["pages"].append(
        {
            "id": "lizenz",
            "type": "standard",
            "parent": "start",
            "title": both("Lizenz", "Licence"),
            "slug": both("lizenz", "licence"),
        }
    )
    load(rows)
    row(rows, "pages", "lizenz")["parent"] = "impressum"
    load(rows)
    page = german(StandardPage, "lizenz")
    assert page.get_parent().slug == "impressum"
    assert english(page).get_parent().slug == "impressum-en"
    assert [len(problem) for problem in Page.find_problems()] == [0] * 5


def test_what_editors_made_is_exported_and_known_again(load, tmp_path):
    Organisation.objects.create(
        slug_de="verein", name_de="Verein", name_en="Club", kind="association"
    )
    written = {s.name: rows for s, rows in Exporter().rows()}
    made = row(written, "organisations", "verein")
    assert made["name_en"] == "Club"
    report = load(written)
    assert report.total.created == report.total.updated == 0
    assert report.differences == []
    made["short_name"] = "V"
    load(written)
    assert Organisation.objects.get(slug_de="verein").short_name == "V"


def test_a_new_row_may_not_take_the_address_of_an_editors_page(complaints):
    parent = german(StandardPage, "impressum").get_parent()
    parent.add_child(
        instance=StandardPage(
            title="Neu", slug="neu", locale=Locale.objects.get(language_code="de")
        )
    )
    rows = content()
    rows["pages"].append(
        {
            "id": "andere",
            "type": "standard",
            "parent": "start",
            "title": both("Andere", "Other"),
            "slug": both("neu", "new"),
            "body": both(
                [{"id": "1", "type": "paragraph", "value": rich("x")}],
                [{"id": "1", "type": "paragraph", "value": rich("y")}],
            ),
        }
    )
    (found,) = complaints(rows)
    assert found.startswith("pages.json, andere, slug: ")
