"""What everyone may see is asked with SQL that is written down: never for longer than it
is true."""

from __future__ import annotations

from datetime import date, timedelta

from django.utils import timezone

import pytest

from network.models import Consent, Organisation, Person
from network.search.parties import OrganisationSource, PersonSource
from search import visible
from tests.factories import network as parties

pytestmark = pytest.mark.django_db


class Changed(OrganisationSource):
    """Depends on the hour."""

    def visible(self):
        return Organisation.objects.exclude(expire_at__lte=timezone.now())


def test_a_consent_ends_with_its_day(monkeypatch):
    source, today = PersonSource(), timezone.localdate()
    person = parties.person("beispielperson-bald")
    Consent.objects.filter(person=person).update(expires_on=today)
    assert visible.visible_ids(source, [person.pk]) == {person.pk}
    tomorrow = today + timedelta(days=1)
    monkeypatch.setattr("django.utils.timezone.localdate", lambda: tomorrow)
    assert visible.visible_ids(source, [person.pk]) == set()


def test_what_is_hidden_now_is_hidden_at_once(django_assert_num_queries):
    source = PersonSource()
    people = [parties.person(f"beispielperson-{n}") for n in range(3)]
    ids = [person.pk for person in people]
    assert visible.visible_ids(source, ids) == set(ids)
    Consent.objects.filter(person=people[0]).update(withdrawn_on=date(2020, 1, 1))
    Person.objects.filter(pk=ids[1]).update(live=False)
    with django_assert_num_queries(1):
        assert visible.visible_ids(source, ids) == {ids[2]}
    assert visible.visible_ids(source, []) == set()


def test_what_depends_on_the_hour_is_not_written_down():
    source = Changed()
    known = parties.organisation("ma-99").pk
    assert visible._question(source, 1, timezone.localdate(), "de") is None
    assert visible.visible_ids(source, [known]) == {known}
