"""What the browser gets: style sheets, script, icons, fonts."""

import gzip
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
STATIC = ROOT / "hub" / "static" / "hub"
SHEETS = sorted((STATIC / "css").glob("*.css"))
TEMPLATES = sorted((ROOT / "templates").rglob("*.html"))


def declarations(text, selector):
    """The declarations of the first block after ``selector``."""
    block = text.split(selector, 1)[1].split("{", 1)[1].split("}", 1)[0]
    return dict(re.findall(r"(--[\w-]+|color-scheme):\s*([^;]+);", block))


def test_both_dark_blocks_are_identical():
    text = (STATIC / "css" / "tokens.css").read_text()
    by_system = declarations(text, ':root:not([data-theme="light"])')
    by_choice = declarations(text, ':root[data-theme="dark"]')
    assert by_choice.pop("color-scheme") == "dark"
    assert len(by_system) > 25
    assert by_system == by_choice


def test_at_most_four_style_sheets_within_budget():
    assert 1 <= len(SHEETS) <= 4
    assert sum(len(gzip.compress(sheet.read_bytes())) for sheet in SHEETS) <= 20_000


def test_one_short_script():
    scripts = list(STATIC.rglob("*.js"))
    assert [script.name for script in scripts] == ["site.js"]
    assert len(scripts[0].read_text().splitlines()) <= 500


def test_style_sheets_load_nothing_from_elsewhere():
    for sheet in SHEETS:
        text = sheet.read_text()
        assert "@import" not in text
        assert not re.search(r"url\([\"']?(https?:)?//", text)
        for address in re.findall(r"url\([\"']?([^\"')]+)", text):
            assert (sheet.parent / address).exists()


def test_fonts_come_with_their_licence():
    fonts = {path.name for path in (STATIC / "fonts").glob("*.woff2")}
    assert fonts
    assert len(list((STATIC / "fonts").glob("OFL-*.txt"))) == len(fonts)


def test_every_icon_a_template_names_is_in_the_sprite():
    sprite = (STATIC / "icons.svg").read_text()
    named = set()
    for path in TEMPLATES:
        text = path.read_text()
        named |= set(re.findall(r"""{%\s*icon\s+["']([\w-]+)["']""", text))
        named |= set(re.findall(r'\bicon="([\w-]+)"', text))
    assert named
    missing = {name for name in named if f'id="i-{name}"' not in sprite}
    assert not missing


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda p: str(p.relative_to(ROOT)))
def test_templates_fit_a_strict_content_security_policy(path):
    text = re.sub(r"{#.*?#}|{% comment %}.*?{% endcomment %}", "", path.read_text())
    # Mails are read elsewhere, and mail programs know no style sheets.
    is_mail = path.parent.name == "mail"
    assert is_mail or not re.search(r"\sstyle=", text)
    assert not re.search(r"\son[a-z]+=[\"']", text)
    assert not re.search(r"<script(?![^>]*\bsrc=)", text)
    assert not re.search(r"\b(src|action)=[\"']https?:", text)
