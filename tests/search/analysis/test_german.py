"""German words: what must fall together, and what must not."""

import pytest

from search.analysis import get_analyser
from search.analysis.german import canonical
from search.analysis.german_gender import masculine


def stems(text):
    return [token.stem for token in get_analyser("de").tokens(text)]


def only(text):
    (token,) = get_analyser("de").tokens(text)
    return token


@pytest.mark.parametrize(
    "spelling",
    ["Bürger*innen", "Bürger:innen", "Bürger_innen", "BürgerInnen", "Bürger/innen",
     "Bürger/-innen", "Bürger(innen)", "Bürger·innen", "Bürger-innen", "Bürger*-innen",
     "Bürgerinnen", "Bürgerin", "Bürger*in", "Bürger/-in", "BürgerIn", "Bürger(in)",
     "BÜRGER*INNEN", "BÜRGERINNEN", "buerger:innen", "Bu\u0308rger*innen",
     "Bür\u00adger\u00adinnen", "Bürgern", "Bürgers", "bürgerlich"],
)  # fmt: skip
def test_every_spelling_is_one_word_with_the_stem_of_the_masculine(spelling):
    token = only(spelling)
    assert token.text == spelling
    assert token.stem == only("Bürger").stem


@pytest.mark.parametrize(
    ("masculine", "feminine"),
    [("Experte", "Expertin"), ("Experten", "Expert*innen"), ("Arzt", "Ärztin"),
     ("Arzt", "Ärzt:innen"), ("Beamter", "Beamtin"), ("Beamte", "Beamt*innen"),
     ("Kollege", "Kolleg*innen"), ("Pädagoge", "Pädagogin"), ("Notar", "Notarinnen"),
     ("Jurist", "Juristin"), ("Autor", "Autorin"), ("Klient", "Klient_in"),
     ("Anwalt", "Anwältin"), ("Bauer", "Bäuerin"), ("Kunde", "Kundinnen"),
     ("Lotse", "Lots*innen"), ("Fachmann", "Fachfrau"), ("Fachmann", "Fachleute"),
     ("Schülern", "Schüler(inne)n"), ("Schüler", "Schüler(inn)en"),
     ("ein", "ein*e"), ("Angestellte", "Angestellte/r"),
     ("Mitarbeiter", "Mitarbeitende"), ("Projekt", "Projekt(e)")],
)  # fmt: skip
def test_feminine_and_inclusive_forms_fold_to_the_masculine(masculine, feminine):
    assert stems(feminine)[0] == stems(masculine)[0]


@pytest.mark.parametrize(
    "word",
    ["Stein", "Verein", "Termin", "Wien", "Benzin", "Berlin", "Medizin", "Magazin",
     "Gewinn", "gewinnen", "beginnen", "binnen", "innen", "darin", "worin", "Cousin",
     "Nikotin", "Disziplin", "Protein", "Login", "LinkedIn", "Katrin", "Urin", "Delfin",
     "Ruin", "Domain", "Innenhof", "Erinnerung"],
)  # fmt: skip
def test_other_words_in_in_stay_as_they_are(word):
    assert masculine(canonical(word)) == canonical(word)
    assert only(word).fuzzy == word.lower()


@pytest.mark.parametrize(
    ("one", "other"),
    [("Straße", "Strasse"), ("Buergerrat", "Bürgerrat"), ("Öffentlichkeit", "Oeffent"
     "lichkeit"), ("geübt", "geuebt"), ("Räte", "Raete"), ("Haeuser", "Häuser"),
     ("Bürgerräte", "Bürgerrat"), ("Grätzl", "Grätzel"), ("Grätzln", "Grätzel"),
     ("Gremium", "Gremien"), ("Zentrum", "Zentren"), ("Thema", "Themen"),
     ("Fotograf", "Photograph"), ("Potential", "Potenzial"), ("Projekt-Werkstatt",
     "Projektwerkstatt"), ("Bürger-Rat", "Bürgerrat"), ("Bürger*innenrat", "Bürgerrat"),
     ("Bürgerinnenrat", "Bürgerrat"), ("Expert*innenrat", "Expertenrat"),
     ("Bürger*innen-Rat", "Bürgerrat"), ("Mariahilferstr.", "Mariahilferstraße"),
     ("Verfahrens", "Verfahren"), ("öffentlich", "öffentlichen"), ("Café", "Cafe")],
)  # fmt: skip
def test_spellings_and_inflections_fall_together(one, other):
    assert stems(one) == stems(other)


@pytest.mark.parametrize(
    "forms",
    ["Workshop Workshops", "Energiewende Energiewenden",
     "Schulhof Schulhofs Schulhöfe", "Büro Büros", "Jury Jurys", "Interview Interviews",
     "Agenda Agendas Agenden", "Museum Museen", "Praxis Praxen", "Risiko Risiken",
     "Szenario Szenarien Szenarios", "Problem Probleme", "Nachbar Nachbarn",
     "frei freie freien freies", "kostenlos kostenlose", "See Seen", "Idee Ideen",
     "Stadt Städte", "Platz Plätze Platzes", "Ergebnis Ergebnisse", "Team Teams",
     "Kriterium Kriterien", "Kind Kinder Kindern", "Virus Viren", "Herr Herrn Herren"],
)  # fmt: skip
def test_inflected_forms_share_a_stem(forms):
    assert len(set(stems(forms))) == 1


@pytest.mark.parametrize(
    ("one", "other"),
    [("neue", "neü"), ("Bürger", "Burg"), ("Favoriten", "Favorit"), ("Stadt", "Staat"),
     ("Termin", "Terme"), ("Organ", "Organisation"), ("Wieden", "Wiede"),
     ("Amt", "gesamt"), ("MA 18", "MA 21"), ("MA 18", "18"),
     ("Weg", "wegen"), ("Seite", "seit"), ("sicher", "sich"), ("Lager", "Lage"),
     ("Schüler", "Schule"), ("Meister", "meist"), ("Natur", "natürlich")],
)  # fmt: skip
def test_different_words_stay_apart(one, other):
    assert stems(one) != stems(other)


@pytest.mark.parametrize(
    "word", ["neue", "Quelle", "aktuell", "Bauer", "Steuer", "Frauen", "Israel"]
)
def test_vowels_that_are_no_transcription_find_themselves(word):
    assert stems(word) == stems(word.lower()) == stems(word.upper())


@pytest.mark.parametrize(
    ("compound", "parts"),
    [("Beteiligungsverfahren", "Beteiligung Verfahren"), ("Schulhof", "Schule Hof"),
     ("Bürger*innenrat", "Bürger Rat"), ("Bürgerrat", "Bürger Rat"),
     ("Bürger*innenbudget", "Bürgerin Budget"), ("Kinderrechte", "Kind Recht"),
     ("Spielplatzes", "Spiel Platz"), ("Straßenbahn", "Straße Bahn"),
     ("Tagesordnung", "Tag Ordnung"), ("Klimarat", "Klima Rat"),
     ("Geburtsort", "Geburt Ort"), ("Städtepartnerschaft", "Stadt Partnerschaft"),
     ("Themenabend", "Thema Abend"), ("barrierefreie", "Barriere frei"),
     ("Magistratsabteilung", "Magistrat Abteilung"), ("Co-Kreation", "Co Kreation"),
     ("Open-Space", "Open Space"), ("Projekt-Werkstatt", "Projekt Werkstatt"),
     ("Schulhof-Aktion", "Schule Hof Aktion")],
)  # fmt: skip
def test_compounds_fall_into_the_stems_of_their_parts(compound, parts):
    (token,) = get_analyser("de").query_tokens(compound)
    assert list(token.parts) == stems(parts)
    assert token.stem not in token.parts


@pytest.mark.parametrize(
    "word",
    ["Termin", "Wien", "Verein", "Beteiligung", "Organisation", "Quartier", "Komitee",
     "gesamt", "Antwort", "Vorteil", "Mittag", "Handlung", "Transport", "folgende",
     "wohnende", "systematisch", "gemeinsam", "Information", "Abteilung", "Vertrag",
     "Gericht", "Kamerad", "Apparat", "Bauern", "Heirat", "Spielende", "zugewiesen",
     "Teilnehmer", "feststellen", "Identität", "langsame"],
)  # fmt: skip
def test_what_is_no_compound_is_not_split(word):
    assert only(word).parts == ()


def test_the_index_also_knows_the_neighbours_within_a_compound():
    (indexed,) = get_analyser("de").tokens("Bürgerbeteiligungsverfahren")
    (asked,) = get_analyser("de").query_tokens("Bürgerbeteiligungsverfahren")
    assert only("Bürgerbeteiligung").stem in indexed.parts
    assert only("Beteiligungsverfahren").stem in indexed.parts
    assert list(asked.parts) == stems("Bürger Beteiligung Verfahren")


def test_a_lexicon_teaches_new_parts():
    plain = get_analyser("de")
    taught = plain.with_lexicon(["Lavendel", "Lavendelplatz", "Nach", "der"])
    (before,) = plain.tokens("Lavendelmarkt")
    (after,) = taught.tokens("Lavendelmarkt")
    assert before.parts == ()
    assert list(after.parts) == stems("Lavendel Markt")
    assert taught.tokens("Lavendelplatz")[0].parts, "a compound is no simple word"
    assert taught.version != plain.version
    assert (
        taught.version
        == plain.with_lexicon(["Lavendelplatz", "Lavendel", "Nach", "der"]).version
    )
    assert taught.with_lexicon(["Oleander"]).tokens("Lavendelmarkt")[0].parts


@pytest.mark.parametrize(
    "written",
    ["MA18", "MA 18", "MA-18", "ma 18", "ma18", "MA 018", "MA\u00a018", "MA\n18",
     "Magistratsabteilung 18", "Magistratsabteilungen 18", "Mag. Abt. 18"],
)  # fmt: skip
def test_a_department_is_one_token_however_written(written):
    token = only(written)
    assert token.stem == "ma18"
    assert only("Magistratsabteilung").stem in token.parts
    assert get_analyser("de").query_tokens(written)[0].parts == ()


@pytest.mark.parametrize(
    ("written", "expected"),
    [("BV 10", "bv10"), ("Bezirksvorstehung 10", "bv10"), ("LA21", "la21"),
     ("Lokale Agenda 21", "la21"), ("U6", "u6"), ("10.", "10"), ("10.000", "10000"),
     ("1.234.567,89", "1234567.89"), ("2,5", "2.5"), ("COVID-19", "covid19")],
)  # fmt: skip
def test_codes_and_numbers(written, expected):
    assert only(written).stem == expected


def test_words_after_a_code_keep_counting():
    tokens = get_analyser("de").tokens("Die MA 18 plant mit der MA 21 im 10. Bezirk")
    assert [token.position for token in tokens] == list(range(len(tokens)))
    assert [token.stem for token in tokens][1::4] == ["ma18", "ma21"]


def test_dates_ranges_and_addresses_are_taken_apart():
    assert stems("12.3.2024") == ["12", "3", "2024"]
    assert stems("2024-2026") == ["2024", "2026"]
    assert stems("post@ma18.wien.gv.at") == ["post", "ma18", "wien", "gv", "at"]
    assert stems("der/die") == ["der", "die"]
    assert stems("snake_case_name") == stems("snake case name")


@pytest.mark.parametrize("word", ["f.", "bzw.", "z. B.", "und", "für", "ein*e", "Über"])
def test_stop_words_are_marked_and_kept(word):
    tokens = get_analyser("de").tokens(word)
    assert tokens
    assert all(token.is_stop for token in tokens)


def test_content_words_are_no_stop_words():
    assert not any(t.is_stop for t in get_analyser("de").tokens("Stadt Rat Wien MA 18"))


def test_exact_and_fuzzy_forms():
    token = only("Bürger*innen")
    assert (token.exact, token.fuzzy) == ("burgerinnen", "burger")
    token = only("Straßen")
    assert (token.exact, token.fuzzy) == ("strassen", "strassen")
