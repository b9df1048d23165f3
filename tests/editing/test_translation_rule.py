"""Numbers travel, texts wait."""

from __future__ import annotations

from wagtail.models import Page, PageViewRestriction

import pytest
from wagtail_localize.models import StringTranslation, Translation

from hub.translations.refusal import PublishingRefused
from methods.models import MethodPage

from .conftest import fill, live, publish, start, translate

pytestmark = pytest.mark.django_db


# Placeholders -----------------------------------------------------------------------


def test_first_publishing_makes_a_placeholder(method, english):
    page = live(method, english)
    assert page.alias_of_id == method.pk
    assert page.live
    assert page.is_placeholder
    assert page.shown_language == "de"
    assert "noch nicht in dieser Sprache" in page.translation_notice
    assert page.get_parent().locale == english


def test_a_placeholder_stays_while_its_translation_is_written(method, english):
    record = start(method, english)
    fill(record, only=2)
    page = live(method, english)
    assert page.is_placeholder
    assert page.title == method.title
    publish(method, summary="Neu.")
    assert live(method, english).summary == "Neu."


def test_publishing_replaces_the_placeholder(method, english):
    before = live(method, english).pk
    page = translate(method, english)
    assert page.pk == before
    assert not page.is_placeholder
    assert page.live
    assert page.title == "EN Planungszelle"
    assert page.slug == "en-planungszelle"
    assert page.how_it_works.count("EN ") == 2
    assert page.steps[0].value["title"] == "EN Losen"
    assert page.strengths[0].value == "EN Alle können mitreden."
    assert page.translation_notice == ""


def test_a_draft_submitted_before_publishing_ends_up_as_placeholder(methods, english):
    page = methods.add_child(
        instance=MethodPage(title="Neu", slug="neu", summary="S", live=False)
    )
    page.save_revision()
    start(page, english)
    assert not live(page, english).live
    page.get_latest_revision().publish()
    assert live(page, english).is_placeholder
    assert live(page, english).live


# Neutral fields ---------------------------------------------------------------------


def test_a_changed_number_is_in_english_at_once(method, english):
    translate(method, english)
    publish(method, group_size_max=30)
    page = live(method, english)
    assert page.group_size_max == 30
    assert page.title == "EN Planungszelle"
    assert page.translation_notice == ""


def test_an_emptied_relation_is_empty_in_english(method, english):
    page = translate(method, english)
    assert page.topics.count() == 2
    draft = method.get_latest_revision_as_object()
    draft.topics.set([])
    draft.save_revision().publish()
    assert method.topics.count() == 0
    assert live(method, english).topics.count() == 0


def test_sources_and_tags_follow_even_when_a_text_changed_too(method, english):
    translate(method, english)
    draft = method.get_latest_revision_as_object()
    draft.summary = "Ganz anders."
    draft.tags.clear()
    draft.sources = []
    draft.effort = "low"
    draft.save_revision().publish()
    page = live(method, english)
    assert list(page.tags.names()) == []
    assert len(page.sources) == 0
    assert page.effort == "low"
    assert page.summary == "EN Zufällig ausgewählte Menschen beraten."


def test_a_draft_of_the_translation_gets_the_numbers_too(method, english):
    from hub.translations.building import build_draft

    page = translate(method, english)
    record = Translation.objects.get(source__object_id=method.translation_key)
    build_draft(record)
    publish(method, group_size_max=40, summary="Anders.")
    page.refresh_from_db()
    draft = page.get_latest_revision_as_object()
    assert draft.group_size_max == 40
    assert draft.summary == page.summary


def test_an_old_draft_never_brings_old_numbers_back(method, english):
    from hub.translations.building import build_draft

    translate(method, english)
    record = Translation.objects.get(source__object_id=method.translation_key)
    old = build_draft(record)
    build_draft(record)
    publish(method, group_size_max=40)
    old.refresh_from_db()
    old.publish()
    assert live(method, english).group_size_max == 40


# Texts ------------------------------------------------------------------------------


def test_a_changed_text_waits_with_a_notice(method, english):
    translate(method, english)
    german = publish(method, summary="Etwas ganz anderes.")
    page = live(method, english)
    assert page.summary == "EN Zufällig ausgewählte Menschen beraten."
    assert page.is_translation_outdated
    assert page.translation_notice == "Die deutsche Fassung dieser Seite ist neuer."
    assert german.translation_notice == ""

    record = Translation.objects.get(source__object_id=method.translation_key)
    assert fill(record) == 1
    assert live(method, english).is_translation_outdated, "until it is published"
    record.save_target(publish=True)
    page = live(method, english)
    assert page.summary == "EN Etwas ganz anderes."
    assert page.translation_notice == ""


def test_the_notice_costs_one_query(method, english, django_assert_num_queries):
    translate(method, english)
    publish(method, summary="Anders.")
    page = MethodPage.objects.select_related("locale").get(
        locale=english, translation_key=method.translation_key
    )
    with django_assert_num_queries(1):
        assert page.translation_notice
        assert page.translation_notice


def test_a_new_list_item_waits(method, english):
    translate(method, english)
    draft = method.get_latest_revision_as_object()
    draft.strengths.append(("item", "Neu dazu."))
    draft.save_revision().publish()
    page = live(method, english)
    assert [b.value for b in page.strengths] == ["EN Alle können mitreden."]
    assert page.is_translation_outdated
    record = Translation.objects.get(source__object_id=method.translation_key)
    assert fill(record) == 1
    record.save_target(publish=True)
    values = [b.value for b in live(method, english).strengths]
    assert values == ["EN Alle können mitreden.", "EN Neu dazu."]


def test_what_is_removed_in_german_goes_in_english_at_once(method, english):
    translate(method, english)
    publish(method, strengths=[], how_it_works="<p>Erst lesen.</p>")
    page = live(method, english)
    assert len(page.strengths) == 0
    assert "Dann" not in page.how_it_works
    assert page.translation_notice == ""


def test_texts_no_reviewer_has_read_are_not_published_on_the_way(method, english):
    translate(method, english)
    StringTranslation.objects.filter(data__startswith="EN Zuf").first().delete()
    record = Translation.objects.get(source__object_id=method.translation_key)
    assert fill(record) == 1
    publish(method, strengths=[])
    page = live(method, english)
    assert len(page.strengths) == 1
    assert page.is_translation_outdated


def test_a_changed_german_address_leaves_the_english_one(method, english):
    translate(method, english)
    publish(method, slug="planungszelle-neu")
    page = live(method, english)
    assert page.slug == "en-planungszelle"
    assert page.translation_notice == ""
    record = Translation.objects.get(source__object_id=method.translation_key)
    record.save_target(publish=True)
    assert live(method, english).slug == "en-planungszelle"


# Refusals ---------------------------------------------------------------------------


def test_incomplete_translation_is_refused_by_save_target(method, english):
    record = start(method, english)
    texts = record.source.stringsegment_set.exclude(context__path="slug").count()
    fill(record, only=3)
    with pytest.raises(PublishingRefused, match=rf"{texts - 3} Texte"):
        record.save_target(publish=True)
    assert live(method, english).is_placeholder


def test_incomplete_translation_is_refused_by_publishing_its_draft(method, english):
    from hub.translations.building import build_draft

    translate(method, english)
    record = Translation.objects.get(source__object_id=method.translation_key)
    draft = build_draft(record)
    publish(method, summary="Neu.")
    with pytest.raises(PublishingRefused, match="1 Text ist"):
        draft.publish()
    fill(record)
    with pytest.raises(PublishingRefused, match="älter"):
        draft.publish()
    assert live(method, english).summary.startswith("EN Zuf")


def test_a_first_draft_full_of_german_is_never_publishable(methods, english):
    page = methods.add_child(
        instance=MethodPage(title="Neu", slug="neu", summary="Text", live=False)
    )
    page.save_revision()
    record = start(page, english)
    fill(record)
    first_draft = live(page, english).latest_revision
    with pytest.raises(PublishingRefused, match="deutsche Seite ist nicht"):
        first_draft.publish()
    page.get_latest_revision().publish()
    first_draft.refresh_from_db()
    with pytest.raises(PublishingRefused, match="älter"):
        first_draft.publish()


# Off, moved, deleted, restricted ------------------------------------------------------


def test_unpublishing_german_takes_english_off_and_publishing_brings_it_back(
    method, english
):
    translate(method, english)
    method.unpublish()
    assert not live(method, english).live
    publish(method, summary="Anders.")
    page = live(method, english)
    assert page.live
    assert page.title == "EN Planungszelle"
    assert page.is_translation_outdated


def test_unpublishing_german_takes_the_placeholder_off(method, english):
    method.unpublish()
    assert not live(method, english).live
    publish(method)
    assert live(method, english).live
    assert live(method, english).is_placeholder


def test_unpublishing_english_leaves_a_placeholder(method, english):
    page = translate(method, english)
    page.unpublish()
    page = live(method, english)
    assert page.live
    assert page.is_placeholder
    assert page.title == "Planungszelle"
    record = Translation.objects.get(source__object_id=method.translation_key)
    record.save_target(publish=True)
    assert live(method, english).title == "EN Planungszelle"


def test_a_placeholder_cannot_be_taken_off(method, english):
    live(method, english).unpublish()
    assert live(method, english).live


def test_translations_follow_a_move_and_the_order(home, english):
    from hub.models import StandardPage

    first, second, third = (
        home.add_child(instance=StandardPage(title=name, slug=name.lower()))
        for name in ("Eins", "Zwei", "Drei")
    )
    for page in (first, second, third):
        page.save_revision().publish()
    english_home = home.get_translation(english)

    def order(parent: Page) -> list[str]:
        return [child.title for child in parent.get_children()]

    Page.objects.get(pk=third.pk).move(Page.objects.get(pk=first.pk), pos="left")
    assert order(Page.objects.get(pk=english_home.pk)) == ["Drei", "Eins", "Zwei"]
    Page.objects.get(pk=second.pk).move(Page.objects.get(pk=first.pk), "last-child")
    moved = live(second, english)
    assert moved.get_parent().pk == live(first, english).pk
    assert moved.url_path.endswith("/eins/zwei/")


def test_deleting_german_deletes_its_translations_and_below(methods, method, english):
    translate(method, english)
    keys = [methods.translation_key, method.translation_key]
    Page.objects.get(pk=methods.pk).delete()
    assert not Page.objects.filter(translation_key__in=keys).exists()
    assert not Translation.objects.filter(
        source__object_id=method.translation_key
    ).exists()
    assert Page.find_problems() == ([], [], [], [], [])


def test_a_restricted_page_is_restricted_in_english(method, english):
    page = translate(method, english)
    restriction = PageViewRestriction.objects.create(
        page=method, restriction_type="login"
    )
    assert not MethodPage.objects.visible().filter(pk=page.pk).exists()
    restriction.delete()
    assert MethodPage.objects.visible().filter(pk=page.pk).exists()


# Decisions --------------------------------------------------------------------------

#: Belongs to each page alone, in whatever language.
OWN = {
    "page_ptr", "id", "path", "depth", "numchild", "url_path", "translation_key",
    "locale", "content_type", "owner", "alias_of", "draft_title", "text_digest",
    "live", "expired", "has_unpublished_changes", "first_published_at",
    "last_published_at", "live_revision", "latest_revision",
    "latest_revision_created_at", "go_live_at", "expire_at", "locked", "locked_at",
    "locked_by",
}  # fmt: skip


def _page_types():
    from wagtail.models import get_page_models

    from hub.models import BasePage

    return [model for model in get_page_models() if issubclass(model, BasePage)]


@pytest.mark.parametrize("model", _page_types(), ids=lambda m: m.__name__)
def test_every_field_has_a_translation_decision(model):
    from hub.translations.texts import neutral_fields, text_fields

    decided = OWN | {"tags"} | set(neutral_fields(model)) | set(text_fields(model))
    fields = {
        field.name for field in [*model._meta.fields, *model._meta.many_to_many]
    } - decided
    assert fields == set()
    assert not set(neutral_fields(model)) & set(text_fields(model))
    # Plain records point to the German page; only page children would be copied.
    children = {child.get_accessor_name() for child in _child_relations(model)} - {
        "wagtail_admin_comments"
    }
    assert children <= set(neutral_fields(model))


def _child_relations(model):
    from modelcluster.models import get_all_child_relations

    return get_all_child_relations(model)


def test_the_door_is_where_we_think_it_is():
    from wagtail.actions.publish_page_revision import PublishPageRevisionAction

    from hub.translations import publishing

    assert PublishPageRevisionAction.execute is publishing.execute
    assert Translation.save_target is publishing.save_target
