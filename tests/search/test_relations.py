"""A change reaches every document that shows something of it: one step for each relation
that a source names, and for each that nobody has to name. ``settle`` compares every
document afterwards, so a step that is forgotten is seen."""

from __future__ import annotations

import dataclasses
import datetime

from django.utils import timezone

from wagtail.models import Page

import pytest
from taggit.models import Tag

from casestudies.models import CaseStudyPage
from hub.models import Goal, TargetGroup
from methods.models import MethodPage
from network.models import Involvement, Organisation, Person
from network.models.pages import NetworkPage
from search import comparing
from search.documents import SearchDocument
from search.engines import get_engine
from search.models import IndexChange
from search.outbox import drain
from search.registry import registry
from tests.factories import casestudies as cases
from tests.factories import hub as things
from tests.factories import network as parties

from .conftest import found, settle


def text_of(record, language: str = "de") -> str:
    """Everything that the database says a document should hold."""
    kinds = {MethodPage: "method", CaseStudyPage: "case", Person: "person"}
    kind = kinds.get(type(record), "organisation")
    fresh = type(record).objects.get(pk=record.pk)
    documents: list[SearchDocument] = list(registry.source(kind).documents(fresh))
    return next(repr(doc) for doc in documents if doc.language == language)


def renamed(entry, name: str, field: str = "name_de"):
    entry = type(entry).objects.get(pk=entry.pk)
    setattr(entry, field, name)
    entry.save()


def published(page, **values):
    page = type(page).objects.get(pk=page.pk)
    for name, value in values.items():
        setattr(page, name, value)
    page.save_revision().publish()


def test_vocabularies_reach_what_they_describe(site):
    goal = Goal.objects.create(code="z", name_de="Ziel eins", name_en="Goal one")
    published(site.method, goals=[goal])
    parties.consent(site.person, "profile")
    person = Person.objects.get(pk=site.person.pk)
    person.topics, person.target_groups = [site.topic], [site.youth]
    person.save()
    parties.city(topics=[]).topics.add(site.topic)
    settle()
    for entry, name, shown_by in (
        (site.topic, "Themawort", (site.method, site.organisation, site.person)),
        (site.youth, "Gruppenwort", (site.method, site.person)),
        (goal, "Zielwort", (site.method,)),
        (site.district, "Bezirkswort", (site.case,)),
    ):
        renamed(entry, name, "name" if entry is site.district else "name_de")
        assert all(name in text_of(other) for other in shown_by)
        settle()
    TargetGroup.objects.filter(pk=site.youth.pk).delete()
    settle()


def test_names_of_others_reach_where_they_are_shown(site):
    parties.involvement(site.case, site.organisation)
    cases.use(site.case, site.method)
    settle()
    renamed(site.organisation, "Neuer Name")
    assert "Neuer Name" in text_of(site.case)
    assert "Neuer Name" in text_of(site.person)
    settle()
    published(site.method, title="Neue Methode")
    assert "Neue Methode" in text_of(site.case)
    settle()
    MethodPage.objects.get(pk=site.method.pk).unpublish()
    assert "Neue Methode" not in text_of(site.case)
    settle()


def test_rows_that_go_to_somebody_else_leave_nothing_behind(site):
    other_case = cases.case(site.roots.cases, "anderer", title="Anderer Fall")
    other_person = parties.person("beispielperson-b", name="Beispielperson B")
    other_method = MethodPage.objects.exclude(pk=site.method.pk).first()
    involvement = parties.involvement(site.case, site.organisation)
    use = cases.use(site.case, site.method)
    settle()
    involvement.page_id = other_case.pk
    involvement.save()
    assert "Stadtentwicklung" not in text_of(site.case)
    settle()
    use.case = other_case
    use.save()
    settle()
    if other_method:
        use.method = other_method
        use.save()
        settle()
    membership = site.person.memberships.get()
    membership.person = other_person
    membership.save()
    assert "Stadtentwicklung" not in text_of(site.person)
    assert "Stadtentwicklung" in text_of(other_person)
    settle()
    membership.delete()
    Involvement.objects.all().delete()
    use.delete()
    settle()


def test_sections_give_records_their_addresses(site):
    things.glossary_section()
    things.term("losverfahren")
    things.easy_section()
    things.easy_text(site.organisation, title="Rat für alle")
    settle()
    section = NetworkPage.objects.get(pk=site.roots.network["de"].pk)
    section.slug = "vernetzt"
    section.save_revision().publish()
    assert "/vernetzt/" in text_of(site.organisation)
    settle()
    NetworkPage.objects.get(pk=section.pk).unpublish()
    settle()
    assert found("Stadtentwicklung") == []


def test_pages_show_titles_and_relations_of_their_other_language(site):
    english = site.method.get_translations().first().specific
    published(english, title="Council by lot")
    assert "Council by lot" in text_of(site.method)
    settle()
    site.method.tags.add("Losentscheid")
    site.method.save()
    settle()
    tag = Tag.objects.get(name="Losentscheid")
    tag.name = "Auslosung"
    tag.save()
    assert "Auslosung" in text_of(site.method)
    settle()
    type(english).objects.get(pk=english.pk).delete()
    assert "Council by lot" not in text_of(site.method)
    settle()


def test_page_saved_without_its_kind_is_indexed(site):
    page = Page.objects.get(pk=site.case.pk)
    page.title = "Umbenannt"
    page.save()
    settle()
    assert found("Umbenannt") == ["Umbenannt"]


def test_round_reaches_its_cases(site):
    entry = cases.round_record()
    published(site.case, round=entry)
    settle()
    entry.code = "2031"
    entry.save()
    assert "2031" in text_of(site.case)
    settle()


def test_organisation_that_moves_or_is_succeeded(site):
    above = parties.organisation("oben", name_de="Oben", code="OB")
    settle()
    organisation = Organisation.objects.get(pk=site.organisation.pk)
    organisation.parent = above
    organisation.save()
    settle()
    organisation.successor = above
    organisation.save()
    settle()
    assert "MA\u00a018 – Stadtentwicklung" not in found("Stadtentwicklung")
    # … but what it became part of is, and only as long as it is part of it.
    assert found("MA 18")[0] == found("Stadtentwicklung")[0] == "OB\u00a0– Oben"
    organisation.successor = None
    organisation.save()
    settle()
    assert found("Stadtentwicklung")[0] == "MA\u00a018 – Stadtentwicklung"


def test_old_names_lead_on_by_several_steps_and_in_circles(site):
    today = parties.organisation("heute", name_de="Heute", code="MA 77")
    between = parties.organisation("dazwischen", name_de="Zwischenzeit")
    oldest = parties.organisation("damals", name_de="Vormalsamt", successor=between)
    settle()
    between.successor = today
    between.save()
    settle()
    assert found("Vormalsamt") == found("Zwischenzeit") == ["MA\u00a077 – Heute"]
    Organisation.objects.filter(pk=today.pk).update(successor=oldest)
    oldest.save()
    drain()
    assert found("Zwischenzeit") == []


def test_easy_text_of_a_hidden_record_is_not_found(site):
    things.easy_section()
    things.easy_text(site.person, title="Leicht erzählt")
    settle()
    assert found("Leicht erzählt")[0] == "Leicht erzählt"
    Person.objects.get(pk=site.person.pk).unpublish()
    settle()
    assert "Leicht erzählt" not in found("Leicht erzählt")


def test_entry_that_is_not_reviewed_in_time_counts_less(site, monkeypatch):
    day = timezone.localdate()
    Organisation.objects.filter(pk=site.organisation.pk).update(review_due=day)
    assert list(comparing.differences()) == []
    tomorrow = day + datetime.timedelta(days=1)
    monkeypatch.setattr("django.utils.timezone.localdate", lambda *_: tomorrow)
    outdated = [f"organisation:{site.organisation.pk}:{code}" for code in ("de", "en")]
    assert [found.key for found in comparing.differences()] == outdated
    late = Organisation.objects.get(pk=site.organisation.pk)
    [german, _] = registry.source("organisation").documents(late)
    assert german.weight == pytest.approx(0.9 * 0.97)


def test_broken_object_is_named_by_the_comparison(site, monkeypatch):
    def broken(_obj):
        raise ValueError("no title")

    monkeypatch.setattr(registry.source("organisation"), "documents", broken)
    problems = [str(found) for found in comparing.differences()]
    assert problems == [f"broken: organisation:{site.organisation.pk}:de"]


@pytest.mark.parametrize("kind", ["gone", "organisation"])
def test_rows_of_what_is_not_there_clear_the_index(site, kind):
    document = next(iter(registry.source("organisation").documents(site.organisation)))
    get_engine().apply("de", [dataclasses.replace(document, kind=kind, object_id=999)])
    IndexChange.objects.create(kind=kind, object_id=999, is_removal=True)
    drain()
    settle()
