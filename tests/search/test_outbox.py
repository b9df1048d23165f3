"""Everything that changes what is found reaches the index."""

from __future__ import annotations

import logging
from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from wagtail.models import PageViewRestriction

import pytest

from casestudies.models import CaseStudyPage
from methods.models import MethodPage
from network.models import Organisation
from search import maintenance, outbox
from search.engines import get_engine
from search.models import MAX_ATTEMPTS, IndexChange
from search.outbox import drain
from search.registry import registry
from tests.factories import casestudies as cases
from tests.factories import hub as things
from tests.factories import network as parties

from .conftest import found, settle

LONG_GONE = timezone.localdate() - timedelta(days=30)


def test_both_languages_are_indexed(site):
    assert found("Bürgerrat") == ["Bürger*innenrat"]
    assert "Citizens' council" in found("council", "en")
    assert maintenance.check() == []


def test_publishing_reaches_the_index(site):
    site.method.title = "Losversammlung"
    site.method.save_revision()
    settle()
    assert "Losversammlung" not in found("Losversammlung ")
    site.method.get_latest_revision().publish()
    settle()
    assert found("Losversammlung") == ["Losversammlung"]


def test_saving_a_draft_queues_nothing(site):
    site.method.title = "Nur ein Entwurf"
    site.method.save_revision()
    assert not IndexChange.objects.filter(object_id=site.method.pk).exists()


def test_unpublishing_removes(site):
    site.method.unpublish()
    assert _is_hidden("method", site.method.pk)
    settle()
    assert found("Bürgerrat") == []


def test_deleting_removes(site):
    pk = site.method.pk
    site.method.delete()
    assert _is_hidden("method", pk)
    settle()
    assert found("Bürgerrat") == []


def test_deleting_a_section_removes_what_is_below(site):
    MethodPage.objects.filter(pk=site.method.pk).get().get_parent().delete()
    settle()
    assert found("Bürgerrat") == []


def test_moving_changes_the_address(site):
    other = cases.CaseIndexPage(title="Archiv", slug="archiv", locale=site.case.locale)
    site.roots.cases["de"].get_parent().add_child(instance=other)
    CaseStudyPage.objects.get(pk=site.case.pk).move(other, pos="last-child")
    settle()
    assert "/archiv/" in _url("Schulhof")


def test_renaming_a_section_changes_addresses_below(site):
    section = site.roots.cases["de"]
    section.slug = "beispiele"
    section.save_revision().publish()
    settle()
    assert "/beispiele/" in _url("Schulhof")


def test_restricting_a_section_hides_what_is_below_and_lifting_shows_it(site):
    restriction = PageViewRestriction.objects.create(
        page=site.roots.cases["de"], restriction_type="login"
    )
    settle()
    assert "Neuer Schulhof" not in found("Schulhof")
    restriction.delete()
    settle()
    assert "Neuer Schulhof" in found("Schulhof")


def test_renamed_topic_reaches_everything_about_it(site):
    site.topic.name_de = "Verkehrswende"
    site.topic.save()
    settle()
    assert set(found("Verkehrswende")) == {
        "Bürger*innenrat",
        "MA\u00a018 – Stadtentwicklung",
    }


def test_linking_a_topic_reaches_the_index(site):
    site.organisation.topics.clear()
    site.organisation.save()
    settle()
    assert found("Mobilität") == ["Bürger*innenrat"]


@pytest.mark.parametrize("how", ["remove", "clear"])
def test_unlinking_from_the_other_side_reaches_the_index(site, how):
    links = site.topic.organisation_set
    links.clear() if how == "clear" else links.remove(site.organisation)
    settle()
    assert found("Mobilität") == ["Bürger*innenrat"]


def test_partner_of_a_case_is_found_by_name_and_no_longer_when_hidden(site):
    parties.involvement(site.case, site.organisation)
    settle()
    assert "Neuer Schulhof" in found("Stadtentwicklung")
    Organisation.objects.get(pk=site.organisation.pk).unpublish()
    settle()
    assert found("Stadtentwicklung ") == []


def test_easy_text_is_found_as_long_as_its_page_is(site):
    things.easy_section()
    things.easy_text(site.method, title="Rat durch Los", sentences="Das Los wählt.")
    settle()
    assert found("Rat durch Los")[0] == "Rat durch Los"
    site.method.unpublish()
    settle()
    assert "Rat durch Los" not in found("Rat durch Los")


def test_term_is_found_in_each_language_by_its_own_word(site):
    things.glossary_section()
    things.term("losverfahren", term_en="Sortition", synonyms_de="Zufallsauswahl")
    settle()
    assert found("Zufallsauswahl")[0] == "Losverfahren"
    assert found("Sortition", "en") == ["Sortition"]


def test_person_without_consent_is_gone(site):
    assert found("Aurelia") == ["Beispielperson Aurelia"]
    consent = site.person.consents.get()
    consent.withdrawn_on = timezone.localdate()
    consent.save()
    assert _is_hidden("person", site.person.pk)
    settle()
    assert found("Aurelia") == []


def test_profile_needs_a_consent_of_its_own(site):
    site.person.bio_de = "Ich arbeite gern im Kräutergarten."
    site.person.save()
    settle()
    assert found("Kräutergarten") == []
    parties.consent(site.person, "profile")
    settle()
    assert found("Kräutergarten") == ["Beispielperson Aurelia"]


def test_document_of_a_person_ends_with_the_consent(site):
    consent = site.person.consents.get()
    consent.expires_on = timezone.localdate()
    consent.save()
    document = next(iter(registry.source("person").documents(_fresh(site.person))))
    assert document.visible_until > timezone.now()
    assert document.visible_until < timezone.now() + timedelta(days=2)


def test_change_and_row_commit_together(site):
    with transaction.atomic():
        site.organisation.name_de = "Anders"
        site.organisation.save()
        assert IndexChange.objects.exists()
        transaction.set_rollback(True)
    assert not IndexChange.objects.exists()


def test_drains_once_after_commit(site, settings, django_capture_on_commit_callbacks):
    settings.SEARCH = {**settings.SEARCH, "DRAIN": "commit"}
    with django_capture_on_commit_callbacks(execute=True) as callbacks:
        site.organisation.name_de = "Stadtplanung"
        site.organisation.save()
        site.organisation.save()
    drains = [call for call in callbacks if call is outbox._drain_quietly]
    assert len(drains) == 1
    assert found("Stadtplanung")[0] == "MA\u00a018 – Stadtplanung"
    assert not IndexChange.objects.exists()


def test_failing_engine_breaks_no_request_and_loses_nothing(
    site, settings, monkeypatch, caplog, django_capture_on_commit_callbacks
):
    settings.SEARCH = {**settings.SEARCH, "DRAIN": "commit"}

    def broken(*args):
        raise OSError("disk full")

    engine = get_engine()
    monkeypatch.setattr(engine, "apply", broken)
    caplog.set_level(logging.WARNING, logger="search")
    with django_capture_on_commit_callbacks(execute=True):
        site.organisation.name_de = "Stadtplanung"
        site.organisation.save()
    assert IndexChange.objects.exists()
    monkeypatch.undo()
    settle()
    assert "MA\u00a018 – Stadtplanung" in found("Stadtplanung")


def test_whoever_goes_on_writing_does_not_keep_a_drain_from_its_end(site, monkeypatch):
    engine = get_engine()
    write = engine.write
    source = registry.source("method")
    written: list[str] = []

    def written_meanwhile(language, documents, removals):
        assert len(written) < 20, "it never comes to an end"
        written.append(language)
        write(language, documents, removals)
        outbox.enqueue(source, [site.method.pk])

    monkeypatch.setattr(engine, "write", written_meanwhile)
    site.method.save()
    assert outbox.drain_waiting() >= 1
    assert IndexChange.objects.due().exists()
    monkeypatch.undo()
    settle()
    assert maintenance.check() == []


def test_one_broken_object_does_not_stop_the_others(site, monkeypatch):
    source = registry.source("method")
    site.organisation.save()
    site.method.save()

    def broken(obj):
        raise ValueError("no title")

    monkeypatch.setattr(source, "documents", broken)
    for _ in range(MAX_ATTEMPTS):
        drain()
        assert drain() == 0  # not before its time
        assert IndexChange.objects.waiting().filter(next_try=None).count() == 0
        IndexChange.objects.update(next_try=None)
    row = IndexChange.objects.get(object_id=site.method.pk)
    assert row.is_dead
    assert row.error == "ValueError: no title"
    assert found("Bürgerrat") == ["Bürger*innenrat"]
    monkeypatch.undo()
    assert drain() == 0  # a person has to look at it
    IndexChange.objects.retry()
    settle()


def test_a_command_may_index_at_its_end(
    site, settings, django_capture_on_commit_callbacks
):
    settings.SEARCH = {**settings.SEARCH, "DRAIN": "commit"}
    with outbox.drained_later(), django_capture_on_commit_callbacks(execute=True):
        site.organisation.name_de = "Stadtplanung"
        site.organisation.save()
    assert IndexChange.objects.exists()
    with django_capture_on_commit_callbacks(execute=True):
        site.organisation.save()
    assert not IndexChange.objects.exists()


def test_rebuild_takes_waiting_changes_along(site):
    site.organisation.name_de = "Stadtplanung"
    site.organisation.save()
    maintenance.rebuild()
    settle()
    assert "MA\u00a018 – Stadtplanung" in found("Stadtplanung")


def test_repair_mends_every_kind_of_difference(site):
    engine = get_engine()
    source = registry.source("organisation")
    document = next(iter(source.documents(_fresh(site.organisation))))
    Organisation.objects.filter(pk=site.organisation.pk).update(name_de="Still")
    engine.apply("de", [], [f"case:{site.case.pk}:de"])
    engine.apply("de", [_other(document)])
    problems = {difference.problem for difference in maintenance.check()}
    assert problems == {"missing", "outdated", "left over"}
    maintenance.repair(maintenance.check())
    settle()


def _other(document):
    import dataclasses

    return dataclasses.replace(document, object_id=999_999)


def _fresh(record):
    return type(record).objects.get(pk=record.pk)


def _url(text: str) -> str:
    from search.engines.base import Request
    from search.ladder import build
    from search.parsing import parse

    request = Request("de", build(parse(text), "de").steps, scope=("case",))
    return get_engine().search(request).hits[0].url


def _is_hidden(kind: str, pk: int) -> bool:
    return (kind, pk) in IndexChange.hidden_objects()
