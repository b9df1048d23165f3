"""Involvements from all four of their sides: add, change, confirm, remove; saved at once."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.urls import reverse
from django.utils import timezone

from wagtail.models import ModelLogEntry

import pytest

from hub.roles import EDITORS, NETWORK
from network.models import Involvement, Organisation, Person

from .test_records import organisation, url

pytestmark = pytest.mark.django_db


@pytest.fixture
def person(db) -> Person:
    return Person.objects.create(name="Beispielperson A", slug_de="a", is_demo=True)


def forms(case: Any, method: Any, office: Organisation) -> dict[str, str]:
    """The forms an involvement is kept in, by the field it fills in."""
    return {
        "case": reverse("wagtailadmin_pages:edit", args=[case.pk]),
        "method": reverse("wagtailadmin_pages:edit", args=[method.pk]),
        "organisation": url(Organisation, "edit", office.pk),
    }


def test_the_row_stands_in_the_forms_of_both_sides_with_all_it_says(
    admin_client, case, method, person
):
    office = organisation()
    for page in (case, method):
        Involvement.objects.create(
            page=page,
            organisation=office,
            role="led",
            year_from=2021,
            basis="confirmed",
            source_url="https://example.org/beleg",
            confirmed_on=timezone.localdate(),
            confirmed_by="Leitung",
        )
    shown = forms(case, method, office)
    for side, form in shown.items():
        html = admin_client.get(form).content.decode()
        table = html.split("hub-involvements")[1].split("</table>")[0]
        for text in ("hat geleitet", "2021", "Bestätigt", "https://example.org/beleg"):
            assert text in table, (side, text)
        assert "Leitung" in table
        assert ("Energieplanung" in table) == (side != "organisation")
        assert "bearbeiten" in table
        assert "entfernen" in table


def test_a_person_has_the_panel_too(as_role, case, person):
    case.is_demo = True
    case.save()
    Involvement.objects.create(page=case, person=person, role="moderated")
    html = as_role(NETWORK).get(url(Person, "edit", person.pk)).content.decode()
    table = html.split("hub-involvements")[1].split("</table>")[0]
    assert "Platz für alle" in table
    assert "hat moderiert" in table


def test_added_from_a_form_it_comes_back_there_and_is_logged(as_role, case):
    office, editor = organisation(), as_role(EDITORS)
    back = reverse("wagtailadmin_pages:edit", args=[case.pk])
    data = {
        "page": case.pk,
        "organisation": office.pk,
        "role": "led",
        "basis": "editorial",
        "next": back,
    }
    response = editor.post(url(Involvement, "add"), data)
    assert response["Location"] == back
    row = Involvement.objects.get()
    entry = ModelLogEntry.objects.filter(object_id=str(row.pk)).latest("pk")
    assert (entry.action, entry.user.username) == ("wagtail.create", "redaktion")


def test_removing_asks_first_then_comes_back_and_is_logged(as_role, case):
    row = Involvement.objects.create(page=case, organisation=organisation(), role="led")
    editor = as_role(EDITORS)
    back = reverse("wagtailadmin_pages:edit", args=[case.pk])
    html = editor.get(back).content.decode()
    link = f"{url(Involvement, 'delete', row.pk)}?next="
    assert link in html
    question = editor.get(url(Involvement, "delete", row.pk), {"next": back})
    assert Involvement.objects.exists()
    action = question.context["view"].get_delete_url()
    assert "next=" in action
    response = editor.post(action)
    assert response["Location"] == back
    assert not Involvement.objects.exists()
    assert ModelLogEntry.objects.filter(action="wagtail.delete").exists()


def test_nobody_without_the_right_removes_or_sees_the_way(client, as_role, case):
    row = Involvement.objects.create(page=case, organisation=organisation(), role="led")
    delete = url(Involvement, "delete", row.pk)
    client.post(delete)
    assert Involvement.objects.exists()


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({}, "confirmed_on"),
        ({"confirmed_on": "2024-01-01"}, "confirmed_by"),
        ({"confirmed_on": "future", "confirmed_by": "Leitung"}, "confirmed_on"),
    ],
)
def test_confirmed_says_who_and_when(as_role, case, values, field):
    if values.get("confirmed_on") == "future":
        day = timezone.localdate() + timedelta(days=1)
        values = values | {"confirmed_on": day.isoformat()}
    data = {
        "page": case.pk,
        "organisation": organisation().pk,
        "role": "led",
        "basis": "confirmed",
    }
    response = as_role(EDITORS).post(url(Involvement, "add"), data | values)
    assert field in response.context["form"].errors
    assert not Involvement.objects.exists()
