"""Pages that only a mailed link opens: a message from its sender to the answer, one's own
data, an invitation, and "is this still right?". Each is accessible in every theme and
width, as the pages with fixed addresses are."""

from __future__ import annotations

import email
import email.policy
import re
import subprocess
import sys
from pathlib import Path

import pytest
from playwright.sync_api import expect

from .accessible import assert_accessible
from .conftest import ROOT, environment

SENDER, OWNER = "fragt@example.org", "ahorn@example.org"
#: Somebody whom messages reach, and an entry that waits for an answer.
PREPARE = """
from django.contrib.auth import get_user_model
from hub import signed_links
from hub.reviews import dates
from network.models import Organisation, Person
from network.privacy import invitations
person = Person.objects.get(slug_de="beispielperson-ahorn")
Person.objects.filter(pk=person.pk).update(private_email="{owner}")
entry = Organisation.objects.get(slug_de="ma-20")
token = signed_links.issue(dates.PURPOSE, signed_links.subject_of(entry), 1)
print("review", token)
draft = Person(name="Beispielperson Einladung", slug_de="beispielperson-einladung")
draft.slug_en, draft.private_email, draft.live = "sample-invitation", "neu@example.org", False
draft.is_demo = True
draft.save()
invitations.invite(draft, get_user_model().objects.first(), "de")
"""


@pytest.fixture(scope="module")
def review_token(site, site_dir) -> str:
    """Prepares what mails are about."""
    code = PREPARE.format(owner=OWNER)
    done = subprocess.run(
        [sys.executable, "manage.py", "shell", "-c", code],
        cwd=ROOT,
        env=environment(site_dir) | {"HUB_BASE_URL": site},
        check=True,
        capture_output=True,
        text=True,
    )
    return done.stdout.rpartition("review ")[2].strip()


def _path_in_mail(site_dir: Path, to: str, words: str) -> str:
    """The last path that a mail to somebody holds, below these words."""
    found = []
    for path in sorted((site_dir / "mail").iterdir(), key=lambda p: p.stat().st_mtime):
        for part in path.read_bytes().split(b"-" * 79):
            message = email.message_from_bytes(
                part.strip(), policy=email.policy.default
            )
            body = message.get_body(("plain",)) if message["To"] else None
            if body is not None and to in message["To"]:
                found += re.findall(
                    rf"https?://[^/\s]+(/\S*{words}\S*)", body.get_content()
                )
    assert found, f"no mail to {to} with {words}"
    return found[-1]


def test_a_message_from_its_sender_to_the_answer(visit, review_token, site_dir):
    window = visit()
    page = window.page
    window.open("/de/netzwerk/personen/beispielperson-ahorn/kontakt/")
    page.locator("select[name=purpose]").select_option(index=1)
    if page.locator("select[name=topic][required]").count():
        page.locator("select[name=topic]").select_option(index=1)
    page.locator("input[name=subject]").fill("Sitzplan für ein World Café")
    page.locator("textarea[name=message]").fill("Wie viele Tische brauchen wir?")
    page.locator("input[name=name]").fill("Beispielperson Fragt")
    page.locator("main input[type=email]").fill(SENDER)
    page.wait_for_timeout(3500)  # faster than a person can type is a trap for robots
    page.locator("main form button.btn--primary").click()
    page.wait_for_url("**/danke/**")

    window.open(_path_in_mail(site_dir, SENDER, "bestaetigen"))
    assert_accessible(page)
    page.get_by_role("button", name="Nachricht zustellen").click()
    page.wait_for_url("**/danke/**")

    answer = _path_in_mail(site_dir, OWNER, "nachricht")
    window.open(answer)
    expect(page.locator("main")).to_contain_text("Wie viele Tische brauchen wir?")
    assert SENDER not in page.content()
    assert_accessible(page)
    page.locator("textarea[name=answer]").fill("Ein Tisch für je fünf Personen.")
    page.get_by_role("button", name="Antwort senden").click()
    page.wait_for_url("**/danke/**")
    mails = "".join(p.read_text("utf-8") for p in (site_dir / "mail").iterdir())
    assert "je fünf Personen" in mails or "je f=C3=BCnf Personen" in mails
    window.open(answer)
    expect(page.locator("textarea[name=answer]")).to_have_count(0)


def test_ones_own_data(visit, review_token, site_dir):
    window = visit()
    page = window.page
    window.open("/de/netzwerk/meine-daten/")
    page.locator("main input[type=email]").fill(OWNER)
    page.wait_for_timeout(3500)
    page.locator("main form button").first.click()
    page.wait_for_load_state()
    window.open(_path_in_mail(site_dir, OWNER, "meine-daten/link"))
    assert_accessible(page)
    page.locator("main form button").first.click()
    page.wait_for_url("**/eintrag/")
    expect(page.locator("main")).to_contain_text("Beispielperson Ahorn")
    assert_accessible(page)
    for below in ("druck", "loeschen"):
        window.open(f"/de/netzwerk/meine-daten/{below}/")
        assert_accessible(page)
    window.assert_calm()


def test_an_invitation(visit, review_token, site_dir):
    window = visit()
    page = window.page
    window.open(_path_in_mail(site_dir, "neu@example.org", "einladung"))
    expect(page.locator("main")).to_contain_text("Beispielperson Einladung")
    assert_accessible(page)
    window.assert_calm()


def test_is_this_still_right(visit, review_token):
    window = visit()
    page = window.page
    window.open(f"/de/stimmt-das/{review_token}/")
    expect(page.locator("main")).to_contain_text("MA\u00a020")
    assert_accessible(page)
    window.assert_calm()
