"""An index must not outlive the rules it was built with."""

import hashlib
import json

from search.analysis import ANALYSIS_VERSION, RULES, get_analyser

SAMPLE = {
    "de": "Bürger*innen, BürgerInnenrat und Expert:innen der MA 18: „Schulhöfe“ für "
    "1.000 Kinder! Co-Kreation im Grätzl, neue Straßen, Bürgerbeteiligungsverfahren, "
    "Workshops, Museen, Fachleute, natürlich auch geübte Lots*innen (Schüler(inn)en), "
    "Beteiligungsprozesse z. B. 12.3.2024, 2,5 km, COVID-19 u. a. m. in Favoriten.",
    "en": "The city’s organisations (MA 18) run neighbourhood programmes: co-creation, "
    "participatory budgeting with 1,000 citizens, analysed in the Bürger*innenrat.",
}
# Raise RULES in search/analysis/__init__.py when the digest changes, then note both.
EXPECTED = (2, "2799bc7a34c999bd")


def digest():
    found = {
        language: [
            (t.text, t.position, t.stem, t.exact, t.fuzzy, t.parts, t.is_stop, t.forms)
            for t in get_analyser(language).tokens(text)
        ]
        for language, text in SAMPLE.items()
    }
    return hashlib.sha256(json.dumps(found).encode()).hexdigest()[:16]


def test_other_tokens_mean_another_version():
    assert (RULES, digest()) == EXPECTED, "raise RULES: indexes must be rebuilt"


def test_every_analyser_carries_the_version():
    assert get_analyser("de").version == ANALYSIS_VERSION
    assert get_analyser("en").version == ANALYSIS_VERSION
    assert get_analyser("de") is get_analyser("de")
