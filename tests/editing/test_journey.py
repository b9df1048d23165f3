"""The editor's journey: from an empty form to a published page in two languages."""

from __future__ import annotations

from typing import Any

from django.test import Client
from django.urls import reverse

from wagtail.models import Page, WorkflowState
from wagtail.test.utils.form_data import (
    inline_formset,
    nested_form_data,
    rich_text,
    streamfield,
)

import pytest
from wagtail_localize.models import StringTranslation, Translation

from casestudies.models import CaseStudyPage, MethodUse
from hub.roles import EDITORS, REVIEWERS
from network.choices import OrganisationKind
from network.models import Involvement, Organisation

from .conftest import fill, live, publish, start, translate

pytestmark = pytest.mark.django_db


def case_form(**values: Any) -> dict[str, Any]:
    """What the browser sends for a case with two blocks."""
    empty = ("results", "decision", "other_views")
    streams = ("lessons", "commitments", "phase_levels", "sources")
    data = {
        "title": "Schatten am Platz",
        "slug": "schatten-am-platz",
        "title_kind": "official",
        "kind": "project",
        "status": "completed",
        "binding": "advice",
        "licence": "cc-by-4.0",
        "verification": "editorial",
        "summary": "Bäume für einen heißen Platz.",
        "year_from": "2023",
        "story": streamfield(
            [
                ("heading", "Wie es begann"),
                ("paragraph", rich_text("<p>Der Platz war heiß.</p>")),
            ]
        ),
        "tags": "Hitze",
        "comments": inline_formset([]),
        **{name: streamfield([]) for name in streams},
        **{name: rich_text("") for name in empty},
    }
    return nested_form_data(data | values)


def _messages(response: Any) -> str:
    return " ".join(str(m) for m in response.context["messages"])


def test_from_an_empty_form_to_two_published_pages(
    as_role, roles, cases, method, topics, english
):
    editor, reviewer, visitor = as_role(EDITORS), as_role(REVIEWERS), Client()

    # The editor writes a case with blocks, and looks at it before anybody else does.
    add = reverse(
        "wagtailadmin_pages:add", args=["casestudies", "casestudypage", cases.pk]
    )
    assert editor.get(add).status_code == 200
    data = case_form() | {"topics": [topics["shade"].pk]}
    response = editor.post(add, data)
    case = CaseStudyPage.objects.get(slug="schatten-am-platz")
    edit = reverse("wagtailadmin_pages:edit", args=[case.pk])
    assert response.status_code == 302
    assert not case.live
    preview = reverse("wagtailadmin_pages:preview_on_edit", args=[case.pk])
    assert editor.post(preview, data).json()["is_valid"]
    shown = editor.get(preview)
    assert shown.status_code == 200
    assert "Der Platz war heiß." in shown.content.decode()
    assert visitor.get("/de/fallbeispiele/schatten-am-platz/").status_code == 404

    # The editor links a method and an organisation, and comes back to the case.
    form = editor.get(edit).content.decode()
    assert "Methode hinzufügen" in form
    uses = reverse("wagtailsnippets_casestudies_methoduse:add")
    assert f"{uses}?case={case.pk}" in form
    opened = editor.get(uses, {"case": case.pk, "next": edit})
    assert opened.context["form"].instance.case_id == case.pk
    response = editor.post(
        uses,
        {"case": case.pk, "method": method.pk, "phase": "prepare", "next": edit},
    )
    assert response["Location"] == edit
    office = Organisation.objects.create(
        name_de="Büro", slug_de="buero", kind=OrganisationKind.DEPARTMENT
    )
    response = editor.post(
        reverse("wagtailsnippets_network_involvement:add"),
        {
            "page": case.pk,
            "organisation": office.pk,
            "role": "moderated",
            "basis": "source",
            "year_from": "2023",
            "next": edit,
        },
    )
    assert response["Location"] == edit
    assert MethodUse.objects.get(case=case).method == method
    assert Involvement.objects.get(page=case).organisation == office
    form = editor.get(edit).content.decode()
    assert "Planungszelle" in form
    assert "hat moderiert" in form

    # The editor cannot publish; the review can.
    response = editor.post(edit, data | {"action-publish": "1"})
    assert not CaseStudyPage.objects.get(pk=case.pk).live
    editor.post(edit, data | {"action-submit": "1"})
    state = WorkflowState.objects.get(object_id=str(case.pk))
    assert state.status == WorkflowState.STATUS_IN_PROGRESS
    _approve(reviewer, case.pk)
    assert visitor.get("/de/fallbeispiele/schatten-am-platz/").status_code == 200

    # English readers see the German text, and are told.
    placeholder = live(case, english)
    assert placeholder.is_placeholder
    shown = visitor.get(placeholder.url)
    assert shown.status_code == 200

    # The editor starts the translation and opens its editor.
    editor.post(
        reverse("wagtail_localize:submit_page_translation", args=[case.pk]),
        {"locales": [english.pk]},
    )
    record = Translation.objects.get(source__object_id=case.translation_key)
    edit_english = reverse("wagtailadmin_pages:edit", args=[placeholder.pk])
    page = editor.get(edit_english)
    assert "js-translation-editor" in page.content.decode()
    assert "noch nicht übersetzt" in page.content.decode()

    # Not complete: neither ready nor publishable, for nobody.
    ready = reverse("hub_translation_ready", args=[record.pk])
    response = editor.post(ready, follow=True)
    assert "Noch nicht fertig: 4 Texte" in _messages(response)
    response = reviewer.post(edit_english, {"action": "publish"}, follow=True)
    assert "4 Texte sind noch nicht übersetzt" in _messages(response)
    assert live(case, english).is_placeholder

    # Translated through the editor's own requests, text by text.
    for segment in record.source.stringsegment_set.exclude(context__path="slug"):
        response = editor.put(
            reverse(
                "wagtail_localize:edit_string_translation", args=[record.pk, segment.pk]
            ),
            data=f"value=EN {segment.string.data}",
            content_type="application/x-www-form-urlencoded",
        )
        assert response.status_code == 201
    response = editor.post(edit_english, {"action": "publish"})
    assert live(case, english).is_placeholder, "editors do not publish"
    response = editor.post(ready, follow=True)
    assert "wartet auf die Freigabe" in _messages(response)
    assert "Fertig gemeldet" in response.content.decode()
    assert live(case, english).is_placeholder

    # The reviewer publishes it.
    assert (
        "Freigeben und veröffentlichen" in reviewer.get(edit_english).content.decode()
    )
    _approve(reviewer, placeholder.pk)
    page = live(case, english)
    assert not page.is_placeholder
    assert page.title == "EN Schatten am Platz"
    assert page.slug == "en-schatten-am-platz"
    assert list(page.topics.all()) == [topics["shade"]]
    assert visitor.get(page.url).status_code == 200
    assert "EN Der Platz war heiß." in visitor.get(page.url).content.decode()
    assert (
        "Veröffentlicht und auf dem Stand"
        in reviewer.get(edit_english).content.decode()
    )


def _approve(reviewer: Client, page_id: int) -> None:
    task = Page.objects.get(pk=page_id).current_workflow_task_state
    response = reviewer.post(
        reverse(
            "wagtailadmin_pages:workflow_action", args=[page_id, "approve", task.pk]
        )
    )
    assert response.status_code == 302


def test_autosave_of_a_half_empty_case_is_fine(as_role, cases):
    editor = as_role(EDITORS)
    add = reverse(
        "wagtailadmin_pages:add", args=["casestudies", "casestudypage", cases.pk]
    )
    response = editor.post(
        add,
        case_form(summary="", year_from="", story=streamfield([("heading", "")])),
        headers={"accept": "application/json"},
    )
    assert response.status_code == 200, response.content
    assert response.json()["success"]


# Ways around the rule -------------------------------------------------------------------


def test_editors_cannot_stop_take_back_or_sync_a_translation(as_role, method, english):
    page = translate(method, english)
    record = Translation.objects.get(source__object_id=method.translation_key)
    editor = as_role(EDITORS)
    stop = f"/admin/localize/translate/{record.pk}/disable/"
    response = editor.post(stop, follow=True)
    assert "bleiben mit der deutschen Seite verbunden" in _messages(response)
    record.refresh_from_db()
    assert record.enabled

    editor.post(f"/admin/localize/page/{page.pk}/convert_to_alias/")
    assert not live(method, english).is_placeholder

    StringTranslation.objects.filter(data__startswith="EN Zuf").update(data="Ungelesen")
    sync = f"/admin/localize/update/{record.source_id}/"
    editor.post(sync, {"publish_translations": "on"})
    assert live(method, english).summary.startswith("EN Zuf")


def test_translations_are_not_moved_copied_deleted_or_created_by_themselves(
    as_role, method, english
):
    page = translate(method, english)
    reviewer = as_role(REVIEWERS)
    parent = page.get_parent()
    addresses = [
        reverse("wagtailadmin_pages:delete", args=[page.pk]),
        reverse("wagtailadmin_pages:copy", args=[page.pk]),
        reverse("wagtailadmin_pages:move_confirm", args=[page.pk, parent.pk]),
        reverse("wagtail_bulk_action", args=["wagtailcore", "page", "delete"])
        + f"?id={page.pk}&next=/admin/",
    ]
    for address in addresses:
        response = reviewer.post(address, follow=True)
        assert "ist eine Übersetzung" in _messages(response), address
    add = reverse("wagtailadmin_pages:add", args=["methods", "methodpage", parent.pk])
    response = reviewer.get(add, follow=True)
    assert "Legen Sie die Seite auf Deutsch an" in _messages(response)
    assert type(page).objects.filter(pk=page.pk).exists()


def test_an_older_draft_approved_in_the_workflow_is_refused_with_a_message(
    as_role, method, english
):
    record = start(method, english)
    fill(record)
    placeholder = live(method, english)
    as_role(EDITORS).post(reverse("hub_translation_ready", args=[record.pk]))
    publish(method, summary="Inzwischen geändert.")
    reviewer = as_role(REVIEWERS)
    task = Page.objects.get(pk=placeholder.pk).current_workflow_task_state
    approve = reverse(
        "wagtailadmin_pages:workflow_action", args=[placeholder.pk, "approve", task.pk]
    )
    response = reviewer.post(approve, follow=True)
    assert "1 Text ist noch nicht übersetzt" in _messages(response)
    assert live(method, english).is_placeholder
    assert live(method, english).summary == "Inzwischen geändert."
    task.refresh_from_db()
    assert task.status == task.STATUS_IN_PROGRESS, "nothing of the approval is left"
    # The window for comments understands the same refusal.
    response = reviewer.post(approve, headers={"x-requested-with": "XMLHttpRequest"})
    assert response.json()["step"] == "success"
    api = reverse("wagtailadmin_api:pages:action", args=[placeholder.pk, "publish"])
    assert reviewer.post(api).status_code == 409


def test_bulk_publishing_refuses_what_is_incomplete(as_role, method, english):
    page = translate(method, english)
    record = Translation.objects.get(source__object_id=method.translation_key)
    StringTranslation.objects.filter(data__startswith="EN Zuf").delete()
    assert record
    url = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "publish"])
    Page.objects.filter(pk=page.pk).update(has_unpublished_changes=True)
    response = as_role(REVIEWERS).post(f"{url}?id={page.pk}&next=/admin/", follow=True)
    assert "1 Text ist noch nicht übersetzt" in _messages(response)


def test_a_reviewer_gives_a_translation_back_and_gets_it_again(
    as_role, method, english
):
    record = start(method, english)
    fill(record)
    page = live(method, english)
    editor, reviewer = as_role(EDITORS), as_role(REVIEWERS)
    ready = reverse("hub_translation_ready", args=[record.pk])
    editor.post(ready)
    editor.post(ready)
    task = Page.objects.get(pk=page.pk).current_workflow_task_state
    reviewer.post(
        reverse(
            "wagtailadmin_pages:workflow_action", args=[page.pk, "reject", task.pk]
        ),
        {"comment": "Bitte kürzer."},
    )
    state = Page.objects.get(pk=page.pk).current_workflow_state
    assert state.status == WorkflowState.STATUS_NEEDS_CHANGES
    edit = reverse("wagtailadmin_pages:edit", args=[page.pk])
    assert "Fertig melden" in editor.get(edit).content.decode()
    editor.post(ready)
    _approve(reviewer, page.pk)
    assert live(method, english).title == "EN Planungszelle"


@pytest.mark.parametrize("fixture", ["method", "case", "home", "methods", "cases"])
def test_every_page_opens_in_the_editor_and_in_its_preview(request, as_role, fixture):
    page = request.getfixturevalue(fixture)
    editor = as_role(EDITORS)
    assert (
        editor.get(reverse("wagtailadmin_pages:edit", args=[page.pk])).status_code
        == 200
    )
    draft = reverse("wagtailadmin_pages:view_draft", args=[page.pk])
    assert editor.get(draft).status_code == 200


def test_readers_are_told_that_the_german_version_is_newer(method, english):
    page = translate(method, english)
    notice = "The German version of this page is newer."
    assert notice not in Client().get(page.url).content.decode()
    german = publish(method, summary="Neu.")
    assert notice in Client().get(page.url).content.decode()
    assert "neuer" not in Client().get(german.url).content.decode()
