"""The queue of missing links: proposals from the search, accept, reject, undo."""

from __future__ import annotations

from typing import Any

from django.core.management import call_command
from django.urls import reverse

from wagtail.models import ModelLogEntry

import pytest

from casestudies.models import CaseStudyPage, MethodUse
from hub import worklists
from hub.roles import EDITORS, NETWORK, REVIEWERS
from methods.models import MethodPage
from network.choices import Basis
from network.gaps import base
from network.models import Involvement, LinkDecision, Organisation
from search.engines.base import SearchUnavailableError
from tests.factories import casestudies as cases
from tests.factories import hub as hub_things
from tests.factories import methods as method_things
from tests.factories import network as things

pytestmark = pytest.mark.django_db

METHOD, PARTY = "fall-ohne-methode", "fall-ohne-beteiligte"
CASE, TOPIC, PERSON = "methode-ohne-fall", "stelle-ohne-thema", "person-ohne-beleg"


@pytest.fixture
def site(settings, tmp_path, db) -> dict[str, Any]:
    """A case and a method whose texts know each other, not linked; and an index."""
    settings.SEARCH = {
        **settings.SEARCH,
        "INDEX_DIR": tmp_path / "i",
        "DRAIN": "worker",
    }
    things.network_section()
    topic = hub_things.topic("greening", "Begrünung")
    root = cases.case_section()
    case = cases.case(
        root,
        "schulhof",
        title="Pflanzaktion am Schulhof",
        summary="Kinder pflanzten Bäume im Schulhof.",
        topics=[topic],
    )
    demo = cases.case(
        root, "erfunden", title="Pflanzaktion erfunden", is_demo=True, topics=[topic]
    )
    method = method_things.method(
        method_things.method_section(),
        "pflanzaktion",
        title="Pflanzaktion",
        summary="Gemeinsam Bäume setzen.",
    )
    garden = things.organisation(
        "ma-42",
        name_de="Wiener Stadtgärten",
        responsibilities_de="Pflanzaktion\nSchulhof",
    )
    person = things.person(
        "beispielperson-a",
        ("function", "profile"),
        bio_de="Macht jede Pflanzaktion mit.",
    )
    call_command("search_index", "rebuild", verbosity=0)
    return {
        "case": case,
        "demo": demo,
        "method": method,
        "garden": garden,
        "person": person,
        "topic": topic,
    }


def show(client: Any, code: str) -> dict[Any, list[base.Suggestion]]:
    """Suggestions by entry."""
    response = client.get(reverse("network_gap", args=[code]))
    assert response.status_code == 200
    return {row["subject"]: row["suggestions"] for row in response.context["rows"]}


def decide(client: Any, code: str, subject: Any, target: Any, **data: Any) -> Any:
    url = reverse("network_gap_decide", args=[code, subject.pk])
    return client.post(url, {"target": target, "decision": "accept", **data})


def test_a_case_gets_its_method_with_one_click_and_loses_it_again(as_role, site):
    editor = as_role(EDITORS)
    case, method = site["case"], site["method"]
    (found,) = show(editor, METHOD)[case]
    assert (found.target, found.label) == (str(method.pk), "Pflanzaktion")
    decide(editor, METHOD, case, method.pk)
    use = MethodUse.objects.get()
    assert (use.case, use.method, use.is_inherited) == (case, method, False)
    assert case not in show(editor, METHOD)
    entry = ModelLogEntry.objects.filter(action="wagtail.create").latest("pk")
    assert entry.object_id == str(use.pk)

    decision = LinkDecision.objects.get()
    editor.post(reverse("network_gap_undo", args=[decision.pk]))
    assert not MethodUse.objects.exists()
    assert not LinkDecision.objects.exists()
    assert show(editor, METHOD)[case]


def test_what_a_round_lends_does_not_fill_the_gap(as_role, site):
    cases.use(site["case"], site["method"], is_inherited=True)
    assert site["case"] in show(as_role(EDITORS), METHOD)


def test_rejected_is_remembered_until_it_is_taken_back(as_role, site):
    editor = as_role(EDITORS)
    case, method = site["case"], site["method"]
    decide(editor, METHOD, case, method.pk, decision="reject")
    assert not MethodUse.objects.exists()
    assert show(editor, METHOD)[case] == []
    decision = LinkDecision.objects.get()
    assert (decision.is_accepted, decision.decided_by.username) == (False, "redaktion")
    # The same method is still proposed for other entries, and to the method this case.
    assert show(editor, CASE)[method]
    editor.post(reverse("network_gap_undo", args=[decision.pk]))
    assert show(editor, METHOD)[case]


def test_a_party_is_in_charge_unless_a_role_is_chosen(as_role, site):
    editor = as_role(EDITORS)
    case, garden = site["case"], site["garden"]
    assert [s.target for s in show(editor, PARTY)[case]] == [str(garden.pk)]
    decide(editor, PARTY, case, garden.pk, role="")
    row = Involvement.objects.get()
    assert (row.basis, row.role) == (Basis.RESPONSIBILITY, "")
    # To be in charge is not to have taken part: the gap stays, the same is not proposed.
    assert show(editor, PARTY)[case] == []
    editor.post(reverse("network_gap_undo", args=[LinkDecision.objects.get().pk]))
    decide(editor, PARTY, case, garden.pk, role="led")
    row = Involvement.objects.get()
    assert (row.basis, row.role, row.page_id) == (Basis.EDITORIAL, "led", case.pk)
    assert case not in show(editor, PARTY)


def test_real_and_invented_are_never_proposed_together(as_role, site):
    assert show(as_role(EDITORS), PARTY)[site["demo"]] == []
    assert [s.target for s in show(as_role(EDITORS), CASE)[site["method"]]] == [
        str(site["case"].pk)
    ]


def test_a_body_gets_the_topic_of_what_the_search_finds(as_role, site):
    reviewer, garden = as_role(REVIEWERS), site["garden"]
    garden.save_revision().publish()
    (found,) = show(reviewer, TOPIC)[garden]
    assert found.target == "greening"
    decide(reviewer, TOPIC, garden, "greening")
    garden = Organisation.objects.get(pk=garden.pk)
    assert list(garden.topics.all()) == [site["topic"]]
    draft = garden.get_latest_revision_as_object()
    assert list(draft.topics.all()) == [site["topic"]]
    reviewer.post(reverse("network_gap_undo", args=[LinkDecision.objects.get().pk]))
    assert not Organisation.objects.get(pk=garden.pk).topics.exists()


def test_a_draft_of_a_body_is_neither_published_nor_lost(as_role, site):
    reviewer, garden = as_role(REVIEWERS), site["garden"]
    garden.save_revision().publish()
    draft = garden.get_latest_revision_as_object()
    draft.phone = "01 4000 0"
    draft.save_revision()
    decide(reviewer, TOPIC, garden, "greening")
    garden = Organisation.objects.get(pk=garden.pk)
    assert garden.topics.exists()
    assert garden.phone == ""
    draft = garden.get_latest_revision_as_object()
    assert draft.phone == "01 4000 0"
    assert draft.topics.exists()


def test_a_person_gets_evidence_with_a_role(as_role, site):
    """The role decides; only network managers see people."""
    network, person = as_role(NETWORK), site["person"]
    (found,) = show(network, PERSON)[person]
    assert found.target == str(site["demo"].pk)
    decide(network, PERSON, person, found.target, role="")
    assert not Involvement.objects.exists()
    assert not LinkDecision.objects.exists()
    decide(network, PERSON, person, found.target, role="moderated")
    assert Involvement.objects.get().person == person
    assert person not in show(network, PERSON)
    url = reverse("network_gap", args=[PERSON])
    assert as_role(EDITORS).get(url).status_code in (302, 403)


def test_only_who_may_link_sees_and_fills_a_gap(as_role, site, client):
    case, method = site["case"], site["method"]
    assert decide(as_role(NETWORK), METHOD, case, method.pk).status_code in (302, 403)
    decide(client, METHOD, case, method.pk)
    assert not MethodUse.objects.exists()
    codes = {row["url"] for row in overview(as_role(NETWORK))}
    assert reverse("network_gap", args=[METHOD]) not in codes
    assert reverse("network_gap", args=[PERSON]) in codes


def overview(client: Any) -> list[dict[str, Any]]:
    return client.get(reverse("network_gaps")).context["rows"]


def test_looking_changes_nothing(as_role, site):
    editor = as_role(EDITORS)
    for url in (
        reverse("network_gap_decide", args=[METHOD, site["case"].pk]),
        reverse("network_gap_undo", args=[1]),
    ):
        assert editor.get(url, {"target": site["method"].pk}).status_code == 405
    assert not LinkDecision.objects.exists()


@pytest.mark.parametrize("target", ["", "0", "abc", "9" * 50, "1;DROP", "٣", "<b>"])
@pytest.mark.parametrize("code", [METHOD, PARTY, CASE, TOPIC])
def test_nonsense_is_refused_and_makes_nothing(admin_client, site, code, target):
    subject = {METHOD: "case", PARTY: "case", CASE: "method", TOPIC: "garden"}[code]
    response = decide(admin_client, code, site[subject], target, role="led")
    assert response.status_code == 302
    assert not LinkDecision.objects.exists()
    assert not Involvement.objects.exists()
    assert not MethodUse.objects.exists()


def test_what_somebody_else_decided_first_stands(admin_client, site):
    case, method = site["case"], site["method"]
    decide(admin_client, METHOD, case, method.pk, decision="reject")
    response = decide(admin_client, METHOD, case, method.pk)
    assert response.status_code == 302
    assert not MethodUse.objects.exists()
    assert not LinkDecision.objects.get().is_accepted


def test_undo_leaves_a_row_alone_that_became_another(admin_client, site):
    case, method = site["case"], site["method"]
    decide(admin_client, METHOD, case, method.pk)
    other = site["demo"]
    MethodUse.objects.update(case=other)
    admin_client.post(reverse("network_gap_undo", args=[LinkDecision.objects.get().pk]))
    assert MethodUse.objects.get().case == other


def test_without_the_search_the_queue_still_stands(admin_client, site, monkeypatch):
    def down(*_args: Any, **_options: Any) -> Any:
        raise SearchUnavailableError

    monkeypatch.setattr("search.service.open_search", down)
    response = admin_client.get(reverse("network_gap", args=[METHOD]))
    assert response.status_code == 200
    assert response.context["rows"]
    assert not response.context["is_searching"]


def test_the_first_page_of_the_admin_counts_the_gaps(admin_user, site):
    lists = {str(entry["label"]): entry for entry in worklists.for_user(admin_user)}
    entry = lists["Fallbeispiele ohne Mitwirkende"]
    assert entry["count"] == CaseStudyPage.objects.sources().count()
    assert entry["url"] == reverse("network_gap", args=[PARTY])
    assert MethodPage.objects.sources().count() == 1
