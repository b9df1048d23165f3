"""Interface texts: German in the code, English in the catalogue, both complete."""

import re
import shutil
import subprocess
import sys
from collections import Counter
from pathlib import Path

from django.conf import settings

import polib
import pytest

from tests.conftest import require

ROOT = Path(settings.BASE_DIR)
FOLDER = ROOT / "hub" / "locale" / "en" / "LC_MESSAGES"
PLACE = re.compile(r"%\(\w+\)[sd]|%[sd]|\{\w*\}")
TAG = re.compile(r"</?\w+")
ENGLISH = re.compile(
    r"\b(the|and|of|with|for|this|that|are|not|your|please|page|pages|save|add|"
    r"delete|search|show|hide|results?|there|here|from|to|title|list|settings|next)\b",
    re.IGNORECASE,
)
#: What looks like a word and is none.
NO_TEXT = re.compile(r"%\(\w+\)s|<[^>]*>")
#: Programs that hold messages; what stands beside them needs no English.
SOURCES = ("hub", "methods", "casestudies", "network", "search", "templates")


@pytest.fixture(scope="module")
def catalogue() -> polib.POFile:
    return polib.pofile(str(FOLDER / "django.po"))


def _texts(entry: polib.POEntry) -> list[str]:
    if entry.msgid_plural:
        return [entry.msgstr_plural.get(number, "") for number in (0, 1)]
    return [entry.msgstr]


def _content(entries) -> dict:
    return {(e.msgctxt, e.msgid): (e.msgid_plural, *_texts(e)) for e in entries}


def test_every_message_has_an_english_text(catalogue):
    assert len(catalogue) > 500
    assert [e.msgid for e in catalogue if not all(_texts(e))] == []


def test_no_english_text_is_a_guess(catalogue):
    assert [e.msgid for e in catalogue if e.fuzzy or e.obsolete] == []


def test_the_compiled_file_says_the_same(catalogue):
    compiled = polib.mofile(str(FOLDER / "django.mo"))
    assert _content(compiled) == _content(catalogue)


def test_placeholders_and_tags_survive_the_translation(catalogue):
    """A lost placeholder breaks the page, a lost tag its form.

    The singular may leave its number out ("within one working day").
    """
    broken = []
    for entry in catalogue:
        source = entry.msgid_plural or entry.msgid
        text = _texts(entry)[-1]
        for pattern in (PLACE, TAG):
            if Counter(pattern.findall(source)) != Counter(pattern.findall(text)):
                broken.append((source, text))
    assert broken == []


def test_english_texts_keep_one_kind_of_quotation_marks(catalogue):
    odd = re.compile(r"[„“”]|\w'\w")
    assert [t for e in catalogue for t in _texts(e) if odd.search(t)] == []


def test_the_language_in_the_code_is_german(catalogue):
    texts = [NO_TEXT.sub("", e.msgid) for e in catalogue]
    assert [text for text in texts if ENGLISH.search(text)] == []


def test_every_message_in_the_code_stands_in_the_catalogue(catalogue, tmp_path):
    require(bool(shutil.which("xgettext")), "gettext")
    for name in SOURCES:
        shutil.copytree(
            ROOT / name,
            tmp_path / name,
            ignore=shutil.ignore_patterns("locale", "static", "starter", "__pycache__"),
        )
    (tmp_path / "locale").mkdir()
    subprocess.run(
        [sys.executable, "-m", "django", "makemessages", "-l", "en", "--no-location"],
        cwd=tmp_path,
        check=True,
        stdout=subprocess.DEVNULL,
    )
    used = polib.pofile(str(tmp_path / "locale" / "en" / "LC_MESSAGES" / "django.po"))
    missing = set(_content(used)) - set(_content(catalogue))
    assert missing == set()
