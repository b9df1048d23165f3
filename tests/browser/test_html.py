"""The Nu HTML checker finds no error on any page type."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import urllib.error
import urllib.request
from pathlib import Path

from tests.conftest import require

from .pages import ALL

VNU = Path(__file__).resolve().parents[2] / ".venv" / "vnu.jar"


def _html(url: str) -> bytes:
    try:
        with urllib.request.urlopen(url, timeout=20) as answer:
            return answer.read()
    except urllib.error.HTTPError as error:
        return error.read()


def _comparison(site: str) -> str:
    """The first four methods of the list side by side: their numbers are no constants."""
    listed = _html(f"{site}/de/methoden/").decode()
    chosen = re.findall(r'name="m" value="(method-[0-9]+)"', listed)[:4]
    return "/de/methoden/vergleich/?" + "&".join(f"m={name}" for name in chosen)


def test_every_page_type_is_valid_html(site, tmp_path):
    require(VNU.exists(), "the HTML checker (make browser installs it)")
    require(bool(shutil.which("java")), "Java")
    files = []
    for name, language, path in [*ALL, ("compare-four", "de", _comparison(site))]:
        file = tmp_path / f"{name}-{language}.html"
        file.write_bytes(_html(site + path))
        files.append(str(file))
    run = subprocess.run(
        ["java", "-jar", str(VNU), "--format", "json", *files],
        capture_output=True,
        text=True,
        check=False,
    )
    messages = json.loads(run.stderr)["messages"]
    errors = [
        f"{Path(m['url']).name}: {m['message']} — {m.get('extract', '')[:120]}"
        for m in messages
        if m["type"] == "error"
    ]
    assert errors == []
