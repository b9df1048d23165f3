"""A real server with the starter content, and a real Chromium."""

from __future__ import annotations

import fcntl
import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path

import pytest

from tests.conftest import require

ROOT = Path(__file__).resolve().parents[2]
CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or ""
LAUNCH_ARGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]


def pytest_collection_modifyitems(items) -> None:
    for item in items:
        if Path(__file__).parent in Path(item.fspath).parents:
            item.add_marker(pytest.mark.browser)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def environment(var: Path) -> dict[str, str]:
    keep = {k: v for k, v in os.environ.items() if not k.startswith("HUB_")}
    return keep | {
        "DJANGO_SETTINGS_MODULE": "hub.settings.dev",
        "HUB_VAR_DIR": str(var),
        "HUB_DEBUG": "0",
    }


def _prepare(seed: Path) -> None:
    """Load the full starter content once; other workers wait for it and copy it."""
    seed.parent.mkdir(parents=True, exist_ok=True)
    with open(seed.parent / "seed.lock", "w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if (seed / "ready").exists():
            return
        seed.mkdir(exist_ok=True)
        subprocess.run(
            [sys.executable, "manage.py", "bootstrap"],
            cwd=ROOT,
            env=environment(seed),
            check=True,
            stdout=subprocess.DEVNULL,
        )
        (seed / "ready").touch()


def _wait_for(url: str, server: subprocess.Popen, seconds: int = 60) -> None:
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        if server.poll() is not None:
            pytest.fail(f"the server ended with code {server.returncode}")
        try:
            urllib.request.urlopen(url, timeout=5)
        except urllib.error.HTTPError:
            return
        except OSError:
            time.sleep(0.2)
        else:
            return
    pytest.fail(f"no answer from {url} within {seconds} seconds")


@pytest.fixture(scope="session")
def site_dir(tmp_path_factory) -> Path:
    """A folder with database, index and mailbox of this worker's own."""
    if os.environ.get("HUB_BROWSER_DIR"):
        return Path(os.environ["HUB_BROWSER_DIR"])
    base = tmp_path_factory.getbasetemp()
    shared = base.parent if os.environ.get("PYTEST_XDIST_WORKER") else base
    seed = shared / "browser-seed" / "var"
    _prepare(seed)
    own = base / "browser-var"
    shutil.copytree(seed, own)
    return own


@pytest.fixture(scope="session")
def site(site_dir):
    """The address of a running hub with starter and demo content.

    While writing tests, name one that runs already: ``HUB_BROWSER_SITE`` its address,
    ``HUB_BROWSER_DIR`` its folder.
    """
    if os.environ.get("HUB_BROWSER_SITE"):
        yield os.environ["HUB_BROWSER_SITE"]
        return
    port = _free_port()
    server = subprocess.Popen(
        [
            str(Path(sys.executable).with_name("gunicorn")),
            "hub.wsgi",
            f"--bind=127.0.0.1:{port}",
            "--threads=4",
            "--limit-request-line=0",
            "--log-level=warning",
        ],
        cwd=ROOT,
        env=environment(site_dir),
    )
    address = f"http://127.0.0.1:{port}"
    try:
        _wait_for(f"{address}/de/", server)
        yield address
    finally:
        server.terminate()
        server.wait(timeout=20)


@pytest.fixture(scope="session")
def chromium():
    """Debian's Chromium, driven by playwright."""
    require(bool(CHROMIUM), "Chromium")
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=LAUNCH_ARGS)
        yield browser
        browser.close()


class Visit:
    """A browser window that remembers what should never happen."""

    def __init__(self, context, site: str) -> None:
        self.site = site
        self.page = context.new_page()
        self.console_errors: list[str] = []
        self.foreign_requests: list[str] = []
        self.page.on("console", self._on_console)
        self.page.on("pageerror", lambda error: self.console_errors.append(str(error)))
        self.page.on("request", self._on_request)

    def _on_console(self, message) -> None:
        if message.type == "error":
            self.console_errors.append(message.text)

    def _on_request(self, request) -> None:
        if not request.url.startswith((self.site, "data:", "about:", "blob:")):
            self.foreign_requests.append(request.url)

    def open(self, path: str):
        return self.page.goto(self.site + path)

    def assert_calm(self) -> None:
        assert self.console_errors == []
        assert self.foreign_requests == []


@pytest.fixture
def visit(chromium, site):
    """Open windows: ``visit(javascript=False, width=360)``; all end with the test."""
    contexts = []

    def make(javascript: bool = True, width: int = 1280, **options) -> Visit:
        context = chromium.new_context(
            java_script_enabled=javascript,
            viewport={"width": width, "height": 900},
            **options,
        )
        context.set_default_timeout(15_000)
        contexts.append(context)
        return Visit(context, site)

    yield make
    for context in contexts:
        context.close()
