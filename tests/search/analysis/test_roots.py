"""Verbs, their participles and their nouns meet; words that only look alike do not."""

import pytest

from search.analysis import get_analyser

German = get_analyser("de")


def forms(word):
    return set(German.query_tokens(word)[0].forms)


def finds(query, text):
    """Does a form of the query stand among those the index keeps of the text?"""
    return bool(forms(query) & set(German.tokens(text)[0].forms))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("planen", "Planung"),
        ("geplant", "Planung"),
        ("übermittelt", "Übermittlung"),
        ("eingestuft", "Einstufung"),
        ("einzureichen", "Einreichung"),
        ("abgewichen", "Abweichung"),
        ("ausgeschlossen", "Ausschluss"),
        ("gefördert", "Förderung"),
        ("beteiligt", "Beteiligung"),
        ("erwirbt", "Erwerb"),
        ("mitzugestalten", "Mitgestaltung"),
        ("entwickelt", "Entwicklung"),
    ],
)
def test_a_verb_and_its_noun_have_a_form_in_common(one, other):
    assert finds(one, other)
    assert finds(other, one)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Zeit", "Zeitung"),
        ("Bild", "Bildung"),
        ("Halt", "Haltung"),
        ("Satz", "Satzung"),
        ("Los", "Lösung"),
        ("Raum", "Räumung"),
        ("Messe", "Messung"),
        ("Organ", "Organisation"),
        ("Gesicht", "sich"),
        ("Gericht", "reich"),
        ("Schaf", "Geschäft"),
        ("Wal", "Gewalt"),
        ("Verband", "Verbindung"),
        ("Umfang", "umfassen"),
    ],
)
def test_words_that_look_alike_have_none(one, other):
    assert not finds(one, other)
    assert not finds(other, one)
