"""What goes wrong with disks, servers and the way to them: a clear word, nothing lost,
recovery without hands. Real disks, a real server, a small one that misbehaves."""

from __future__ import annotations

import multiprocessing
import os
import resource
import shutil
import signal
import socket
import tempfile
import threading
import traceback
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from search import health, maintenance
from search.engines import elastic_generations, get_engine
from search.engines.base import (
    Asked,
    IndexDamagedError,
    IndexMissingError,
    IndexOutdatedError,
    IndexUnwritableError,
    Request,
    SearchUnavailableError,
)
from search.engines.elastic import ElasticEngine
from search.engines.elastic_client import UnreachableError
from search.engines.embedded import EmbeddedEngine
from search.engines.paired import PairedEngine
from search.ladder import build
from search.models import IndexChange
from search.outbox import drain
from search.parsing import parse
from search.query import Everything

from .conftest import found, settle
from .contract import CORPUS, doc
from .proxy import Proxy

PAGE = "/de/suche/?q=Schulhof"


def request(text: str) -> Request:
    return Request("de", build(parse(text), "de").steps)


def keys(engine, text: str) -> list[str]:
    return [hit.key for hit in engine.search(request(text)).hits]


# ---- a server that misbehaves ----------------------------------------------------------

JSON = b"Content-Type: application/json\r\n"
ANSWERS = {
    "closes": b"",
    "garbage": b"\x16\x03\x01 what is this\r\n\r\n",
    "error": b"HTTP/1.1 500 Oh\r\n" + JSON + b"Content-Length: 2\r\n\r\n{}",
    "busy": b"HTTP/1.1 429 Busy\r\n" + JSON + b"Content-Length: 2\r\n\r\n{}",
    "login": b"HTTP/1.1 401 Who\r\n" + JSON + b"Content-Length: 2\r\n\r\n{}",
    "other": b"HTTP/1.1 200 OK\r\n" + JSON + b"Content-Length: 2\r\n\r\n{}",
    "half": b"HTTP/1.1 200 OK\r\n" + JSON + b"Content-Length: 90\r\n\r\n{",
    "slow": None,
}


class BadServer:
    """Gives every connection the same bad answer; counts connections."""

    def __init__(self, answer: bytes | None) -> None:
        self.answer = answer
        self.connections = 0
        self._open: list[socket.socket] = []
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.url = f"http://127.0.0.1:{self._listener.getsockname()[1]}"
        threading.Thread(target=self._serve, daemon=True).start()

    def _serve(self) -> None:
        while True:
            try:
                connection, _ = self._listener.accept()
            except OSError:
                return
            self.connections += 1
            if self.answer is None:
                self._open.append(connection)  # and never answers
                continue
            connection.recv(65_536)
            connection.sendall(self.answer)
            connection.close()

    def close(self) -> None:
        self._listener.shutdown(socket.SHUT_RDWR)
        self._listener.close()
        for connection in self._open:
            connection.close()


@pytest.fixture
def bad_server(request) -> Iterator[BadServer]:
    server = BadServer(ANSWERS[getattr(request, "param", "slow")])
    yield server
    server.close()


@pytest.mark.parametrize("bad_server", ANSWERS, indirect=True)
def test_bad_server_is_unreachable_and_is_left_alone_for_a_while(bad_server):
    engine = ElasticEngine(bad_server.url, seconds=0.3, pause=600.0)
    for _ in range(3):
        with pytest.raises(UnreachableError) as failure:
            engine.reader("de").find(Asked(Everything()))
        assert "HUB_SEARCH_URL" in failure.value.hint
    assert bad_server.connections == 1
    engine.close()


def test_nobody_listens():
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port = listener.getsockname()[1]
    engine = ElasticEngine(f"http://127.0.0.1:{port}")
    for ask in (
        lambda: engine.apply("de", CORPUS),
        lambda: engine.rebuild("de", CORPUS),
        lambda: engine.verify("de"),
        lambda: list(engine.reader("de").digests()),
    ):
        with pytest.raises(UnreachableError):
            ask()


def _settings(settings, **values) -> None:
    settings.SEARCH = {**settings.SEARCH, **values}


@pytest.mark.parametrize("bad_server", ["slow", "error", "garbage"], indirect=True)
def test_page_says_so_and_everything_else_goes_on(site, settings, client, bad_server):
    _settings(settings, URL=bad_server.url, TIMEOUT=0.3)
    answer = client.get(PAGE)
    assert answer.status_code == 503
    assert "Die Suche" in answer.content.decode()
    assert client.get(site.case.get_url()).status_code == 200
    proposals = client.get("/de/suche/vorschlaege/", {"q": "Schul"})
    assert proposals.status_code in (200, 404, 503)
    assert "HUB_SEARCH_URL" in health.index()


@pytest.mark.parametrize("bad_server", ["slow", "error", "garbage"], indirect=True)
def test_index_beside_answers(site, settings, client, bad_server):
    _settings(settings, URL=bad_server.url, TIMEOUT=0.3, FALLBACK="embedded")
    answer = client.get(PAGE)
    assert answer.status_code == 200
    assert "Neuer Schulhof" in answer.content.decode()
    assert health.index()


def test_change_while_the_server_is_away_is_not_lost(site, settings, bad_server):
    _settings(settings, URL=bad_server.url, TIMEOUT=0.3, FALLBACK="embedded")
    site.topic.delete()
    waiting = IndexChange.objects.count()
    assert waiting
    with pytest.raises(SearchUnavailableError):
        drain()
    assert IndexChange.objects.count() == waiting


# ---- a real server ---------------------------------------------------------------------


@pytest.fixture
def proxy(elastic_url) -> Iterator[Proxy]:
    """The way to the real server, to be cut and mended."""
    way = Proxy(elastic_url)
    way.open()
    yield way
    way.close()


@pytest.fixture
def elastic(proxy, make_elastic_engine) -> ElasticEngine:
    """An engine behind the way, that looks again at once after a failure."""
    return make_elastic_engine(url=proxy.url, pause=0.0)


@pytest.mark.elastic
class TestServerComesAndGoes:
    def test_engine_recovers(self, elastic, proxy):
        elastic.rebuild("de", CORPUS)
        assert keys(elastic, "Schulhof")
        proxy.close()
        for _ in range(2):
            with pytest.raises(UnreachableError):
                keys(elastic, "Schulhof")
        with pytest.raises(UnreachableError):
            elastic.apply("de", [doc(7, "Neu")])
        proxy.open()
        assert keys(elastic, "Schulhof") == ["case:4:de"]
        elastic.apply("de", [doc(7, "Neu")])
        assert keys(elastic, "Neu")[:1] == ["method:7:de"]

    def test_breaker_lets_one_through_after_the_pause(self, elastic, proxy):
        elastic.rebuild("de", CORPUS)
        elastic.connection.breaker.pause = 600.0
        proxy.close()
        with pytest.raises(UnreachableError, match="does not answer"):
            elastic.verify("de")
        proxy.open()
        with pytest.raises(UnreachableError, match="a moment ago"):
            elastic.verify("de")
        elastic.connection.breaker._until = 1e-9  # the pause is over
        elastic.verify("de")

    def test_rebuild_that_breaks_off_leaves_the_old_generation(self, elastic, proxy):
        elastic.rebuild("de", CORPUS)

        def cut() -> Iterator:
            yield doc(7, "Halb")
            proxy.close()
            yield doc(8, "Halb")

        with pytest.raises(UnreachableError):
            elastic.rebuild("de", cut())
        proxy.open()
        assert keys(elastic, "Schulhof") == ["case:4:de"]
        assert len(generations(elastic)) == 2  # it could not be dropped
        elastic.rebuild("de", CORPUS[:2])
        assert len(generations(elastic)) == 1

    def test_index_of_another_version(self, elastic, monkeypatch):
        elastic.rebuild("de", CORPUS)
        monkeypatch.setattr(elastic_generations, "versions", lambda: "999.new")
        with pytest.raises(IndexOutdatedError, match=r"needed is 999\.new"):
            elastic.verify("de")
        with pytest.raises(IndexOutdatedError):
            elastic.apply("de", CORPUS)
        elastic.rebuild("de", CORPUS)
        elastic.verify("de")
        assert len(generations(elastic)) == 1

    def test_closed_or_foreign_index(self, elastic):
        elastic.rebuild("de", CORPUS)
        (index,) = generations(elastic)
        elastic.connection.client.indices.close(index=index)
        with pytest.raises(SearchUnavailableError):
            elastic.verify("de")
        elastic.connection.client.indices.delete(index=index)
        with pytest.raises(IndexMissingError):
            elastic.verify("de")
        elastic.connection.client.indices.create(
            index=index, aliases={elastic.alias("de"): {}}
        )
        with pytest.raises(IndexDamagedError):
            elastic.search(request("Park"))
        elastic.rebuild("de", CORPUS)
        assert keys(elastic, "Schulhof") == ["case:4:de"]

    def test_what_was_swapped_meanwhile_is_asked_again(self, elastic):
        answers = iter([[{"error": {"type": "index_not_found"}}], [{"found": 1}]])
        assert elastic._asked_twice(lambda client: next(answers)) == [{"found": 1}]

    def test_hubs_on_one_server_do_not_meet(self, elastic, make_elastic_engine):
        other = make_elastic_engine(prefix=f"{elastic.prefix}-de")
        elastic.rebuild("de", CORPUS)
        other.rebuild("de", CORPUS[:1])
        elastic.rebuild("de", CORPUS)
        assert len(list(other.reader("de").digests())) == 1


def generations(engine: ElasticEngine) -> list[str]:
    client = engine.connection.client
    return list(client.indices.get_alias(index=f"{engine.prefix}_de_*"))


@pytest.mark.elastic
class TestPair:
    @pytest.fixture
    def pair(self, site, settings, proxy, make_elastic_engine):
        """The site's engine: the real server, the index on disk beside it."""
        prefix = make_elastic_engine(url=proxy.url).prefix
        _settings(
            settings, URL=proxy.url, PREFIX=prefix, FALLBACK="embedded", TIMEOUT=20.0
        )
        engine = get_engine()
        assert isinstance(engine, PairedEngine)
        engine.first.connection.breaker.pause = 0.0
        maintenance.rebuild()
        return engine

    def test_both_are_filled_and_agree(self, pair):
        assert found("Schulhof")
        for language in ("de", "en"):
            lists = [dict(part.reader(language).digests()) for part in pair.parts]
            assert lists[0] == lists[1] != {}
        assert maintenance.check() == []
        assert health.index() == ""

    def test_outage_under_writes(self, pair, proxy, site, client):
        proxy.close()
        assert client.get(PAGE).status_code == 200
        site.case.title = "Alter Schulhof"
        site.case.save_revision().publish()
        with pytest.raises(SearchUnavailableError):
            drain()
        assert "Alter Schulhof" in client.get(PAGE).content.decode()
        assert IndexChange.objects.exists()
        proxy.open()
        settle()
        assert [d for p in pair.parts for d in p.reader("de").digests()]
        assert "Alter Schulhof" in client.get(PAGE).content.decode()

    def test_what_is_hidden_in_an_outage_stays_hidden(self, pair, proxy, site, client):
        proxy.close()
        site.case.unpublish()
        with pytest.raises(SearchUnavailableError):
            drain()
        assert "Neuer Schulhof" not in client.get(PAGE).content.decode()
        proxy.open()
        assert "Neuer Schulhof" not in client.get(PAGE).content.decode()
        settle()
        assert "Neuer Schulhof" not in client.get(PAGE).content.decode()

    def test_missing_index_beside_is_built_again(self, pair):
        pair.second.discard("de")
        assert "rebuild" in health.index()
        assert found("Schulhof")
        assert maintenance.ensure()
        assert health.index() == ""

    def test_index_beside_that_takes_nothing_is_given_up(self, pair, monkeypatch):
        def refuse(*args):
            raise IndexUnwritableError("disk full")

        monkeypatch.setattr(pair.second, "write", refuse)
        pair.apply("de", [doc(7, "Neu")])
        assert "method:7:de" in keys(pair, "Neu")
        with pytest.raises(IndexMissingError):
            pair.second.reader("de")


# ---- disks -----------------------------------------------------------------------------


@pytest.fixture
def folder() -> Iterator[Path]:
    """A folder that other users may read."""
    path = Path(tempfile.mkdtemp(prefix="drehscheibe-fault-"))
    path.chmod(0o755)
    yield path
    shutil.rmtree(path, ignore_errors=True)


def in_child(work: Callable[[Any], None], thing: Any) -> None:
    """Do something in a process of its own, which gives up rights for good."""
    context = multiprocessing.get_context("fork")
    process = context.Process(target=_guarded, args=(work, thing))
    process.start()
    process.join(60)
    assert process.exitcode == 0


def _guarded(work: Callable[[Any], None], thing: Any) -> None:
    os.environ.pop("COV_CORE_DATAFILE", None)
    try:
        work(thing)
    except BaseException:
        traceback.print_exc()
        os._exit(1)
    os._exit(0)


def _full_disk(folder: Path) -> None:
    engine = EmbeddedEngine(folder)
    engine.rebuild("de", CORPUS)
    many = [
        doc(n, f"Wort{n} " * 20, body=f"Satz{n} {n * 7}. " * 200) for n in range(60)
    ]
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    _, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (4_000, hard))
    for write in (lambda: engine.apply("de", many), lambda: engine.rebuild("de", many)):
        with pytest.raises(IndexUnwritableError) as failure:
            write()
        assert "room" in failure.value.hint
    assert keys(engine, "Schulhof") == ["case:4:de"]
    assert len([p for p in (folder / "de").iterdir() if p.is_dir()]) == 1
    resource.setrlimit(resource.RLIMIT_FSIZE, (hard, hard))
    engine.apply("de", many)
    assert keys(engine, "Wort7 ")[:1] == ["method:7:de"]
    engine.rebuild("de", many)
    assert len(list(engine.reader("de").digests())) == len(many)


def test_full_disk_keeps_the_index_and_recovers(folder):
    in_child(_full_disk, folder)


def _read_only(engine: EmbeddedEngine) -> None:
    if os.getuid() == 0:
        os.setgid(65_534)
        os.setuid(65_534)
    for write in (
        lambda: engine.apply("de", CORPUS),
        lambda: engine.rebuild("de", CORPUS),
    ):
        with pytest.raises(IndexUnwritableError):
            write()
    assert keys(engine, "Schulhof") == ["case:4:de"]  # what was open goes on
    engine.close()
    with pytest.raises(IndexDamagedError, match="Permission"):
        keys(engine, "Schulhof")


def test_disk_that_turns_read_only(folder):
    engine = EmbeddedEngine(folder)
    engine.rebuild("de", CORPUS)
    assert keys(engine, "Schulhof")
    _allow(folder, 0o555, 0o444)
    in_child(_read_only, engine)
    _allow(folder, 0o755, 0o644)
    engine.apply("de", [doc(7, "Neu")])
    assert keys(engine, "Neu")[:1] == ["method:7:de"]


def _allow(folder: Path, folders: int, files: int) -> None:
    for path in [folder / "de", *(folder / "de").rglob("*")]:
        path.chmod(folders if path.is_dir() else files)


def test_half_built_generations_are_cleaned_up(tmp_path):
    engine = EmbeddedEngine(tmp_path)
    engine.rebuild("de", CORPUS)

    def broken() -> Iterator:
        yield doc(7, "Halb")
        raise RuntimeError("source failed")

    (tmp_path / "de" / "1-killed").mkdir()
    (tmp_path / "de" / "1-killed" / "store").write_bytes(b"x" * 100)
    with pytest.raises(RuntimeError):
        engine.rebuild("de", broken())
    assert len([p for p in (tmp_path / "de").iterdir() if p.is_dir()]) == 1
    assert keys(engine, "Schulhof") == ["case:4:de"]
