"""Who can help: documented work before own words, recent before old, departments also
of people who may not be shown; and of those not a trace."""

from __future__ import annotations

from datetime import date, timedelta

from django.core.management import call_command
from django.utils import timezone, translation

import pytest

from network.choices import FieldGroup
from network.models import Consent, Person
from search import answers, maintenance
from search.engines.base import SearchUnavailableError
from search.experts import BASIS_WEIGHTS, Part, emphasised, rank
from search.models import IndexChange
from search.outbox import drain
from search.registry import registry
from tests.factories import casestudies as cases
from tests.factories import network as parties

QUESTION = "Schulhof Schatten"
YEAR = date.today().year
NAME = "Beispielperson Ungesehen"


# ---- the order, without an index ---------------------------------------------------


def test_a_documented_moderator_stands_above_one_who_says_so():
    parts = {
        "d": [
            Part("says", "moderated", 2026, "self"),
            Part("did", "moderated", 2024, "source"),
            Part("in-charge", "", 2026, "responsibility"),
        ]
    }
    assert rank([("d", 10.0)], parts, 2026)[0].key == "did"
    assert BASIS_WEIGHTS["source"] == BASIS_WEIGHTS["confirmed"]


def test_an_own_document_counts_as_one_more():
    parts = {
        "d": [Part("a", "led", 2026, "source")],
        "a": [Part("a", "profile", None, "self"), Part("o", "profile", None, "", True)],
    }
    found = rank([("d", 10.0)], parts, 2026, profiles=[("a", 10.0)])
    assert found[0].key == "a"
    assert found[0].score == pytest.approx(10 + 10 * BASIS_WEIGHTS["self"])
    assert found[1].key == "o"


def test_the_own_part_is_the_reason_before_that_of_its_people():
    parts = {
        "d1": [Part("o", "", 2026, "source", True)],
        "d2": [Part("o", "commissioned", 2010, "editorial")],
    }
    [found] = rank([("d1", 10.0), ("d2", 9.0)], parts, 2026)
    assert [reason.document for reason in found.reasons] == ["d2"]


def test_many_mentions_do_not_outweigh_the_one_that_is_about_it():
    parts = {f"d{n}": [Part("often", "led", 2026)] for n in range(1, 9)}
    parts["d0"] = [Part("once", "led", 2026)]
    hits = [("d0", 30.0), *((f"d{n}", 5.0) for n in range(1, 9))]
    assert rank(hits, parts, 2026)[0].key == "often"
    assert rank(emphasised(hits), parts, 2026)[0].key == "once"


# ---- on the site, with both engines --------------------------------------------------


@pytest.fixture(params=["embedded", pytest.param("elastic", marks=pytest.mark.elastic)])
def asked(request, site):
    """A site with an index of one engine; gives the answers to a question."""
    if request.param == "elastic":
        url = request.getfixturevalue("elastic_url")
        prefix = request.getfixturevalue("make_elastic_engine")().prefix
        site_settings = request.getfixturevalue("settings")
        site_settings.SEARCH = {**site_settings.SEARCH, "URL": url, "PREFIX": prefix}

    def answer(question=QUESTION, language="de", **filters):
        if not answer.is_built:
            maintenance.rebuild()
            IndexChange.objects.all().delete()
            answer.is_built = True
        with translation.override(language):
            return answers.answer(question, language, filters)

    answer.is_built = False
    answer.site = site
    return answer


def names(found):
    return [who.hit.title for who in found.entries]


def texts(found, name):
    [who] = [who for who in found.entries if who.hit.title == name]
    return [
        f"{reason.basis}: {reason.text}{reason.url_text}{reason.after}"
        for reason in who.reasons
    ]


def test_reasons_name_role_year_and_where_it_stands(asked):
    parties.involvement(asked.site.case, asked.site.person, role="moderated")
    found = asked()
    assert texts(found, "Beispielperson Aurelia") == [
        "source: hat 2024 Neuer Schulhof moderiert"
    ]
    [who] = [who for who in found.entries if who.hit.is_person]
    assert who.reasons[0].url == asked.site.case.get_url()


def test_english_has_its_own_words(asked):
    parties.involvement(asked.site.case, asked.site.organisation, role="moderated")
    found = asked("Schulhof", "en")
    [who] = [who for who in found.entries if who.hit.kind == "organisation"]
    reason = who.reasons[0]
    assert f"{reason.text}{reason.url_text}{reason.after}" == (
        "facilitated Neuer Schulhof EN in 2024"
    )


def test_recent_work_stands_above_old_work(asked):
    for name, year in (("Alt", YEAR - 12), ("Neu", YEAR - 1)):
        party = parties.organisation(f"o-{name.lower()}", name_de=name, summary_de="")
        parties.involvement(
            asked.site.case, party, role="moderated", year_from=year, year_to=year
        )
    found = names(asked("Neuer Schulhof"))
    assert found.index("Neu") < found.index("Alt")


def test_a_person_stands_with_the_organisation(asked):
    parties.involvement(asked.site.case, asked.site.person, role="moderated")
    [group] = [g for g in asked().groups if g.people]
    assert group.hit.title == "MA\u00a018 – Stadtentwicklung"
    assert [who.hit.title for who in group.people] == ["Beispielperson Aurelia"]


def hidden_person(site, **consent):
    """Somebody who led the case at an organisation of its own, without a consent that
    holds now."""
    groups = () if not consent else (FieldGroup.FUNCTION,)
    person = parties.person("beispielperson-ungesehen", groups, name=NAME)
    if consent:
        Consent.objects.filter(person=person).update(**consent)
    home = parties.organisation("stelle-x", name_de="Stelle X", summary_de="")
    parties.membership(person, home, "Hofplanung")
    parties.involvement(site.case, person, role="moderated")
    return person


@pytest.mark.parametrize(
    "consent",
    [
        {},
        {"withdrawn_on": date(2026, 2, 1)},
        {"expires_on": timezone.localdate() - timedelta(days=1)},
    ],
)
def test_of_a_person_without_consent_only_the_department_appears(asked, consent):
    hidden_person(asked.site, **consent)
    found = asked()
    assert "Stelle X" in names(found)
    assert texts(found, "Stelle X") == ["source: hat 2024 an Neuer Schulhof mitgewirkt"]
    assert "Ungesehen" not in repr(found)
    assert "moderiert" not in repr(found)
    assert "Hofplanung" not in repr(found)


def test_a_department_looks_the_same_whether_its_person_shows_or_not(asked):
    person = hidden_person(asked.site)
    before = texts(asked(), "Stelle X")
    parties.consent(person, FieldGroup.FUNCTION)
    asked.is_built = False
    found = asked()
    assert NAME in names(found)
    assert texts(found, "Stelle X") == before


def test_a_consent_that_is_withdrawn_counts_at_once_though_the_index_is_down(asked):
    """Nothing is drained here: the index still holds the person and the old case."""
    person = hidden_person(asked.site)
    parties.consent(person, FieldGroup.FUNCTION)
    assert NAME in names(asked())
    total = asked().total
    consent = Consent.objects.get(person=person)
    consent.withdrawn_on = timezone.localdate()
    consent.save()
    found = asked()
    assert "Ungesehen" not in repr(found)
    assert found.total == total - 1
    assert found.facets["wer"].get("person", 0) == 0
    assert "Stelle X" in names(found)


def test_a_consent_that_vanished_unseen_is_noticed_on_the_page(asked):
    person = hidden_person(asked.site)
    parties.consent(person, FieldGroup.FUNCTION)
    assert NAME in names(asked())
    Consent.objects.filter(person=person).update(withdrawn_on=timezone.localdate())
    found = asked()
    assert "Ungesehen" not in repr(found)
    assert "Stelle X" in names(found)


def test_a_case_that_is_taken_off_gives_no_reasons(asked):
    parties.involvement(asked.site.case, asked.site.organisation, role="moderated")
    assert "Neuer Schulhof" in repr(asked().entries)
    type(asked.site.case).objects.filter(pk=asked.site.case.pk).update(live=False)
    assert "Neuer Schulhof" not in repr(asked().entries)


def test_facets_count_and_narrow(asked):
    person = asked.site.person
    for group in (FieldGroup.PROFILE, FieldGroup.LANGUAGES):
        parties.consent(person, group)
    Person.objects.filter(pk=person.pk).update(languages=["tr"])
    parties.involvement(asked.site.case, person, role="moderated")
    cases.use(asked.site.case, asked.site.method)
    found = asked()
    assert found.facets["wer"]["person"] == 1
    assert found.facets["sprache"]["tr"] == 1
    assert found.facets["methode"]["buergerrat"] >= 1
    narrowed = asked(sprache=("tr",))
    assert names(narrowed) == ["Beispielperson Aurelia"]
    # Counts of a facet ignore its own selection; the heading still says where.
    assert asked(wer=("person",)).facets["wer"] == found.facets["wer"]
    assert narrowed.groups[0].hit.title == "MA\u00a018 – Stadtentwicklung"
    assert narrowed.groups[0].head is None
    assert asked(sprache=("fa",)).total == 0


def test_every_party_kind_says_what_it_is(site):
    for kind in registry.party_kinds():
        for obj in registry.source(kind).visible():
            for document in registry.source(kind).documents(obj):
                assert document.facets["wer"]
                assert document.parties[0].key == f"{kind}:{obj.pk}"


# ---- the page ------------------------------------------------------------------------


def test_page_of_answers(client, site):
    parties.involvement(site.case, site.person, role="moderated")
    drain()
    response = client.get("/de/netzwerk/", {"frage": QUESTION})
    text = response.content.decode()
    assert response.status_code == 200
    assert 'content="noindex' in text
    assert response["Cache-Control"] == "private, no-store"
    assert f'<a href="{site.case.get_url()}">Neuer Schulhof</a> moderiert' in text
    assert '<a href="' + site.organisation.get_url("de") + '#aufgaben">' in text


@pytest.mark.parametrize(
    "query",
    [
        "frage=Hof&seite=99999999999999999999&thema=nix&sprache=%00",
        "frage=%22%22&wer=person",
        "frage=" + "x" * 5000,
        "frage=%27%3B--&bezirk=" + "9" * 400,
    ],
)
def test_whatever_stands_in_the_address(client, site, query):
    assert client.get(f"/de/netzwerk/?{query}").status_code == 200


def test_a_question_without_any_answer_names_what_remains(client, site):
    office = parties.organisation(
        "buero-fuer-mitwirkung", name_de="Büro für Mitwirkung", summary_de=""
    )
    drain()
    text = client.get("/de/netzwerk/", {"frage": "Mobilitätt xyzzy"}).content.decode()
    assert "Nächstes Thema" in text
    assert "Zuständige Stelle für dieses Thema" in text
    assert site.organisation.get_url("de") in text
    assert office.get_url("de") in text
    assert "Das Büro selbst" in text
    text = client.get("/de/netzwerk/", {"frage": "qqqq wwww"}).content.decode()
    assert "Dazu ist noch niemand eingetragen" in text
    assert "Das Büro selbst" in text


def test_an_index_that_is_down_is_said_politely(client, site, monkeypatch):
    def fail(*args, **values):
        raise SearchUnavailableError("weg")

    monkeypatch.setattr("network.views.answers.answer", fail)
    response = client.get("/de/netzwerk/", {"frage": QUESTION})
    assert response.status_code == 503
    assert "antwortet gerade nicht" in response.content.decode()
    assert client.get("/de/netzwerk/").status_code == 200


def test_what_several_people_say_is_one_reason(asked):
    body = parties.organisation("ma-7", name_de="Wege", responsibilities_de="Wege")
    for n in range(3):
        bio = {"bio_de": f"Schatten im Schulhof, zum {n}. Mal."}
        groups = (FieldGroup.FUNCTION, FieldGroup.PROFILE)
        person = parties.person(f"beispielperson-{n}", groups, **bio)
        parties.membership(person, body)
    found = asked("Schatten im Schulhof")
    assert body.name_de in names(found)
    for who in found.entries:
        said = [(reason.basis, str(reason.text)) for reason in who.reasons]
        assert len(said) == len(set(said))


def test_queries_do_not_grow_with_the_answers(
    client, site, django_assert_max_num_queries
):
    def add(count, start):
        for n in range(start, start + count):
            party = parties.organisation(f"o-{n}", name_de=f"Stelle {n}")
            person = parties.person(f"beispielperson-{n}")
            parties.membership(person, party)
            parties.involvement(site.case, person, role="moderated")
        drain()

    add(2, 0)
    client.get("/de/netzwerk/", {"frage": QUESTION})
    with django_assert_max_num_queries(30) as few:
        client.get("/de/netzwerk/", {"frage": QUESTION})
    number = len(few)
    add(8, 2)
    client.get("/de/netzwerk/", {"frage": QUESTION})
    with django_assert_max_num_queries(number):
        client.get("/de/netzwerk/", {"frage": QUESTION})


def test_the_search_page_names_who_can_help(client, site):
    parties.involvement(site.case, site.person, role="moderated")
    drain()
    response = client.get("/de/suche/", {"q": QUESTION})
    text = response.content.decode()
    assert f'<a href="{site.case.get_url()}">Neuer Schulhof</a> moderiert' in text
    assert "/de/netzwerk/?frage=Schulhof+Schatten" in text
    Consent.objects.filter(person=site.person).update(withdrawn_on=date(2026, 2, 1))
    text = client.get("/de/suche/", {"q": QUESTION}).content.decode()
    assert "Aurelia" not in text


def test_erasing_leaves_nothing_in_what_a_process_remembers(site):
    """Texts that are kept by number hold no name of a person."""
    from search.engines import embedded_parties

    answers.answer("Aurelia", "de")
    call_command("search_index", "rebuild", verbosity=0)
    answers.answer("Aurelia", "de")
    assert "Aurelia" not in repr(embedded_parties._known)
