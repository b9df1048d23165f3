"""Records in the admin: forms open, save, warn, export; choosers offer what is active."""

from __future__ import annotations

from typing import Any

from django.apps import apps
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from wagtail.models import Locale
from wagtail.test.utils.form_data import inline_formset, nested_form_data, streamfield

import pytest

from casestudies.models import MethodUse
from hub import viewsets, worklists
from hub.models import EasyText, Enquiry, Record, Topic
from hub.roles import EDITORS, NETWORK, REVIEWERS
from network.choices import OrganisationKind
from network.models import Consent, Involvement, Organisation, Person

from .conftest import publish, translate

pytestmark = pytest.mark.django_db


def url(model: Any, name: str, *args: Any) -> str:
    return reverse(model.snippet_viewset.get_url_name(name), args=args)


def organisation(**values: Any) -> Organisation:
    defaults = {
        "name_de": "Energieplanung",
        "slug_de": "energieplanung",
        "kind": OrganisationKind.DEPARTMENT,
    }
    return Organisation.objects.create(**(defaults | values))


def organisation_form(**values: Any) -> dict[str, Any]:
    defaults = {
        "name_de": "Energieplanung",
        "kind": "department",
        "coverage": "city",
        "basis": "editorial",
        "verification": "editorial",
        "sources": streamfield([]),
        "office_hours": inline_formset([]),
    }
    return nested_form_data(defaults | values)


@pytest.mark.parametrize("viewset", viewsets.registered, ids=lambda v: v.model.__name__)
def test_list_and_empty_form_open(admin_client, viewset):
    assert admin_client.get(url(viewset.model, "list")).status_code == 200
    response = admin_client.get(url(viewset.model, "add"))
    assert response.status_code == 200
    assert "form" in response.context
    searched = admin_client.get(url(viewset.model, "list"), {"q": "Wien"})
    assert searched.status_code == 200


def test_every_record_has_a_viewset_and_roles():

    models = {viewset.model for viewset in viewsets.registered}
    records = {m for m in apps.get_models() if issubclass(m, Record)}
    assert records <= models
    assert all(viewset.roles for viewset in viewsets.registered)


def test_draft_needs_little_publishing_needs_a_name(as_role):
    network = as_role(NETWORK)
    response = network.post(url(Organisation, "add"), organisation_form(name_de=""))
    draft = Organisation.objects.get()
    assert response.status_code == 302
    assert not draft.live
    edit = url(Organisation, "edit", draft.pk)
    data = organisation_form(name_de="") | {"action-publish": "1"}
    response = network.post(edit, data)
    assert response.context["form"].errors["name_de"]
    response = network.post(edit, organisation_form() | {"action-publish": "1"})
    draft.refresh_from_db()
    assert draft.live
    assert draft.slug_de == "energieplanung"


def test_addresses_are_made_from_names_and_never_twice(as_role):
    organisation()
    network = as_role(NETWORK)
    data = organisation_form(name_en="Energy") | {"action-publish": "1"}
    network.post(url(Organisation, "add"), data)
    made = Organisation.objects.latest("pk")
    assert (made.slug_de, made.slug_en) == ("energieplanung-2", "energy")


def test_editors_write_records_and_reviewers_publish_them(as_role):
    editor = as_role(EDITORS)
    data = organisation_form() | {"action-publish": "1"}
    editor.post(url(Organisation, "add"), data)
    made = Organisation.objects.get()
    assert not made.live
    reviewer = as_role(REVIEWERS)
    reviewer.post(url(Organisation, "edit", made.pk), data)
    made.refresh_from_db()
    assert made.live


# Somebody else -----------------------------------------------------------------------


def test_who_saves_later_is_told_and_loses_nothing(as_role, case):
    office = organisation()
    row = Involvement.objects.create(page=case, organisation=office, role="led")
    edit = url(Involvement, "edit", row.pk)
    first, second = as_role(EDITORS), as_role(NETWORK)
    loaded = {
        name: client.get(edit).context["form"].initial["loaded_version"]
        for name, client in (("first", first), ("second", second))
    }
    base = {"page": case.pk, "organisation": office.pk, "basis": "source"}
    first.post(edit, base | {"role": "moderated", "loaded_version": loaded["first"]})
    row.refresh_from_db()
    assert row.role == "moderated"

    mine = base | {"role": "funded", "year_from": "2020"}
    response = second.post(edit, mine | {"loaded_version": loaded["second"]})
    row.refresh_from_db()
    assert row.role == "moderated"
    form = response.context["form"]
    message = str(form.non_field_errors())
    assert "redaktion hat diesen Eintrag inzwischen geändert" in message
    assert "Rolle „hat moderiert“" in message
    assert form["year_from"].value() == "2020"

    # Saving once more is a decision.
    again = {"loaded_version": form["loaded_version"].value()}
    second.post(edit, mine | again)
    row.refresh_from_db()
    assert (row.role, row.year_from) == ("funded", 2020)


def test_the_same_holds_for_records_with_versions(as_role):
    record = organisation()
    record.save_revision().publish()
    edit = url(Organisation, "edit", record.pk)
    first, second = as_role(REVIEWERS), as_role(NETWORK)
    loaded = second.get(edit).context["form"].initial["loaded_version"]
    data = organisation_form(phone="01 4000") | {"action-publish": "1"}
    first.post(edit, data)
    mine = organisation_form(phone="", website="https://example.org")
    response = second.post(edit, mine | {"loaded_version": loaded})
    assert "freigabe hat diesen Eintrag" in str(response.context["form"].errors)
    record.refresh_from_db()
    assert record.phone == "01 4000"
    assert record.get_latest_revision_as_object().website == ""


def test_saving_twice_in_a_row_is_no_conflict_with_oneself(as_role):
    record = organisation()
    record.save_revision().publish()
    edit = url(Organisation, "edit", record.pk)
    network = as_role(NETWORK)
    for phone in ("1", "2"):
        loaded = network.get(edit).context["form"].initial["loaded_version"]
        data = organisation_form(phone=phone) | {"loaded_version": loaded}
        assert network.post(edit, data).status_code == 302
    record = Organisation.objects.get()
    assert record.get_latest_revision_as_object().phone == "2"


def test_autosave_tells_the_open_form_its_new_version(as_role):
    record = organisation()
    record.save_revision().publish()
    edit = url(Organisation, "edit", record.pk)
    network = as_role(NETWORK)
    loaded = network.get(edit).context["form"].initial["loaded_version"]
    data = organisation_form(phone="1") | {"loaded_version": loaded}
    saved = network.post(edit, data, headers={"accept": "application/json"}).json()
    assert saved["success"]
    updates = dict(saved["field_updates"])
    assert updates["loaded_version"] != loaded
    data = organisation_form(phone="2") | updates
    assert network.post(edit, data).status_code == 302


# What is offered -----------------------------------------------------------------------


def test_retired_terms_are_offered_only_where_chosen(as_role):
    old = Topic.objects.create(
        code="old", name_de="Alt", name_en="Old", is_active=False
    )
    Topic.objects.create(code="new", name_de="Neu", name_en="New")
    record = organisation()
    edit = url(Organisation, "edit", record.pk)
    network = as_role(NETWORK)

    def offered() -> set[str]:
        field = network.get(edit).context["form"].fields["topics"]
        return {topic.code for topic in field.queryset}

    assert offered() == {"new"}
    record.topics.add(old)
    record.save()
    assert offered() == {"new", "old"}


def test_a_chosen_translation_means_its_german_page(as_role, method, case, english):
    page = translate(method, english)
    as_role(EDITORS).post(url(MethodUse, "add"), {"case": case.pk, "method": page.pk})
    assert MethodUse.objects.get().method == method


def test_page_choosers_for_methods_offer_german_pages(as_role, method, english):
    translate(method, english)
    response = as_role(EDITORS).get(
        reverse("wagtailadmin_choose_page_child", args=[method.get_parent().pk]),
        {"page_type": "methods.methodpage"},
    )
    assert "Planungszelle" in response.content.decode()
    english_parent = method.get_parent().get_translation(english)
    response = as_role(EDITORS).get(
        reverse("wagtailadmin_choose_page_child", args=[english_parent.pk]),
        {"page_type": "methods.methodpage"},
    )
    assert "EN Planungszelle" not in response.content.decode()


@pytest.mark.parametrize("value", ["", "0", "999999", "abc", "1;DROP", "٣"])
def test_nonsense_in_the_address_of_a_form_is_ignored(as_role, value):
    response = as_role(EDITORS).get(url(Involvement, "add"), {"page": value})
    assert response.status_code == 200
    assert response.context["form"].instance.page_id is None


def test_next_leads_nowhere_else(as_role, case):
    office = organisation()
    data = {
        "page": case.pk,
        "organisation": office.pk,
        "role": "led",
        "basis": "source",
        "next": "https://boese.example/",
    }
    response = as_role(EDITORS).post(url(Involvement, "add"), data)
    assert response["Location"] == url(Involvement, "list")


# Easy texts, enquiries, people -----------------------------------------------------------


def test_only_reviewers_publish_easy_texts(as_role, method):
    data = {
        "page": method.pk,
        "locale": Locale.objects.get(language_code="de").pk,
        "title": "Einfach",
        "sentences": "Ein Satz.",
        "is_public": "on",
    }
    editor, reviewer = as_role(EDITORS), as_role(REVIEWERS)
    response = editor.post(url(EasyText, "add"), data)
    assert "entscheidet die Freigabe" in str(response.context["form"].errors)
    del data["is_public"]
    editor.post(url(EasyText, "add"), data)
    text = EasyText.objects.get()
    assert not text.is_public
    reviewer.post(url(EasyText, "edit", text.pk), data | {"is_public": "on"})
    text.refresh_from_db()
    assert text.is_public


def test_a_question_is_handled_and_never_rewritten(as_role, roles):
    question = Enquiry.objects.create(email="a@example.org", subject="S", message="M")
    data = {
        "state": "in_progress",
        "handled_by": roles[NETWORK].pk,
        "note": "Ruft an.",
        "message": "gefälscht",
        "email": "b@example.org",
    }
    client = as_role(NETWORK)
    client.post(url(Enquiry, "edit", question.pk), data)
    question.refresh_from_db()
    assert (question.state, question.message) == ("in_progress", "M")
    assert question.email == "a@example.org"
    listing = client.get(url(Enquiry, "list"), {"state": "new"})
    assert "in Arbeit" not in listing.content.decode().split("listing")[-1]


def test_person_with_function_and_consent_and_csv_for_the_network_only(as_role):
    office = organisation()
    network = as_role(NETWORK)
    data = nested_form_data(
        {
            "name": "Beispielperson Eins",
            "capacity": "external",
            "is_adult": "on",
            "verification": "editorial",
            "sources": streamfield([]),
            "memberships": inline_formset(
                [{"organisation": office.pk, "function_de": "Leitung"}]
            ),
            "consents": inline_formset(
                [
                    {
                        "field_group": "function",
                        "legal_basis": "consent",
                        "granted_on": "2026-01-01",
                        "wording_version": "1",
                        "way": "Formular",
                    }
                ]
            ),
            "action-publish": "1",
        }
    )
    response = network.post(url(Person, "add"), data)
    assert response.status_code == 302, response.context["form"].errors
    person = Person.objects.visible().get()
    assert person.memberships.get().function_de == "Leitung"
    export = network.get(url(Person, "list"), {"export": "csv"})
    assert "Beispielperson Eins" in export.getvalue().decode()
    refused = as_role(EDITORS).get(url(Person, "list"), {"export": "csv"})
    assert refused.status_code == 302


# Work lists -------------------------------------------------------------------------------


def _lists(client: Any) -> dict[str, int]:
    response = client.get(reverse("wagtailadmin_home"))
    user = response.wsgi_request.user
    return {str(entry["label"]): entry["count"] for entry in worklists.for_user(user)}


def test_work_lists_count_what_waits(as_role, method, english):
    translate(method, english)
    publish(method, summary="Neu.", review_due=timezone.localdate().replace(year=2020))
    Enquiry.objects.create(email="a@example.org", subject="S", message="M")
    reviewer = _lists(as_role(REVIEWERS))
    assert reviewer["Übersetzung veraltet"] == 1
    assert reviewer["Prüfung überfällig"] == 1
    assert reviewer["Neue Fragen an das Büro"] == 1
    assert reviewer["Noch nicht übersetzt"] == 2
    editor = _lists(as_role(EDITORS))
    assert "Neue Fragen an das Büro" not in editor
    network = _lists(as_role(NETWORK))
    assert "Noch nicht übersetzt" not in network


def test_consents_that_end_soon_are_listed(as_role):
    person = Person.objects.create(name="Beispielperson Zwei", slug_de="zwei")
    Consent.objects.create(
        person=person,
        field_group="function",
        granted_on=timezone.localdate(),
        expires_on=timezone.localdate(),
        wording_version="1",
        way="Formular",
    )
    assert _lists(as_role(NETWORK))["Einwilligung läuft bald ab"] == 1
    assert "Einwilligung läuft bald ab" not in _lists(as_role(EDITORS))


@pytest.mark.parametrize("kind", list(worklists.reports))
def test_each_list_has_a_page(as_role, method, kind):
    client = as_role(REVIEWERS)
    response = client.get(reverse("hub_worklist", args=[kind]), {"p": "99"})
    assert response.status_code == 200
    assert client.get("/admin/arbeit/unsinn/", follow=True).status_code == 404


def test_the_first_page_costs_the_same_however_much_there_is(admin_client):
    home = reverse("wagtailadmin_home")
    admin_client.get(home)

    def queries() -> int:
        with CaptureQueriesContext(
            connection,
        ) as captured:
            admin_client.get(home)
        return len(captured)

    for number in range(2):
        organisation(name_de=f"O{number}", slug_de=f"o{number}")
    few = queries()
    for number in range(2, 12):
        organisation(name_de=f"O{number}", slug_de=f"o{number}")
    assert queries() == few


def test_subjects_above_add_to_the_forms_of_the_network(admin_client):
    form = admin_client.get(url(Involvement, "add")).context["form"]
    offered = {model.__name__ for model in form.fields["page"].widget.target_models}
    assert offered == {"MethodPage", "CaseStudyPage"}
    person = Person.objects.create(name="Beispielperson Drei", slug_de="drei")
    shown = admin_client.get(url(Person, "edit", person.pk)).content.decode()
    assert "Mitwirkung hinzufügen" in shown
    assert "Methode hinzufügen" in shown
    assert f"?person={person.pk}&amp;next=" in shown
